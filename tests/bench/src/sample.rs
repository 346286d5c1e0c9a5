//! What one repetition took, and the spread of several.

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use serde::{Deserialize, Serialize};
use std::time::Instant;

/// What one repetition took.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Sample {
    /// What was measured, where a program says several samples.
    #[serde(default)]
    pub(crate) what: String,
    /// Things done: rows, titles, requests.
    #[serde(default)]
    pub(crate) count: u64,
    /// Seconds by the clock.
    pub(crate) seconds: f64,
    /// Seconds of the processor, user and system, of all threads.
    pub(crate) processor_seconds: f64,
    /// The most memory held at once, in bytes.
    #[serde(default)]
    pub(crate) peak_memory: Option<u64>,
}

/// Seconds of the processor in a usage report.
pub(crate) fn processor_seconds(usage: &Usage) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "microseconds of years fit")]
    let micros = (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64;
    micros / 1e6
}

/// The present, by the clock and by this process's processor seconds.
pub(crate) fn now() -> anyhow::Result<(Instant, f64)> {
    Ok((Instant::now(), processor_seconds(&getrusage(UsageWho::RUSAGE_SELF)?)))
}

/// Says on stdout, for the harness to read, what was done since `begun` and `busy`.
pub(crate) fn say(what: &str, count: u64, begun: Instant, busy: f64) -> anyhow::Result<()> {
    let seconds = begun.elapsed().as_secs_f64();
    let processor_seconds = now()?.1 - busy;
    let sample = Sample { what: what.to_owned(), count, seconds, processor_seconds, peak_memory: None };
    crate::say(&serde_json::to_string(&sample)?)
}

/// Times `work` inside this process and says so.
pub(crate) fn report(what: &str, work: impl FnOnce() -> anyhow::Result<u64>) -> anyhow::Result<()> {
    let (begun, busy) = now()?;
    say(what, work()?, begun, busy)
}

/// Least, middle and greatest of several values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spread {
    pub(crate) min: f64,
    pub(crate) median: f64,
    pub(crate) max: f64,
}

impl Spread {
    /// Of at least one value; none gives zeroes.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or_default();
        let half = values.len() / 2;
        let median =
            if values.len().is_multiple_of(2) { f64::midpoint(at(half.wrapping_sub(1)), at(half)) } else { at(half) };
        Self { min: at(0), median, max: at(values.len().wrapping_sub(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn the_middle_of_an_even_number_lies_between_two() {
        let spread = Spread::of(vec![4.0, 1.0, 3.0, 2.0]);
        assert_eq!((spread.min, spread.median, spread.max), (1.0, 2.5, 4.0));
        assert_eq!(Spread::of(vec![5.0, 1.0, 3.0]).median, 3.0);
        assert_eq!(Spread::of(vec![7.0]), Spread { min: 7.0, median: 7.0, max: 7.0 });
    }
}
