//! What can go wrong with an import.

use std::path::PathBuf;

/// Why official files could not be imported. Each message says where and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder cannot be listed.
    #[error("cannot read the folder {}: {source}", dir.display())]
    Folder {
        /// The folder.
        dir: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no workbook in it.
    #[error("no workbook (.xlsx, .xls, .ods) in {}: put the publishers' files there", dir.display())]
    NoWorkbook {
        /// The folder.
        dir: PathBuf,
    },
    /// A workbook cannot be opened or a sheet cannot be read.
    #[error("cannot read {}: {reason}; fetch the file again from its publisher", path.display())]
    Workbook {
        /// The file.
        path: PathBuf,
        /// What the reader says, with the sheet where one is concerned.
        reason: String,
    },
    /// No sheet has the headings of a table known here.
    #[error(
        "nothing recognised in {}: expected the SOC 2020 coding index or structure, or the SIC 2007 structure or \
         alphabetical index; sheets seen: {sheets}",
        dir.display()
    )]
    NothingRecognised {
        /// The folder.
        dir: PathBuf,
        /// The sheets, as `file [sheet]`.
        sheets: String,
    },
    /// A sheet has some of the headings of a table but lacks one.
    #[error("{place}: the column '{column}' is missing; is this edition newer than this program?")]
    MissingColumn {
        /// File, sheet and row of the headings.
        place: String,
        /// The column.
        column: &'static str,
    },
    /// A sheet was recognised but no row of it could be used.
    #[error("{place}: no usable row; the first problem: {first}")]
    NoRows {
        /// File and sheet.
        place: String,
        /// The first thing that was wrong, or `the sheet is empty`.
        first: String,
    },
    /// A table cannot be written.
    #[error("cannot write {}: {reason}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A table or manifest written by an earlier import cannot be read back.
    #[error("{} cannot be read: {reason}; import the official files again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}
