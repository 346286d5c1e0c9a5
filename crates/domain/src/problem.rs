//! Something that could not be used, with the place it was met and what to do.

use serde::{Deserialize, Serialize};

/// One thing that could not be used: a row, a page, a field. Counted, kept and named; never a panic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// Stable short code, lower-case words joined by `_`: `title_missing`, `not_utf8`, `too_large`.
    pub code: String,
    /// Where: a file and line, or a URL.
    pub place: String,
    /// The field concerned, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong, in a sentence a person understands, with the mend where there is one.
    pub message: String,
}

impl Problem {
    /// A problem met at `place`.
    #[must_use]
    pub fn new(code: &str, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), place: place.into(), field: None, message: message.into() }
    }

    /// The same problem, said of one field.
    #[must_use]
    pub fn in_field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        match &self.field {
            Some(field) => write!(f, " (field {field}, {})", self.code),
            None => write!(f, " ({})", self.code),
        }
    }
}
