//! Lines of bounded length: a line of 40 MB is refused by name without being held in memory.

use super::Row;
use openvacancy_domain::Problem;
use std::io::{self, BufRead};

/// The longest line read, in bytes. A posting's fields are at most 1 MiB each, and few are long.
const MAX_LINE: usize = 8 << 20;

/// Iterates over the lines that are not blank.
pub(crate) struct BoundedLines<R> {
    reader: R,
    place: String,
    line: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> BoundedLines<R> {
    /// Reads lines of `reader`, which messages call `place`.
    pub(crate) fn new(reader: R, place: String) -> Self {
        Self { reader, place, line: 0, buffer: Vec::new() }
    }

    /// The next line that is not blank; `None` at the end.
    ///
    /// # Errors
    /// Where the file cannot be read further (a truncated archive, a failing disk): its rows up to there stand.
    pub(crate) fn next_row(&mut self) -> io::Result<Option<Row<&str>>> {
        loop {
            let Some(length) = self.fill()? else { return Ok(None) };
            self.line += 1;
            if length > MAX_LINE as u64 {
                let message = format!("the line has {length} bytes; at most {MAX_LINE} are read");
                let problem = Problem::new("line_too_long", self.at(), message);
                return Ok(Some(Row { line: self.line, content: Err(problem) }));
            }
            if !self.buffer.iter().all(u8::is_ascii_whitespace) {
                break;
            }
        }
        let line = self.line;
        let content = match std::str::from_utf8(&self.buffer) {
            Ok(text) => Ok(text.trim()),
            Err(error) => Err(not_utf8(self.at(), error.valid_up_to())),
        };
        Ok(Some(Row { line, content }))
    }

    /// Reads one line into the buffer, no more than the bound of it; answers its whole length without the line end.
    fn fill(&mut self) -> io::Result<Option<u64>> {
        self.buffer.clear();
        let mut length = 0_u64;
        let mut any = false;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(any.then_some(length));
            }
            any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            length += part.len() as u64;
            if self.buffer.len() + part.len() <= MAX_LINE {
                self.buffer.extend_from_slice(part);
            }
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                return Ok(Some(length));
            }
        }
    }

    fn at(&self) -> String {
        format!("{}:{}", self.place, self.line)
    }
}

/// The problem of bytes that are no UTF-8.
pub(super) fn not_utf8(place: String, byte: usize) -> Problem {
    Problem::new(
        "not_utf8",
        place,
        format!(
            "byte {} of the row is not UTF-8; if the file is in another encoding, name it with --encoding",
            byte + 1
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u64, Result<String, String>)> {
        let mut lines = BoundedLines::new(io::BufReader::with_capacity(7, bytes), "f".to_owned());
        let mut all = Vec::new();
        while let Some(row) = lines.next_row().unwrap() {
            all.push((row.line, row.content.map(str::to_owned).map_err(|problem| problem.code)));
        }
        all
    }

    #[test]
    fn blank_lines_are_passed_over_and_numbers_kept() {
        assert_eq!(lines(b"a\r\n\n  \nb"), [(1, Ok("a".to_owned())), (4, Ok("b".to_owned()))]);
    }

    #[test]
    fn a_bad_line_does_not_spoil_the_next() {
        let long = vec![b'x'; MAX_LINE + 1];
        let bytes = [b"a\n\xff\xfe\n".as_slice(), &long, b"\nb\n"].concat();
        let expected = [
            (1, Ok("a".to_owned())),
            (2, Err("not_utf8".to_owned())),
            (3, Err("line_too_long".to_owned())),
            (4, Ok("b".to_owned())),
        ];
        assert_eq!(lines(&bytes), expected);
    }
}
