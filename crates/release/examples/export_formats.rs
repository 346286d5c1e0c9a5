//! How fast a release is written as Parquet and how large it is, against the CSV of the same rows in the same run.
//! `cargo run --release -p openvacancy-release --example export_formats [ROWS]` (Linux: processor time of this process,
//! for a shared machine makes the clock say little).

#[path = "../tests/common/sample.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared with the tests, which use more of it")]
mod sample;

use openvacancy_domain::ports::{ReleaseStore as _, ReleaseVacancy};
use openvacancy_domain::{Month, Release, ReleaseId, ReleaseState};
use openvacancy_release::export;
use openvacancy_release::export::{Audience, ExportOptions, Format, Table};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;
use std::error::Error;

/// Made-up vacancies held in memory at once.
const CHUNK: u64 = 20_000;

#[expect(clippy::print_stdout, reason = "its report")]
fn main() -> Result<(), Box<dyn Error>> {
    let rows: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let store = SqliteStore::open(&folder.path().join("store.sqlite"))?;
    let release = filled(&store, rows)?;
    println!("{rows} made-up vacancies without prose");
    let mut baseline = None;
    for format in [Format::Csv, Format::Parquet, Format::Jsonl] {
        let path = folder.path().join(format!("vacancies.{format}"));
        let options =
            ExportOptions { table: Table::Vacancies, format, audience: Audience::Researcher, spreadsheet_safe: false };
        let before = processor_seconds();
        let summary = export(&store, release, &options, &path, &mut |_| {})?;
        let seconds = processor_seconds() - before;
        let bytes = std::fs::metadata(&path)?.len();
        assert_eq!(summary.rows, rows);
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let (count, size) = (rows as f64, bytes as f64);
        let (base_seconds, base_size) = *baseline.get_or_insert((seconds, size));
        println!(
            "{format:<8} {seconds:>7.2} CPU s {:>9.0} rows/CPU s ({:>5.2} x CSV)  {bytes:>12} bytes ({:>5.3} x CSV)",
            count / seconds,
            base_seconds / seconds,
            size / base_size,
        );
    }
    println!("peak memory {} kB", peak_memory().unwrap_or_default());
    Ok(())
}

/// A release of `rows` vacancies.
fn filled(store: &SqliteStore, rows: u64) -> Result<ReleaseId, Box<dyn Error>> {
    let month: Month = "2026-10".parse()?;
    let id = store.begin_release(month)?;
    for chunk in 0..rows.div_ceil(CHUNK) {
        let count = CHUNK.min(rows - chunk * CHUNK);
        let vacancies = sample::world(chunk, count, sample::noon(2026, 10, 1), 30);
        let vacancies = vacancies.into_iter().map(|vacancy| ReleaseVacancy { vacancy, in_flow: true, in_stock: true });
        store.add_release_vacancies(id, &vacancies.collect::<Vec<_>>())?;
    }
    let at = sample::noon(2026, 11, 2);
    store.finish_release(&Release {
        id,
        state: ReleaseState::Draft,
        as_of: at,
        built_at: at,
        published_at: None,
        vacancies: rows,
        observations: 0,
        digest: "0".repeat(64),
        versions: BTreeMap::new(),
        gate: Vec::new(),
        quality: serde_json::Value::Null,
    })?;
    Ok(id)
}

/// User and system time of all threads, which Linux counts in hundredths of a second.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    let mut ticks = fields.split_whitespace().skip(11).filter_map(|field| field.parse::<f64>().ok());
    (ticks.next().unwrap_or(f64::NAN) + ticks.next().unwrap_or(f64::NAN)) / 100.0
}

fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().trim_end_matches(" kB").parse().ok())
}
