//! Finds tables in workbooks by their headings.

use super::ImportError;
use calamine::{Data, Range, Reader, open_workbook_auto};
use std::path::{Path, PathBuf};

/// How far down a sheet the headings may stand.
const DEEPEST_HEADINGS: usize = 20;

/// A sheet of a workbook. Cells become text only when asked for: most sheets are looked at and laid aside.
pub(super) struct Sheet {
    /// `file [sheet]`, for messages.
    pub(super) place: String,
    cells: Range<Data>,
}

impl Sheet {
    /// The number of rows.
    pub(super) fn height(&self) -> usize {
        self.cells.height()
    }

    /// The place of row `index`, as a person finds it in the workbook.
    pub(super) fn row_place(&self, index: usize) -> String {
        let first = self.cells.start().map_or(0, |(row, _)| usize::try_from(row).unwrap_or(0));
        format!("{} row {}", self.place, first + index + 1)
    }

    /// The cells of a row as text, without outer spaces.
    pub(super) fn row(&self, index: usize) -> impl Iterator<Item = String> {
        (0..self.cells.width()).map(move |column| self.cell(index, column))
    }

    /// The row whose cells include all of `wanted`, compared as [`plain`] text.
    pub(super) fn headings(&self, wanted: &[&str]) -> Option<usize> {
        (0..self.height().min(DEEPEST_HEADINGS)).find(|row| {
            let cells: Vec<String> = self.row(*row).map(|cell| plain(&cell)).collect();
            wanted.iter().all(|name| cells.iter().any(|cell| cell == name))
        })
    }

    /// The column of row `headings` that one of `names` (as [`plain`] text) heads.
    pub(super) fn column(&self, headings: usize, names: &[&'static str]) -> Result<usize, ImportError> {
        let missing = || ImportError::MissingColumn {
            place: self.row_place(headings),
            column: names.first().copied().unwrap_or_default(),
        };
        self.optional_column(headings, names).ok_or_else(missing)
    }

    /// Likewise, for a column that some editions lack.
    pub(super) fn optional_column(&self, headings: usize, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.row(headings).position(|cell| plain(&cell) == *name))
    }

    /// The cell at `row` and `column` as text, without outer spaces.
    pub(super) fn cell(&self, row: usize, column: usize) -> String {
        match self.cells.get((row, column)) {
            // Codes are often stored as numbers.
            Some(Data::Float(number)) if number.fract() == 0.0 => format!("{number:.0}"),
            Some(other) => other.to_string().trim().to_owned(),
            None => String::new(),
        }
    }
}

/// A heading reduced to its letters and digits in lower case: publishers change spaces, breaks and hyphens.
pub(super) fn plain(heading: &str) -> String {
    heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The workbooks of a folder, sorted by name.
pub(super) fn files(dir: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let failed = |source| ImportError::Folder { dir: dir.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
        // A spreadsheet program leaves `~$name.xlsx` beside a workbook it has open.
        let lock = file_name(&path).starts_with("~$");
        if !lock && ["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&extension.as_str()) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() { Err(ImportError::NoWorkbook { dir: dir.to_owned() }) } else { Ok(files) }
}

/// The last part of a path, as text.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// All sheets of a workbook.
pub(super) fn sheets(path: &Path) -> Result<Vec<Sheet>, ImportError> {
    let failed = |reason: String| ImportError::Workbook { path: path.to_owned(), reason };
    let mut workbook = open_workbook_auto(path).map_err(|error| failed(error.to_string()))?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let cells = workbook.worksheet_range(&name).map_err(|error| failed(format!("sheet {name}: {error}")))?;
        sheets.push(Sheet { place: format!("{} [{name}]", file_name(path)), cells });
    }
    Ok(sheets)
}
