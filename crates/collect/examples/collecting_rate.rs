//! How fast the pretend portals are collected, end to end with archive and store, and how fast a replay parses.
//!
//! Processor seconds are the whole process's, pretend portals and store included, so they hold on a busy machine too.
//!
//! `cargo run --release -p openvacancy-collect --example collecting_rate [--json] [--vacancies N] [FOLDER]`; with a folder,
//! store and archive stay there. `--json` says one line a round for `tests/bench`, and the first day's sum.

#![expect(clippy::print_stdout, reason = "a measuring tool answers on stdout")]

use openvacancy_collect::{Archive, Cancel, NoProgress, Settings, collect, replay};
use openvacancy_domain::ports::Store;
use openvacancy_domain::{Clock, FixedClock};
use openvacancy_simulator::{Simulator, World, WorldConfig};
use openvacancy_store::SqliteStore;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut json, mut kept, mut config) = (false, None, WorldConfig::default());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--json" => json = true,
            "--vacancies" => config.vacancies = words.next().ok_or("how many vacancies?")?.parse()?,
            _ => kept = Some(PathBuf::from(word)),
        }
    }
    let passing = tempfile::tempdir()?;
    let folder = kept.unwrap_or_else(|| passing.path().to_owned());
    let world = Arc::new(World::generate(config));
    let simulator = Simulator::start(Arc::clone(&world))?;
    let store = Arc::new(SqliteStore::open(&folder.join("store.sqlite"))?);
    let archive = Archive::new(folder.join("archive"));
    let clock = Arc::new(FixedClock::new(chrono::DateTime::UNIX_EPOCH));
    for day in world.collection_days() {
        let mut sum = (0, 0.0, 0.0);
        world.set_day(day);
        clock.set(day.and_time(chrono::NaiveTime::MIN).and_utc());
        for spec in openvacancy_portal::builtin() {
            let base = simulator.base_url(&spec.id).ok_or("no such portal")?;
            let spec = spec.with_base_url(&base)?;
            let (shared, time) = (Arc::clone(&store) as Arc<dyn Store>, Arc::clone(&clock) as Arc<dyn Clock>);
            let (begun, busy) = (Instant::now(), processor_seconds());
            let report =
                collect(&spec, shared, &archive, time, &Settings::default(), &NoProgress, &Cancel::new()).await?;
            let (counts, seconds) = (report.counts, begun.elapsed().as_secs_f64());
            let processor = processor_seconds() - busy;
            sum = (sum.0 + counts.fetched, sum.1 + seconds, sum.2 + processor);
            if json {
                say(&format!("{day} {}", spec.id), counts.fetched, seconds, processor);
                continue;
            }
            println!(
                "{day} {:<16} {:>5} requests ({:>5} not modified) {:>5} read = {} stored + {} unchanged + {} rejected, {} closed: {seconds:.2} s, {:.2} processor s",
                spec.id.as_str(),
                counts.fetched,
                report.not_modified,
                counts.read,
                counts.stored,
                counts.unchanged,
                counts.rejected,
                counts.closed,
                processor
            );
        }
        if json && day == world.month().first_day() {
            say("first day", sum.0, sum.1, sum.2);
        }
    }
    for spec in openvacancy_portal::builtin() {
        let (begun, busy) = (Instant::now(), processor_seconds());
        let (store, archive, clock) = (Arc::clone(&store), archive.clone(), Arc::clone(&clock));
        let id = spec.id.clone();
        let report =
            tokio::task::spawn_blocking(move || replay(&spec, &*store, &archive, &*clock, &NoProgress, &Cancel::new()))
                .await??;
        if json {
            say(&format!("replay {id}"), report.counts.read, begun.elapsed().as_secs_f64(), processor_seconds() - busy);
            continue;
        }
        println!(
            "replay     {:<16} {:>5} postings read: {:.2} s, {:.2} processor s",
            id.as_str(),
            report.counts.read,
            begun.elapsed().as_secs_f64(),
            processor_seconds() - busy
        );
    }
    Ok(())
}

/// One line for `tests/bench`.
fn say(what: &str, count: u64, seconds: f64, processor_seconds: f64) {
    println!(
        "{{\"what\":\"{what}\",\"count\":{count},\"seconds\":{seconds},\"processor_seconds\":{processor_seconds}}}"
    );
}

/// User and system time of this process; Linux counts hundredths of a second. 0 elsewhere.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}
