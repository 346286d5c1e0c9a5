//! Measures the built-in coder on the shared data: own sheet with and without prose, ISCO-08 and SOC 2010 sheets, the
//! titles table itself, and speed. `cargo run --release -p openvacancy-occupation --example measure`.

#![expect(clippy::print_stdout, reason = "a program for people")]

use flate2::read::GzDecoder;
use openvacancy_domain::ports::CodeOccupation;
use openvacancy_domain::{CodingContext, Scheme};
use openvacancy_occupation::evaluate::{advertisements, labelled_sheet};
use openvacancy_occupation::{Coder, LabelledRow, evaluate};
use openvacancy_reference::beside::shared;
use openvacancy_reference::titles::titles;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let coder = Coder::builtin()?;
    println!("start {:.0} ms, version {}", start.elapsed().as_secs_f64() * 1e3, coder.version());

    let ads = advertisements(&shared("realdata").ok_or("shared data absent")?)?;
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../classifiers/soc2020-titles/sheet.csv");
    if sheet.is_file() {
        let rows = labelled_sheet(&sheet, &ads)?;
        println!("\nown sheet, everything known\n{}", evaluate(&coder, &rows, Scheme::Soc2020).table());
        let bare: Vec<LabelledRow> = rows.iter().map(|row| LabelledRow { description: None, ..row.clone() }).collect();
        println!("own sheet, without prose\n{}", evaluate(&coder, &bare, Scheme::Soc2020).table());
        let bare: Vec<LabelledRow> = rows
            .iter()
            .map(|row| LabelledRow { title: row.title.clone(), accepted: row.accepted.clone(), ..Default::default() })
            .collect();
        println!("own sheet, title alone\n{}", evaluate(&coder, &bare, Scheme::Soc2020).table());
        if std::env::args().any(|argument| argument == "--errors") {
            for row in &rows {
                let coding = coder.code(&row.title, &row.context());
                if coding.soc2020.as_ref() != row.accepted.first() {
                    println!(
                        "{} | {} | {:?} {:.2} {} | right {}",
                        row.title,
                        coding.cleaned_title,
                        coding.soc2020,
                        coding.soc2020_confidence,
                        coding.evidence,
                        row.accepted[0]
                    );
                }
            }
        }
    }
    for (file, column, scheme) in [
        ("occ_ncs_job_profiles", "soc2010", Scheme::Soc2010),
        ("occ_ncs_job_profiles", "isco08", Scheme::Isco08),
        ("occ_onet_reported_titles", "isco08_options", Scheme::Isco08),
        ("occ_us_h2b_titles", "isco08_options", Scheme::Isco08),
    ] {
        let rows = labelled(file, column)?;
        println!("{file} {column}\n{}", evaluate(&coder, &rows, scheme).table());
    }
    let rows: Vec<LabelledRow> = titles()
        .iter()
        .filter(|entry| entry.source == openvacancy_reference::titles::TitleSource::Index)
        .map(|entry| LabelledRow {
            title: match (entry.qualifier, entry.industry) {
                ("", "") => entry.title.to_owned(),
                ("", aside) | (aside, "") => format!("{} ({aside})", entry.title),
                (one, other) => format!("{} ({one}) ({other})", entry.title),
            },
            accepted: vec![entry.soc2020.to_owned()],
            ..Default::default()
        })
        .collect();
    println!("index entries with qualifiers\n{}", evaluate(&coder, &rows, Scheme::Soc2020).table());

    let distinct: BTreeSet<&str> = ads.iter().map(|ad| ad.row.title.as_str()).collect();
    let start = Instant::now();
    for title in &distinct {
        std::hint::black_box(coder.code(title, &CodingContext::default()));
    }
    println!(
        "{} distinct titles, {:.0} titles/s on one thread",
        distinct.len(),
        distinct.len() as f64 / start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    for ad in &ads {
        std::hint::black_box(coder.code(&ad.row.title, &ad.row.context()));
    }
    println!(
        "{} advertisements with context, {:.0} /s on one thread",
        ads.len(),
        ads.len() as f64 / start.elapsed().as_secs_f64()
    );
    Ok(())
}

fn labelled(file: &str, column: &str) -> Result<Vec<LabelledRow>, Box<dyn std::error::Error>> {
    let path = shared(&format!("realdata/{file}.csv.gz")).ok_or("shared data absent")?;
    let mut reader = csv::Reader::from_reader(GzDecoder::new(File::open(path)?));
    let mut rows = Vec::new();
    for record in reader.deserialize::<BTreeMap<String, String>>() {
        let record = record?;
        let accepted: Vec<String> = record[column].split_whitespace().map(str::to_owned).collect();
        if !accepted.is_empty() {
            rows.push(LabelledRow { title: record["title"].clone(), accepted, ..Default::default() });
        }
    }
    Ok(rows)
}
