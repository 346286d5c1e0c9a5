//! A file that appears only when it is whole.

use crate::ReleaseError;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where rows go: a temporary file beside the target, renamed at the end, or standard output.
pub(super) struct Output {
    path: PathBuf,
    temporary: Option<PathBuf>,
    writer: BufWriter<Box<dyn Write + Send>>,
    hasher: Sha256,
    bytes: u64,
}

/// What a finished file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Output {
    pub(super) fn create(path: &Path) -> Result<Self, ReleaseError> {
        if path.as_os_str() == "-" {
            return Ok(Self::new(path, None, Box::new(std::io::stdout())));
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary).map_err(|source| ReleaseError::Io { path: path.to_owned(), source })?;
        Ok(Self::new(path, Some(temporary), Box::new(file)))
    }

    fn new(path: &Path, temporary: Option<PathBuf>, writer: Box<dyn Write + Send>) -> Self {
        let writer = BufWriter::with_capacity(1 << 16, writer);
        Self { path: path.to_owned(), temporary, writer, hasher: Sha256::new(), bytes: 0 }
    }

    /// The file's name, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The error of writing this file.
    pub(super) fn error(&self, source: std::io::Error) -> ReleaseError {
        ReleaseError::Io { path: self.path.clone(), source }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), ReleaseError> {
        self.write_all(bytes).map_err(|source| self.error(source))
    }

    /// One record of CSV.
    pub(super) fn record<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) -> Result<(), ReleaseError> {
        let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::with_capacity(512));
        let written = line.write_record(fields).map_err(std::io::Error::other);
        let bytes = written.and_then(|()| line.into_inner().map_err(|error| std::io::Error::other(error.to_string())));
        let bytes = bytes.map_err(|source| self.error(source))?;
        self.write(&bytes)
    }

    /// Puts the whole file in its place.
    pub(super) fn finish(mut self) -> Result<Written, ReleaseError> {
        let flushed = self.writer.flush();
        flushed.map_err(|source| self.error(source))?;
        if let Some(temporary) = self.temporary.take() {
            std::fs::rename(&temporary, &self.path).map_err(|source| self.error(source))?;
        }
        let sha256 = std::mem::take(&mut self.hasher).finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Written { bytes: self.bytes, sha256 })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.writer.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // What was not finished is of no use to anybody; if it cannot be removed, its name says what it is.
            let _ = std::fs::remove_file(temporary);
        }
    }
}
