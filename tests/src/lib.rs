//! What the end-to-end tests share: the program, a data folder of its own for each test, and what it printed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A data folder that goes with the test, and the program run upon it.
#[derive(Debug)]
pub struct Bench {
    dir: TempDir,
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

impl Bench {
    /// An empty folder.
    ///
    /// # Panics
    /// Where the machine has no room for a temporary folder.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test without a folder cannot go on")]
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A path inside the folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file inside the folder and answers its path.
    ///
    /// # Panics
    /// Where the disk is full.
    #[expect(clippy::expect_used, reason = "a test without its input cannot go on")]
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("the test's input is written");
        path.display().to_string()
    }

    /// The program, told to keep its data in `data` inside the folder, in a folder without configuration.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .current_dir(self.dir.path())
            .env_remove("OPENVACANCY_DATABASE")
            .env_remove("OPENVACANCY_CONFIG")
            .env("OPENVACANCY_DATA_DIR", self.path("data"))
            .args(words);
        command
    }

    /// Runs the program to its end.
    ///
    /// # Panics
    /// Where the program cannot be started.
    #[expect(clippy::expect_used, reason = "a test without the program cannot go on")]
    pub fn run(&self, words: &[&str]) -> Ran {
        Ran::new(self.command(words).stdin(Stdio::null()).output().expect("the program starts"))
    }

    /// Runs the program with `input` on stdin.
    ///
    /// # Panics
    /// Where the program cannot be started.
    #[expect(clippy::expect_used, reason = "a test without the program cannot go on")]
    pub fn run_with(&self, words: &[&str], input: &[u8]) -> Ran {
        let file = self.path("stdin");
        std::fs::write(&file, input).expect("the test's input is written");
        let stdin = std::fs::File::open(&file).expect("the test's input is read");
        Ran::new(self.command(words).stdin(stdin).output().expect("the program starts"))
    }
}

/// What a run of the program left behind.
#[derive(Debug)]
pub struct Ran {
    /// Exit status; -1 where a signal ended it.
    pub status: i32,
    /// What it printed.
    pub stdout: String,
    /// What it said beside.
    pub stderr: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The same, if it ended well.
    ///
    /// # Panics
    /// With what it said, if it did not.
    #[must_use]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 0, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The last line on stdout.
    #[must_use]
    pub fn last_line(&self) -> &str {
        self.stdout.lines().last().unwrap_or_default()
    }

    /// Stdout as JSON.
    ///
    /// # Panics
    /// Where it is none.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the test is about this JSON")]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("stdout is JSON")
    }
}

/// The program, built beside the tests.
///
/// # Panics
/// Where it was not built: `tests/run` does that first.
#[must_use]
#[expect(clippy::expect_used, reason = "a test knows where it was built")]
pub fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a test has a path");
    // target/<profile>/deps/<test> -> target/<profile>/openvacancy
    let folder = own.parent().and_then(Path::parent).expect("tests lie two folders deep");
    let program = folder.join(format!("openvacancy{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is not there: build it first with `cargo build`", program.display());
    program
}
