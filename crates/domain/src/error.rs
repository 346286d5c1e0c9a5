//! What can go wrong behind a port.

/// A failure of the store. The message says what to do next; the cause is kept for logs.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The thing asked for is not there.
    #[error("{what} not found")]
    NotFound {
        /// What was asked for, such as `release 2026-10.2`.
        what: String,
    },
    /// The request contradicts what is stored (a published release is immutable, a name is taken).
    #[error("{message}")]
    Conflict {
        /// What stands in the way, and the mend.
        message: String,
    },
    /// The database could not do it: disk full, locked, damaged, unreachable.
    #[error("{action} failed: {source}")]
    Backend {
        /// What was being done.
        action: String,
        /// The driver's own error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Something stored cannot be read back as what it should be.
    #[error("stored {what} cannot be read: {reason}")]
    Corrupt {
        /// Which record.
        what: String,
        /// Why.
        reason: String,
    },
}
