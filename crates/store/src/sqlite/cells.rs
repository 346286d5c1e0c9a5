//! Cells of SQLite rows.

use crate::error::Trouble;
use crate::rows::cells::{ReadCells, WriteCells};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Column as _, Row as _};

/// Values to be bound, one row after the other.
#[derive(Default)]
pub(super) struct Values {
    arguments: SqliteArguments,
    failed: Option<String>,
}

impl Values {
    pub(super) fn with_capacity(values: usize) -> Self {
        let mut arguments = SqliteArguments::default();
        arguments.reserve(values, 0);
        Self { arguments, failed: None }
    }

    /// The arguments, provided that there are `expected` of them: one too few would shift every cell after it.
    pub(super) fn finish(self, expected: usize) -> Result<SqliteArguments, Trouble> {
        match self.failed {
            Some(reason) => Err(Trouble::corrupt("row to be written", reason)),
            None if self.arguments.len() != expected => {
                let reason = format!("{} values for {expected} columns", self.arguments.len());
                Err(Trouble::corrupt("row to be written", reason))
            }
            None => Ok(self.arguments),
        }
    }

    fn note(&mut self, added: Result<(), sqlx::error::BoxDynError>) {
        if let Err(error) = added {
            self.failed = Some(error.to_string());
        }
    }
}

impl WriteCells for Values {
    fn text(&mut self, value: Option<&str>) {
        let added = self.arguments.add(value);
        self.note(added);
    }

    fn owned_text(&mut self, value: String) {
        let added = self.arguments.add(value);
        self.note(added);
    }

    fn blob(&mut self, value: Option<&[u8]>) {
        let added = self.arguments.add(value);
        self.note(added);
    }

    fn int(&mut self, value: Option<i64>) {
        let added = self.arguments.add(value);
        self.note(added);
    }

    fn real(&mut self, value: Option<f64>) {
        let added = self.arguments.add(value);
        self.note(added);
    }
}

/// The cells of one row, read from the first column on.
pub(super) struct Cells<'row> {
    row: &'row SqliteRow,
    next: usize,
}

impl<'row> Cells<'row> {
    pub(super) fn of(row: &'row SqliteRow) -> Self {
        Self { row, next: 0 }
    }

    fn take<T>(&mut self) -> Result<T, Trouble>
    where
        T: sqlx::Decode<'row, sqlx::Sqlite>,
    {
        let index = self.next;
        self.next += 1;
        // STRICT tables hold no other type than the column's, so the driver need not compare types for every cell.
        Ok(self.row.try_get_unchecked(index)?)
    }
}

impl ReadCells for Cells<'_> {
    fn text(&mut self) -> Result<Option<&str>, Trouble> {
        self.take()
    }

    fn blob(&mut self) -> Result<Option<&[u8]>, Trouble> {
        self.take()
    }

    fn int(&mut self) -> Result<Option<i64>, Trouble> {
        self.take()
    }

    fn real(&mut self) -> Result<Option<f64>, Trouble> {
        self.take()
    }

    fn place(&self) -> String {
        let column = self.row.columns().get(self.next.saturating_sub(1));
        column.map_or_else(String::new, |column| format!("column {}", column.name()))
    }
}

/// Reads every row.
pub(super) fn read_all<T>(
    rows: &[SqliteRow],
    read: impl Fn(&mut Cells<'_>) -> Result<T, Trouble>,
) -> Result<Vec<T>, Trouble> {
    rows.iter().map(|row| read(&mut Cells::of(row))).collect()
}
