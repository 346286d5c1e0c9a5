//! Prints the share of postings with an empty field, for every shared advertisement file.
//!
//! `cargo run --release -p openvacancy-normalise --example completeness`

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, reason = "an example prints")]

#[path = "../tests/support/mod.rs"]
mod support;

use openvacancy_domain::Normalised;
use openvacancy_domain::ports::Normalise;
use openvacancy_normalise::Normaliser;

type Test = (&'static str, fn(&Normalised) -> bool);

const FIELDS: &[Test] = &[
    ("county", |n| n.location.county_code.is_none()),
    ("region", |n| n.location.region_code.is_none()),
    ("LEP", |n| n.location.lep_code.is_none()),
    ("wage", |n| n.pay.wage_min.is_none() && n.pay.wage_max.is_none()),
    ("annual", |n| n.pay.wage_annual_gbp.is_none()),
    ("educ", |n| n.education.education_degree.is_none()),
    ("exper", |n| n.experience.experience == 2),
    ("SIC", |n| n.sector.sic_section.is_none()),
    ("contr", |n| n.missing.contains_key("contract_type")),
    ("hours", |n| n.missing.contains_key("working_hours")),
    ("remote", |n| n.missing.contains_key("remote")),
    ("posted", |n| n.date_posted.is_none()),
    ("skills", |n| n.skills.is_empty()),
    ("excl", |n| n.excluded_reason.is_some()),
];

fn main() {
    let normaliser = Normaliser::new();
    let mut header = format!("{:<38}{:>6}", "share missing, per cent", "rows");
    for (name, _) in FIELDS {
        header.push_str(&format!("{name:>8}"));
    }
    println!("{header}");
    let mut total = vec![0_usize; FIELDS.len()];
    let mut all = 0_usize;
    for file in support::ADS {
        let Some(path) = openvacancy_reference::beside::shared(&format!("realdata/{file}.csv.gz")) else {
            eprintln!("SKIPPED {file}: not beside this workspace");
            continue;
        };
        let rows = support::rows(&path);
        let mut empty = vec![0_usize; FIELDS.len()];
        for row in &rows {
            let normalised = normaliser.normalise(&support::posting(row));
            for (at, (_, is_empty)) in FIELDS.iter().enumerate() {
                empty[at] += usize::from(is_empty(&normalised));
            }
        }
        print_line(file, rows.len(), &empty);
        for (sum, count) in total.iter_mut().zip(&empty) {
            *sum += count;
        }
        all += rows.len();
    }
    print_line("all", all, &total);
}

fn print_line(name: &str, rows: usize, empty: &[usize]) {
    let mut line = format!("{name:<38}{rows:>6}");
    for count in empty {
        line.push_str(&format!("{:>8.1}", 100.0 * *count as f64 / rows.max(1) as f64));
    }
    println!("{line}");
}
