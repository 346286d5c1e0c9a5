//! The description that lies beside exports.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod common;

use common::desk::{ALL, Desk, desk};
use openvacancy_release::export::{ExportOptions, Format, Table, data_dictionary};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;

fn package(desk: &Desk, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(file(desk, name)).unwrap()).unwrap()
}

fn file(desk: &Desk, name: &str) -> PathBuf {
    desk.folder.path().join(name)
}

#[test]
fn a_package_names_the_release_and_every_file_with_its_hash() {
    let desk = desk();
    desk.write("vacancies.csv", ALL);
    desk.write("Observations 1.parquet", ExportOptions { table: Table::Observations, format: Format::Parquet, ..ALL });
    desk.write("vacancies.csv", ALL);
    let package = package(&desk, "datapackage.json");
    assert_eq!(package["name"], format!("openvacancy-{}", desk.release.id));
    assert_eq!(package["id"], format!("sha256:{}", desk.release.digest));
    assert_eq!(package["version"], desk.release.id.to_string());
    let created = desk.release.built_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(package["created"], created);
    assert_eq!(package["sources"][0]["title"], "Portal alpha");
    let names: Vec<&Value> = package["licenses"].as_array().unwrap().iter().map(|licence| &licence["name"]).collect();
    assert_eq!(names, ["notspecified", "other-closed"]);
    let resources = package["resources"].as_array().unwrap();
    let paths: Vec<&str> = resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["Observations 1.parquet", "vacancies.csv"]);
    assert_eq!(resources[0]["name"], "observations-1.parquet");
    assert_eq!(resources[0].get("encoding"), None);
    for (resource, rows) in resources.iter().zip([desk.release.observations, 5]) {
        let bytes = std::fs::read(file(&desk, resource["path"].as_str().unwrap())).unwrap();
        let sha256: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{sha256}"));
        assert_eq!(resource["bytes"], bytes.len());
        assert_eq!(resource["rows"], rows);
    }
}

#[test]
fn every_column_is_described_with_its_type() {
    let desk = desk();
    for (format, flag, skills) in
        [(Format::Csv, "integer", "string"), (Format::Jsonl, "integer", "array"), (Format::Parquet, "boolean", "array")]
    {
        let path = desk.write("v", ExportOptions { format, ..ALL });
        let package = package(&desk, "datapackage.json");
        assert_eq!(package["resources"][0]["format"], format.to_string());
        let schema = &package["resources"][0]["schema"];
        assert_eq!(schema["primaryKey"], json!(["vacancy_id"]));
        assert_eq!(schema["missingValues"], json!([""]));
        let fields = schema["fields"].as_array().unwrap();
        for (field, column) in fields.iter().zip(data_dictionary(Table::Vacancies)) {
            assert_eq!(field["name"], column.name);
            assert!(field["description"].as_str().unwrap().starts_with(&column.description));
        }
        assert_eq!(fields.len(), data_dictionary(Table::Vacancies).len());
        let field = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
        assert_eq!(field("education_gcse")["type"], flag);
        assert_eq!(field("skills")["type"], skills);
        assert_eq!(field("missing")["type"], "object");
        assert_eq!(field("first_seen")["type"], "datetime");
        assert_eq!(field("wage_period")["constraints"]["enum"], json!(["hour", "day", "week", "month", "year"]));
        assert_eq!(field("soc2020").get("constraints"), None);
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_description_of_something_else_is_left_alone() {
    let desk = desk();
    let theirs = "{\"name\": \"theirs\"}";
    std::fs::write(file(&desk, "datapackage.json"), theirs).unwrap();
    desk.write("v.csv", ALL);
    assert_eq!(std::fs::read_to_string(file(&desk, "datapackage.json")).unwrap(), theirs);
    let own = package(&desk, "v.csv.datapackage.json");
    assert_eq!(own["resources"][0]["path"], "v.csv");
    assert_eq!(own["resources"].as_array().unwrap().len(), 1);
    assert_eq!(own["licenses"][0]["name"], "other-closed");
}

#[test]
fn a_file_that_is_gone_is_described_no_longer_and_the_bytes_do_not_depend_on_the_moment() {
    let desk = desk();
    let first = desk.write("a.csv", ALL);
    let before = std::fs::read(file(&desk, "datapackage.json")).unwrap();
    let second = desk.write("b.csv", ALL);
    std::fs::remove_file(second).unwrap();
    desk.write("a.csv", ALL);
    assert_eq!(std::fs::read(file(&desk, "datapackage.json")).unwrap(), before);
    assert!(first.is_file());
}

#[test]
fn two_files_of_one_name_but_for_its_letters_are_two_resources() {
    let desk = desk();
    desk.write("a b.csv", ALL);
    desk.write("a-b.csv", ALL);
    let package = package(&desk, "datapackage.json");
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 2);
    assert_ne!(resources[0]["name"], resources[1]["name"]);
}
