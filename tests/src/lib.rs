//! What the end-to-end tests share: the program, a data folder of its own for each test, and what it printed.

use openvacancy_store::PgStore;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// A data folder that goes with the test, and the program run upon it.
#[derive(Debug)]
pub struct Bench {
    dir: TempDir,
    /// Where the database is not in the folder.
    server: Option<Server>,
}

/// A schema of a PostgreSQL server, which goes with the test.
#[derive(Debug)]
struct Server {
    address: String,
    schema: String,
}

impl Server {
    /// The address by which the program finds the schema.
    fn url(&self) -> String {
        let sign = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{sign}options=-c%20search_path%3D{}", self.address, self.schema)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The test has its result; a schema that stays harms nobody.
        let _ = PgStore::drop_scratch(&self.address, &self.schema);
    }
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
        Self { dir: tempfile::tempdir().expect("a temporary folder"), server: None }
    }

    /// The same with its database on the PostgreSQL server of the tests, in a schema of its own; `None` where there is
    /// no server, which `tests/run` starts.
    ///
    /// # Panics
    /// Where there must be a server, or it does not answer.
    #[must_use]
    #[expect(clippy::expect_used, clippy::print_stderr, reason = "as above; a test that is skipped must be seen")]
    pub fn postgres() -> Option<Self> {
        let named = std::env::var("OPENVACANCY_TEST_POSTGRES").or_else(|_| std::env::var("DATABASE_URL"));
        let Some(address) = named.ok().filter(|url| url.starts_with("postgres")) else {
            let how = "PostgreSQL is not tested: run ./tests/run, which starts a server, or name one in DATABASE_URL";
            assert!(std::env::var_os("OPENVACANCY_REQUIRE_POSTGRES").is_none(), "{how}");
            eprintln!("SKIPPED: {how}");
            return None;
        };
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let schema = format!("bench_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        drop(PgStore::open_scratch(&address, &schema).expect("the server of the tests answers"));
        Some(Self { server: Some(Server { address, schema }), ..Self::new() })
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
        if let Some(server) = &self.server {
            command.env("OPENVACANCY_DATABASE", server.url());
        }
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
