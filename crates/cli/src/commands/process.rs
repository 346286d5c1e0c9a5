//! `openvacancy process`: normalise, code, de-duplicate.

use super::stages::{coder, interrupt};
use crate::args::Process;
use crate::context::Context;
use crate::output;
use crate::progress::Work;
use openvacancy_dedup::Deduplicator;
use openvacancy_domain::RunState;
use openvacancy_domain::ports::Store;
use openvacancy_normalise::Normaliser;
use openvacancy_pipeline::{Options, Progress, Report, Stages, Step, lookups};
use std::sync::Mutex;

pub(super) fn run(context: &Context, words: &Process) -> anyhow::Result<()> {
    let store = context.existing_store()?;
    // Two at once would do the same work twice, and the later one would end the earlier one's set of vacancies.
    let _claim = store.claim("process")?;
    let report = stages(context, &*store)?;
    if words.json {
        output::json(&serde_json::json!({
            "run": report.run, "state": report.state, "coded": report.coded, "unchanged": report.unchanged,
            "rejected": report.rejected, "postings": report.postings, "vacancies": report.vacancies,
            "excluded": report.excluded, "corrected": report.corrected, "seconds": report.seconds,
        }))?;
    } else {
        output::line(&report.to_string())?;
    }
    if report.state == RunState::Interrupted {
        anyhow::bail!("stopped; nothing is lost, and the same command goes on where it stopped");
    }
    Ok(())
}

/// Runs the stages over what is stored.
pub(super) fn stages(context: &Context, store: &dyn Store) -> anyhow::Result<Report> {
    let coder = coder(context)?;
    let normaliser = Normaliser::new();
    let duplicates = Deduplicator::new(openvacancy_dedup::Options::default());
    let stages = Stages {
        normalise: &normaliser,
        code: &coder,
        duplicates: &duplicates,
        crosswalk: &lookups::crosswalk,
        location: &lookups::location,
    };
    let options = Options { cancel: interrupt(), ..Options::default() };
    Ok(openvacancy_pipeline::process(store, &stages, context.clock.as_ref(), &options, &Bars::default())?)
}

/// One bar per step.
#[derive(Default)]
struct Bars {
    work: Mutex<Option<(Work, u64)>>,
}

impl Progress for Bars {
    fn begin(&self, step: Step, total: u64) {
        if let Ok(mut work) = self.work.lock() {
            *work = Some((Work::start(&step.to_string()), total));
        }
    }

    fn done(&self, _: Step, done: u64) {
        if let Ok(work) = self.work.lock()
            && let Some((work, total)) = work.as_ref()
        {
            work.set(done, *total);
        }
    }

    fn end(&self, _: Step) {
        if let Ok(mut work) = self.work.lock() {
            *work = None;
        }
    }
}
