//! What went wrong, said so that the reader knows what to do next.

use openvacancy_domain::StoreError;

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
    /// Another process held the database for too long.
    #[error("another process is writing for too long; wait until it ends and run again ({0})")]
    Busy(#[source] sqlx::Error),
    /// The file is damaged.
    #[error("the database is damaged; restore a backup ({0})")]
    Damaged(#[source] sqlx::Error),
    /// The file is something else.
    #[error("the file is not an OpenVacancy database; name another file ({0})")]
    NotADatabase(#[source] sqlx::Error),
    /// A database of another program.
    #[error("the file is a database of another program; name another file")]
    Foreign,
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
        "schema step {step} of the file is not the one this program knows: it was made by a development version; \
         start a new data folder and import or replay into it"
    )]
    OtherSchema {
        /// The step that differs.
        step: i64,
    },
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date ({0})")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Anything else the driver says.
    #[error("{0}")]
    Other(#[source] sqlx::Error),
    /// The operating system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// What the inner functions fail with: the driver's error, which the outermost one puts into words, or an answer that
/// is in words already.
#[derive(Debug)]
pub(crate) enum Trouble {
    Sql(sqlx::Error),
    Said(StoreError),
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
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

/// A fault met while doing `action`.
pub(crate) fn backend(action: &str, fault: DatabaseFault) -> StoreError {
    StoreError::Backend { action: action.to_owned(), source: Box::new(fault) }
}
