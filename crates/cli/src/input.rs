//! Reading advertisements from files and stdin: streaming, in constant memory, every row accounted for.

mod csv_rows;
mod guard;
mod lines;
mod parquet_rows;
#[cfg(test)]
mod parquet_tests;
mod parquet_text;
mod source;

use anyhow::Context;
use openvacancy_domain::Problem;
use std::io::{BufRead, BufReader};
use std::path::Path;

pub(crate) use csv_rows::CsvRows;
pub(crate) use lines::BoundedLines;
pub(crate) use parquet_rows::ParquetRows;
pub(crate) use source::{Encoding, open};

/// The form of a file of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Jsonl,
    Parquet,
}

/// The form a file has: by its name, or else by its first bytes.
pub(crate) fn form(path: &Path, reader: &mut impl BufRead) -> anyhow::Result<Form> {
    let name = path.to_string_lossy().to_ascii_lowercase();
    let name = name.trim_end_matches(".gz");
    if name.ends_with(".csv") {
        return Ok(Form::Csv);
    }
    if name.ends_with(".jsonl") || name.ends_with(".ndjson") {
        return Ok(Form::Jsonl);
    }
    let start = reader.fill_buf().with_context(|| format!("cannot read {}", path.display()))?;
    if name.ends_with(".parquet") || start.starts_with(parquet_rows::MAGIC) {
        return Ok(Form::Parquet);
    }
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok(if first == Some(&b'{') { Form::Jsonl } else { Form::Csv })
}

/// One row of a file, or why there is none, with its line.
pub(crate) struct Row<T> {
    /// The line it begins on, from 1.
    pub(crate) line: u64,
    /// The row.
    pub(crate) content: Result<T, Problem>,
}

/// The lines of a JSONL file, without blank ones.
pub(crate) fn jsonl(path: &Path) -> anyhow::Result<BoundedLines<BufReader<Box<dyn std::io::Read>>>> {
    Ok(BoundedLines::new(open(path, Encoding::default())?, shown(path)))
}

/// A path for messages.
pub(crate) fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}
