//! `openvacancy demo`: the whole system on pretend portals, over real HTTP on this machine alone.
//!
//! The pretend month is always the same, October 2026 collected on its first and last day, so that two runs of one
//! seed give the same release, to the digest.

mod folder;
mod summary;

use super::collect::{Collection, collect_all};
use super::{process, release, serve};
use crate::args::Demo;
use crate::context::Context;
use crate::output;
use chrono::{NaiveDate, NaiveTime};
use openvacancy_domain::ports::{Store, StoredCoding};
use openvacancy_domain::{Clock, FixedClock, PostingId, Release, Timestamp, VacancyId};
use openvacancy_portal::PortalSpec;
use openvacancy_simulator::{Score, Simulator, World, WorldConfig, score};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Where the pretend portals listen.
const PORTS: [u16; 3] = [47_811, 47_812, 47_813];

/// Rows fetched at a time.
const PAGE: u32 = 2000;

pub(super) fn run(context: &Context, words: &Demo) -> anyhow::Result<()> {
    let began = Instant::now();
    let folder = folder::fresh(&context.data_dir)?;
    let config = WorldConfig { seed: words.seed, vacancies: words.vacancies, ..WorldConfig::default() };
    let world = Arc::new(World::generate(config));
    let month = world.month();
    let clock = Arc::new(FixedClock::new(at_nine(month.first_day())));
    let demo = context.with_clock(folder, Arc::clone(&clock) as Arc<dyn Clock>);
    let store = demo.fresh_demo_store()?;

    output::say(&format!("a pretend world of {} vacancies on three portals of this machine", world.vacancy_count()));
    // The same ports each time, so that addresses, and with them the digest, are the same; others where they are taken.
    let simulator = Simulator::start_at(Arc::clone(&world), PORTS).or_else(|_| Simulator::start(Arc::clone(&world)))?;
    let portals = pretend_portals(&simulator)?;
    let days = world.collection_days();
    let mut collections = Vec::new();
    for day in days {
        world.set_day(day);
        clock.set(at_nine(day));
        collections.push((day, collect_all(&demo, &store, &portals)?));
    }
    let collected = began.elapsed();

    let processing = Instant::now();
    let processed = process::stages(&demo, &*store)?;
    let processed_in = processing.elapsed();

    // The month is released on the morning after it ended.
    clock.set(at_nine(month.next().first_day()));
    let releasing = Instant::now();
    release::build(&demo, &*store, month, None)?;
    let checked = release::check(&demo, &*store, month, &[])?;
    let failed: Vec<String> =
        openvacancy_release::failures(&checked).map(|result| format!("{}: {}", result.rule, result.message)).collect();
    anyhow::ensure!(failed.is_empty(), "the pretend month did not pass the quality gate: {}", failed.join("; "));
    let published = release::publish(&demo, &*store, month)?;

    let told = Told {
        collections,
        score: judge(&*store, &world, &days)?,
        processed,
        release: published,
        seconds: [collected, processed_in, releasing.elapsed(), began.elapsed()],
        data_dir: demo.data_dir.display().to_string(),
    };
    drop(simulator);
    if words.json {
        output::json(&summary::json(&told))?;
    } else {
        output::line(&summary::text(&told))?;
    }
    if words.once {
        return Ok(());
    }
    // The pages show the pretend month as it looked when it was released.
    serve::serve(serve::state(&demo, store)?, &words.listen)
}

/// What the summary tells.
struct Told {
    collections: Vec<(NaiveDate, Vec<Collection>)>,
    score: Score,
    processed: openvacancy_pipeline::Report,
    release: Release,
    /// Collecting, processing, releasing, all of it.
    seconds: [Duration; 4],
    data_dir: String,
}

/// Nine in the morning, when a daily round is over.
fn at_nine(day: NaiveDate) -> Timestamp {
    day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()).and_utc()
}

/// The built-in descriptions of the pretend portals, pointed at where they listen.
fn pretend_portals(simulator: &Simulator) -> anyhow::Result<Vec<PortalSpec>> {
    openvacancy_portal::builtin()
        .into_iter()
        .filter_map(|portal| simulator.base_url(&portal.id).map(|url| Ok(portal.with_base_url(&url)?)))
        .collect()
}

/// Holds what the system made of the pretend world against the truth.
fn judge(store: &dyn Store, world: &World, days: &[NaiveDate]) -> anyhow::Result<Score> {
    let coded = all_coded(store)?;
    let links = all_links(store)?;
    let rows = coded.iter().map(|row| (row.posting.posting.id(), &row.normalised, &row.coding));
    Ok(score(world.truth(), days, rows, &links))
}

fn all_coded(store: &dyn Store) -> anyhow::Result<Vec<StoredCoding>> {
    let mut all: Vec<StoredCoding> = Vec::new();
    loop {
        let after = all.last().map_or(0, |row| row.posting.key);
        let page = store.coded(after, PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

fn all_links(store: &dyn Store) -> anyhow::Result<Vec<(PostingId, VacancyId)>> {
    let mut all: Vec<(PostingId, VacancyId)> = Vec::new();
    loop {
        let page = store.vacancy_links(all.last().map(|(posting, _)| posting), PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}
