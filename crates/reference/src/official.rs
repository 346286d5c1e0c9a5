//! Imports official files as their publishers issue them, into our own tables.
//!
//! The publishers' workbooks may be dropped into a folder under any name: a sheet is recognised by its headings. The
//! tables that come out have the schema of the built-in ones and lie beside a manifest that says which file, with which
//! digest, gave which table and when. Rows that cannot be used are reported with their sheet and row, and left out.

mod error;
mod manifest;
mod sic;
mod soc;
mod tables;
mod workbook;

pub use error::ImportError;
pub use manifest::{ImportedTable, TableState};

use crate::titles::{TitleEntry, TitleSource};
use openvacancy_domain::{Clock, Problem};
use std::path::Path;
use tables::{Table, Tables};

/// What an import did.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportReport {
    /// The tables written, sorted by name.
    pub tables: Vec<ImportedTable>,
    /// Rows that were left out because they only point to another entry; none of them is lost, the entry they point to is
    /// there.
    pub pointers: usize,
    /// Rows that could not be used, each with its file, sheet and row.
    pub problems: Vec<Problem>,
    /// Workbooks in which nothing was recognised, by file name.
    pub unrecognised: Vec<String>,
}

/// An entry of an imported coding index; the fields are those of [`TitleEntry`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTitle {
    /// The title in natural word order, lower case.
    pub title: String,
    /// Speciality or circumstance the codes hold for, or empty.
    pub qualifier: String,
    /// Industry the codes hold for, or empty.
    pub industry: String,
    /// SOC 2020 unit group.
    pub soc2020: String,
    /// Extended SOC 2020 group, or empty.
    pub soc2020_ext: String,
    /// SOC 2010 unit group.
    pub soc2010: String,
    /// ISCO-08 unit group.
    pub isco08: String,
    /// The entry to take where nothing but the title is known.
    pub default: bool,
}

impl ImportedTitle {
    /// The entry in the form of the built-in ones. Its text is kept for the life of the program, as theirs is: call it
    /// once for each entry, when a coder is built.
    #[must_use]
    pub fn leak(self) -> TitleEntry {
        TitleEntry {
            title: String::leak(self.title),
            qualifier: String::leak(self.qualifier),
            industry: String::leak(self.industry),
            soc2020: String::leak(self.soc2020),
            soc2020_ext: String::leak(self.soc2020_ext),
            soc2010: String::leak(self.soc2010),
            isco08: String::leak(self.isco08),
            source: TitleSource::Index,
            default: self.default,
        }
    }
}

/// Reads every workbook of `dir` and writes the tables found into `out`, which is made where it is missing. Tables of an
/// earlier import that are not found this time stay.
///
/// # Errors
///
/// The folder or a workbook cannot be read, no sheet is recognised, a recognised sheet lacks a column or holds no usable
/// row, or the tables cannot be written. Nothing is written unless everything could be read.
pub fn import(dir: &Path, out: &Path, clock: &dyn Clock) -> Result<ImportReport, ImportError> {
    let files = workbook::files(dir)?;
    let mut tables = Tables::default();
    let mut unrecognised = Vec::new();
    let mut seen = Vec::new();
    for path in &files {
        let recognised = tables.read(path, &mut seen)?;
        if !recognised {
            unrecognised.push(workbook::file_name(path));
        }
    }
    if tables.found.is_empty() {
        return Err(ImportError::NothingRecognised { dir: dir.to_owned(), sheets: seen.join(", ") });
    }
    let at = clock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let tables_written = manifest::write(out, tables.found, &at)?;
    Ok(ImportReport { tables: tables_written, pointers: tables.pointers, problems: tables.problems, unrecognised })
}

/// What was imported into `out` and whether it is still as it was written; empty where nothing was imported.
///
/// # Errors
///
/// The manifest is there but cannot be read.
pub fn status(out: &Path) -> Result<Vec<ImportedTable>, ImportError> {
    manifest::read(out)
}

/// The titles imported into `out`; empty where no coding index was imported.
///
/// # Errors
///
/// The table is there but cannot be read.
pub fn load_titles(out: &Path) -> Result<Vec<ImportedTitle>, ImportError> {
    let path = out.join(Table::Titles.file_name());
    if !path.exists() {
        return Ok(Vec::new());
    }
    let damaged = |source: csv::Error| ImportError::Damaged { path: path.clone(), reason: source.to_string() };
    let mut reader = csv::Reader::from_path(&path).map_err(damaged)?;
    let headings = reader.headers().map_err(damaged)?.iter().map(str::to_owned).collect::<Vec<_>>();
    if headings != Table::Titles.headings() {
        let reason = format!("its headings are {}, not {}", headings.join(","), Table::Titles.headings().join(","));
        return Err(ImportError::Damaged { path, reason });
    }
    let mut titles = Vec::new();
    for record in reader.records() {
        let record = record.map_err(damaged)?;
        let cell = |index| record.get(index).unwrap_or_default().to_owned();
        titles.push(ImportedTitle {
            title: cell(0),
            qualifier: cell(1),
            industry: cell(2),
            soc2020: cell(3),
            soc2020_ext: cell(4),
            soc2010: cell(5),
            isco08: cell(6),
            default: cell(8) == "1",
        });
    }
    Ok(titles)
}
