//! The text format of COPY: one line for one row, cells between tabs.

use crate::hash::to_hex;
use std::fmt::Write as _;

/// Lines that are being written.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    text: String,
    cells: usize,
    /// The line under way has a cell.
    begun: bool,
}

impl Lines {
    /// The lines, and how many cells they have.
    pub(super) fn finish(self) -> (String, usize) {
        (self.text, self.cells)
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn end_row(&mut self) {
        self.text.push('\n');
        self.begun = false;
    }

    /// Begins a cell; answers its value, or writes that there is none.
    fn begin<T>(&mut self, value: Option<T>) -> Option<T> {
        if self.begun {
            self.text.push('\t');
        }
        self.begun = true;
        self.cells += 1;
        if value.is_none() {
            self.text.push_str("\\N");
        }
        value
    }

    pub(super) fn text(&mut self, value: Option<&str>) {
        let Some(mut rest) = self.begin(value) else { return };
        while let Some(place) = rest.find(['\\', '\n', '\r', '\t']) {
            self.text.push_str(&rest[..place]);
            self.text.push_str(match rest.as_bytes()[place] {
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                _ => "\\\\",
            });
            rest = &rest[place + 1..];
        }
        self.text.push_str(rest);
    }

    pub(super) fn blob(&mut self, value: Option<&[u8]>) {
        let Some(bytes) = self.begin(value) else { return };
        // The backslash of PostgreSQL's own notation, escaped for COPY.
        self.text.push_str("\\\\x");
        self.text.push_str(&to_hex(bytes));
    }

    pub(super) fn int(&mut self, value: Option<i64>) {
        if let Some(number) = self.begin(value) {
            // Writing to a text cannot fail.
            let _ = write!(self.text, "{number}");
        }
    }

    pub(super) fn real(&mut self, value: Option<f64>) {
        if let Some(number) = self.begin(value) {
            let _ = write!(self.text, "{number}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn cells_are_escaped() {
        let mut lines = Lines::default();
        lines.text(Some("a\tb\\N\nc\r"));
        lines.text(None);
        lines.text(Some(""));
        lines.end_row();
        lines.blob(Some(&[0, 255]));
        lines.int(Some(-7));
        lines.real(Some(0.1));
        lines.end_row();
        assert_eq!(lines.finish(), ("a\\tb\\\\N\\nc\\r\t\\N\t\n\\\\x00ff\t-7\t0.1\n".to_owned(), 6));
    }
}
