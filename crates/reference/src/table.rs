//! Reads the CSV tables that are compiled into the program, without copying them.
//!
//! A fault in such a table is a fault of the program, not of its input: it would be the same on every machine at the
//! first use. The invariants in `tests/invariants.rs` read every row of every table, so a program whose tests passed
//! cannot meet one, and [`Row::fault`] may therefore panic rather than make every look-up fallible.

use std::str::FromStr;

/// The most columns a table has.
const MOST_COLUMNS: usize = 10;

/// A row of an embedded table: its cells, and where it stands for the message of a fault. The cells are an array, not a
/// vector: an allocation for each of 70,000 rows would be most of the time a start takes.
pub(crate) struct Row {
    table: &'static str,
    line: usize,
    cells: [&'static str; MOST_COLUMNS],
    columns: usize,
}

impl Row {
    /// The cell of column `index`, from 0.
    pub(crate) fn text(&self, index: usize) -> &'static str {
        match self.cells.get(index) {
            Some(cell) if index < self.columns => cell,
            _ => self.fault(index, "is missing"),
        }
    }

    /// The cell as a number.
    pub(crate) fn number<T: FromStr>(&self, index: usize) -> T {
        self.text(index).parse().unwrap_or_else(|_| self.fault(index, "is not a number"))
    }

    /// The parts of a cell that holds a list separated by `|`; none for an empty cell.
    pub(crate) fn list(&self, index: usize) -> impl Iterator<Item = &'static str> + use<> {
        self.text(index).split('|').filter(|part| !part.is_empty())
    }

    /// The parts of a cell that holds `code:share` pairs separated by `|`.
    pub(crate) fn shares(&self, index: usize) -> Vec<(&'static str, f32)> {
        let pair =
            |part: &'static str| part.split_once(':').and_then(|(code, share)| Some((code, share.parse().ok()?)));
        self.list(index)
            .map(|part| pair(part).unwrap_or_else(|| self.fault(index, "is not a list of code:share")))
            .collect()
    }

    /// Stops the program over a faulty table: see the head of this module for why this is right here.
    pub(crate) fn fault(&self, index: usize, what: &str) -> ! {
        panic!("built-in table {} line {}, column {}: {what}", self.table, self.line, index + 1)
    }
}

/// The rows of `text` below its heading line. Cells are slices of the table itself; only a quoted cell with a doubled
/// quotation mark inside is copied (and kept for the life of the program, like the table).
pub(crate) fn rows(table: &'static str, text: &'static str) -> impl Iterator<Item = Row> {
    text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()).map(move |(number, line)| {
        let (cells, columns) = cells(line);
        let row = Row { table, line: number + 1, cells, columns };
        if columns > MOST_COLUMNS { row.fault(MOST_COLUMNS, "is one too many") } else { row }
    })
}

/// Splits a line at its commas, minding quotation marks, and counts the cells. Our tables hold no line breaks inside
/// cells.
fn cells(line: &'static str) -> ([&'static str; MOST_COLUMNS], usize) {
    let mut cells = [""; MOST_COLUMNS];
    let mut count = 0;
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let end = closing_quote(quoted);
                (unescape(&quoted[..end]), quoted.get(end + 1..).unwrap_or(""))
            }
            None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        if let Some(place) = cells.get_mut(count) {
            *place = cell;
        }
        count += 1;
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return (cells, count),
        }
    }
}

/// Where the quotation mark stands that is not doubled, or the end.
fn closing_quote(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn unescape(cell: &'static str) -> &'static str {
    if cell.contains("\"\"") { String::leak(cell.replace("\"\"", "\"")) } else { cell }
}

/// The entry of a slice sorted by `key` whose key is `wanted`.
pub(crate) fn find<'t, T>(sorted: &'t [T], wanted: &str, key: impl Fn(&T) -> &str) -> Option<&'t T> {
    sorted.binary_search_by(|entry| key(entry).cmp(wanted)).ok().and_then(|at| sorted.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &'static str, expected: &[&str]) {
        let (cells, count) = cells(line);
        assert_eq!(&cells[..count], expected, "{line}");
    }

    #[test]
    fn splits_cells() {
        check("a,b,c", &["a", "b", "c"]);
        check("a,,", &["a", "", ""]);
        check("\"a, b\",c", &["a, b", "c"]);
        check("\"say \"\"so\"\"\",\"\",x", &["say \"so\"", "", "x"]);
        check("x,\"unclosed", &["x", "unclosed"]);
    }

    #[test]
    fn reads_rows_lists_and_shares() {
        let all: Vec<Row> = rows("t", "code,list,n\na,x|y,3\n\nb,,4\n").collect();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].list(1).collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(all[1].list(1).count(), 0);
        assert_eq!(all[1].number::<u8>(2), 4);
        let shares: Vec<Row> = rows("t", "h\nE1:0.75|E2:0.25\n").collect();
        assert_eq!(shares[0].shares(0), [("E1", 0.75), ("E2", 0.25)]);
    }

    #[test]
    fn a_fault_names_its_place() {
        let row = rows("areas", "h\nx\n").next().unwrap();
        let message = std::panic::catch_unwind(move || row.number::<u8>(0)).unwrap_err();
        let message = message.downcast_ref::<String>().unwrap();
        assert_eq!(message, "built-in table areas line 2, column 1: is not a number");
    }
}
