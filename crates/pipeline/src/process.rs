//! One run of all stages.

use crate::assemble::assemble;
use crate::coding_stage::code_pending;
use crate::corrections::Corrections;
use crate::error::{Doing, PipelineError};
use crate::grouping_stage::group;
use crate::progress::{Progress, Step};
use crate::stages::Stages;
use openvacancy_domain::ports::Store;
use openvacancy_domain::{Clock, Correction, Problem, RunCounts, RunId, RunState, Stage};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Problems of corrections kept of one run; thousands of postings can meet the same bad decision.
const MOST_PROBLEMS: usize = 1_000;
/// Corrections read at once.
const CORRECTIONS: u32 = 10_000;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Postings per chunk: the unit of memory, of transactions and of what a kill can lose.
    pub chunk: u32,
    /// Set it to stop the run after the chunk under way.
    pub cancel: Arc<AtomicBool>,
}

impl Default for Options {
    fn default() -> Self {
        Self { chunk: 2_000, cancel: Arc::default() }
    }
}

impl Options {
    pub(crate) fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::SeqCst)
    }
}

/// What a run did.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its number in the log.
    pub run: RunId,
    /// How it ended: done or interrupted.
    pub state: RunState,
    /// Postings normalised and coded in this run.
    pub coded: u64,
    /// Postings that were coded before with the same content and versions.
    pub unchanged: u64,
    /// Postings that broke a stage.
    pub rejected: u64,
    /// Postings grouped.
    pub postings: u64,
    /// Vacancies built.
    pub vacancies: u64,
    /// Of them not counted in statistics.
    pub excluded: u64,
    /// Fields set by corrections, over all postings.
    pub corrected: u64,
    /// Wall time of each step, in seconds.
    pub seconds: BTreeMap<String, f64>,
}

impl Report {
    /// Postings per second of normalising and coding; `None` where none were coded.
    #[must_use]
    pub fn coded_per_second(&self) -> Option<f64> {
        let seconds = self.seconds.get(&Step::Code.to_string())?;
        (self.coded > 0 && *seconds > 0.0).then(|| self.coded as f64 / seconds)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "run {} {}: {} postings coded, {} unchanged, {} rejected; {} postings are {} vacancies",
            self.run, self.state, self.coded, self.unchanged, self.rejected, self.postings, self.vacancies
        )?;
        if let Some(rate) = self.coded_per_second() {
            write!(f, " ({rate:.0} postings/s coded)")?;
        }
        Ok(())
    }
}

/// What every step of a run works with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) stages: &'a Stages<'a>,
    pub(crate) options: &'a Options,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) run: RunId,
}

/// The counts of a run under way.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) coded: u64,
    pub(crate) rejected: u64,
    pub(crate) postings: u64,
    pub(crate) vacancies: u64,
    pub(crate) excluded: u64,
    pub(crate) corrected: u64,
    problems: Vec<Problem>,
    seconds: BTreeMap<String, f64>,
}

impl Tally {
    /// Keeps problems, each once.
    pub(crate) fn keep(&mut self, problems: Vec<Problem>) {
        for problem in problems {
            if self.problems.len() < MOST_PROBLEMS && !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    fn unchanged(&self) -> u64 {
        self.postings.saturating_sub(self.coded)
    }

    fn counts(&self) -> RunCounts {
        RunCounts {
            read: self.coded + self.rejected + self.unchanged(),
            stored: self.coded,
            unchanged: self.unchanged(),
            rejected: self.rejected,
            ..RunCounts::default()
        }
    }
}

/// Runs all stages over what is stored.
///
/// Running again does only what is new; a run that was stopped or killed is taken up by the next. The set of vacancies
/// changes in one step at the end, so readers see the former one until then.
///
/// # Errors
/// [`PipelineError::Store`] where the store fails; the run is then logged as failed, as far as the store can.
pub fn process(
    store: &dyn Store,
    stages: &Stages<'_>,
    clock: &dyn Clock,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Report, PipelineError> {
    let versions: BTreeMap<String, String> = [
        ("rules", stages.normalise.version()),
        ("coder", stages.code.version()),
        ("dedup", stages.duplicates.version()),
    ]
    .map(|(name, version)| (name.to_owned(), version.to_owned()))
    .into();
    let run = store.start_run(Stage::Process, None, clock.now(), &versions).doing("opening the run")?;
    let mut tally = Tally::default();
    let outcome = stages_in_order(&Context { store, stages, options, progress, run }, clock, &mut tally);
    let (state, error) = match &outcome {
        Ok(true) => (RunState::Done, None),
        Ok(false) => (RunState::Interrupted, None),
        Err(error) => (RunState::Failed, Some(error.to_string())),
    };
    let logged = store
        .add_problems(run, &tally.problems)
        .and_then(|()| store.finish_run(run, clock.now(), state, &tally.counts(), error.as_deref()))
        .doing("closing the run");
    // The first failure is the one to tell.
    outcome?;
    logged?;
    tracing::info!(run.id = run.0, postings = tally.postings, vacancies = tally.vacancies, "run {run} {state}");
    Ok(Report {
        run,
        state,
        coded: tally.coded,
        unchanged: tally.unchanged(),
        rejected: tally.rejected,
        postings: tally.postings,
        vacancies: tally.vacancies,
        excluded: tally.excluded,
        corrected: tally.corrected,
        seconds: tally.seconds,
    })
}

/// False where the run was stopped.
fn stages_in_order(context: &Context<'_>, clock: &dyn Clock, tally: &mut Tally) -> Result<bool, PipelineError> {
    let Context { store, progress, .. } = *context;
    let mut since = clock.now();
    let mut lap = |tally: &mut Tally, step: Step| {
        let now = clock.now();
        tally.seconds.insert(step.to_string(), (now - since).num_milliseconds() as f64 / 1000.0);
        since = now;
    };
    code_pending(context, tally)?;
    lap(tally, Step::Code);

    let (corrections, problems) = Corrections::of(all_corrections(store)?);
    tally.keep(problems);
    let total = store.portal_spans().doing("counting postings")?.iter().map(|span| span.postings).sum();
    progress.begin(Step::Group, total);
    let clusters = group(context, &corrections, tally)?;
    progress.end(Step::Group);
    lap(tally, Step::Group);
    let Some(clusters) = clusters else { return Ok(false) };

    progress.begin(Step::Assemble, tally.postings);
    let whole = assemble(context, &corrections, clusters, tally)?;
    progress.end(Step::Assemble);
    lap(tally, Step::Assemble);
    Ok(whole)
}

fn all_corrections(store: &dyn Store) -> Result<Vec<Correction>, PipelineError> {
    let mut all: Vec<Correction> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last.id);
        let page = store.corrections(after, CORRECTIONS).doing("reading corrections")?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}
