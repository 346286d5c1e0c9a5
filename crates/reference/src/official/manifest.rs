//! Writes imported tables with a manifest of where they came from, and reads the manifest back.

use super::tables::{Found, Table};
use super::{ImportError, workbook};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The manifest's file name and columns.
const MANIFEST: &str = "manifest.csv";
const HEADINGS: [&str; 6] = ["table", "source_file", "source_sha256", "rows", "imported_at", "table_sha256"];

/// Whether a table is still what the import wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableState {
    /// As it was written.
    Unchanged,
    /// Edited since.
    Edited,
    /// No longer there.
    Missing,
}

/// An imported table as the manifest has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTable {
    /// Its file in the folder of imported tables.
    pub table: String,
    /// The publisher's file it came from, without its folder.
    pub source_file: String,
    /// SHA-256 of that file, in hexadecimal.
    pub source_sha256: String,
    /// Number of rows.
    pub rows: usize,
    /// When, in UTC, ISO 8601.
    pub imported_at: String,
    /// SHA-256 of the table as written.
    pub table_sha256: String,
    /// Whether the table is still that.
    pub state: TableState,
}

/// Writes the tables and the manifest, which keeps the entries of tables not found this time.
pub(super) fn write(out: &Path, found: BTreeMap<Table, Found>, at: &str) -> Result<Vec<ImportedTable>, ImportError> {
    let failed = |path: &Path, reason: String| ImportError::Write { path: path.to_owned(), reason };
    std::fs::create_dir_all(out).map_err(|error| failed(out, error.to_string()))?;
    let mut entries: BTreeMap<String, ImportedTable> =
        read(out)?.into_iter().map(|entry| (entry.table.clone(), entry)).collect();
    let mut written = Vec::new();
    for (table, found) in found {
        let path = out.join(table.file_name());
        let bytes = to_csv(table.headings(), &found.rows).map_err(|error| failed(&path, error.to_string()))?;
        replace(&path, &bytes)?;
        let source = std::fs::read(&found.source)
            .map_err(|error| ImportError::Workbook { path: found.source.clone(), reason: error.to_string() })?;
        let entry = ImportedTable {
            table: table.file_name().to_owned(),
            source_file: workbook::file_name(&found.source),
            source_sha256: sha256(&source),
            rows: found.rows.len(),
            imported_at: at.to_owned(),
            table_sha256: sha256(&bytes),
            state: TableState::Unchanged,
        };
        entries.insert(entry.table.clone(), entry.clone());
        written.push(entry);
    }
    let rows: Vec<Vec<String>> = entries.into_values().map(to_row).collect();
    let path = out.join(MANIFEST);
    let bytes = to_csv(&HEADINGS, &rows).map_err(|error| failed(&path, error.to_string()))?;
    replace(&path, &bytes)?;
    written.sort_by(|a, b| a.table.cmp(&b.table));
    Ok(written)
}

/// The manifest of a folder, sorted by table; empty where there is none.
pub(super) fn read(out: &Path) -> Result<Vec<ImportedTable>, ImportError> {
    let path = out.join(MANIFEST);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let damaged = |reason: String| ImportError::Damaged { path: path.clone(), reason };
    let mut reader = csv::Reader::from_path(&path).map_err(|error| damaged(error.to_string()))?;
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| damaged(error.to_string()))?;
        let cell = |index| record.get(index).unwrap_or_default().to_owned();
        let table = cell(0);
        let state = match std::fs::read(out.join(&table)) {
            Ok(bytes) if sha256(&bytes) == cell(5) => TableState::Unchanged,
            Ok(_) => TableState::Edited,
            Err(_) => TableState::Missing,
        };
        let rows = cell(3).parse().map_err(|_| damaged(format!("the number of rows of {table} is '{}'", cell(3))))?;
        let (source_file, source_sha256, imported_at) = (cell(1), cell(2), cell(4));
        let table_sha256 = cell(5);
        entries.push(ImportedTable { table, source_file, source_sha256, rows, imported_at, table_sha256, state });
    }
    Ok(entries)
}

fn to_row(entry: ImportedTable) -> Vec<String> {
    let rows = entry.rows.to_string();
    vec![entry.table, entry.source_file, entry.source_sha256, rows, entry.imported_at, entry.table_sha256]
}

fn to_csv(headings: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(headings)?;
    for row in rows {
        // Our tables hold no line breaks inside cells.
        writer.write_record(row.iter().map(|cell| cell.replace(['\r', '\n'], " ")))?;
    }
    Ok(writer.into_inner()?)
}

/// Writes beside the file and renames, so that a reader never meets half a table.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), ImportError> {
    let failed = |error: std::io::Error| ImportError::Write { path: path.to_owned(), reason: error.to_string() };
    let beside: PathBuf = path.with_extension("csv.part");
    std::fs::write(&beside, bytes).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
