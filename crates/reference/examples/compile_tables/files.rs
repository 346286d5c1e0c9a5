//! Reading the source files and writing our tables.

use crate::Outcome;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One row of a source file, by column name.
pub(crate) type Record = BTreeMap<String, String>;

/// The folder of official files and the curated folder of this crate.
pub(crate) struct Sources {
    dir: PathBuf,
}

impl Sources {
    pub(crate) fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// The rows of an official file.
    pub(crate) fn official(&self, relative: &str) -> Outcome<Vec<Record>> {
        read(&self.dir.join(relative))
    }

    /// The rows of a file people keep by hand.
    pub(crate) fn curated(&self, name: &str) -> Outcome<Vec<Record>> {
        read(&data().join("curated").join(name))
    }
}

/// A cell, or a message that names the missing column.
pub(crate) fn cell<'r>(record: &'r Record, column: &str) -> Outcome<&'r str> {
    record.get(column).map(String::as_str).ok_or_else(|| format!("column {column} is missing").into())
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn read(path: &Path) -> Outcome<Vec<Record>> {
    let place = |error: csv::Error| format!("{}: {error}", path.display());
    let mut reader = csv::Reader::from_path(path).map_err(place)?;
    let headings = reader.headers().map_err(place)?.clone();
    let row = |record: csv::StringRecord| {
        headings.iter().zip(&record).map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect()
    };
    reader.records().map(|record| Ok(row(record.map_err(place)?))).collect()
}

/// Writes `data/NAME.csv`.
pub(crate) fn write<const N: usize>(
    name: &str,
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Outcome<()> {
    let path = data().join(format!("{name}.csv"));
    let mut writer = csv::WriterBuilder::new().from_path(&path)?;
    writer.write_record(headings)?;
    let mut count = 0;
    for row in rows {
        writer.write_record(row)?;
        count += 1;
    }
    writer.flush()?;
    note(&format!("{name}: {count} rows"));
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a developer's tool on a terminal")]
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}
