//! `openvacancy import` against parsing the same file and inserting its rows into one table.

use super::input::{self, text};
use crate::measure::{Kind, Measure, Side, compare};
use crate::outcome::Outcome;
use crate::setup::Setup;
use std::path::Path;

const VACANCIES: (u32, u32) = (16_000, 60);

pub(super) fn csv(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let (file, count) = input::csv(setup, setup.size(VACANCIES.0, VACANCIES.1))?;
    against_a_table(setup, measure, &file, count, "csv and one SQLite table", &[]).map(Some)
}

pub(super) fn jsonl(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let (file, count) = input::jsonl(setup, setup.size(VACANCIES.0, VACANCIES.1))?;
    against_a_table(setup, measure, &file, count, "serde_json and one SQLite table", &[]).map(Some)
}

pub(super) fn real(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let Some((file, count)) = input::shared(setup, "realdata/ads_nhs_jobs_2020.csv.gz", "real.csv")? else {
        return Ok(None);
    };
    let words = ["--portal", "nhs-jobs", "--map", "portal_posting_id=ad_id"];
    against_a_table(setup, measure, &file, count, "csv and one SQLite table", &words).map(Some)
}

fn against_a_table(
    setup: &Setup,
    measure: &Measure,
    file: &Path,
    count: u64,
    baseline: &'static str,
    more: &[&str],
) -> anyhow::Result<Outcome> {
    let (data, table) = (setup.path("data"), setup.path("plain.db"));
    let words: Vec<&str> = ["import", text(file)?].into_iter().chain(more.iter().copied()).collect();
    let ours = Side::program(setup, "openvacancy import", setup.openvacancy(&words)?, count, || Ok(clear(&data)?));
    let line = setup.work(&["plain-table", text(file)?, text(&table)?]);
    let plain = Side::program(setup, baseline, line, count, || {
        let wal = |ending: &str| table.with_extension(ending);
        [table.clone(), wal("db-wal"), wal("db-shm")].iter().try_for_each(|file| Ok(clear(file)?))
    });
    compare(setup, measure, Kind::Rate("rows"), ours, plain)
}

/// Removes a file or folder that a former repetition left.
fn clear(path: &Path) -> std::io::Result<()> {
    match if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) } {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
