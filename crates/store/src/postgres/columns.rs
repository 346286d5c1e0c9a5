//! Rows turned by columns: one array for one column, which a statement unnests.

use crate::error::Trouble;
use sqlx::Arguments as _;
use sqlx::postgres::PgArguments;

/// Columns that are being filled, row by row.
#[derive(Debug)]
pub(crate) struct Columns {
    columns: Vec<Option<Column>>,
    next: usize,
}

#[derive(Debug)]
enum Column {
    Text(Vec<Option<String>>),
    Blob(Vec<Option<Vec<u8>>>),
    Int(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
}

macro_rules! push {
    ($columns:expr, $kind:ident, $value:expr) => {{
        let place = $columns.next % $columns.columns.len().max(1);
        $columns.next += 1;
        // A cell of another kind than its column's, which no writer of rows makes, leaves the column too short.
        if let Some(Column::$kind(cells)) =
            $columns.columns.get_mut(place).map(|column| column.get_or_insert(Column::$kind(Vec::new())))
        {
            cells.push($value);
        }
    }};
}

impl Columns {
    pub(super) fn new(count: usize) -> Self {
        Self { columns: std::iter::repeat_with(|| None).take(count).collect(), next: 0 }
    }

    pub(super) fn text(&mut self, value: Option<String>) {
        push!(self, Text, value);
    }

    pub(super) fn blob(&mut self, value: Option<&[u8]>) {
        push!(self, Blob, value.map(<[u8]>::to_vec));
    }

    pub(super) fn int(&mut self, value: Option<i64>) {
        push!(self, Int, value);
    }

    pub(super) fn real(&mut self, value: Option<f64>) {
        push!(self, Real, value);
    }

    /// `$1::text[], $2::bigint[], …`, and the arrays, provided that each column has `rows` cells.
    pub(super) fn finish(self, rows: usize) -> Result<(String, PgArguments), Trouble> {
        let mut places = String::new();
        let mut arguments = PgArguments::default();
        for (place, column) in self.columns.into_iter().enumerate() {
            let (length, kind, added) = match column {
                Some(Column::Text(cells)) => (cells.len(), "text", arguments.add(cells)),
                Some(Column::Blob(cells)) => (cells.len(), "bytea", arguments.add(cells)),
                Some(Column::Int(cells)) => (cells.len(), "bigint", arguments.add(cells)),
                Some(Column::Real(cells)) => (cells.len(), "double precision", arguments.add(cells)),
                None => (0, "text", Ok(())),
            };
            added.map_err(|error| Trouble::corrupt("row to be written", error))?;
            if length != rows {
                return Err(Trouble::corrupt("row to be written", format!("{length} cells for {rows} rows")));
            }
            let comma = if place == 0 { "" } else { ", " };
            places.push_str(&format!("{comma}${}::{kind}[]", place + 1));
        }
        Ok((places, arguments))
    }
}
