//! CSV rows of bounded size. The usual reader would take a quote that is never closed for one field as long as the
//! rest of the file; here such a row is refused by name, and memory stays small.

use super::Row;
use super::lines::not_utf8;
use csv_core::ReadRecordResult;
use openvacancy_domain::Problem;
use std::io::{self, BufRead};

/// The largest row read, in bytes.
const MAX_ROW: usize = 8 << 20;
/// More columns than any table of advertisements has.
const MAX_COLUMNS: usize = 4096;

/// Reads rows, the first of which is the header.
pub(crate) struct CsvRows<R> {
    reader: R,
    core: csv_core::Reader,
    place: String,
    header: Vec<String>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    ended: bool,
}

/// What one reading step found.
enum Step {
    Record { line: u64, fields: usize },
    TooLarge { line: u64 },
    End,
}

/// A row's fields, in the order of the header.
pub(crate) struct Fields<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    /// The fields.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (text, ends) = (self.text, self.ends);
        // `next_row` made sure that every end is a character boundary and in order.
        (0..ends.len()).map(move |at| &text[if at == 0 { 0 } else { ends[at - 1] }..ends[at]])
    }
}

impl<R: BufRead> CsvRows<R> {
    /// Reads the header of `reader`, which messages call `place`.
    ///
    /// # Errors
    /// Where there is no header, or it is no UTF-8.
    pub(crate) fn new(reader: R, place: String) -> anyhow::Result<Self> {
        let mut rows = Self {
            reader,
            core: csv_core::Reader::new(),
            place,
            header: Vec::new(),
            bytes: vec![0; 1 << 14],
            ends: vec![0; MAX_COLUMNS],
            ended: false,
        };
        let Some(Row { content, .. }) = rows.next_row()? else {
            anyhow::bail!("{} is empty: a header line with column names is needed", rows.place)
        };
        let header = match content {
            Ok(fields) => fields.iter().map(|name| name.trim().to_owned()).collect(),
            Err(problem) => anyhow::bail!("the header cannot be read: {problem}"),
        };
        rows.header = header;
        Ok(rows)
    }

    /// The column names.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// Where the file cannot be read further: its rows up to there stand.
    pub(crate) fn next_row(&mut self) -> io::Result<Option<Row<Fields<'_>>>> {
        let (line, fields) = match self.step()? {
            Step::End => return Ok(None),
            Step::TooLarge { line } => {
                let message = format!(
                    "the row that begins here is larger than {MAX_ROW} bytes; is there a quote that is never closed?"
                );
                let problem = Problem::new("row_too_large", self.at(line), message);
                return Ok(Some(Row { line, content: Err(problem) }));
            }
            Step::Record { line, fields } => (line, fields),
        };
        let columns = self.header.len();
        if columns > 0 && fields != columns {
            let message = format!("{fields} fields where the header has {columns}");
            let problem = Problem::new("wrong_field_count", self.at(line), message);
            return Ok(Some(Row { line, content: Err(problem) }));
        }
        let ends = &self.ends[..fields];
        let length = ends.last().copied().unwrap_or(0);
        let content = match std::str::from_utf8(&self.bytes[..length]) {
            // Fields lie end to end, so text that is UTF-8 as a whole may still be cut inside a character.
            Ok(text) if ends.iter().all(|end| text.is_char_boundary(*end)) => Ok(Fields { text, ends }),
            Ok(_) => Err(not_utf8(self.at(line), 0)),
            Err(error) => Err(not_utf8(self.at(line), error.valid_up_to())),
        };
        Ok(Some(Row { line, content }))
    }

    fn step(&mut self) -> io::Result<Step> {
        if self.ended {
            return Ok(Step::End);
        }
        self.skip_line_ends()?;
        let line = self.core.line();
        let (mut written, mut fields, mut too_large) = (0, 0, false);
        loop {
            let input = self.reader.fill_buf()?;
            let (result, read, wrote, ended) =
                self.core.read_record(input, &mut self.bytes[written..], &mut self.ends[fields..]);
            self.reader.consume(read);
            written += wrote;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.bytes.len() < MAX_ROW => {
                    self.bytes.resize((self.bytes.len() * 2).min(MAX_ROW), 0);
                }
                // From here on the row is read to its end without being kept.
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    too_large = true;
                    written = 0;
                    fields = 0;
                }
                ReadRecordResult::Record if too_large => return Ok(Step::TooLarge { line }),
                ReadRecordResult::Record => return Ok(Step::Record { line, fields }),
                ReadRecordResult::End => {
                    self.ended = true;
                    return Ok(Step::End);
                }
            }
        }
    }

    /// Passes over what is left of the last line end, and over blank lines, so that a row's number is its own.
    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let input = self.reader.fill_buf()?;
            let blank = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                return Ok(());
            }
            let lines = input[..blank].iter().filter(|byte| **byte == b'\n').count();
            self.core.set_line(self.core.line() + lines as u64);
            self.reader.consume(blank);
        }
    }

    fn at(&self, line: u64) -> String {
        format!("{}:{line}", self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<(u64, Result<Vec<String>, String>)> {
        let mut rows = CsvRows::new(io::BufReader::with_capacity(5, text), "f".to_owned()).unwrap();
        let mut all = Vec::new();
        while let Some(row) = rows.next_row().unwrap() {
            let content = row.content.map(|fields| fields.iter().map(str::to_owned).collect());
            all.push((row.line, content.map_err(|problem| problem.code)));
        }
        all
    }

    fn ok(fields: &[&str]) -> Result<Vec<String>, String> {
        Ok(fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn rows_bear_the_number_of_the_line_they_begin_on() {
        let text = b"a,b\r\n1,\"two\r\nlines\"\r\n\r\n3,4";
        assert_eq!(rows(text), [(2, ok(&["1", "two\r\nlines"])), (5, ok(&["3", "4"]))]);
    }

    #[test]
    fn a_bad_row_does_not_spoil_the_next() {
        let text = b"a,b\n1\n\xff,2\n3,4\n";
        let expected =
            [(2, Err("wrong_field_count".to_owned())), (3, Err("not_utf8".to_owned())), (4, ok(&["3", "4"]))];
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_one_named_row() {
        let mut text = b"a,b\n1,2\n3,\"".to_vec();
        text.resize(text.len() + MAX_ROW + 10, b'x');
        assert_eq!(rows(&text), [(2, ok(&["1", "2"])), (3, Err("row_too_large".to_owned()))]);
    }
}
