//! What it was measured on, and of which state of the sources.

use serde::{Deserialize, Serialize};
use std::process::Command;

/// A machine, as far as it matters to a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory_gb: u64,
    pub(crate) system: String,
    /// Work waiting for a processor in the last minute, when the measure ended; more than the cores = a busy machine.
    pub(crate) load: String,
}

impl Machine {
    /// This one. What the system does not tell stays empty.
    pub(crate) fn here() -> Self {
        let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let kilobytes = field(&read("/proc/meminfo"), "MemTotal");
        let kilobytes: u64 = kilobytes.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or_default();
        Self {
            processor: field(&read("/proc/cpuinfo"), "model name"),
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            memory_gb: (kilobytes + (1 << 19)) >> 20,
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            load: read("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
        }
    }
}

/// The commit of the sources, with a mark where files differ from it; empty where git is not there.
pub(crate) fn commit() -> String {
    let git = |words: &[&str]| {
        let output = Command::new("git").args(words).output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short=10", "HEAD"]) else { return String::new() };
    // The page of results is written after the measuring and says nothing about what was measured.
    let changed = git(&["status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs"]);
    if changed.is_some_and(|files| files.is_empty()) { commit } else { format!("{commit} with changes") }
}
