//! Measures advertisements per second on one core.
//!
//! `cargo run --release -p openvacancy-normalise --example throughput -- [FILE.jsonl | FILE.csv.gz]`
//! Without a file the advertisements of 2 to 3 kB from the shared NHS file are read.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, reason = "an example prints")]

#[path = "../tests/support/mod.rs"]
mod support;

use openvacancy_domain::Posting;
use openvacancy_domain::ports::Normalise;
use openvacancy_normalise::Normaliser;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let given = std::env::args().nth(1).map(PathBuf::from);
    let postings: Vec<Posting> = match &given {
        Some(path) => read(path),
        None => match openvacancy_reference::beside::shared("realdata/ads_nhs_jobs_2020.csv.gz") {
            Some(path) => read(&path)
                .into_iter()
                .filter(|posting| (2_000..=3_000).contains(&posting.description.as_ref().map_or(0, String::len)))
                .collect(),
            None => {
                eprintln!("SKIPPED: the shared data is not beside this workspace; name a file");
                return;
            }
        },
    };
    let started = Instant::now();
    let normaliser = Normaliser::new();
    println!("built in {:.0} ms", started.elapsed().as_secs_f64() * 1_000.0);
    let bytes: usize = postings.iter().map(|posting| posting.description.as_ref().map_or(0, String::len)).sum();
    let mut filled = 0_usize;
    let mut passes: Vec<f64> = Vec::new();
    let started = Instant::now();
    while started.elapsed().as_secs_f64() < 4.0 || passes.len() < 5 {
        let pass = Instant::now();
        filled = postings.iter().filter(|posting| normaliser.normalise(posting).location.lad_code.is_some()).count();
        passes.push(pass.elapsed().as_secs_f64());
    }
    passes.sort_by(f64::total_cmp);
    let rate = |seconds: f64| postings.len() as f64 / seconds;
    println!(
        "{} advertisements of {} bytes of prose on average, {} passes on one core: {:.0} per second in the best pass, {:.0} in the median one; {:.0}% with a district",
        postings.len(),
        bytes / postings.len().max(1),
        passes.len(),
        rate(passes[0]),
        rate(passes[passes.len() / 2]),
        100.0 * filled as f64 / postings.len().max(1) as f64,
    );
}

fn read(path: &Path) -> Vec<Posting> {
    if path.extension().is_some_and(|extension| extension == "gz") {
        return support::rows(path).iter().map(support::posting).collect();
    }
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter_map(|line| Posting::from_json(serde_json::from_str(line).ok()?).ok()).collect()
}
