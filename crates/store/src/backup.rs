//! Files of backups: under another name until they are whole, since one that was cut short must not look like one.

use crate::error::backend;
use openvacancy_domain::StoreError;
use std::path::{Path, PathBuf};

/// The name to write under; nothing is there.
///
/// # Errors
/// [`StoreError::Conflict`] where the backup itself is there already.
pub(crate) fn unfinished(to: &Path, action: &str) -> Result<PathBuf, StoreError> {
    if to.exists() {
        return Err(StoreError::Conflict {
            message: format!("{} is there already; name a new file for the backup", to.display()),
        });
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".unfinished");
    let unfinished = PathBuf::from(name);
    if unfinished.exists() {
        std::fs::remove_file(&unfinished).map_err(|error| backend(action, error.into()))?;
    }
    Ok(unfinished)
}

/// Gives the file its name, once it is on the disk.
///
/// # Errors
/// [`StoreError::Backend`] where that fails.
pub(crate) fn finish(unfinished: &Path, to: &Path, action: &str) -> Result<(), StoreError> {
    std::fs::File::open(unfinished)
        .and_then(|file| file.sync_all())
        .and_then(|()| std::fs::rename(unfinished, to))
        .map_err(|error| backend(action, error.into()))
}
