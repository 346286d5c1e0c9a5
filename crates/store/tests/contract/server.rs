//! The PostgreSQL server of the tests: the one `OPENVACANCY_TEST_POSTGRES` or `DATABASE_URL` names. `tests/run` starts
//! one for the run. Each test has a schema of its own in it.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::print_stderr,
    reason = "each test program uses the part it needs, and one that is skipped must be seen"
)]

use openvacancy_store::PgStore;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};

const HOW: &str = "PostgreSQL is not tested: run ./tests/run, which starts a server, or name one in DATABASE_URL";

/// The address of the server, where there is one.
pub fn address() -> Option<String> {
    let named = std::env::var("OPENVACANCY_TEST_POSTGRES").ok().or_else(|| std::env::var("DATABASE_URL").ok());
    let named = named.filter(|url| url.starts_with("postgres"));
    if named.is_none() {
        assert!(std::env::var_os("OPENVACANCY_REQUIRE_POSTGRES").is_none(), "{HOW}");
        eprintln!("SKIPPED: {HOW}");
    }
    named
}

/// Runs SQL as another program would, and answers the first column of its rows.
pub fn sql(address: &str, text: &str) -> Result<Vec<String>, sqlx::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = PgConnection::connect(address).await?;
        let rows = sqlx::query_scalar(AssertSqlSafe(text.to_owned())).fetch_all(&mut connection).await;
        connection.close().await?;
        rows
    })
}

/// A schema that goes with the test.
pub struct Schema {
    pub address: String,
    pub name: String,
}

impl Schema {
    /// A name of its own; nothing is made yet.
    pub fn new() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        let schema = Self { address: address()?, name };
        schema.remove();
        Some(schema)
    }

    pub fn open(&self) -> PgStore {
        PgStore::open_in_schema(&self.address, &self.name).unwrap()
    }

    /// Runs SQL in it.
    pub fn sql(&self, text: &str) -> Result<Vec<String>, sqlx::Error> {
        let sign = if self.address.contains('?') { '&' } else { '?' };
        sql(&format!("{}{sign}options=-c%20search_path%3D{}", self.address, self.name), text)
    }

    fn remove(&self) {
        sql(&self.address, &format!("DROP SCHEMA IF EXISTS {} CASCADE", self.name)).unwrap();
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.remove();
    }
}
