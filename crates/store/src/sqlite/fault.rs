//! SQLite's error codes in words.

use crate::error::DatabaseFault;

/// The primary result codes of <https://www.sqlite.org/rescode.html> that have a mend of their own.
const BUSY: i64 = 5;
const LOCKED: i64 = 6;
const READ_ONLY: i64 = 8;
const CORRUPT: i64 = 11;
const FULL: i64 = 13;
const CANNOT_OPEN: i64 = 14;
const NOT_A_DATABASE: i64 = 26;

/// The fault behind the driver's error.
pub(super) fn of(error: sqlx::Error) -> DatabaseFault {
    let code = match &error {
        sqlx::Error::Database(database) => database.code().and_then(|code| code.parse::<i64>().ok()),
        sqlx::Error::PoolTimedOut => Some(BUSY),
        _ => None,
    };
    // The lower byte of an extended code is the primary one.
    match code.map(|code| code & 0xff) {
        Some(FULL) => DatabaseFault::Full(error),
        Some(READ_ONLY) => DatabaseFault::ReadOnly(error),
        Some(CANNOT_OPEN) => DatabaseFault::CannotOpen(error),
        Some(BUSY | LOCKED) => DatabaseFault::Busy(error),
        Some(CORRUPT) => DatabaseFault::Damaged(error),
        Some(NOT_A_DATABASE) => DatabaseFault::NotADatabase(error),
        _ => DatabaseFault::Other(error),
    }
}
