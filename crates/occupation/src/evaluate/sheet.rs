//! Advertisements of the shared data, and our own labelled sheet, which keeps row ids and codes and no text.

use super::LabelledRow;
use crate::OccupationError;
use ahash::AHashMap;
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// An advertisement of a shared file.
#[derive(Debug, Clone)]
pub struct Advertisement {
    /// The file without its ending, as `ads_reed_2018_30k`.
    pub file: String,
    /// The id within the file.
    pub ad_id: String,
    /// What the coder may see; no codes.
    pub row: LabelledRow,
}

/// All advertisements of `folder` (files `ads_*.csv.gz`), files in order of name.
///
/// # Errors
/// Where a file cannot be read.
pub fn advertisements(folder: &Path) -> Result<Vec<Advertisement>, OccupationError> {
    let fault = |path: &Path, reason: String| OccupationError::File { path: path.to_owned(), reason };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|error| fault(folder, error.to_string()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            name.starts_with("ads_") && name.ends_with(".csv.gz")
        })
        .collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let file = File::open(&path).map_err(|error| fault(&path, error.to_string()))?;
        let mut reader = csv::Reader::from_reader(GzDecoder::new(BufReader::new(file)));
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("").trim_end_matches(".csv.gz").to_owned();
        for record in reader.deserialize::<BTreeMap<String, String>>() {
            let record = record.map_err(|error| fault(&path, error.to_string()))?;
            let cell = |name: &str| record.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
            let owned = |name: &str| cell(name).map(str::to_owned);
            let number = |name: &str| cell(name).and_then(|text| text.parse::<f64>().ok());
            let wage = match (number("salary_min"), number("salary_max")) {
                (Some(low), Some(high)) => Some((low + high) / 2.0),
                (low, high) => low.or(high),
            };
            all.push(Advertisement {
                file: name.clone(),
                ad_id: owned("ad_id").unwrap_or_default(),
                row: LabelledRow {
                    title: owned("title").unwrap_or_default(),
                    description: owned("description"),
                    employer: owned("employer"),
                    category: owned("category"),
                    salary: owned("salary"),
                    // an hour's or a day's rate is no annual figure, and a few figures are in another currency
                    wage_annual: wage.filter(|wage| (8_000.0..400_000.0).contains(wage)),
                    location: owned("location"),
                    accepted: Vec::new(),
                },
            });
        }
    }
    Ok(all)
}

/// The rows of the sheet (`file,ad_id,soc2020`) whose advertisements are in `all`, with their codes.
///
/// # Errors
/// Where the sheet cannot be read.
pub fn labelled_sheet(sheet: &Path, all: &[Advertisement]) -> Result<Vec<LabelledRow>, OccupationError> {
    let fault = |reason: String| OccupationError::File { path: sheet.to_owned(), reason };
    let mut by_id: AHashMap<(&str, &str), &LabelledRow> = AHashMap::default();
    for advertisement in all {
        by_id.entry((&advertisement.file, &advertisement.ad_id)).or_insert(&advertisement.row);
    }
    let mut rows = Vec::new();
    for record in csv::Reader::from_path(sheet).map_err(|error| fault(error.to_string()))?.records() {
        let record = record.map_err(|error| fault(error.to_string()))?;
        let cell = |at: usize| record.get(at).unwrap_or("");
        if let Some(row) = by_id.get(&(cell(0), cell(1))) {
            rows.push(LabelledRow { accepted: vec![cell(2).to_owned()], ..(*row).clone() });
        }
    }
    Ok(rows)
}
