//! Files people take away: vacancies, observations, and the wide table, as CSV, JSON lines and SDMX-CSV.
//!
//! Rows stream through in constant memory. A file appears under its name only when it is whole, and beside it stands
//! its dictionary, which says what every column is.

mod columns;
mod flat;
mod mask;
mod observations;
mod output;
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
words!(Format, Csv = "csv", Jsonl = "jsonl", SdmxCsv = "sdmx-csv");

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

/// Writes a table of a release to `path`, with `<path>.dictionary.csv` beside it; `-` writes to `stdout` alone.
///
/// # Errors
/// [`ReleaseError::Format`] where the table cannot be had in the format, [`ReleaseError::Io`] where the file cannot be
/// written (one that was there stays as it was), [`ReleaseError::Store`].
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
    store.release(id)?;
    let mut output = Output::create(path)?;
    let (summary, columns) = match (options.table, options.format) {
        (Table::Observations, Format::SdmxCsv) => sdmx::write(store, id, &mut output, progress)?,
        (Table::Observations, _) => observations::write(store, id, options, &mut output, progress)?,
        (Table::Vacancies | Table::Wide, _) => vacancies::write(store, id, options, &mut output, progress)?,
    };
    output.finish()?;
    if path.as_os_str() != "-" {
        columns::write_dictionary(&columns, path)?;
    }
    Ok(summary)
}
