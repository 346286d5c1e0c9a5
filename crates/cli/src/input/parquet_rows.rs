//! Rows of a Parquet file as text, one row group after the other, in constant memory.

use super::Row;
use super::guard::guarded;
use super::parquet_text::{NoText, append, can_be_text, type_name};
use anyhow::{Context as _, bail};
use arrow_array::RecordBatch;
use openvacancy_domain::Problem;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Rows decoded at once.
const BATCH: usize = 1024;

/// The bytes every Parquet file begins and ends with.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// Reads rows.
pub(crate) struct ParquetRows {
    file: File,
    metadata: ArrowReaderMetadata,
    place: String,
    columns: Vec<Column>,
    /// The columns that are read, by their place among all.
    read: Vec<usize>,
    group: usize,
    group_rows: u64,
    reader: Option<ParquetRecordBatchReader>,
    batch: Option<RecordBatch>,
    at: usize,
    row: u64,
    cells: Vec<String>,
}

/// A column of the file.
struct Column {
    name: String,
    /// What it is, where it cannot be text.
    not_text: Option<String>,
}

impl ParquetRows {
    /// Opens the file at `path`, which messages call `place`.
    ///
    /// # Errors
    /// Where its footer cannot be read, in words that say what may have happened to it.
    pub(crate) fn open(path: &Path, place: String) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {place}"))?;
        recognise(&file, &place)?;
        // Types come from the format's own schema: what a program noted for itself beside it need not agree.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = guarded(|| ArrowReaderMetadata::load(&file, options).map_err(|error| error.to_string()))
            .map_err(|error| anyhow::anyhow!("{place}: the footer of the Parquet file cannot be read: {error}; was it cut off? Copy or write it again"))?;
        let columns: Vec<Column> = metadata
            .schema()
            .fields()
            .iter()
            .map(|field| Column {
                name: field.name().clone(),
                not_text: (!can_be_text(field.data_type())).then(|| type_name(field.data_type())),
            })
            .collect();
        let read: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].not_text.is_none()).collect();
        if read.is_empty() {
            bail!("{place} has no column of text, numbers or days");
        }
        let cells = vec![String::new(); read.len()];
        Ok(Self {
            file,
            metadata,
            place,
            columns,
            read,
            group: 0,
            group_rows: 0,
            reader: None,
            batch: None,
            at: 0,
            row: 0,
            cells,
        })
    }

    /// The names of all columns, also of those that are not read.
    pub(crate) fn header(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    /// The columns that are read, by their place in the header.
    pub(crate) fn read(&self) -> &[usize] {
        &self.read
    }

    /// The columns that cannot be text: place in the header, name, and what they are.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        let columns = self.columns.iter().enumerate();
        columns.filter_map(|(at, column)| Some((at, column.name.as_str(), column.not_text.as_deref()?)))
    }

    /// The next row: one text for each column that is read; `None` at the end.
    ///
    /// # Errors
    /// Where the file cannot be read further, with row group and column: its rows up to there stand.
    pub(crate) fn next_row(&mut self) -> anyhow::Result<Option<Row<&[String]>>> {
        while self.batch.as_ref().is_none_or(|batch| self.at >= batch.num_rows()) {
            if !self.next_batch()? {
                return Ok(None);
            }
        }
        let Some(batch) = &self.batch else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        self.row += 1;
        let line = self.row;
        for ((cell, array), column) in self.cells.iter_mut().zip(batch.columns()).zip(&self.read) {
            cell.clear();
            if let Err(reason) = append(array, at, cell) {
                let problem = no_text(&reason, format!("{}:{line}", self.place), &self.columns[*column].name);
                return Ok(Some(Row { line, content: Err(problem) }));
            }
        }
        Ok(Some(Row { line, content: Ok(&self.cells) }))
    }

    /// Decodes the next rows; false at the end of the file.
    fn next_batch(&mut self) -> anyhow::Result<bool> {
        self.batch = None;
        let groups = self.metadata.metadata().num_row_groups();
        while self.group < groups {
            // The reader is taken out, so that one that panicked is not used again.
            let reader = match self.reader.take() {
                Some(reader) => Ok(reader),
                None => self.reader_of(self.group, &self.read),
            };
            let next = reader.and_then(|mut reader| guarded(move || Ok((next(&mut reader)?, reader))));
            let (batch, reader) = next.map_err(|error| self.failed(&error))?;
            if let Some(batch) = batch {
                self.group_rows += batch.num_rows() as u64;
                self.reader = Some(reader);
                self.batch = Some(batch);
                self.at = 0;
                return Ok(true);
            }
            let promised = self.metadata.metadata().row_group(self.group).num_rows();
            if u64::try_from(promised) != Ok(self.group_rows) {
                let error = format!("it has {} rows where the footer says {promised}", self.group_rows);
                return Err(self.failed(&error));
            }
            self.group += 1;
            self.group_rows = 0;
        }
        Ok(false)
    }

    fn reader_of(&self, group: usize, columns: &[usize]) -> Result<ParquetRecordBatchReader, String> {
        let file = self.file.try_clone().map_err(|error| error.to_string())?;
        guarded(|| {
            let mask = ProjectionMask::roots(self.metadata.parquet_schema(), columns.iter().copied());
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![group])
                .with_projection(mask)
                .with_batch_size(BATCH)
                .build()
                .map_err(|error| error.to_string())
        })
    }

    /// The error of a row group, with the column at fault: it is read again, one column at a time.
    fn failed(&self, error: &str) -> anyhow::Error {
        let group = format!("row group {} of {}", self.group + 1, self.metadata.metadata().num_row_groups());
        for at in &self.read {
            let outcome = self.reader_of(self.group, &[*at]).and_then(|mut reader| {
                guarded(move || {
                    let mut rows = 0_u64;
                    while let Some(batch) = next(&mut reader)? {
                        rows += batch.num_rows() as u64;
                    }
                    Ok(rows)
                })
            });
            let promised = u64::try_from(self.metadata.metadata().row_group(self.group).num_rows()).unwrap_or(0);
            let error = match outcome {
                Err(error) => error,
                Ok(rows) if rows != promised => format!("it has {rows} rows where the footer says {promised}"),
                Ok(_) => continue,
            };
            return anyhow::anyhow!("{}: {group}, column '{}': {error}", self.place, self.columns[*at].name);
        }
        anyhow::anyhow!("{}: {group}: {error}", self.place)
    }
}

/// Says what a file that is no Parquet file, or none that can be read, may be.
fn recognise(file: &File, place: &str) -> anyhow::Result<()> {
    let mut start = Vec::new();
    file.take(MAGIC.len() as u64).read_to_end(&mut start).with_context(|| format!("cannot read {place}"))?;
    match start.as_slice() {
        MAGIC => Ok(()),
        b"PARE" => bail!("{place} is an encrypted Parquet file; write it without encryption"),
        _ => {
            bail!("{place} is no Parquet file: it does not begin with PAR1; is it packed, or a table of another form?")
        }
    }
}

fn next(reader: &mut ParquetRecordBatchReader) -> Result<Option<RecordBatch>, String> {
    reader.next().transpose().map_err(|error| error.to_string())
}

fn no_text(reason: &NoText, place: String, column: &str) -> Problem {
    match reason {
        NoText::NotUtf8 => Problem::new("not_utf8", place, "the value is not UTF-8".to_owned()),
        NoText::OutOfRange => {
            Problem::new("out_of_range", place, "the day or instant is outside the calendar".to_owned())
        }
    }
    .in_field(column)
}
