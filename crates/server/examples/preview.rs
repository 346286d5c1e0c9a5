//! Serves made-up releases on loopback, to look at the pages: `cargo run -p openvacancy-server --example preview`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a tool for developers")]

#[path = "../../release/tests/common/mod.rs"]
mod common;

use common::sample;
use openvacancy_domain::FixedClock;
use openvacancy_server::{AppState, router};
use openvacancy_store::SqliteStore;
use std::sync::Arc;

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(6_000);
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("preview.sqlite")).unwrap();
    let mut vacancies = Vec::new();
    for (seed, month) in [(1, 7), (2, 8), (3, 9), (4, 10)] {
        vacancies.extend(sample::world(seed, count * (seed + 12) / 16, sample::noon(2026, month, 1), 29));
    }
    vacancies.sort_by(|a, b| a.vacancy_id.cmp(&b.vacancy_id));
    common::fill(&store, &vacancies);
    for month in ["2026-07", "2026-08", "2026-09", "2026-10"] {
        let begun = std::time::Instant::now();
        let release = common::published(&store, month);
        println!(
            "{} in {:.1?}: {} rows, {} observations",
            release.id,
            begun.elapsed(),
            release.vacancies,
            release.observations
        );
    }
    let clock = FixedClock::new(sample::noon(2026, 11, 5));
    let state = AppState::new(Arc::new(store), Arc::new(clock));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:8765").await.unwrap();
        println!("http://127.0.0.1:8765/");
        axum::serve(listener, router(state)).await.unwrap();
    });
}
