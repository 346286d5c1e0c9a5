//! What can go wrong with the archive.

use std::path::{Path, PathBuf};

/// A failure of the archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file system could not do it.
    #[error("archive {path}: {source}; see that the disk has room and the folder may be written")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's word.
        #[source]
        source: std::io::Error,
    },
    /// Another process writes this portal's captures.
    #[error("archive {path}: another process is collecting this portal; wait until it ends")]
    Busy {
        /// The lock.
        path: PathBuf,
    },
    /// No whole record stands where one should.
    #[error("archive {path} at {offset}: no whole record: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Byte offset in it.
        offset: u64,
        /// What was met.
        reason: String,
    },
}

pub(super) fn io(path: &Path, source: std::io::Error) -> ArchiveError {
    ArchiveError::Io { path: path.to_owned(), source }
}
