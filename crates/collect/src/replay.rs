//! The archive read again: a mended portal description recovers what an older one missed.

use crate::{Archive, Cancel, CollectError, Progress, Report, Snapshot, outcome};
use openvacancy_domain::ports::{Capture, Closing, SeenPosting, Store};
use openvacancy_domain::{Clock, Problem, RunCounts, RunId, RunState, Stage};
use openvacancy_portal::{Document, PARSER_VERSION, Parsed, PortalSpec, parse};
use std::collections::BTreeMap;

const BATCH: u32 = 128;

/// Reads every capture of the portal again, in the order they were made, each as of the instant it was fetched.
/// Postings get new versions where the description now reads more; what was closed since stays closed.
///
/// # Errors
/// [`CollectError::Store`]. A capture that cannot be read back is a problem of the run.
pub fn replay(
    spec: &PortalSpec,
    store: &dyn Store,
    archive: &Archive,
    clock: &dyn Clock,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Report, CollectError> {
    let versions = BTreeMap::from([
        ("parser".to_owned(), PARSER_VERSION.to_owned()),
        ("program".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("replay".to_owned(), "true".to_owned()),
    ]);
    let run = store.start_run(Stage::Collect, Some(&spec.id), clock.now(), &versions)?;
    let mut report = Report {
        portal: spec.id.clone(),
        run,
        state: RunState::Done,
        counts: RunCounts::default(),
        resumed: false,
        listing_complete: false,
        not_modified: 0,
        disallowed: 0,
        given_up: 0,
        problems: 0,
        stopped: None,
    };
    let outcome = read_all(spec, store, archive, progress, cancel, &mut report);
    let error = outcome.as_ref().err().map(ToString::to_string);
    if error.is_some() {
        report.state = RunState::Failed;
    }
    let said = error.or_else(|| report.stopped.clone());
    store.finish_run(run, clock.now(), report.state, &report.counts, said.as_deref())?;
    outcome.map(|()| report)
}

fn read_all(
    spec: &PortalSpec,
    store: &dyn Store,
    archive: &Archive,
    progress: &dyn Progress,
    cancel: &Cancel,
    report: &mut Report,
) -> Result<(), CollectError> {
    let (mut after, mut pages) = (0, 0);
    loop {
        let captures = store.captures(&spec.id, after, BATCH)?;
        let Some((last, _)) = captures.last() else { return Ok(()) };
        after = *last;
        let mut batch = Batch::default();
        for (_, capture) in &captures {
            if cancel.is_cancelled() {
                batch.keep(store, report.run, report)?;
                (report.state, report.stopped) = (RunState::Interrupted, Some("interrupted".to_owned()));
                return Ok(());
            }
            pages += 1;
            batch.add(spec, archive, capture, store, report)?;
        }
        batch.keep(store, report.run, report)?;
        progress.update(&Snapshot {
            portal: spec.id.clone(),
            pages,
            ahead: 0,
            postings: report.counts.read,
            problems: report.problems,
        });
    }
}

#[derive(Default)]
struct Batch {
    seen: Vec<SeenPosting>,
    closings: Vec<Closing>,
    problems: Vec<Problem>,
    rejected: u64,
}

impl Batch {
    fn add(
        &mut self,
        spec: &PortalSpec,
        archive: &Archive,
        capture: &Capture,
        store: &dyn Store,
        report: &mut Report,
    ) -> Result<(), CollectError> {
        let mut parsed = read(spec, archive, capture);
        let closing = outcome::closing(&parsed, capture.fetched_at);
        // A posting seen after it was called gone must be recorded after it was closed.
        if !self.closings.is_empty() && !parsed.postings.is_empty() {
            self.keep(store, report.run, report)?;
        }
        self.rejected += parsed.rejected.len() as u64;
        self.seen.append(&mut outcome::seen(&mut parsed, capture.fetched_at));
        self.problems.append(&mut outcome::problems(&mut parsed));
        self.closings.extend(closing);
        Ok(())
    }

    fn keep(&mut self, store: &dyn Store, run: RunId, report: &mut Report) -> Result<(), CollectError> {
        let batch = std::mem::take(self);
        let outcomes = store.record(run, &batch.seen)?;
        outcome::tally(&mut report.counts, &outcomes, batch.rejected);
        if !batch.closings.is_empty() {
            report.counts.closed += store.close(run, &batch.closings)?;
        }
        if !batch.problems.is_empty() {
            report.problems += batch.problems.len() as u64;
            store.add_problems(run, &batch.problems)?;
        }
        Ok(())
    }
}

fn read(spec: &PortalSpec, archive: &Archive, capture: &Capture) -> Parsed {
    match archive.read(&capture.archive_file, capture.archive_offset) {
        Ok(record) => {
            let redirected = (record.url != capture.url).then_some(record.url.as_str());
            let document = Document {
                url: Some(&capture.url),
                redirected_to: redirected,
                status: record.status,
                content_type: record.header("content-type"),
                bytes: &record.body,
                fetched_at: Some(capture.fetched_at),
            };
            parse(spec, &document)
        }
        Err(error) => Parsed::refused(Problem::new("capture_unreadable", capture.url.clone(), error.to_string())),
    }
}
