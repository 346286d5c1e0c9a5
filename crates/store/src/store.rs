//! The store over any back-end: how a blocking call becomes one transaction.

use crate::blocking::Blocking;
use crate::claim::Claim;
use crate::error::{DatabaseFault, Trouble, backend};
use crate::session::Session;
use openvacancy_domain::StoreError;
use openvacancy_domain::ports::Store;
use std::path::Path;
use std::sync::Arc;

/// A store with what only a whole database can do: what the program opens, whichever is behind it.
pub trait Database: Store + std::fmt::Debug {
    /// Where it is, for people: a file, or an address without its password.
    fn name(&self) -> &str;

    /// Writes a copy of the whole store, as it is at this instant, to a new file. Others may read and write meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the file is there already or what it takes is missing; [`StoreError::Backend`]
    /// where it cannot be written.
    fn backup(&self, to: &Path) -> Result<(), StoreError>;

    /// Looks for damage; answers what is wrong, nothing where all is well.
    ///
    /// # Errors
    /// [`StoreError::Backend`] where it cannot even be read.
    fn integrity(&self) -> Result<Vec<String>, StoreError>;

    /// Claims a piece of work, such as `process`, until the answer is dropped or this process ends, however it ends.
    /// The store itself stays open to everybody.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where another holds it.
    fn claim(&self, work: &str) -> Result<Claim, StoreError>;
}

/// What a call writes to. Writers of one area follow each other; a back-end may let those of two work at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    Runs,
    Postings,
    Vacancies,
    Corrections,
    Releases,
    Users,
}

/// A database behind the store.
pub(crate) trait Backend: Send + Sync + 'static {
    type Session: Session;

    /// Runs `work` on what was last committed: one state of the store, however many questions are asked.
    async fn read<T>(&self, work: impl AsyncFnOnce(&mut Self::Session) -> Result<T, Trouble>) -> Result<T, Trouble>;

    /// Runs `work` in one transaction: all of it is kept, or nothing. It may be run again from its start.
    async fn write<T>(
        &self,
        area: Area,
        work: impl AsyncFn(&mut Self::Session) -> Result<T, Trouble>,
    ) -> Result<T, Trouble>;

    /// The fault behind the driver's error.
    fn fault(error: sqlx::Error) -> DatabaseFault;

    async fn close(&self);
}

/// Everything the ports ask for, on a database of this kind. Cheap to share: put it in an `Arc`.
#[expect(private_bounds, reason = "the kinds of database are this crate's: SqliteStore and PgStore name them")]
pub struct SqlStore<B: Backend> {
    pub(crate) backend: B,
    pub(crate) blocking: Arc<Blocking>,
    pub(crate) name: String,
}

impl<B: Backend> std::fmt::Debug for SqlStore<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SqlStore({})", self.name)
    }
}

#[expect(private_bounds, reason = "as above")]
impl<B: Backend> SqlStore<B> {
    pub(crate) fn read<T>(
        &self,
        action: &str,
        work: impl AsyncFnOnce(&mut B::Session) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        self.tell(action, self.blocking.wait(self.backend.read(work)))
    }

    /// What the caller is told of an answer that needed no transaction.
    pub(crate) fn tell<T>(&self, action: &str, answer: Result<T, Trouble>) -> Result<T, StoreError> {
        answer.map_err(|trouble| said::<B>(action, trouble))
    }

    pub(crate) fn write<T>(
        &self,
        area: Area,
        action: &str,
        work: impl AsyncFn(&mut B::Session) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        self.tell(action, self.blocking.wait(self.backend.write(area, work)))
    }
}

impl<B: Backend> Drop for SqlStore<B> {
    fn drop(&mut self) {
        self.blocking.wait(self.backend.close());
    }
}

/// What the caller is told.
pub(crate) fn said<B: Backend>(action: &str, trouble: Trouble) -> StoreError {
    let duplicate = trouble.is_duplicate();
    match trouble {
        Trouble::Said(error) => error,
        Trouble::Sql(error) if duplicate => {
            StoreError::Conflict { message: format!("{action} failed: the same row is there already ({error})") }
        }
        Trouble::Sql(error) => backend(action, B::fault(error)),
        Trouble::Fault(fault) => backend(action, fault),
    }
}
