//! The store in one schema of a PostgreSQL database.

mod address;
mod cells;
mod claims;
mod columns;
mod connection;
mod dump;
mod fault;
mod integrity;
mod lines;
mod session;
mod statements;

use crate::blocking::Blocking;
use crate::claim::Claim;
use crate::error::{DatabaseFault, Trouble, backend};
use crate::store::{Area, Backend, Database, SqlStore, said};
use address::Address;
use openvacancy_domain::StoreError;
use sqlx::{PgConnection, PgPool};
use std::path::Path;
use std::sync::Arc;

/// Everything the ports ask for, in one schema of a PostgreSQL database.
///
/// Reads see one state of the store each; writers of one area, in whatever process, follow each other.
pub type PgStore = SqlStore<Postgres>;

/// One schema of a PostgreSQL database.
pub struct Postgres {
    writers: PgPool,
    readers: PgPool,
    address: Address,
}

impl PgStore {
    /// Opens the database at an address such as `postgres://user@host/name` and brings its schema up to date. What the
    /// address does not say comes from the variables libpq reads (`PGHOST`, `PGPASSWORD`, …) and from `~/.pgpass`. The
    /// tables are in the schema that comes first in the user's search path, normally `public`.
    ///
    /// # Errors
    /// [`StoreError::Backend`] with a [`DatabaseFault`]: no server answers, it refuses the user, has no such database,
    /// or the database is one of another program or of a newer OpenVacancy; [`StoreError::Conflict`] where the address
    /// is none of PostgreSQL's. No error shows the password.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::connect(Address::read(url, None)?)
    }

    /// As [`PgStore::open`], in a schema of its own, which is made where it is missing.
    ///
    /// # Errors
    /// As [`PgStore::open`]; [`StoreError::Conflict`] too where the name is not one of small letters, digits and `_`.
    pub fn open_in_schema(url: &str, schema: &str) -> Result<Self, StoreError> {
        Self::connect(Address::read(url, Some(schema))?)
    }

    /// As [`PgStore::open_in_schema`], with an empty store in place of whatever an earlier call of this very function
    /// left there.
    ///
    /// # Errors
    /// As [`PgStore::open_in_schema`]; [`StoreError::Conflict`] where the schema is there and was made in another way.
    pub fn open_scratch(url: &str, schema: &str) -> Result<Self, StoreError> {
        Self::clear_scratch(url, schema, true)?;
        Self::open_in_schema(url, schema)
    }

    /// Takes away what [`PgStore::open_scratch`] made.
    ///
    /// # Errors
    /// As [`PgStore::open_scratch`].
    pub fn drop_scratch(url: &str, schema: &str) -> Result<(), StoreError> {
        Self::clear_scratch(url, schema, false)
    }

    fn clear_scratch(url: &str, schema: &str, anew: bool) -> Result<(), StoreError> {
        let address = Address::read(url, Some(schema))?;
        let action = format!("clearing {}", address.shown());
        let blocking = Blocking::new().map_err(|error| backend(&action, error.into()))?;
        let cleared = blocking.wait(connection::clear_scratch(&address, schema, anew));
        cleared.map_err(|trouble| said::<Postgres>(&action, trouble))
    }

    fn connect(address: Address) -> Result<Self, StoreError> {
        let name = address.shown();
        let action = format!("opening {name}");
        let blocking = Blocking::new().map_err(|error| backend(&action, error.into()))?;
        let opened = blocking.wait(connection::open(address));
        let opened = opened.map_err(|trouble| said::<Postgres>(&action, trouble))?;
        Ok(Self { backend: opened, blocking: Arc::new(blocking), name })
    }
}

impl Database for PgStore {
    fn name(&self) -> &str {
        &self.name
    }

    /// Calls `pg_dump`, which comes with PostgreSQL; `pg_restore` brings the copy into any database.
    fn backup(&self, to: &Path) -> Result<(), StoreError> {
        dump::write(&self.backend.address, to)
    }

    fn integrity(&self) -> Result<Vec<String>, StoreError> {
        self.read("checking the database", async |connection| integrity::check(connection).await)
    }

    fn claim(&self, work: &str) -> Result<Claim, StoreError> {
        claims::claim(self, work)
    }
}

impl Backend for Postgres {
    type Session = PgConnection;

    async fn read<T>(&self, work: impl AsyncFnOnce(&mut PgConnection) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let mut transaction = self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let value = work(&mut transaction).await;
        // There is nothing to be kept or undone; that it cannot be ended goes with its connection.
        let _ = transaction.rollback().await;
        value
    }

    async fn write<T>(
        &self,
        area: Area,
        work: impl AsyncFn(&mut PgConnection) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.write_once(area, &work).await {
                // The server undid it because of another transaction; it comes through when that one has ended.
                Err(Trouble::Sql(error)) if tries < MOST_TRIES && fault::is_passing(&error) => {
                    tracing::debug!(%error, tries, "the transaction is run again");
                }
                answer => return answer,
            }
        }
    }

    fn fault(error: sqlx::Error) -> DatabaseFault {
        fault::of(error)
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// How often a transaction is run before what hinders it is said.
const MOST_TRIES: u32 = 5;

/// Waits until no other writer of the area is at work; the lock ends with the transaction. Its statement must be the
/// first, and later ones see what the other wrote: READ COMMITTED looks anew for each statement.
const TURN: &str = "SELECT pg_advisory_xact_lock($1)";

impl Postgres {
    async fn write_once<T>(
        &self,
        area: Area,
        work: &impl AsyncFn(&mut PgConnection) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let mut transaction = self.writers.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?;
        // Runs and users have no order among themselves that another writer could disturb.
        if !matches!(area, Area::Runs | Area::Users) {
            let key = self.address.lock_key(&format!("{area:?}"));
            sqlx::query(TURN).bind(key).execute(&mut *transaction).await?;
        }
        match work(&mut transaction).await {
            Ok(value) => {
                transaction.commit().await.map_err(fault::at_commit)?;
                Ok(value)
            }
            Err(trouble) => {
                // What the work met is the news; a transaction that cannot be rolled back goes with its connection.
                let _ = transaction.rollback().await;
                Err(trouble)
            }
        }
    }
}
