//! Releases as Parquet files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod common;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type, TimestampMillisecondType};
use arrow_array::{Array as _, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use common::desk::{ALL, Desk, desk};
use openvacancy_release::export::{Audience, ExportOptions, Format, Table, data_dictionary};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::ParquetMetaData;
use std::fs::File;
use std::path::Path;

const PARQUET: ExportOptions = ExportOptions { format: Format::Parquet, ..ALL };

fn read(path: &Path) -> (RecordBatch, std::sync::Arc<ParquetMetaData>) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let metadata = reader.metadata().clone();
    let mut batches = reader.with_batch_size(1 << 16).build().unwrap();
    let batch = batches.next().unwrap().unwrap();
    assert!(batches.next().is_none());
    (batch, metadata)
}

fn exported(desk: &Desk, name: &str, options: ExportOptions) -> (RecordBatch, std::sync::Arc<ParquetMetaData>) {
    read(&desk.write(name, options))
}

#[test]
fn every_column_has_its_own_type_and_its_documentation() {
    let (batch, _) = exported(&desk(), "v.parquet", PARQUET);
    let schema = batch.schema();
    let dictionary = data_dictionary(Table::Vacancies);
    assert_eq!(schema.fields().len(), dictionary.len());
    for (field, column) in schema.fields().iter().zip(&dictionary) {
        assert_eq!(field.name(), &column.name);
        assert_eq!(field.metadata().get("description").unwrap(), &column.description);
        let code = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let expected = match (column.kind.as_str(), column.name.as_str()) {
            ("list" | "json", "missing") => matches!(field.data_type(), DataType::Map(..)),
            ("list" | "json", _) => matches!(field.data_type(), DataType::List(_)),
            ("code" | "month", _) => field.data_type() == &code,
            ("integer", _) => field.data_type() == &DataType::Int64,
            ("number", _) => field.data_type() == &DataType::Float64,
            ("flag", _) => field.data_type() == &DataType::Boolean,
            ("date", _) => field.data_type() == &DataType::Date32,
            ("instant", _) => field.data_type() == &DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
            _ => field.data_type() == &DataType::Utf8,
        };
        assert!(expected, "{}: {} is {}", column.kind, field.name(), field.data_type());
    }
}

#[test]
fn values_are_those_of_the_other_formats() {
    let desk = desk();
    let (batch, _) = exported(&desk, "v.parquet", PARQUET);
    let lines = desk.write("v.jsonl", ExportOptions { format: Format::Jsonl, ..ALL });
    let lines = std::fs::read_to_string(lines).unwrap();
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((batch.num_rows(), lines.len()), (5, 5));
    let column = |name: &str| batch.column_by_name(name).unwrap().clone();
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(column("job_title").as_string::<i32>().value(at), line["job_title"]);
        assert_eq!(column("openings").as_primitive::<Int64Type>().value(at), line["openings"]);
        assert_eq!(column("wage_min").as_primitive::<Float64Type>().value(at), line["wage_min"]);
        assert_eq!(column("in_flow").as_boolean().value(at), line["in_flow"] == 1);
        assert!(column("education_gcse").is_null(at) && line["education_gcse"].is_null());
        let day = column("date_posted").as_primitive::<Date32Type>().value_as_date(at).unwrap();
        assert_eq!(day.to_string(), line["date_posted"]);
        let seen = column("first_seen").as_primitive::<TimestampMillisecondType>().value_as_datetime(at).unwrap();
        assert_eq!(seen.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true), line["first_seen"]);
        let codes = column("soc2020");
        let codes = codes.as_dictionary::<Int32Type>().downcast_dict::<arrow_array::StringArray>().unwrap();
        assert_eq!(arrow_array::ArrayAccessor::value(&codes, at), line["soc2020"]);
        let places = column("places").as_list::<i32>().value(at);
        let place =
            |member: &str| places.as_struct().column_by_name(member).unwrap().as_string::<i32>().value(0).to_owned();
        assert_eq!(place("lad_code"), line["places"][0]["lad_code"]);
        assert_eq!(place("precision"), line["places"][0]["precision"]);
    }
    let skills = column("skills").as_list::<i32>().value(1);
    let labels = skills.as_struct().column_by_name("label").unwrap().clone();
    assert_eq!(labels.as_string::<i32>().iter().flatten().collect::<Vec<_>>(), ["nursing", "first aid"]);
    let prose = column("description");
    assert_eq!(
        prose.as_string::<i32>().value(0),
        "Ring [telephone] or write to [e-mail].\nGood pay, \"flexible\" hours."
    );
    assert!(prose.is_null(1));
}

#[test]
fn the_file_says_what_it_is_and_readers_can_skip_by_it() {
    let desk = desk();
    for (table, key) in [(Table::Vacancies, 1), (Table::Wide, 1), (Table::Observations, 4)] {
        let (batch, metadata) = exported(&desk, "t.parquet", ExportOptions { table, ..PARQUET });
        let notes = metadata.file_metadata().key_value_metadata().unwrap();
        let note = |name: &str| notes.iter().find(|note| note.key == name).unwrap().value.clone().unwrap();
        assert_eq!(note("openvacancy.release"), desk.release.id.to_string());
        assert_eq!(note("openvacancy.digest"), format!("sha256:{}", desk.release.digest));
        assert_eq!(note("openvacancy.table"), table.to_string());
        assert!(!note("openvacancy.licence").is_empty());
        let group = metadata.row_group(0);
        let sorted = group.sorting_columns().unwrap();
        let sorted: Vec<(i32, bool)> = sorted.iter().map(|column| (column.column_idx, column.descending)).collect();
        assert_eq!(sorted.len(), key);
        let rows: Vec<Vec<String>> = (0..batch.num_rows())
            .map(|row| sorted.iter().map(|(at, _)| text(batch.column(usize::try_from(*at).unwrap()), row)).collect())
            .collect();
        assert!(rows.windows(2).all(|pair| pair[0] < pair[1]), "{table} is not in the order it says");
        assert!(sorted.iter().all(|(_, descending)| !descending));
        for column in group.columns() {
            assert!(column.statistics().is_some(), "{} has no statistics", column.column_path());
            assert!(matches!(column.compression(), Compression::ZSTD(_)));
            assert!(column.offset_index_offset().is_some(), "{} has no index of its pages", column.column_path());
        }
        let key = group.column(0);
        assert!(key.column_index_offset().is_some(), "{} has no statistics by page", key.column_path());
    }
}

fn text(column: &arrow_array::ArrayRef, row: usize) -> String {
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        _ => {
            let codes = column.as_dictionary::<Int32Type>().downcast_dict::<arrow_array::StringArray>().unwrap();
            arrow_array::ArrayAccessor::value(&codes, row).to_owned()
        }
    }
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let desk = desk();
    for table in [Table::Vacancies, Table::Wide, Table::Observations] {
        let options = ExportOptions { table, ..PARQUET };
        let [first, second] = ["a.parquet", "b.parquet"].map(|name| std::fs::read(desk.write(name, options)).unwrap());
        assert!(first == second, "{table}");
    }
}

#[test]
fn the_wide_table_has_a_truth_for_each_skill() {
    let (batch, _) = exported(&desk(), "w.parquet", ExportOptions { table: Table::Wide, ..PARQUET });
    let truths = |name: &str| batch.column_by_name(name).unwrap().as_boolean().iter().flatten().collect::<Vec<_>>();
    assert_eq!(truths("skill_a1"), [false, true, false, false, false]);
    assert_eq!(truths("skill_b2"), [false, true, true, false, false]);
    assert!(batch.column_by_name("skills").is_none());
}

#[test]
fn the_public_gets_no_words_of_the_prose() {
    let options = ExportOptions { audience: Audience::Public, ..PARQUET };
    let (batch, _) = exported(&desk(), "p.parquet", options);
    assert!(batch.column_by_name("description").is_none() && batch.column_by_name("missing").is_none());
    let skills = batch.column_by_name("skills").unwrap().as_list::<i32>().value(1);
    let matched = skills.as_struct().column_by_name("matched").unwrap().clone();
    assert_eq!(matched.null_count(), 2);
}
