//! Runs one program and writes down what it took. A process of its own for each run, because the system counts the
//! memory and processor time of finished children as a whole, and of one child that is exactly its own.

use crate::sample::{Sample, processor_seconds};
use anyhow::Context as _;
use nix::sys::resource::{UsageWho, getrusage};
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

pub(crate) fn run(result: &Path, command: &[OsString]) -> anyhow::Result<()> {
    let (program, arguments) = command.split_first().context("no program to run")?;
    let begun = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .status()
        .with_context(|| format!("cannot run {}", Path::new(program).display()))?;
    let seconds = begun.elapsed().as_secs_f64();
    anyhow::ensure!(status.success(), "{} ended with {status}", Path::new(program).display());
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    // Linux counts kilobytes.
    let peak_memory = u64::try_from(usage.max_rss()).ok().map(|kilobytes| kilobytes * 1024);
    let sample = Sample { seconds, processor_seconds: processor_seconds(&usage), peak_memory, ..Sample::default() };
    Ok(std::fs::write(result, serde_json::to_string(&sample)?)?)
}
