//! What a measure found, as a file for programs and a few lines for a person.

use crate::machine::Machine;
use crate::measure::Measure;
use crate::sample::Spread;
use crate::setup::Setup;
use anyhow::Context as _;
use openvacancy_domain::{Clock as _, SystemClock};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// What the figures are taken by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Basis {
    /// Seconds of the processor.
    Processor,
    /// Seconds by the clock.
    Clock,
    /// No time at all: a share that is right.
    Value,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Better {
    More,
    Less,
}

/// What a measure found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) name: String,
    pub(crate) what: String,
    pub(crate) unit: String,
    pub(crate) better: Better,
    pub(crate) ours: SideOutcome,
    pub(crate) baseline: SideOutcome,
    /// Our figure over the baseline's, of each pair of runs.
    pub(crate) ratio: BTreeMap<Basis, Spread>,
    /// Further figures of our side.
    pub(crate) also: Vec<Figure>,
    pub(crate) repetitions: usize,
    /// Tiny inputs: the figures mean nothing.
    pub(crate) quick: bool,
    /// `release` or `debug`.
    pub(crate) profile: String,
    pub(crate) commit: String,
    pub(crate) day: String,
    pub(crate) machine: Machine,
}

/// One side of the comparison.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct SideOutcome {
    pub(crate) name: String,
    pub(crate) command: String,
    pub(crate) count: u64,
    pub(crate) figures: BTreeMap<Basis, Spread>,
    /// The most memory held at once in any repetition, in bytes.
    pub(crate) peak_memory: Option<u64>,
}

/// A figure beside the comparison.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) value: f64,
    pub(crate) unit: String,
}

impl Outcome {
    pub(crate) fn new(measure: &Measure, setup: &Setup) -> Self {
        Self {
            name: measure.name.to_owned(),
            what: measure.what.to_owned(),
            unit: String::new(),
            better: Better::More,
            ours: SideOutcome::default(),
            baseline: SideOutcome::default(),
            ratio: BTreeMap::new(),
            also: Vec::new(),
            repetitions: 1,
            quick: setup.quick,
            profile: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
            commit: crate::machine::commit(),
            day: SystemClock.now().date_naive().to_string(),
            machine: Machine::here(),
        }
    }

    /// Writes it to `<folder>/<name>.json`.
    pub(crate) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let file = folder.join(format!("{}.json", self.name));
        let text = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    }

    /// The basis its figures are first told by.
    pub(crate) fn basis(&self) -> Basis {
        self.ratio.keys().next().copied().unwrap_or(Basis::Value)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.name, self.what)?;
        for (basis, ratio) in &self.ratio {
            let by = match basis {
                Basis::Processor => "by the processor",
                Basis::Clock => "by the clock",
                Basis::Value => "",
            };
            let figure = |side: &SideOutcome| side.figures.get(basis).map_or(f64::NAN, |spread| spread.median);
            writeln!(
                f,
                "  {:.1} {} against {:.1} for {}: ratio {:.3} ({:.3} to {:.3}) {by}",
                figure(&self.ours),
                self.unit,
                figure(&self.baseline),
                self.baseline.name,
                ratio.median,
                ratio.min,
                ratio.max
            )?;
        }
        for figure in &self.also {
            writeln!(f, "  {} {:.2} {}", figure.what, figure.value, figure.unit)?;
        }
        Ok(())
    }
}
