//! Claims on a SQLite store: a lock of the operating system on a file beside the database, which ends with the process
//! that holds it. The file itself stays; it is empty and says nothing.

use crate::claim::{Claim, taken};
use crate::error::backend;
use openvacancy_domain::StoreError;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

pub(super) fn claim(database: Option<&Path>, work: &str, name: &str) -> Result<Claim, StoreError> {
    // A store in memory has no other user.
    let Some(database) = database else { return Ok(Claim::new(())) };
    let path = lock_file(database, work);
    let fail = |error: std::io::Error| backend(&format!("claiming '{work}' with {}", path.display()), error.into());
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => Ok(Claim::new(file)),
        Err(TryLockError::WouldBlock) => Err(taken(work, name)),
        Err(TryLockError::Error(error)) => Err(fail(error)),
    }
}

/// `store.db` and `collect reed` make `store.db.collect-reed.lock`.
fn lock_file(database: &Path, work: &str) -> PathBuf {
    let plain: String = work.chars().map(|ch| if ch.is_ascii_alphanumeric() { ch } else { '-' }).collect();
    let mut path = database.as_os_str().to_owned();
    path.push(format!(".{plain}.lock"));
    PathBuf::from(path)
}
