//! Cells of SQLite rows. STRICT tables hold no other type than the column's, so the driver need not compare types.

use crate::error::Trouble;
use crate::rows::cells::{Row, WriteCells};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Column as _, Row as _};

/// Values to be bound, one row after the other.
#[derive(Default)]
pub(crate) struct Values {
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
    fn clean_text(&mut self, value: Option<&str>) {
        let added = self.arguments.add(value);
        self.note(added);
    }

    fn clean_owned_text(&mut self, value: String) {
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

impl Row for SqliteRow {
    fn text(&self, column: usize) -> Result<Option<&str>, Trouble> {
        Ok(self.try_get_unchecked(column)?)
    }

    fn blob(&self, column: usize) -> Result<Option<&[u8]>, Trouble> {
        Ok(self.try_get_unchecked(column)?)
    }

    fn int(&self, column: usize) -> Result<Option<i64>, Trouble> {
        Ok(self.try_get_unchecked(column)?)
    }

    fn real(&self, column: usize) -> Result<Option<f64>, Trouble> {
        Ok(self.try_get_unchecked(column)?)
    }

    fn name(&self, column: usize) -> String {
        self.columns().get(column).map_or_else(String::new, |column| column.name().to_owned())
    }
}
