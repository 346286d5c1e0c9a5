//! PostgreSQL's error codes in words.

use crate::error::{DatabaseFault, Trouble};

/// The fault behind the driver's error. The codes are those of appendix A of PostgreSQL's manual.
pub(super) fn of(error: sqlx::Error) -> DatabaseFault {
    match &error {
        sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => return DatabaseFault::Lost(error),
        sqlx::Error::PoolTimedOut => return DatabaseFault::Busy(error),
        _ => {}
    }
    match code(&error).as_deref() {
        Some("53100") => DatabaseFault::Full(error),
        Some("28000" | "28P01") => DatabaseFault::Refused(error),
        Some("3D000") => DatabaseFault::NoDatabase(error),
        Some("42501" | "25006") => DatabaseFault::NotAllowed(error),
        // Too many connections; a lock not had in time; undone because of another transaction, again and again.
        Some("53300" | "55P03" | "40001" | "40P01") => DatabaseFault::Busy(error),
        Some("XX001" | "XX002") => DatabaseFault::Damaged(error),
        // The server goes down, or one of its processes did; a failure of the connection itself.
        Some("57P01" | "57P02" | "57P03") => DatabaseFault::Lost(error),
        Some(code) if code.starts_with("08") => DatabaseFault::Lost(error),
        _ => DatabaseFault::Other(error),
    }
}

/// The same where nobody was connected yet.
pub(super) fn at_first(error: sqlx::Error) -> DatabaseFault {
    match of(error) {
        DatabaseFault::Lost(error) | DatabaseFault::Other(error @ sqlx::Error::Tls(_)) => {
            DatabaseFault::NoServer(error)
        }
        fault => fault,
    }
}

/// The same while a transaction was being committed: nobody knows whether the server had done it.
pub(super) fn at_commit(error: sqlx::Error) -> Trouble {
    if is_passing(&error) {
        return Trouble::Sql(error);
    }
    match of(error) {
        DatabaseFault::Lost(error) => DatabaseFault::LostAtCommit(error).into(),
        fault => fault.into(),
    }
}

/// Whether the server undid the transaction for reasons that pass: two that cannot both be, or that wait for each other.
pub(super) fn is_passing(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some("40001" | "40P01"))
}

fn code(error: &sqlx::Error) -> Option<String> {
    match error {
        sqlx::Error::Database(database) => database.code().map(std::borrow::Cow::into_owned),
        _ => None,
    }
}
