//! Cells of PostgreSQL rows. The columns have only four types (BIGINT, DOUBLE PRECISION, TEXT, BYTEA), and the SQL asks
//! for nothing else, so the driver need not compare them for every cell.

use super::columns::Columns;
use super::lines::Lines;
use crate::error::Trouble;
use crate::rows::cells::{Row, WriteCells};
use sqlx::postgres::PgRow;
use sqlx::{Column as _, Row as _};

/// Rows to be written: lines for COPY, or columns for a statement that takes arrays.
pub(crate) enum Values {
    Lines(Lines),
    Columns(Columns),
}

impl WriteCells for Values {
    fn clean_text(&mut self, value: Option<&str>) {
        match self {
            Self::Lines(lines) => lines.text(value),
            Self::Columns(columns) => columns.text(value.map(str::to_owned)),
        }
    }

    fn clean_owned_text(&mut self, value: String) {
        match self {
            Self::Lines(lines) => lines.text(Some(&value)),
            Self::Columns(columns) => columns.text(Some(value)),
        }
    }

    fn blob(&mut self, value: Option<&[u8]>) {
        match self {
            Self::Lines(lines) => lines.blob(value),
            Self::Columns(columns) => columns.blob(value),
        }
    }

    fn int(&mut self, value: Option<i64>) {
        match self {
            Self::Lines(lines) => lines.int(value),
            Self::Columns(columns) => columns.int(value),
        }
    }

    fn real(&mut self, value: Option<f64>) {
        // As SQLite does.
        let value = value.filter(|value| !value.is_nan());
        match self {
            Self::Lines(lines) => lines.real(value),
            Self::Columns(columns) => columns.real(value),
        }
    }
}

impl Row for PgRow {
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
