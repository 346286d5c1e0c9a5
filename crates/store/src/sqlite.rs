//! The store in one SQLite file.

mod bulk;
mod cells;
mod claims;
mod connection;
mod fault;
mod session;
mod statements;

use crate::blocking::Blocking;
use crate::claim::Claim;
use crate::error::{DatabaseFault, Trouble, backend};
use crate::store::{Area, Backend, Database, SqlStore, said};
use openvacancy_domain::StoreError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{SqliteConnection, SqlitePool};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;

/// Everything the ports ask for, in one SQLite file beside which lie its log (`-wal`) and its index (`-shm`).
///
/// One connection writes, several read what was last committed.
pub type SqliteStore = SqlStore<Sqlite>;

/// One SQLite file.
pub struct Sqlite {
    writer: SqlitePool,
    readers: SqlitePool,
    /// `None` in memory.
    file: Option<PathBuf>,
}

impl SqliteStore {
    /// Opens the file, makes it and its folder where they are missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Backend`] with a [`DatabaseFault`]: the file cannot be opened or written, is no database, is one
    /// of another program or of a newer OpenVacancy, or another process held it for too long.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::connect(SqliteConnectOptions::new().filename(path), path.display().to_string())
    }

    /// As [`SqliteStore::open`] with an address: `sqlite:path/to/file`, or `sqlite::memory:` for a store that lives
    /// as long as this value.
    ///
    /// # Errors
    /// As [`SqliteStore::open`]; [`StoreError::Conflict`] where the address is none of SQLite's.
    pub fn open_url(url: &str) -> Result<Self, StoreError> {
        let options = if url.starts_with("sqlite:") { SqliteConnectOptions::from_str(url).ok() } else { None };
        match options {
            Some(options) => Self::connect(options, url.to_owned()),
            None => Err(StoreError::Conflict {
                message: format!("'{url}' is no SQLite address: expected sqlite:PATH, such as sqlite:data/store.db"),
            }),
        }
    }

    fn connect(options: SqliteConnectOptions, name: String) -> Result<Self, StoreError> {
        let action = format!("opening {name}");
        let blocking = Blocking::new().map_err(|error| backend(&action, error.into()))?;
        let opened = blocking.wait(connection::open(options));
        let backend = opened.map_err(|fault| backend(&action, fault))?;
        Ok(Self { backend, blocking: Arc::new(blocking), name })
    }
}

impl Database for SqliteStore {
    fn name(&self) -> &str {
        &self.name
    }

    fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let action = format!("writing the backup {}", to.display());
        let unfinished = crate::backup::unfinished(to, &action)?;
        let copied = self.blocking.wait(async {
            let mut connection = self.backend.readers.acquire().await?;
            connection::copy_into(&mut connection, &unfinished).await
        });
        copied.map_err(|trouble| said::<Sqlite>(&action, trouble))?;
        crate::backup::finish(&unfinished, to, &action)
    }

    fn integrity(&self) -> Result<Vec<String>, StoreError> {
        self.read("checking the database", async |connection| connection::integrity(connection).await)
    }

    fn claim(&self, work: &str) -> Result<Claim, StoreError> {
        claims::claim(self.backend.file.as_deref(), work, &self.name)
    }
}

impl Backend for Sqlite {
    type Session = SqliteConnection;

    async fn read<T>(&self, work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let mut transaction = self.readers.begin().await?;
        let value = work(&mut transaction).await;
        // There is nothing to be kept or undone; that it cannot be ended goes with its connection.
        let _ = transaction.rollback().await;
        value
    }

    async fn write<T>(
        &self,
        _: Area,
        work: impl AsyncFn(&mut SqliteConnection) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        // Taking the lock at once: a transaction that reads first and writes later could find it taken.
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        match work(&mut transaction).await {
            Ok(value) => {
                transaction.commit().await?;
                Ok(value)
            }
            Err(trouble) => {
                // What the work met is the news; a transaction that cannot be rolled back goes with its connection.
                let _ = transaction.rollback().await;
                Err(trouble)
            }
        }
    }

    fn fault(error: sqlx::Error) -> DatabaseFault {
        fault::of(error)
    }

    async fn close(&self) {
        // Closing the last connection folds the log into the file, so that a closed store is one file.
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[cfg(test)]
mod tests;
