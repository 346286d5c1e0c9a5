//! The archive of captures: WARC 1.1, one gzip member a record, under `<archive>/<portal>/<day>/NNNNN.warc.gz`.
//!
//! A writer holds the portal's lock, begins a file of its own and adds to it only. What the store refers to was on the
//! disk before ([`Writer::sync`]); after a kill at most the last member is torn, no capture refers to it, and the next
//! writer cuts it off, so that standard tools read the file to its end.

mod error;
mod member;
mod warc;
mod writer;

pub use error::ArchiveError;
pub(crate) use member::member;
pub(crate) use warc::{Exchange, WarcType};
pub use writer::Writer;

use error::io;
use flate2::read::GzDecoder;
use openvacancy_domain::PortalId;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// The largest record read back, in bytes: a body at its cap, and its headers.
const MAX_RECORD: u64 = 64 << 20;

/// One archived response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The address that answered; redirects may have led here from the address asked for.
    pub url: String,
    /// When, ISO 8601.
    pub date: String,
    /// HTTP status.
    pub status: u16,
    /// HTTP headers in order.
    pub headers: Vec<(String, String)>,
    /// The body, decoded from its transfer and content encodings.
    pub body: Vec<u8>,
}

impl Record {
    /// The first header of this name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// A folder of captures.
#[derive(Debug, Clone)]
pub struct Archive {
    root: PathBuf,
}

impl Archive {
    /// The archive in `root`; the folder is made when the first capture comes.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A writer for one portal. Only one lives at a time, over all processes.
    ///
    /// # Errors
    /// [`ArchiveError::Busy`] where another process collects this portal; [`ArchiveError::Io`].
    pub fn writer(&self, portal: &PortalId) -> Result<Writer, ArchiveError> {
        Writer::open(&self.root, portal)
    }

    /// The record at `offset` of `file` (relative to the archive's folder).
    ///
    /// # Errors
    /// [`ArchiveError::Io`] where the file is not there, [`ArchiveError::Damaged`] where no whole record stands there.
    pub fn read(&self, file: &str, offset: u64) -> Result<Record, ArchiveError> {
        let path = self.root.join(file);
        let damaged = |reason: String| ArchiveError::Damaged { path: path.clone(), offset, reason };
        if Path::new(file).components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
            return Err(damaged("the file's name leads out of the archive".to_owned()));
        }
        let mut input = std::fs::File::open(&path).map_err(|source| io(&path, source))?;
        input.seek(SeekFrom::Start(offset)).map_err(|source| io(&path, source))?;
        let mut bytes = Vec::new();
        let decoder = GzDecoder::new(std::io::BufReader::with_capacity(32 << 10, input));
        decoder.take(MAX_RECORD).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        warc::parse(&bytes).map_err(damaged)
    }
}
