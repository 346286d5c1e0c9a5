//! The contract on SQLite, in a file.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail like the test")]

use contract::opened::{Opened, Place};
use openvacancy_store::SqliteStore;

mod contract;

fn open() -> Option<Opened> {
    Some(Opened::at(Place::file()))
}

contract_suite!(crate::open);

/// The store in memory is the same code on one connection; that readers do not wait for themselves is what can differ.
#[test]
fn a_store_in_memory_works() {
    let store = SqliteStore::open_url("sqlite::memory:").unwrap();
    contract::postings::outcomes_follow_content(&store);
    contract::releases::vacancies_are_filtered(&store);
    contract::postings::recording_is_safe_from_many_threads(&SqliteStore::open_url("sqlite::memory:").unwrap());
}
