//! A table as a Parquet file: typed, compressed, with statistics and an index of its pages.
//!
//! Rows come in the order the store keeps them, which is that of the table's key; the file says so, and readers find a
//! row by its key without reading the rest. Memory is bounded by the row group, whatever the length of the table. The
//! same release gives the same bytes: nothing of the machine or the moment goes into the file.

use super::columns::Column;
use super::output::Output;
use super::parquet_values::Values;
use super::{licence, rows::Heading};
use crate::ReleaseError;
use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows handed to the encoder at once.
const BATCH: usize = 4_096;
/// Rows of a row group: enough to compress well, few enough to skip by statistics.
const GROUP_ROWS: usize = 100_000;
/// A row group of long prose ends earlier, for it is held in memory until it is written.
const GROUP_BYTES: usize = 64 << 20;
/// Columns that have a value of its own in almost every row: a dictionary would be built in vain.
const UNIQUE: &[&str] = &["vacancy_id", "job_link", "description"];

/// A Parquet file under way.
pub(super) struct ParquetRows {
    writer: ArrowWriter<Output>,
    path: PathBuf,
    schema: SchemaRef,
    columns: Vec<Values>,
    pending: usize,
    /// Where the columns of the key stand, and the last row's values of them.
    key: Vec<usize>,
    last: Vec<String>,
}

impl ParquetRows {
    pub(super) fn begin(output: Output, columns: &[Column], heading: &Heading<'_>) -> Result<Self, ReleaseError> {
        let path = output.path().to_owned();
        let values: Vec<Values> = columns.iter().map(Values::of).collect();
        let fields: Vec<Field> =
            columns.iter().zip(&values).map(|(column, values)| field(column, values, heading)).collect();
        let schema = Arc::new(Schema::new(fields));
        let key: Vec<usize> =
            heading.key.iter().filter_map(|name| columns.iter().position(|column| column.name == *name)).collect();
        let properties = properties(columns, heading, &key).map_err(|source| failed(&path, source))?;
        let writer = ArrowWriter::try_new(output, Arc::clone(&schema), Some(properties))
            .map_err(|source| failed(&path, source))?;
        Ok(Self { writer, path, schema, columns: values, pending: 0, last: Vec::new(), key })
    }

    pub(super) fn add(&mut self, row: &[Value]) -> Result<(), ReleaseError> {
        for (at, value) in row.iter().enumerate() {
            self.columns[at].add(value).map_err(|_| ReleaseError::Value {
                row: self.key.iter().map(|key| row[*key].to_string()).collect::<Vec<_>>().join(" "),
                column: self.schema.field(at).name().clone(),
                value: value.to_string(),
            })?;
        }
        self.check_order(row)?;
        self.pending += 1;
        if self.pending == BATCH { self.flush() } else { Ok(()) }
    }

    /// The file claims an order that readers rely on, so the claim is checked.
    fn check_order(&mut self, row: &[Value]) -> Result<(), ReleaseError> {
        let this: Vec<String> = self.key.iter().map(|at| row[*at].as_str().unwrap_or_default().to_owned()).collect();
        // Texts compare by their bytes here, as the statistics of the file do.
        if !self.last.is_empty() && self.last >= this {
            return Err(ReleaseError::Order { row: this.join(" ") });
        }
        self.last = this;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ReleaseError> {
        let arrays = self.columns.iter_mut().map(Values::take).collect();
        self.pending = 0;
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
            .map_err(ParquetError::from)
            .and_then(|batch| self.writer.write(&batch))
            .map_err(|source| failed(&self.path, source))
    }

    /// Writes the rest and the footer.
    pub(super) fn end(mut self) -> Result<Output, ReleaseError> {
        self.flush()?;
        self.writer.into_inner().map_err(|source| failed(&self.path, source))
    }
}

fn failed(path: &Path, source: ParquetError) -> ReleaseError {
    match source {
        // A full disk is a full disk, whoever met it.
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => ReleaseError::Io { path: path.to_owned(), source: *source },
            Err(source) => ReleaseError::Parquet { path: path.to_owned(), source: ParquetError::External(source) },
        },
        source => ReleaseError::Parquet { path: path.to_owned(), source },
    }
}

/// A column with its documentation, which readers show as metadata of the field.
fn field(column: &Column, values: &Values, heading: &Heading<'_>) -> Field {
    let optional = !heading.key.contains(&column.name.as_str());
    let documentation = [("description", &column.description), ("unit", &column.unit), ("codes", &column.codes)];
    let documentation = documentation
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name.to_owned(), text.clone()));
    Field::new(&column.name, values.data_type(), optional)
        .with_metadata(documentation.collect::<std::collections::BTreeMap<String, String>>())
}

fn properties(columns: &[Column], heading: &Heading<'_>, key: &[usize]) -> Result<WriterProperties, ParquetError> {
    let release = heading.release;
    let note = |name: &str, text: String| KeyValue::new(format!("openvacancy.{name}"), text);
    let notes = vec![
        note("release", release.id.to_string()),
        note("digest", format!("sha256:{}", release.digest)),
        note("as_of", release.as_of.to_rfc3339()),
        note("table", heading.table.to_string()),
        note("sorted_by", heading.key.join(", ")),
        note("licence", licence::of(heading.table).title.to_owned()),
    ];
    // The key's columns are the first of their tables, and none of them nests, so that leaves and columns agree.
    let sorted = key
        .iter()
        .filter_map(|at| i32::try_from(*at).ok())
        .map(|column_idx| SortingColumn { column_idx, descending: false, nulls_first: false })
        .collect();
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_max_row_group_bytes(Some(GROUP_BYTES))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_sorting_columns(Some(sorted))
        .set_key_value_metadata(Some(notes));
    for column in columns {
        let path = || ColumnPath::from(column.name.as_str());
        if UNIQUE.contains(&column.name.as_str()) {
            properties = properties.set_column_dictionary_enabled(path(), false);
        }
        // The least and greatest prose of a page help nobody; of thousands of 0/1 columns the row group's are enough.
        if column.name == "description" || column.name.starts_with("skill_") {
            properties = properties.set_column_statistics_enabled(path(), EnabledStatistics::Chunk);
        }
    }
    Ok(properties.build())
}
