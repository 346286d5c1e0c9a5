//! Files people take away: vacancies, observations, and the wide table, as CSV, JSON lines, Parquet and SDMX-CSV.
//!
//! Rows stream through in constant memory. A file appears under its name only when it is whole, and beside it stand
//! its dictionary, which says what every column is, and the folder's `datapackage.json`, which says it to programs.

mod columns;
mod datapackage;
mod flat;
mod licence;
mod mask;
mod observations;
mod output;
mod parquet_file;
mod parquet_values;
mod rows;
mod schema;
mod sdmx;
mod vacancies;

pub use columns::{Column, OBSERVATION_COLUMNS, data_dictionary};
pub use mask::mask;

use crate::ReleaseError;
use crate::progress::Progress;
use openvacancy_domain::ReleaseId;
use openvacancy_domain::ports::Store;
use output::Output;
use std::path::Path;

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row per vacancy, lists in one column each.
    Vacancies,
    /// Published numbers.
    Observations,
    /// As `Vacancies`, with one 0/1 column per skill.
    Wide,
}

/// How to write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, UTF-8, a header, empty = no value.
    Csv,
    /// One JSON object per line.
    Jsonl,
    /// Apache Parquet: every column in its own type, compressed.
    Parquet,
    /// SDMX-CSV 2.0; observations only.
    SdmxCsv,
}

macro_rules! words {
    ($name:ident, $($variant:ident = $text:literal),+) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(match self { $(Self::$variant => $text),+ })
            }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(format!("'{text}' is none of {}", [$($text),+].join(", "))),
                }
            }
        }
    };
}
words!(Table, Vacancies = "vacancies", Observations = "observations", Wide = "wide");
words!(Format, Csv = "csv", Jsonl = "jsonl", Parquet = "parquet", SdmxCsv = "sdmx-csv");

/// Who the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Researchers with access to microdata: every column; contact details in prose are masked.
    Researcher,
    /// Everybody: no prose, no words of the advertisement beyond its title.
    Public,
}

/// What to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportOptions {
    /// The table.
    pub table: Table,
    /// The format.
    pub format: Format,
    /// Who it is for.
    pub audience: Audience,
    /// Puts an apostrophe before CSV text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab, return at its
    /// start). Off by default: the file then holds exactly what the advertisement says.
    pub spreadsheet_safe: bool,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportSummary {
    /// Rows, the header not counted.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
}

/// Writes a table of a release to `path`, with `<path>.dictionary.csv` and the folder's `datapackage.json` beside it;
/// `-` writes to `stdout` alone.
///
/// # Errors
/// [`ReleaseError::Format`] where the table cannot be had in the format, [`ReleaseError::Io`] and
/// [`ReleaseError::Parquet`] where the file cannot be written (one that was there stays as it was),
/// [`ReleaseError::Value`] and [`ReleaseError::Order`] where the release is damaged, [`ReleaseError::Store`].
pub fn export(
    store: &dyn Store,
    id: ReleaseId,
    options: &ExportOptions,
    path: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<ExportSummary, ReleaseError> {
    if options.format == Format::SdmxCsv && options.table != Table::Observations {
        return Err(ReleaseError::Format {
            table: options.table.to_string(),
            format: options.format.to_string(),
            instead: "observations".to_owned(),
        });
    }
    let release = store.release(id)?;
    let output = Output::create(path)?;
    let (output, columns, rows) = match (options.table, options.format) {
        (Table::Observations, Format::SdmxCsv) => sdmx::write(store, id, output, progress)?,
        (Table::Observations, _) => ended(observations::write(store, &release, options, output, progress)?)?,
        (Table::Vacancies | Table::Wide, _) => ended(vacancies::write(store, &release, options, output, progress)?)?,
    };
    let written = output.finish()?;
    let summary = ExportSummary { rows, columns: columns.len() };
    if path.as_os_str() != "-" {
        columns::write_dictionary(&columns, path)?;
        datapackage::describe(path, &release, &datapackage::Described { options, columns: &columns, written, rows })?;
    }
    Ok(summary)
}

fn ended(rows: rows::Rows) -> Result<(Output, Vec<Column>, u64), ReleaseError> {
    let count = rows.count();
    let (output, columns) = rows.end()?;
    Ok((output, columns, count))
}
