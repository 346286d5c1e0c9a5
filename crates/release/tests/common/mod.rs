//! A store filled with made-up vacancies.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part of what they share")]

pub mod desk;
pub mod sample;

use openvacancy_domain::ports::{PostingStore as _, RunLog as _, SeenPosting, VacancyRecord, VacancyStore as _};
use openvacancy_domain::{
    Clock as _, FixedClock, Month, Posting, PostingId, Release, RunCounts, RunState, Stage, Timestamp, Vacancy,
};
use openvacancy_release::{BuildOptions, Thresholds, build, check, publish};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;

/// Puts `vacancies` into `store`, with a posting for each portal that shows one, seen first and last as it says.
pub fn fill(store: &SqliteStore, vacancies: &[Vacancy]) {
    let at = sample::noon(2026, 1, 1);
    let run = store.start_run(Stage::Process, None, at, &BTreeMap::new()).unwrap();
    let sightings = |when: fn(&Vacancy) -> Option<Timestamp>| -> Vec<SeenPosting> {
        let of = |vacancy: &Vacancy| -> Vec<SeenPosting> {
            let posting = |portal: &openvacancy_domain::PortalId| Posting {
                portal: portal.clone(),
                portal_posting_id: Some(vacancy.vacancy_id.to_string()),
                title: vacancy.job_title.clone(),
                ..Posting::default()
            };
            vacancy
                .portals
                .iter()
                .map(|portal| SeenPosting { posting: posting(portal), seen_at: when(vacancy) })
                .collect()
        };
        vacancies.iter().flat_map(of).collect()
    };
    store.record(run, &sightings(|vacancy| vacancy.first_seen)).unwrap();
    store.record(run, &sightings(|vacancy| vacancy.last_seen)).unwrap();
    store.begin_vacancies(run).unwrap();
    let records: Vec<VacancyRecord> = vacancies
        .iter()
        .map(|vacancy| VacancyRecord {
            vacancy: Vacancy { run_id: run, ..vacancy.clone() },
            postings: vacancy
                .portals
                .iter()
                .map(|portal| PostingId { portal: portal.clone(), id: vacancy.vacancy_id.to_string() })
                .collect(),
            links: Vec::new(),
        })
        .collect();
    store.put_vacancies(run, &records).unwrap();
    store.commit_vacancies(run).unwrap();
    store.finish_run(run, at, RunState::Done, &RunCounts::default(), None).unwrap();
}

/// Builds a month as of `as_of`, or its end.
pub fn built(store: &SqliteStore, month: &str, as_of: Option<Timestamp>) -> Release {
    let month: Month = month.parse().unwrap();
    let clock = FixedClock::new(month.end() + chrono::Duration::days(40));
    let options = BuildOptions { as_of, ..BuildOptions::new(month) };
    build(store, &options, &clock, &mut |_| {}).unwrap()
}

/// Thresholds that made-up months of any size pass.
pub fn lenient() -> Thresholds {
    Thresholds {
        change_factor: 1e9,
        wage_missing_share: 1.0,
        county_missing_share: 1.0,
        lep_missing_share: 1.0,
        soc2020_missing_share: 1.0,
        ..Thresholds::default()
    }
}

/// Builds, checks and publishes a month.
pub fn published(store: &SqliteStore, month: &str) -> Release {
    let release = built(store, month, None);
    let clock = FixedClock::new(release.id.month.end() + chrono::Duration::days(5));
    let checked = check(store, release.id, &lenient(), &[], &clock).unwrap();
    let open: Vec<_> = openvacancy_release::failures(&checked).collect();
    assert!(open.is_empty(), "{open:?}");
    let _ = clock.now();
    publish(store, release.id, &clock).unwrap()
}
