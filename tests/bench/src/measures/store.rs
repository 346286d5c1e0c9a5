//! The store taking postings, against inserting such rows into one table without index.

use super::input::text;
use crate::measure::{Kind, Measure, Side, compare};
use crate::outcome::Outcome;
use crate::setup::Setup;

pub(super) fn load(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let rows = setup.size(50_000, 400).to_string();
    let table = setup.path("rows.db");
    let ours = setup.example("load", &["--json", &rows, "sqlite"])?;
    let ours = Side::inside(setup, "the store", ours, "record, new postings of 2 KB");
    let mut plain = Side::inside(
        setup,
        "one SQLite table without index",
        setup.work(&["insert-rows", &rows, text(&table)?]),
        "insert",
    );
    let mut run = plain.run;
    plain.run = Box::new(move || {
        for ending in ["db", "db-wal", "db-shm"] {
            let _ = std::fs::remove_file(table.with_extension(ending));
        }
        run()
    });
    compare(setup, measure, Kind::Rate("rows"), ours, plain).map(Some)
}
