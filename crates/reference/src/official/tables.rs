//! The tables an import can find, and the collecting of them over several workbooks.

use super::{ImportError, sic, soc, workbook};
use openvacancy_domain::Problem;
use std::collections::BTreeMap;
use std::path::Path;

/// A table known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    /// Groups of SOC 2020.
    Soc2020,
    /// The SOC 2020 coding index.
    Titles,
    /// Sections, divisions and groups of SIC 2007.
    Sic2007,
    /// The alphabetical index of SIC 2007.
    Sic2007Index,
}

impl Table {
    /// The file it is written to.
    pub(super) fn file_name(self) -> &'static str {
        match self {
            Self::Soc2020 => "soc2020.csv",
            Self::Titles => "titles.csv",
            Self::Sic2007 => "sic2007.csv",
            Self::Sic2007Index => "sic2007_index.csv",
        }
    }

    /// Its columns.
    pub(super) fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Soc2020 => &["code", "title", "note"],
            Self::Titles => &[
                "title",
                "qualifier",
                "industry",
                "soc2020",
                "soc2020_ext",
                "soc2010",
                "isco08",
                "source",
                "default",
                "note",
            ],
            Self::Sic2007 => &["level", "code", "section", "title", "note"],
            Self::Sic2007Index => &["code", "activity", "note"],
        }
    }
}

/// A table as found in a sheet.
pub(super) struct Found {
    /// The workbook it stood in.
    pub(super) source: std::path::PathBuf,
    /// The rows, in the order and with the columns of the table.
    pub(super) rows: Vec<Vec<String>>,
}

/// What one sheet gave.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) rows: Vec<Vec<String>>,
    pub(super) pointers: usize,
    pub(super) problems: Vec<Problem>,
}

/// All tables found so far. Where a table is found twice the later workbook, by file name, wins: editions are numbered.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) found: BTreeMap<Table, Found>,
    pub(super) pointers: usize,
    pub(super) problems: Vec<Problem>,
}

impl Tables {
    /// Reads a workbook; false where nothing in it is known. Every sheet met is added to `seen`.
    pub(super) fn read(&mut self, path: &Path, seen: &mut Vec<String>) -> Result<bool, ImportError> {
        let mut recognised = false;
        for sheet in workbook::sheets(path)? {
            seen.push(sheet.place.clone());
            let read = [soc::index, soc::framework, sic::structure, sic::alphabetical_index];
            for found in read.iter().filter_map(|read| read(&sheet)) {
                let (table, reading) = found?;
                if reading.rows.is_empty() {
                    let first = reading.problems.first().map_or("the sheet is empty".to_owned(), ToString::to_string);
                    return Err(ImportError::NoRows { place: sheet.place, first });
                }
                recognised = true;
                self.pointers += reading.pointers;
                self.problems.extend(reading.problems);
                self.found.insert(table, Found { source: path.to_owned(), rows: reading.rows });
            }
        }
        Ok(recognised)
    }
}
