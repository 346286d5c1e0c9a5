//! Files people take away.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod common;

use common::desk::{ALL, desk};
use openvacancy_release::export::{Audience, ExportOptions, Format, Table, data_dictionary};
use openvacancy_release::{ReleaseError, export};
use std::collections::BTreeMap;
use std::path::Path;

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

#[test]
fn csv_holds_what_the_advertisement_says() {
    let desk = desk();
    let path = desk.write("all.csv", ALL);
    let rows = rows(&path);
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0]["job_title"], "=HYPERLINK(\"http://evil.example\")");
    assert_eq!(rows[0]["description"], "Ring [telephone] or write to [e-mail].\nGood pay, \"flexible\" hours.");
    assert_eq!(rows[3]["employer"], "Line one\nline two, \"quoted\"");
    assert_eq!(rows[1]["skills"], "a1|b2");
    assert_eq!((rows[1]["education_degree"].as_str(), rows[1]["education_gcse"].as_str()), ("1", ""));
    assert_eq!(rows[1]["soc2020_confidence"], "0.9");
    assert_eq!(rows[1]["wage_annual_gbp"], "32000");
    assert_eq!((rows[1]["in_flow"].as_str(), rows[1]["in_stock"].as_str()), ("1", "1"));
    let header = std::fs::read_to_string(&path).unwrap().lines().next().unwrap().to_owned();
    let names: Vec<String> = data_dictionary(Table::Vacancies).into_iter().map(|column| column.name).collect();
    assert_eq!(header, names.join(","));
    assert!(std::fs::read(&path).unwrap().windows(2).any(|pair| pair == b"\r\n"));
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let desk = desk();
    let rows = rows(&desk.write("safe.csv", ExportOptions { spreadsheet_safe: true, ..ALL }));
    assert!(rows[0]["job_title"].starts_with("'="));
    assert!(rows.iter().flat_map(BTreeMap::values).all(|cell| !cell.starts_with(['=', '@', '\t'])));
}

#[test]
fn the_public_gets_no_prose() {
    let desk = desk();
    let lines = desk.write("public.jsonl", ExportOptions { audience: Audience::Public, format: Format::Jsonl, ..ALL });
    let lines = std::fs::read_to_string(lines).unwrap();
    assert!(lines.contains("first aid") && !lines.contains("matched"));
    let path = desk.write("public.csv", ExportOptions { audience: Audience::Public, ..ALL });
    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains("flexible") && !text.contains("description") && !text.contains("wage_text"));
}

#[test]
fn the_wide_table_has_a_column_for_each_skill_present() {
    let desk = desk();
    let rows = rows(&desk.write("wide.csv", ExportOptions { table: Table::Wide, ..ALL }));
    let column = |name: &str| rows.iter().map(|row| row[name].as_str()).collect::<String>();
    assert_eq!((column("skill_a1").as_str(), column("skill_b2").as_str()), ("01000", "01100"));
    assert!(!rows[0].contains_key("skills"));
    let dictionary = std::fs::read_to_string(desk.folder.path().join("wide.csv.dictionary.csv")).unwrap();
    assert!(dictionary.contains("skill_b2,flag,,The text names the skill: first aid.,"), "{dictionary}");
}

#[test]
fn json_lines_have_the_columns_in_order() {
    let desk = desk();
    let path = desk.write("all.jsonl", ExportOptions { format: Format::Jsonl, ..ALL });
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let first = lines.nth(1).unwrap();
    let names: Vec<&String> = first.as_object().unwrap().keys().collect();
    let expected = data_dictionary(Table::Vacancies);
    assert_eq!(names, expected.iter().map(|column| &column.name).collect::<Vec<_>>());
    insta::assert_json_snapshot!("vacancy_line", first);
}

#[test]
fn observations_come_as_csv_and_sdmx_csv() {
    let desk = desk();
    let options = ExportOptions { table: Table::Observations, ..ALL };
    let plain = rows(&desk.write("obs.csv", options));
    let sdmx = rows(&desk.write("obs.sdmx.csv", ExportOptions { format: Format::SdmxCsv, ..options }));
    assert_eq!(plain.len(), sdmx.len());
    assert_eq!(plain.len() as u64, desk.release.observations);
    for (plain, sdmx) in plain.iter().zip(&sdmx) {
        assert_eq!(plain["value"], sdmx["OBS_VALUE"]);
        assert_eq!(plain["status"], sdmx["OBS_STATUS"]);
        assert_eq!(sdmx["STRUCTURE_ID"], "OPENVACANCY:DF_VACANCIES(1.0.0)");
        for column in ["INDICATOR", "AREA_TYPE", "REF_AREA", "OCCUPATION"] {
            assert!(sdmx[column].parse::<f64>().is_err(), "{} is a number", sdmx[column]);
        }
    }
    let wrong = ExportOptions { format: Format::SdmxCsv, ..ALL };
    let path = desk.folder.path().join("no.csv");
    assert!(matches!(
        export(&desk.store, desk.release.id, &wrong, &path, &mut |_| {}),
        Err(ReleaseError::Format { .. })
    ));
    assert!(!path.exists());
}

#[test]
fn a_file_that_cannot_be_finished_leaves_nothing_behind() {
    let desk = desk();
    let path = desk.folder.path().join("no such folder").join("x.csv");
    let error = export(&desk.store, desk.release.id, &ALL, &path, &mut |_| {}).unwrap_err();
    assert!(matches!(error, ReleaseError::Io { .. }), "{error}");
    let parts = std::fs::read_dir(desk.folder.path()).unwrap().filter_map(Result::ok);
    assert_eq!(parts.filter(|entry| entry.file_name().to_string_lossy().contains(".part")).count(), 0);
}
