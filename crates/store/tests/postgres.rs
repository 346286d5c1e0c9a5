//! The contract on PostgreSQL, each test in a schema of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail like the test")]

use contract::opened::{Opened, Place};

mod contract;

fn open() -> Option<Opened> {
    Place::schema().map(Opened::at)
}

contract_suite!(crate::open);
