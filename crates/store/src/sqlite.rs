//! The store in one SQLite file.

mod bulk;
mod cells;
mod coded;
mod connection;
mod corrections;
mod fault;
mod frontier;
mod observations;
mod postings;
mod record;
mod released;
mod releases;
mod runs;
mod users;
mod vacancies;

use crate::blocking::Blocking;
use crate::error::{DatabaseFault, Trouble, backend};
use openvacancy_domain::StoreError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{SqliteConnection, SqlitePool};
use std::path::Path;
use std::str::FromStr as _;

/// Everything the ports ask for, in one SQLite file beside which lie its log (`-wal`) and its index (`-shm`).
///
/// One connection writes, several read what was last committed. Cheap to share: put it in an `Arc`.
pub struct SqliteStore {
    // Declared before the runtime: connections are given back through it.
    writer: SqlitePool,
    readers: SqlitePool,
    blocking: Blocking,
    name: String,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SqliteStore({})", self.name)
    }
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
        let (writer, readers) = opened.map_err(|fault| backend(&action, fault))?;
        Ok(Self { writer, readers, blocking, name })
    }

    /// Writes a copy of the whole store, as it is at this instant, to a new file. Others may read and write meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the file is there already; [`StoreError::Backend`] where it cannot be written.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let action = format!("writing the backup {}", to.display());
        if to.exists() {
            return Err(StoreError::Conflict {
                message: format!("{} is there already; name a new file for the backup", to.display()),
            });
        }
        // Under another name until it is whole: a backup that was cut short must not look like one.
        let mut unfinished = to.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let unfinished = Path::new(&unfinished);
        let io = |error: std::io::Error| backend(&action, error.into());
        if unfinished.exists() {
            std::fs::remove_file(unfinished).map_err(io)?;
        }
        let copied = self.blocking.wait(async {
            let mut connection = self.readers.acquire().await?;
            connection::copy_into(&mut connection, unfinished).await
        });
        copied.map_err(|trouble| fault::said(&action, trouble))?;
        std::fs::File::open(unfinished).and_then(|file| file.sync_all()).map_err(io)?;
        std::fs::rename(unfinished, to).map_err(io)
    }

    /// Looks at every page and every reference; answers what is wrong, nothing where all is well.
    ///
    /// # Errors
    /// [`StoreError::Backend`] where it cannot even be read.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        self.read("checking the database", async |connection| connection::integrity(connection).await)
    }

    /// Runs `work` on what was last committed: one state of the store, however many questions are asked.
    fn read<T>(
        &self,
        action: &str,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        let done = self.blocking.wait(async {
            let mut transaction = self.readers.begin().await?;
            let value = work(&mut transaction).await;
            // There is nothing to be kept or undone; that it cannot be ended goes with its connection.
            let _ = transaction.rollback().await;
            value
        });
        done.map_err(|trouble| fault::said(action, trouble))
    }

    /// Runs `work` in one transaction: all of it is kept, or nothing.
    fn write<T>(
        &self,
        action: &str,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        let done = self.blocking.wait(async {
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
        });
        done.map_err(|trouble| fault::said(action, trouble))
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // Closing the last connection folds the log into the file, so that a closed store is one file.
        self.blocking.wait(async {
            self.readers.close().await;
            self.writer.close().await;
        });
    }
}

/// The fault behind an error of [`SqliteStore`], where it is one of the known ones.
impl DatabaseFault {
    /// Finds the fault in a store error.
    #[must_use]
    pub fn of(error: &StoreError) -> Option<&Self> {
        match error {
            StoreError::Backend { source, .. } => source.downcast_ref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SqliteStore;
    use crate::DatabaseFault;
    use openvacancy_domain::ports::{PostingStore as _, RecordOutcome, SeenPosting};
    use openvacancy_domain::{Posting, RunId};

    #[test]
    fn a_full_disk_is_said_and_nothing_is_half_stored() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("store.db")).unwrap();
        // SQLite's own limit stands in for the disk: beyond it the same error is raised.
        let limit = |sql: &'static str| {
            store
                .write("limiting the file", async |connection| Ok(sqlx::query(sql).execute(connection).await?))
                .unwrap();
        };
        limit("PRAGMA max_page_count = 120");
        let batch: Vec<SeenPosting> = (0..5_000)
            .map(|n| SeenPosting {
                posting: Posting {
                    portal: "reed".into(),
                    title: format!("Cook {n}"),
                    description: Some(format!("Cook number {n} is wanted.")),
                    ..Posting::default()
                },
                seen_at: None,
            })
            .collect();
        let error = store.record(RunId(1), &batch).expect_err("it does not fit");
        assert!(matches!(DatabaseFault::of(&error), Some(DatabaseFault::Full(_))), "{error}");
        assert!(error.to_string().contains("the disk is full"), "{error}");
        assert_eq!(store.postings(0, 10).unwrap(), []);
        limit("PRAGMA max_page_count = 100000");
        assert_eq!(store.record(RunId(1), &batch).unwrap(), vec![RecordOutcome::New; batch.len()]);
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn the_store_works_inside_an_async_task() {
        let store = SqliteStore::open_url("sqlite::memory:").unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async move {
            assert_eq!(store.postings(0, 10).unwrap(), []);
            assert_eq!(
                store
                    .pending_count(&openvacancy_domain::ports::StageVersions { rules: "r".into(), coder: "c".into() })
                    .unwrap(),
                0
            );
            drop(store);
        });
    }
}
