//! Writing to stdout and stderr, and to files that appear whole or not at all.

use anyhow::Context;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Says one line to the person, on stderr. A closed stderr is nobody listening, not an error.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes one line to stdout.
pub(crate) fn line(line: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()?;
    Ok(())
}

/// Writes `value` to stdout as JSON, indented for people.
pub(crate) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    line(&serde_json::to_string_pretty(value)?)
}

/// Buffered stdout for streams of rows.
pub(crate) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// A file that takes its name only when it is complete: a killed program leaves no half of it.
pub(crate) struct WholeFile {
    writer: BufWriter<File>,
    part: PathBuf,
    path: PathBuf,
}

impl WholeFile {
    /// Opens `path` for writing, under a working name beside it.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        let file = File::create(&part).with_context(|| format!("cannot write {}", part.display()))?;
        Ok(Self { writer: BufWriter::with_capacity(1 << 16, file), part, path: path.to_owned() })
    }

    /// Makes it durable and gives it its name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.writer.flush()?;
        self.writer.get_ref().sync_all()?;
        std::fs::rename(&self.part, &self.path).with_context(|| format!("cannot write {}", self.path.display()))
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
