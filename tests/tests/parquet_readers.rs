//! Parquet files between this program and those that researchers use: DuckDB and pandas.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on stops, and one that is skipped says so"
)]

use openvacancy_tests::Bench;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python of the virtual environment that `tests/run` makes, or why there is none.
///
/// # Panics
/// Where `tests/run` promised one (`OPENVACANCY_TEST_READERS`) and it is not there.
fn python() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("OPENVACANCY_TEST_READERS") else {
        eprintln!(
            "SKIPPED: no DuckDB and pandas to open the files with. ./tests/run installs them; or point \
             OPENVACANCY_TEST_READERS at a virtual environment with tests/readers/requirements.txt"
        );
        return None;
    };
    let python = Path::new(&folder).join("bin").join("python");
    assert!(python.is_file(), "{} is not there; remove its folder and run ./tests/run again", python.display());
    Some(python)
}

fn ask(python: &Path, action: &str, folder: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("readers").join("check_parquet.py");
    let ran = Command::new(python).arg(script).arg(action).arg(folder).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

const ROWS: usize = 150;

fn advertisements() -> String {
    let towns = ["Leeds", "Cardiff", "Glasgow", "Truro, Cornwall", "Leeds and York"];
    let jobs = [("Registered Nurse", "£33,000 per annum"), ("Chef de Partie", "£13.50 per hour"), ("Zorbler", "")];
    let line = |number: usize| {
        let (title, salary) = jobs[number % 3];
        json!({
            "portal": "board", "portal_posting_id": number.to_string(), "title": title, "salary": salary,
            "employer": format!("Employer \"{number}\" & Söhne"), "location": towns[number % 5], "date_posted": "2026-10-07",
            "description": format!("Post {number}.\nFirst aid and Microsoft Excel. A degree is needed for number {number}."),
        })
        .to_string()
    };
    (0..ROWS).map(line).collect::<Vec<_>>().join("\n")
}

/// A published month, and every export of it in `exports`.
fn exports(bench: &Bench) -> PathBuf {
    let file = bench.write("ads.jsonl", advertisements());
    let _ = bench.run(&["import", &file, "--as-of", "2026-10-08"]).ok();
    let _ = bench.run(&["process"]).ok();
    let _ = bench.run(&["release", "build", "2026-10"]).ok();
    let folder = bench.path("exports");
    std::fs::create_dir(&folder).unwrap();
    for (table, formats) in [
        ("vacancies", &["csv", "jsonl", "parquet"][..]),
        ("observations", &["csv", "jsonl", "parquet"]),
        ("wide", &["csv", "parquet"]),
    ] {
        for format in formats {
            let path = folder.join(format!("{table}.{format}")).display().to_string();
            let _ = bench.run(&["export", "2026-10.1", "--table", table, "--format", format, "--output", &path]).ok();
        }
    }
    folder
}

#[test]
fn duckdb_and_pandas_open_what_is_exported() {
    let Some(python) = python() else { return };
    let bench = Bench::new();
    let found = ask(&python, "read", &exports(&bench));
    let rows = found["rows"].as_u64().unwrap();
    assert!(rows > 100, "{found}");
    assert_eq!(found["same_as_csv"], rows);
    assert_eq!(found["portal"], rows);
    assert_eq!(found["flow"], rows as f64);
    let types = &found["types"];
    for (column, expected) in [
        ("vacancy_id", "VARCHAR"),
        ("soc2020", "VARCHAR"),
        ("soc2020_confidence", "DOUBLE"),
        ("education_degree", "BOOLEAN"),
        ("openings", "BIGINT"),
        ("date_posted", "DATE"),
        ("first_seen", "TIMESTAMP WITH TIME ZONE"),
        ("portals", "VARCHAR[]"),
        ("skills", "STRUCT(id VARCHAR, \"label\" VARCHAR, \"matched\" VARCHAR)[]"),
        ("missing", "MAP(VARCHAR, VARCHAR)"),
    ] {
        assert_eq!(types[column], expected, "{column}");
    }
    assert_eq!(found["reasons"], json!([["not_stated", rows]]));
    assert!(found["skills"].as_array().unwrap().len() >= 2, "{found}");
    assert!(found["by_region"].as_array().unwrap().len() >= 4, "{found}");
    assert!(found["wide"].as_u64().unwrap() >= 2);
    let package = found["package"].as_object().unwrap();
    assert_eq!(package.len(), 5);
    assert!(package.values().all(|errors| errors == &json!([])), "{package:?}");
}

#[test]
fn what_pandas_and_duckdb_write_is_imported() {
    let Some(python) = python() else { return };
    let bench = Bench::new();
    let folder = bench.path("");
    let rows = ask(&python, "write", &folder)["rows"].as_u64().unwrap();
    let import = |name: &str| bench.run(&["import", &folder.join(name).display().to_string()]);
    let ran = import("pandas.parquet").ok();
    assert_eq!(ran.last_line(), format!("read {rows}, stored {}, unchanged 0, rejected 1", rows - 1));
    let rejects = std::fs::read_to_string(bench.path("data/rejects/run-1-pandas.parquet.rejects.csv")).unwrap();
    assert!(rejects.lines().nth(1).unwrap().starts_with("10,title_missing,title,"), "{rejects}");
    // The same table from another program: whole numbers, decimals and days are the same text, so nothing is new.
    let ran = import("duckdb.parquet").ok();
    assert!(ran.stderr.contains("'origin' is a struct"), "{}", ran.stderr);
    assert_eq!(ran.last_line(), format!("read {rows}, stored 0, unchanged {}, rejected 1", rows - 1));
    let ran = import("nested.parquet");
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("column 'title' is a struct"), "{}", ran.stderr);
}

#[test]
fn an_export_can_be_imported_where_names_fit() {
    let bench = Bench::new();
    let folder = exports(&bench);
    let count = |format: &str| {
        let file = folder.join(format!("vacancies.{format}")).display().to_string();
        let words = ["import", &file, "--portal", format, "--map", "portal_posting_id=vacancy_id", "--json"];
        bench.run(&words).ok().json()
    };
    let (parquet, csv) = (count("parquet"), count("csv"));
    assert!(parquet["stored"].as_u64().unwrap() > 100, "{parquet}");
    for member in ["read", "stored", "unchanged", "rejected"] {
        assert_eq!(parquet[member], csv[member], "{member}");
    }
}

#[test]
fn a_damaged_file_stops_the_import_with_its_place_and_stores_whole_batches() {
    let bench = Bench::new();
    let folder = exports(&bench);
    let bytes = std::fs::read(folder.join("vacancies.parquet")).unwrap();
    let words = |file: String| bench.run(&["import", &file, "--portal", "again"]);
    let cut = words(bench.write("cut.parquet", &bytes[..bytes.len() / 2]));
    assert_eq!(cut.status, 1);
    assert!(cut.stderr.contains("cut.parquet: the footer of the Parquet file cannot be read"), "{}", cut.stderr);
    let mut changed = bytes.clone();
    // Pages of the first columns; the footer, which is longer than so few rows, stays whole.
    changed[200..2000].fill(0xaa);
    let changed = words(bench.write("changed.parquet", &changed));
    assert_eq!(changed.status, 1);
    assert!(changed.stderr.contains("row group 1 of 1, column '"), "{}", changed.stderr);
    assert!(!changed.stderr.contains("panicked"), "{}", changed.stderr);
    let no = words(bench.write("no.parquet", "title\nCook\n"));
    assert!(no.stderr.contains("no.parquet is no Parquet file"), "{}", no.stderr);
    let runs = bench.run(&["runs", "list", "--json"]).ok().json();
    for run in &runs.as_array().unwrap()[..3] {
        assert_eq!((&run["state"], &run["counts"]["stored"]), (&json!("failed"), &json!(0)), "{run}");
    }
}
