//! What every measure works with: where the programs lie, a folder for its files, how much to do.

use crate::sample::Sample;
use anyhow::Context as _;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What every measure works with.
pub(crate) struct Setup {
    own: PathBuf,
    programs: PathBuf,
    folder: tempfile::TempDir,
    /// Whether only to show that the measures run.
    pub(crate) quick: bool,
}

impl Setup {
    pub(crate) fn new(own: PathBuf, programs: PathBuf, quick: bool) -> anyhow::Result<Self> {
        Ok(Self { own, programs, folder: tempfile::tempdir()?, quick })
    }

    /// `full`, or `tiny` on a quick run.
    pub(crate) fn size(&self, full: u32, tiny: u32) -> u32 {
        if self.quick { tiny } else { full }
    }

    /// How often each side runs.
    pub(crate) fn repetitions(&self) -> usize {
        if self.quick { 1 } else { 7 }
    }

    /// A path in the folder that goes with this run.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command line of the program that is measured, without configuration and with a data folder of its own.
    pub(crate) fn openvacancy(&self, words: &[&str]) -> anyhow::Result<Line> {
        self.line("openvacancy", words)
    }

    /// A command line of this program: a baseline.
    pub(crate) fn work(&self, words: &[&str]) -> Line {
        let words: Vec<OsString> = std::iter::once("work").chain(words.iter().copied()).map(OsString::from).collect();
        Line { shown: shown("openvacancy-bench", &words), program: self.own.clone(), words }
    }

    /// A command line of an example of one of the rooms.
    pub(crate) fn example(&self, name: &str, words: &[&str]) -> anyhow::Result<Line> {
        self.line(&format!("examples/{name}"), words)
    }

    fn line(&self, name: &str, words: &[&str]) -> anyhow::Result<Line> {
        let program = self.programs.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        anyhow::ensure!(
            program.is_file(),
            "{} is not there; `tests/bench/run` builds it, or `cargo build --workspace --bins --examples`",
            program.display()
        );
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        Ok(Line { shown: shown(name, &words), program, words })
    }

    /// Runs a command line to its end. Its stdout is left in a file, whose path comes with what it took.
    pub(crate) fn run(&self, line: &Line) -> anyhow::Result<(Sample, PathBuf)> {
        let (result, out) = (self.path("timed.json"), self.path("stdout"));
        let status = self
            .command(&self.own)
            .arg("timed")
            .arg(&result)
            .arg("--")
            .arg(&line.program)
            .args(&line.words)
            .stdin(Stdio::null())
            .stdout(std::fs::File::create(&out)?)
            .stderr(std::fs::File::create(self.path("stderr"))?)
            .status()?;
        if !status.success() {
            let said = std::fs::read_to_string(self.path("stderr")).unwrap_or_default();
            anyhow::bail!("{} failed: {}", line.shown, said.trim());
        }
        let sample = serde_json::from_str(&std::fs::read_to_string(&result)?).context("what the run took")?;
        Ok((sample, out))
    }

    /// A command in the folder of this run that sees nobody's configuration.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("OPENVACANCY_DATA_DIR", self.path("data"))
            .env_remove("OPENVACANCY_DATABASE")
            .env_remove("OPENVACANCY_CONFIG")
            .env_remove("OPENVACANCY_PORTALS_DIR");
        command
    }

    /// Where the program that is measured lies.
    pub(crate) fn program(&self) -> anyhow::Result<PathBuf> {
        Ok(self.line("openvacancy", &[])?.program)
    }
}

/// A command line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    program: PathBuf,
    words: Vec<OsString>,
    /// As a person would type it.
    pub(crate) shown: String,
}

/// Files by their names alone: where they lay is of no interest afterwards.
fn shown(program: &str, words: &[OsString]) -> String {
    let mut line = program.rsplit('/').next().unwrap_or(program).to_owned();
    for word in words {
        let path = Path::new(word);
        let word = if path.is_absolute() { path.file_name().unwrap_or(word.as_os_str()) } else { word.as_os_str() };
        line.push(' ');
        line.push_str(&word.to_string_lossy());
    }
    line
}
