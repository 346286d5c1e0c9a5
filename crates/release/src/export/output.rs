//! A file that appears only when it is whole.

use crate::ReleaseError;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where rows go: a temporary file beside the target, renamed at the end, or standard output.
pub(super) struct Output {
    path: PathBuf,
    temporary: Option<PathBuf>,
    writer: BufWriter<Box<dyn Write>>,
}

impl Output {
    pub(super) fn create(path: &Path) -> Result<Self, ReleaseError> {
        if path.as_os_str() == "-" {
            let writer: Box<dyn Write> = Box::new(std::io::stdout().lock());
            return Ok(Self { path: path.to_owned(), temporary: None, writer: BufWriter::new(writer) });
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary).map_err(|source| ReleaseError::Io { path: path.to_owned(), source })?;
        let writer: Box<dyn Write> = Box::new(file);
        Ok(Self {
            path: path.to_owned(),
            temporary: Some(temporary),
            writer: BufWriter::with_capacity(1 << 16, writer),
        })
    }

    /// The error of writing this file.
    pub(super) fn error(&self, source: std::io::Error) -> ReleaseError {
        ReleaseError::Io { path: self.path.clone(), source }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), ReleaseError> {
        self.writer.write_all(bytes).map_err(|source| ReleaseError::Io { path: self.path.clone(), source })
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
    pub(super) fn finish(mut self) -> Result<(), ReleaseError> {
        let flushed = self.writer.flush();
        flushed.map_err(|source| self.error(source))?;
        if let Some(temporary) = self.temporary.take() {
            std::fs::rename(&temporary, &self.path).map_err(|source| self.error(source))?;
        }
        Ok(())
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
