//! Reads the shared advertisement files that the measured tests and examples use.

#![allow(dead_code, reason = "each test and example uses its part")]

use flate2::read::GzDecoder;
use openvacancy_domain::Posting;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

/// A row by column name.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a gzip-compressed CSV file.
pub(crate) fn rows(path: &Path) -> Vec<Row> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reader = csv::Reader::from_reader(GzDecoder::new(file));
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| names.iter().cloned().zip(record.unwrap().iter().map(str::to_owned)).collect())
        .collect()
}

/// The rows of a shared file, or a loud line and nothing.
pub(crate) fn shared(test: &str, relative: &str) -> Option<Vec<Row>> {
    let path = openvacancy_reference::beside::shared(relative);
    if path.is_none() {
        eprintln!("SKIPPED {test}: {relative} is not beside this workspace");
    }
    path.map(|path| rows(&path))
}

/// The posting a row of an advertisement file holds.
pub(crate) fn posting(row: &Row) -> Posting {
    let mut object = Map::new();
    for (name, value) in row {
        let name = match name.as_str() {
            "ad_id" => "portal_posting_id",
            "posted" => "date_posted",
            "closing" => "date_closing",
            "lat" => "latitude",
            "lon" => "longitude",
            "collected" => "fetched_at",
            other => other,
        };
        if !value.is_empty() {
            object.insert(name.to_owned(), Value::String(value.clone()));
        }
    }
    Posting::from_json(Value::Object(object.clone())).unwrap_or_else(|_| {
        for number in ["latitude", "longitude", "salary_min", "salary_max"] {
            object.remove(number);
        }
        object.entry("title").or_insert(Value::String("(none)".into()));
        object.entry("portal").or_insert(Value::String("unknown".into()));
        Posting::from_json(Value::Object(object)).unwrap_or_default()
    })
}

/// The advertisement files, by name.
pub(crate) const ADS: &[&str] = &[
    "ads_adzuna_2013_full",
    "ads_adzuna_2013_full776",
    "ads_adzuna_2013_nodesc",
    "ads_adzuna_2017_datasci",
    "ads_adzuna_2026_daily",
    "ads_adzuna_2026_meg",
    "ads_adzuna_2026_sectors",
    "ads_adzuna_linkedin_2026_data",
    "ads_adzuna_reed_2026_analyst",
    "ads_crossportal_2025_london_analyst",
    "ads_dwp_findajob_2023",
    "ads_glassdoor_2024_ds",
    "ads_nhs_jobs_2020",
    "ads_nhs_jobs_2026",
    "ads_reed_2018_30k",
    "ads_reed_2026_tech",
    "ads_reed_totaljobs_2021_ds",
];
