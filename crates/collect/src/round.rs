//! One round of one portal: from the start pages to the closing of what is no longer listed.
//!
//! The store keeps the frontier. A page leaves it in the same transaction that keeps its postings and the links it led
//! to, after its bytes are on the disk; so a round goes on where it stopped, whatever stopped it.

mod drain;
mod ending;
mod keep;
mod visit;

use crate::archive::Writer;
use crate::http::{Client, is_loopback};
use crate::{Archive, Cancel, CollectError, Progress, Report, Settings};
use openvacancy_domain::clock::london_date;
use openvacancy_domain::ports::{FrontierItem, PageKind, Store};
use openvacancy_domain::{Clock, PortalId, RunCounts, RunId, RunState, Stage, StoreError, Timestamp};
use openvacancy_portal::{PARSER_VERSION, PortalSpec, TermsStatus};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// What all parts of a round share.
pub(crate) struct Shared {
    pub(crate) spec: Arc<PortalSpec>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) archive: Archive,
    pub(crate) writer: Mutex<Writer>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Settings,
    pub(crate) client: Client,
}

impl Shared {
    fn portal(&self) -> &PortalId {
        &self.spec.id
    }
}

/// A round under way.
pub(crate) struct Round<'p> {
    pub(crate) shared: Arc<Shared>,
    pub(crate) run: RunId,
    pub(crate) progress: &'p dyn Progress,
    /// Asked by people.
    pub(crate) cancel: Cancel,
    /// Told to everyone who waits for a turn: no more requests.
    pub(crate) halt: Cancel,
    pub(crate) report: Report,
    /// Requests still allowed today.
    pub(crate) budget: Option<u64>,
    pub(crate) pages: u64,
    pub(crate) listing_pages: u32,
    /// Items met on listing pages, and the most postings any of them said there are.
    pub(crate) listed: (u64, u64),
    /// What each listing page showed, to notice paging in circles.
    pub(crate) listings_met: BTreeSet<Vec<String>>,
}

/// Runs one round of a portal, or goes on with the one that did not end.
///
/// # Errors
/// [`CollectError`] where the round cannot begin (terms, contact, another process at work) or the machine fails (store,
/// archive). What the portal answers is never an error: see [`Report::stopped`].
pub async fn collect(
    spec: &PortalSpec,
    store: Arc<dyn Store>,
    archive: &Archive,
    clock: Arc<dyn Clock>,
    settings: &Settings,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Report, CollectError> {
    permitted(spec, settings)?;
    let spec = Arc::new(spec.clone());
    let halt = Cancel::new();
    let client = Client::new(Arc::clone(&spec), Arc::clone(&clock), settings, halt.clone())?;
    let (archive, portal) = (archive.clone(), spec.id.clone());
    let writer = blocking({
        let archive = archive.clone();
        move || Ok(archive.writer(&portal)?)
    })
    .await?;
    let settings = settings.clone();
    let shared = Arc::new(Shared { spec, store, archive, writer: Mutex::new(writer), clock, settings, client });
    let (run, resumed, began, budget) = blocking({
        let shared = Arc::clone(&shared);
        move || Ok(begin(&shared)?)
    })
    .await?;
    let report = Report {
        portal: shared.portal().clone(),
        run,
        state: RunState::Done,
        counts: RunCounts::default(),
        resumed,
        listing_complete: false,
        not_modified: 0,
        disallowed: 0,
        given_up: 0,
        problems: 0,
        stopped: None,
    };
    let mut round = Round {
        shared: Arc::clone(&shared),
        run,
        progress,
        cancel: cancel.clone(),
        halt,
        report,
        budget,
        pages: 0,
        listing_pages: 0,
        listed: (0, 0),
        listings_met: BTreeSet::new(),
    };
    let outcome = round.drive(began).await;
    let mut report = round.report;
    (report.counts.fetched, report.counts.bytes) = shared.client.counted();
    let error = outcome.as_ref().err().map(ToString::to_string);
    if error.is_some() {
        report.state = RunState::Failed;
    }
    blocking({
        let (state, counts) = (report.state, report.counts);
        let said = error.or_else(|| report.stopped.clone());
        move || Ok(shared.store.finish_run(run, shared.clock.now(), state, &counts, said.as_deref())?)
    })
    .await?;
    outcome.map(|()| report)
}

impl Round<'_> {
    async fn drive(&mut self, began: Timestamp) -> Result<(), CollectError> {
        self.drain(drain::Queue::Frontier).await?;
        if self.report.stopped.is_none() {
            self.end(began).await?;
        }
        Ok(())
    }

    /// Ends the round before its end. The first reason holds.
    pub(crate) fn stop(&mut self, state: RunState, reason: String) {
        if self.report.stopped.is_none() {
            tracing::warn!(portal.id = %self.shared.portal(), "collecting {} stopped: {reason}", self.shared.portal());
            (self.report.state, self.report.stopped) = (state, Some(reason));
        }
        self.halt.cancel();
    }
}

/// Waiting work off the executor.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CollectError> + Send + 'static,
) -> Result<T, CollectError> {
    tokio::task::spawn_blocking(work).await?
}

fn permitted(spec: &PortalSpec, settings: &Settings) -> Result<(), CollectError> {
    let refused = |reason: &str| Err(CollectError::NotPermitted { portal: spec.id.clone(), reason: reason.to_owned() });
    match spec.terms.status {
        TermsStatus::Forbidden => return refused("its terms forbid collecting by program"),
        TermsStatus::NeedsPermission if !settings.permissions.contains(&spec.id) => {
            return refused("its terms ask for leave; state in the configuration that you have it");
        }
        _ => {}
    }
    if settings.contact.trim().is_empty() && !is_loopback(spec.base_url()) {
        return Err(CollectError::NoContact { portal: spec.id.clone() });
    }
    Ok(())
}

/// Opens run and round: the run, whether the round goes on, when it began, and the requests still allowed today.
fn begin(shared: &Shared) -> Result<(RunId, bool, Timestamp, Option<u64>), StoreError> {
    let now = shared.clock.now();
    let portal = shared.portal();
    let budget = match shared.spec.rate.requests_per_day {
        None => None,
        Some(budget) => {
            let today = london_date(now);
            let of_today = |run: &openvacancy_domain::Run| {
                run.stage == Stage::Collect
                    && run.portal.as_ref() == Some(portal)
                    && london_date(run.started_at) == today
            };
            let used: u64 =
                shared.store.runs(1_000)?.iter().filter(|run| of_today(run)).map(|run| run.counts.fetched).sum();
            Some(budget.saturating_sub(used))
        }
    };
    let versions = BTreeMap::from([
        ("parser".to_owned(), PARSER_VERSION.to_owned()),
        ("program".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
    ]);
    let run = shared.store.start_run(Stage::Collect, Some(portal), now, &versions)?;
    let seeds: Vec<FrontierItem> = shared
        .spec
        .start_urls()
        .into_iter()
        .map(|url| FrontierItem { url: url.into(), kind: PageKind::Listing, attempts: 0 })
        .collect();
    let (resumed, began) = shared.store.begin_round(portal, now, &seeds)?;
    Ok((run, resumed, began, budget))
}
