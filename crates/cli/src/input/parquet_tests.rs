//! Parquet files as other programs write them, whole and damaged.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use super::parquet_rows::ParquetRows;
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, StructArray, TimestampNanosecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use std::sync::Arc;

const ROWS: usize = 40;

fn table() -> RecordBatch {
    let words = || (0..ROWS).map(|row| (row % 7 != 0).then(|| format!("Cook {}", row % 5)));
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in 0..ROWS {
        lists.append_value((0..row % 3).map(|item| Some(format!("place {item}"))));
    }
    let named: Vec<Option<String>> = words().collect();
    let categories: DictionaryArray<Int32Type> = named.iter().map(Option::as_deref).collect();
    let nested = StructArray::from(vec![(
        Arc::new(arrow_schema::Field::new("a", arrow_schema::DataType::Utf8, true)),
        Arc::new(StringArray::from_iter(words())) as ArrayRef,
    )]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("title", Arc::new(StringArray::from_iter(words()))),
        ("large", Arc::new(LargeStringArray::from_iter(words()))),
        ("view", Arc::new(StringViewArray::from_iter(words()))),
        ("category", Arc::new(categories)),
        ("ad_id", Arc::new((0..ROWS as i64).map(Some).collect::<Int64Array>())),
        ("salary_min", Arc::new((0..ROWS).map(|row| Some(row as f64 / 4.0)).collect::<Float64Array>())),
        ("date_posted", Arc::new((0..ROWS as i32).map(|row| Some(20_734 + row)).collect::<Date32Array>())),
        (
            "seen",
            Arc::new((0..ROWS as i64).map(|row| Some(row * 86_400_000_000_000)).collect::<TimestampNanosecondArray>()),
        ),
        ("location", Arc::new(lists.finish())),
        ("nested", Arc::new(nested)),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

fn written(compression: Compression) -> Vec<u8> {
    let table = table();
    let properties =
        WriterProperties::builder().set_max_row_group_row_count(Some(16)).set_compression(compression).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, table.schema(), Some(properties)).unwrap();
    writer.write(&table).unwrap();
    writer.close().unwrap();
    bytes
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// All rows, or the error and how many rows came before it.
    fn read(&self, bytes: &[u8]) -> Result<Vec<Vec<String>>, (usize, String)> {
        let path = self.0.path().join("ads.parquet");
        std::fs::write(&path, bytes).unwrap();
        let mut rows = ParquetRows::open(&path, "ads.parquet".to_owned()).map_err(|error| (0, error.to_string()))?;
        let mut all = Vec::new();
        loop {
            match rows.next_row() {
                Ok(Some(row)) => all.push(row.content.map(<[String]>::to_vec).unwrap_or_default()),
                Ok(None) => return Ok(all),
                Err(error) => return Err((all.len(), error.to_string())),
            }
        }
    }
}

#[test]
fn columns_of_every_kind_and_compression_are_read() {
    let folder = Folder::new();
    let plain = folder.read(&written(Compression::UNCOMPRESSED)).unwrap();
    assert_eq!(plain.len(), ROWS);
    let expected = ["Cook 3", "Cook 3", "Cook 3", "Cook 3", "8", "2", "2026-10-16", "1970-01-09", "place 0, place 1"];
    assert_eq!(plain[8], expected);
    assert_eq!(plain[0][0], "");
    for compression in [
        Compression::SNAPPY,
        Compression::ZSTD(parquet::basic::ZstdLevel::default()),
        Compression::GZIP(parquet::basic::GzipLevel::default()),
        Compression::LZ4_RAW,
        Compression::BROTLI(parquet::basic::BrotliLevel::default()),
    ] {
        assert_eq!(folder.read(&written(compression)).unwrap(), plain, "{compression:?}");
    }
}

#[test]
fn what_cannot_be_text_is_named() {
    let folder = Folder::new();
    folder.read(&written(Compression::SNAPPY)).unwrap();
    let rows = ParquetRows::open(&folder.0.path().join("ads.parquet"), String::new()).unwrap();
    assert_eq!(rows.left_out().collect::<Vec<_>>(), [(9, "nested", "a struct")]);
    assert_eq!(rows.header().len(), 10);
    assert_eq!(rows.read(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let folder = Folder::new();
    let bytes = written(Compression::SNAPPY);
    for length in (0..bytes.len()).step_by(37).chain([bytes.len() - 1]) {
        let (rows, error) = folder.read(&bytes[..length]).unwrap_err();
        assert_eq!(rows, 0);
        let said = if length < 4 { "is no Parquet file" } else { "footer of the Parquet file" };
        assert!(error.contains(said), "{length}: {error}");
    }
}

#[test]
fn damage_in_a_page_is_told_with_its_row_group_and_column() {
    let folder = Folder::new();
    let mut bytes = written(Compression::ZSTD(parquet::basic::ZstdLevel::default()));
    let whole = folder.0.path().join("whole.parquet");
    std::fs::write(&whole, &bytes).unwrap();
    let reader = SerializedFileReader::new(std::fs::File::open(&whole).unwrap()).unwrap();
    let (start, length) = reader.metadata().row_group(1).column(5).byte_range();
    let (start, length) = (usize::try_from(start).unwrap(), usize::try_from(length).unwrap());
    bytes[start..start + length].fill(0x55);
    let (rows, error) = folder.read(&bytes).unwrap_err();
    assert_eq!(rows, 16, "{error}");
    assert!(error.contains("ads.parquet: row group 2 of 3, column 'salary_min': "), "{error}");
}

#[test]
fn no_changed_byte_makes_a_panic() {
    let folder = Folder::new();
    let bytes = written(Compression::SNAPPY);
    let mut refused = 0;
    for at in 0..bytes.len() {
        let flip = [0x01, 0x80, 0xff][at % 3];
        let mut changed = bytes.clone();
        changed[at] ^= flip;
        match folder.read(&changed) {
            // A changed letter is a changed letter; no reader can know.
            Ok(rows) => assert_eq!(rows.len(), ROWS, "byte {at} ^ {flip:#x}"),
            Err((rows, error)) => {
                refused += 1;
                assert!(rows <= ROWS && error.contains("ads.parquet"), "byte {at} ^ {flip:#x}: {error}");
            }
        }
    }
    assert!(refused > bytes.len() / 8, "{refused} of {}", bytes.len());
}
