//! What went wrong, said so that the reader knows what to do next.

use openvacancy_domain::StoreError;
use sqlx::migrate::{MigrateError, Migrator};

/// A failure of the database that has a known mend; the cause behind [`StoreError::Backend`].
#[derive(Debug, thiserror::Error)]
pub enum DatabaseFault {
    /// No room left.
    #[error("the disk is full; make room and run again: nothing of this step was stored ({0})")]
    Full(#[source] sqlx::Error),
    /// The file or its folder may not be written.
    #[error("the file cannot be written; give this user write permission on the file and on its folder ({0})")]
    ReadOnly(#[source] sqlx::Error),
    /// The file cannot be opened.
    #[error("the file cannot be opened; check that the folder exists and that this user may use it ({0})")]
    CannotOpen(#[source] sqlx::Error),
    /// Another process held the database for too long, or too many use it.
    #[error("another process is writing for too long; wait until it ends and run again ({0})")]
    Busy(#[source] sqlx::Error),
    /// The file is damaged.
    #[error("the database is damaged; restore a backup ({0})")]
    Damaged(#[source] sqlx::Error),
    /// The file is something else.
    #[error("the file is not an OpenVacancy database; name another file ({0})")]
    NotADatabase(#[source] sqlx::Error),
    /// A database of another program.
    #[error("it is a database of another program; name another")]
    Foreign,
    /// No server answers.
    #[error("no PostgreSQL server answers there; start it, or mend host and port in the address ({0})")]
    NoServer(#[source] sqlx::Error),
    /// The server does not let this user in.
    #[error(
        "the server refuses the user or the password; mend them in the address, or give the password as PGPASSWORD \
         or in ~/.pgpass ({0})"
    )]
    Refused(#[source] sqlx::Error),
    /// The server has no such database.
    #[error("the server has no such database; make it with `createdb NAME`, or mend the name in the address ({0})")]
    NoDatabase(#[source] sqlx::Error),
    /// The user may not do what the step needs.
    #[error(
        "this database user lacks a right; let the owner of the database GRANT it (a store needs CREATE on its schema \
         and its own tables) ({0})"
    )]
    NotAllowed(#[source] sqlx::Error),
    /// The database keeps text in another encoding.
    #[error("the database keeps text as {0}; make one with `createdb --encoding=UTF8 --template=template0 NAME`")]
    Encoding(String),
    /// There is no schema to put tables in.
    #[error("the user's search path names no schema that exists; make one (CREATE SCHEMA) or mend search_path")]
    NoSchema,
    /// The connection broke off.
    #[error(
        "the connection to the server was lost; see that the server runs and run again: nothing of this step was stored ({0})"
    )]
    Lost(#[source] sqlx::Error),
    /// The connection broke off while a transaction was being committed.
    #[error(
        "the connection to the server was lost while this step was being committed, so it was stored whole or not at \
         all; run again, which finds out ({0})"
    )]
    LostAtCommit(#[source] sqlx::Error),
    /// The schema is ahead of this program.
    #[error(
        "made by a newer OpenVacancy: its schema has step {found}, this program knows steps up to {known}; \
         use the newer program"
    )]
    Newer {
        /// The step the file has.
        found: i64,
        /// The last step this program knows.
        known: i64,
    },
    /// The schema differs from what its number says.
    #[error(
        "schema step {step} there is not the one this program knows: it was made by a development version; \
         start a new data folder and import or replay into it"
    )]
    OtherSchema {
        /// The step that differs.
        step: i64,
    },
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date ({0})")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Something stored is not what it should be.
    #[error("{0}; restore a backup")]
    Content(String),
    /// Anything else the driver says.
    #[error("{0}")]
    Other(#[source] sqlx::Error),
    /// The operating system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

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

/// What the inner functions fail with: the driver's error, which the outermost one puts into words, or an answer that
/// is in words already.
#[derive(Debug)]
pub(crate) enum Trouble {
    Sql(sqlx::Error),
    Fault(DatabaseFault),
    Said(StoreError),
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<DatabaseFault> for Trouble {
    fn from(fault: DatabaseFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Said(error)
    }
}

impl Trouble {
    /// A stored value that is not what it should be.
    pub(crate) fn corrupt(what: impl Into<String>, reason: impl std::fmt::Display) -> Self {
        Self::Said(StoreError::Corrupt { what: what.into(), reason: reason.to_string() })
    }

    /// A request that contradicts what is stored.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::Said(StoreError::Conflict { message: message.into() })
    }

    /// A thing that is not there.
    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self::Said(StoreError::NotFound { what: what.into() })
    }

    /// Whether a row with the same key is there already.
    pub(crate) fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// The fault behind a failed migration; `of` gives the one behind the driver's error.
pub(crate) fn migration_fault(
    error: MigrateError,
    steps: &Migrator,
    of: impl Fn(sqlx::Error) -> DatabaseFault,
) -> DatabaseFault {
    match error {
        MigrateError::VersionMissing(found) => {
            DatabaseFault::Newer { found, known: steps.iter().map(|step| step.version).max().unwrap_or_default() }
        }
        MigrateError::VersionMismatch(step) => DatabaseFault::OtherSchema { step },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => of(error),
        other => DatabaseFault::Migration(other),
    }
}

/// A fault met while doing `action`.
pub(crate) fn backend(action: &str, fault: DatabaseFault) -> StoreError {
    StoreError::Backend { action: action.to_owned(), source: Box::new(fault) }
}
