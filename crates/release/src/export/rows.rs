//! Rows of named values into a file of some format.

use super::columns::Column;
use super::output::Output;
use super::parquet_file::ParquetRows;
use super::{Format, flat};
use crate::ReleaseError;
use openvacancy_domain::Release;
use serde_json::{Map, Value};

/// A file under way. Every row has one value for each column, in the order of the columns.
pub(super) struct Rows {
    columns: Vec<Column>,
    form: Form,
    rows: u64,
}

enum Form {
    Csv { output: Output, spreadsheet_safe: bool },
    Jsonl(Output),
    Parquet(Box<ParquetRows>),
}

/// What a table is, beside its columns.
pub(super) struct Heading<'a> {
    pub(super) release: &'a Release,
    pub(super) table: super::Table,
    /// The columns its rows are sorted by, which also name a row.
    pub(super) key: &'static [&'static str],
}

impl Rows {
    /// Begins a file.
    pub(super) fn begin(
        mut output: Output,
        columns: Vec<Column>,
        heading: &Heading<'_>,
        format: Format,
        spreadsheet_safe: bool,
    ) -> Result<Self, ReleaseError> {
        let form = match format {
            Format::Csv | Format::SdmxCsv => {
                output.record(columns.iter().map(|column| column.name.as_str()))?;
                Form::Csv { output, spreadsheet_safe }
            }
            Format::Jsonl => Form::Jsonl(output),
            Format::Parquet => Form::Parquet(Box::new(ParquetRows::begin(output, &columns, heading)?)),
        };
        Ok(Self { columns, form, rows: 0 })
    }

    /// Adds a row.
    pub(super) fn add(&mut self, values: Vec<Value>) -> Result<(), ReleaseError> {
        self.rows += 1;
        match &mut self.form {
            Form::Csv { output, spreadsheet_safe } => {
                let cells = self.columns.iter().zip(&values).map(|(column, value)| flat::text(&column.name, value));
                let cells: Vec<String> =
                    if *spreadsheet_safe { cells.map(flat::spreadsheet_safe).collect() } else { cells.collect() };
                output.record(cells.iter().map(String::as_str))
            }
            Form::Jsonl(output) => {
                let names = self.columns.iter().map(|column| column.name.clone());
                let line: Map<String, Value> = names.zip(values).collect();
                output.write(format!("{}\n", Value::Object(line)).as_bytes())
            }
            Form::Parquet(rows) => rows.add(&values),
        }
    }

    /// Rows so far.
    pub(super) fn count(&self) -> u64 {
        self.rows
    }

    /// Ends the rows: the file, which is to be put in its place, and its columns.
    pub(super) fn end(self) -> Result<(Output, Vec<Column>), ReleaseError> {
        let output = match self.form {
            Form::Csv { output, .. } | Form::Jsonl(output) => output,
            Form::Parquet(rows) => rows.end()?,
        };
        Ok((output, self.columns))
    }
}
