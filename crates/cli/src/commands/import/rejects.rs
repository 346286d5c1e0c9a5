//! The rejects file: line and reason of every row that could not be used.

use crate::output::WholeFile;
use openvacancy_domain::Problem;
use std::path::PathBuf;

/// Writes the file when the first row is rejected; without one there is no file.
pub(super) struct Rejects {
    path: PathBuf,
    writer: Option<csv::Writer<WholeFile>>,
}

impl Rejects {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, writer: None }
    }

    pub(super) fn add(&mut self, line: u64, problem: &Problem) -> anyhow::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            empty => {
                let mut writer = csv::Writer::from_writer(WholeFile::create(&self.path)?);
                writer.write_record(["line", "code", "field", "reason"])?;
                empty.insert(writer)
            }
        };
        let field = problem.field.as_deref().unwrap_or_default();
        writer.write_record([&line.to_string(), problem.code.as_str(), field, problem.message.as_str()])?;
        Ok(())
    }

    /// Gives the file its name, where there is one.
    pub(super) fn finish(self) -> anyhow::Result<Option<PathBuf>> {
        let Some(writer) = self.writer else { return Ok(None) };
        writer.into_inner().map_err(|error| error.into_error())?.finish()?;
        Ok(Some(self.path))
    }
}
