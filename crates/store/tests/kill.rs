//! A process that is killed at any moment loses nothing it acknowledged and leaves nothing half-written.
//!
//! The test starts itself as a child that writes batches and says so on its output, and kills it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail like the test")]

use openvacancy_domain::ports::{CodedPosting, FetchCommit, FrontierItem, PageKind};
use openvacancy_domain::{PortalId, Stage};
use openvacancy_store::{Database, PgStore, SqliteStore};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

#[path = "contract/samples.rs"]
mod samples;
#[path = "contract/server.rs"]
mod server;

/// Names the file to write to, or the schema; only set in the child.
const CHILD: &str = "OPENVACANCY_STORE_KILL_TEST";
const BATCH: usize = 40;
const KILLS: u64 = 8;

/// The child: without the variable there is nothing to do.
#[test]
fn child_writes_until_it_is_killed() {
    let Ok(place) = std::env::var(CHILD) else { return };
    let store = open(&place);
    let run = store.start_run(Stage::Collect, None, samples::at(1, 0), &BTreeMap::new()).unwrap();
    let portal = PortalId::from("reed");
    store.begin_round(&portal, samples::at(1, 0), &[]).unwrap();
    for number in 0_u64.. {
        let page = format!("/{}/{number}", run.0);
        let commit = FetchCommit {
            url: page.clone(),
            capture: None,
            seen: (0..BATCH)
                .map(|n| samples::seen("reed", &format!("{page}/{n}"), &format!("Cook {page}"), samples::at(2, 0)))
                .collect(),
            closings: Vec::new(),
            found: vec![FrontierItem { url: format!("{page}/next"), kind: PageKind::Listing, attempts: 0 }],
            problems: Vec::new(),
        };
        store.commit_fetches(run, &portal, &[commit]).unwrap();
        println!("ack page {page}");
        let pending = store.pending(&samples::versions(1), 0, 500).unwrap();
        let coded: Vec<CodedPosting> =
            pending.iter().map(|one| samples::coded(one.key, &one.content_hash, "5434")).collect();
        store.put_coded(run, &samples::versions(1), &coded).unwrap();
        if number % 5 == 4 {
            let set = format!("{}-{number}", run.0);
            store.begin_vacancies(run).unwrap();
            let records: Vec<_> = (0..BATCH).map(|n| samples::record(&[format!("{set}-{n}").as_str()])).collect();
            store.put_vacancies(run, &records).unwrap();
            store.commit_vacancies(run).unwrap();
            println!("ack set {set}");
        }
    }
}

/// The store at a place: a file, or a schema of the tests' server.
fn open(place: &str) -> Box<dyn Database> {
    match place.strip_prefix("schema:") {
        Some(schema) => Box::new(PgStore::open_in_schema(&server::address().unwrap(), schema).unwrap()),
        None => Box::new(SqliteStore::open(Path::new(place)).unwrap()),
    }
}

#[test]
#[cfg(unix)]
fn nothing_is_lost_or_half_written_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    kill_and_look(&folder.path().join("store.db").display().to_string());
}

#[test]
#[cfg(unix)]
fn nothing_is_lost_or_half_written_on_postgresql() {
    let Some(schema) = server::Schema::new() else { return };
    kill_and_look(&format!("schema:{}", schema.name));
}

/// Kills the child again and again, and looks at what it left each time.
#[cfg(unix)]
fn kill_and_look(place: &str) {
    let mut pages: Vec<String> = Vec::new();
    let mut sets: Vec<String> = Vec::new();
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_writes_until_it_is_killed", "--nocapture", "--test-threads=1"])
            .env(CHILD, place)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (acknowledged, acknowledgements) = std::sync::mpsc::channel();
        let lines = std::thread::spawn(move || {
            let mut lines = Vec::new();
            for line in output.lines().map_while(Result::ok) {
                if line.contains("ack ") {
                    let _ = acknowledged.send(());
                }
                lines.push(line);
            }
            lines
        });
        // So many acknowledgements, however slow the machine, and then an odd span: the kills fall on opening,
        // fetching, coding and committing alike. The first falls on a child that may not even have opened the file.
        for _ in 0..kill * 2 {
            acknowledgements.recv_timeout(Duration::from_secs(60)).expect("the child writes");
        }
        std::thread::sleep(Duration::from_millis(3 + kill * 7));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.join().unwrap() {
            // The harness may have written before the first line of the child.
            if let Some((_, page)) = line.split_once("ack page ") {
                pages.push(page.to_owned());
            } else if let Some((_, set)) = line.split_once("ack set ") {
                sets.push(set.to_owned());
            }
        }
        check(place, &pages, &sets);
    }
    assert!(!pages.is_empty() && !sets.is_empty(), "the child never got to write: the test proves nothing");
}

fn check(place: &str, pages: &[String], sets: &[String]) {
    let store = open(place);
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = store.postings(after, 5_000).unwrap();
        let Some(last) = page.last() else { break };
        after = last.key;
        for stored in page {
            let id = stored.posting.id().id;
            assert_eq!(stored.content_hash, stored.posting.content_hash(), "{id}");
            *found.entry(id.rsplit_once('/').unwrap().0.to_owned()).or_default() += 1;
        }
    }
    let queued: Vec<String> =
        store.queued(&PortalId::from("reed"), 1_000_000).unwrap().into_iter().map(|item| item.url).collect();
    for page in pages {
        assert_eq!(found.get(page), Some(&BATCH), "acknowledged page {page}");
    }
    for (page, postings) in &found {
        assert_eq!(*postings, BATCH, "page {page} is half there");
    }
    // What a page leads to came in the same transaction as what it showed.
    let mut led_to: Vec<String> = found.into_keys().map(|page| format!("{page}/next")).collect();
    led_to.sort();
    let mut queued = queued;
    queued.sort();
    assert_eq!(queued, led_to);

    let mut links: BTreeMap<String, usize> = BTreeMap::new();
    for (posting, _) in store.vacancy_links(None, 100_000).unwrap() {
        *links.entry(posting.id.rsplit_once('-').unwrap().0.to_owned()).or_default() += 1;
    }
    assert!(links.len() <= 1 && links.values().all(|count| *count == BATCH), "one whole set is present: {links:?}");
    assert_eq!(store.vacancies(None, 100_000).unwrap().len(), links.values().sum::<usize>());
    if let Some(last) = sets.last() {
        // One that was committed, and not acknowledged only because the kill came between, may have taken its place.
        let order = |set: &String| {
            let (run, number) = set.split_once('-').unwrap();
            (run.parse::<i64>().unwrap(), number.parse::<u64>().unwrap())
        };
        let present = links.keys().next().expect("an acknowledged set is present");
        assert!(order(present) >= order(last), "acknowledged set {last}, present {present}");
    }
}
