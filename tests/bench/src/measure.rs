//! A measure, and the comparison of its two sides.

use crate::outcome::{Basis, Better, Figure, Outcome, SideOutcome};
use crate::sample::{Sample, Spread};
use crate::setup::{Line, Setup};
use anyhow::Context as _;
use std::collections::BTreeMap;

/// One measure of the harness.
pub(crate) struct Measure {
    pub(crate) name: &'static str,
    /// What is measured, in one line.
    pub(crate) what: &'static str,
    /// Measures; nothing where files it needs are not beside the workspace.
    pub(crate) run: fn(&Setup, &Measure) -> anyhow::Result<Option<Outcome>>,
}

/// What the figures of a measure are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// So many things a second; the word names them.
    Rate(&'static str),
    /// Milliseconds for one; the word names it.
    Time(&'static str),
}

impl Kind {
    fn unit(self) -> String {
        match self {
            Self::Rate(things) => format!("{things}/s"),
            Self::Time(thing) => format!("ms a {thing}"),
        }
    }

    fn better(self) -> Better {
        match self {
            Self::Rate(_) => Better::More,
            Self::Time(_) => Better::Less,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    fn figure(self, count: u64, seconds: f64) -> f64 {
        let (count, seconds) = (count.max(1) as f64, seconds.max(1e-6));
        match self {
            Self::Rate(_) => count / seconds,
            Self::Time(_) => seconds * 1e3 / count,
        }
    }
}

/// How one repetition of a side is made.
type Repetition<'a> = Box<dyn FnMut() -> anyhow::Result<Sample> + 'a>;

/// One side of a comparison.
pub(crate) struct Side<'a> {
    pub(crate) name: &'static str,
    pub(crate) command: String,
    pub(crate) run: Repetition<'a>,
}

impl<'a> Side<'a> {
    /// A whole program, start included, that does `count` things. `before` makes ready for it.
    pub(crate) fn program(
        setup: &'a Setup,
        name: &'static str,
        line: Line,
        count: u64,
        before: impl Fn() -> anyhow::Result<()> + 'a,
    ) -> Self {
        let command = line.shown.clone();
        let run = Box::new(move || {
            before()?;
            let (sample, _) = setup.run(&line)?;
            Ok(Sample { count, ..sample })
        });
        Self { name, command, run }
    }

    /// A program that times its own work, without making ready for it, and says so on stdout under the name `what`.
    pub(crate) fn inside(setup: &'a Setup, name: &'static str, line: Line, what: &'static str) -> Self {
        let command = line.shown.clone();
        let run = Box::new(move || {
            let (whole, out) = setup.run(&line)?;
            let said = std::fs::read_to_string(out)?;
            let samples = said.lines().filter_map(|line| serde_json::from_str::<Sample>(line).ok());
            let sample = samples.into_iter().find(|sample| sample.what == what);
            let sample = sample.with_context(|| format!("{} did not say what '{what}' took", line.shown))?;
            Ok(Sample { peak_memory: whole.peak_memory, ..sample })
        });
        Self { name, command, run }
    }
}

/// Nothing to make ready.
#[expect(clippy::unnecessary_wraps, reason = "stands where something may fail")]
pub(crate) fn ready() -> anyhow::Result<()> {
    Ok(())
}

/// Runs both sides in turn, and lets each be first as often as the other.
pub(crate) fn compare(
    setup: &Setup,
    measure: &Measure,
    kind: Kind,
    mut ours: Side<'_>,
    mut baseline: Side<'_>,
) -> anyhow::Result<Outcome> {
    if !setup.quick {
        // Files come into the cache and programs into memory.
        (ours.run)()?;
        (baseline.run)()?;
    }
    let mut pairs: Vec<(Sample, Sample)> = Vec::new();
    for repetition in 0..setup.repetitions() {
        let pair = if repetition.is_multiple_of(2) {
            let first = (ours.run)()?;
            (first, (baseline.run)()?)
        } else {
            let first = (baseline.run)()?;
            ((ours.run)()?, first)
        };
        pairs.push(pair);
    }
    let seconds = |basis: Basis, sample: &Sample| match basis {
        Basis::Processor => sample.processor_seconds,
        Basis::Clock | Basis::Value => sample.seconds,
    };
    let figure = |basis: Basis, sample: &Sample| kind.figure(sample.count, seconds(basis, sample));
    let mut ratio = BTreeMap::new();
    let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
    for basis in [Basis::Processor, Basis::Clock] {
        let of = |pick: &dyn Fn(&(Sample, Sample)) -> f64| Spread::of(pairs.iter().map(pick).collect());
        left.insert(basis, of(&|pair| figure(basis, &pair.0)));
        right.insert(basis, of(&|pair| figure(basis, &pair.1)));
        ratio.insert(basis, of(&|pair| figure(basis, &pair.0) / figure(basis, &pair.1)));
    }
    let memory = |pick: &dyn Fn(&(Sample, Sample)) -> Option<u64>| pairs.iter().filter_map(pick).max();
    let count = |pick: &dyn Fn(&(Sample, Sample)) -> u64| pairs.first().map_or(0, pick);
    let side = |side: &Side<'_>, figures, count, peak_memory| SideOutcome {
        name: side.name.to_owned(),
        command: side.command.clone(),
        count,
        figures,
        peak_memory,
    };
    Ok(Outcome {
        better: kind.better(),
        unit: kind.unit(),
        ours: side(&ours, left, count(&|pair| pair.0.count), memory(&|pair| pair.0.peak_memory)),
        baseline: side(&baseline, right, count(&|pair| pair.1.count), memory(&|pair| pair.1.peak_memory)),
        ratio,
        repetitions: pairs.len(),
        ..Outcome::new(measure, setup)
    })
}

impl Outcome {
    /// The same with further figures of our side.
    pub(crate) fn with(self, also: Vec<Figure>) -> Self {
        Self { also, ..self }
    }
}
