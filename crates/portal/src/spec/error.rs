//! A mistake in a portal description, with its place.

use std::fmt;

/// Where in a portal description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecLocation {
    /// The file, or the portal's name for a built-in description.
    pub file: String,
    /// Line, from 1; 0 where the mistake has no one place.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl SpecLocation {
    /// The place of the byte `offset` of `text`.
    pub(crate) fn at(file: &str, text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).map_or(0, |line| line.chars().count()) + 1;
        Self { file: file.to_owned(), line: before.matches('\n').count() + 1, column }
    }
}

impl fmt::Display for SpecLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}:{}", self.file, self.column),
        }
    }
}

/// A mistake in a portal description. The message says what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{location}: {message}")]
pub struct SpecError {
    /// Where.
    pub location: SpecLocation,
    /// What is wrong, and what was expected.
    pub message: String,
}
