//! Advertisements of the pretend world as files, so that every measure runs on a fresh clone.

use crate::setup::Setup;
use crate::work::COLUMNS;
use anyhow::Context as _;
use openvacancy_domain::Posting;
use openvacancy_simulator::{World, WorldConfig, postings_jsonl};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

fn world(vacancies: u32) -> World {
    World::generate(WorldConfig { vacancies, ..WorldConfig::default() })
}

/// Every posting of a pretend world as JSONL, and how many there are.
pub(super) fn jsonl(setup: &Setup, vacancies: u32) -> anyhow::Result<(PathBuf, u64)> {
    let world = world(vacancies);
    let path = setup.path(&format!("{vacancies}-vacancies.jsonl"));
    let mut out = BufWriter::new(File::create(&path)?);
    postings_jsonl(&world, &mut out)?;
    out.flush()?;
    Ok((path, world.postings().count() as u64))
}

/// The same as CSV.
pub(super) fn csv(setup: &Setup, vacancies: u32) -> anyhow::Result<(PathBuf, u64)> {
    let path = setup.path(&format!("{vacancies}-vacancies.csv"));
    let mut out = csv::Writer::from_path(&path)?;
    out.write_record(COLUMNS)?;
    let mut count = 0;
    for posting in world(vacancies).postings() {
        count += 1;
        write(&mut out, &posting)?;
    }
    out.flush()?;
    Ok((path, count))
}

fn write(out: &mut csv::Writer<File>, posting: &Posting) -> csv::Result<()> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    out.write_record([
        posting.portal.to_string(),
        text(&posting.portal_posting_id),
        text(&posting.url),
        posting.title.clone(),
        text(&posting.description),
        text(&posting.employer),
        text(&posting.location),
        text(&posting.salary),
        text(&posting.contract),
        text(&posting.hours),
        text(&posting.category),
        text(&posting.date_posted),
        text(&posting.date_closing),
    ])
}

/// A CSV of titles alone: of the pretend world with their places, pay and noise.
pub(super) fn titles(setup: &Setup, name: &str, vacancies: u32, repeats: bool) -> anyhow::Result<(PathBuf, u64)> {
    let world = world(vacancies);
    let shown: Vec<&str> = world.listings().iter().map(|listing| listing.title.as_str()).collect();
    let distinct: BTreeSet<&str> = shown.iter().copied().collect();
    // In the order the portals show them; the second time in the opposite one, so that repeats lie far and near.
    let mut met = BTreeSet::new();
    let once: Vec<&str> = shown.into_iter().filter(|title| met.insert(*title)).collect();
    debug_assert_eq!(once.len(), distinct.len());
    let again: &[&str] = if repeats { &once } else { &[] };
    let path = setup.path(name);
    let mut out = csv::Writer::from_path(&path)?;
    out.write_record(["title"])?;
    for title in once.iter().chain(again.iter().rev()) {
        out.write_record([title])?;
    }
    out.flush()?;
    Ok((path, (once.len() + again.len()) as u64))
}

/// A file of the shared folder, unpacked; nothing where it is not beside this workspace.
pub(super) fn shared(setup: &Setup, relative: &str, name: &str) -> anyhow::Result<Option<(PathBuf, u64)>> {
    let Some(packed) = openvacancy_reference::beside::shared(relative) else { return Ok(None) };
    let path = setup.path(name);
    let mut reader = flate2::read::MultiGzDecoder::new(File::open(&packed)?);
    std::io::copy(&mut reader, &mut File::create(&path)?).with_context(|| format!("unpacking {relative}"))?;
    let count = csv::Reader::from_path(&path)?.into_records().count() as u64;
    Ok(Some((path, count)))
}

/// A path as an argument.
pub(super) fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("the temporary folder has a name that is not text")
}
