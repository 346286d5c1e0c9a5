//! `openvacancy collect`: fetch, archive, parse; or parse again from the archive.

use super::stages::interrupt;
use crate::args::Collect;
use crate::context::Context;
use crate::failure::usage;
use crate::output;
use crate::progress::Work;
use openvacancy_collect::{Archive, Cancel, Progress, Report, Settings, Snapshot, collect, replay};
use openvacancy_domain::ports::Store;
use openvacancy_domain::{PortalId, RunCounts, RunState};
use openvacancy_portal::{PortalSpec, TermsStatus};
use openvacancy_store::{Claim, Database};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often Ctrl-C is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub(super) fn run(context: &Context, words: &Collect) -> anyhow::Result<()> {
    let portals = chosen(context, words)?;
    let store = context.store()?;
    // A portal is asked by one process at a time, however many collect.
    let _claims: Vec<Claim> =
        portals.iter().map(|portal| store.claim(&format!("collect {}", portal.id))).collect::<Result<_, _>>()?;
    let reports =
        if words.replay { replay_all(context, &store, &portals)? } else { fetch_all(context, &store, &portals)? };
    if words.json {
        output::json(&reports)?;
    } else {
        reports.iter().try_for_each(|report| output::line(&told(report)))?;
    }
    let unfinished: Vec<&str> =
        reports.iter().filter(|report| report.state != RunState::Done).map(|report| report.portal.as_str()).collect();
    anyhow::ensure!(
        unfinished.is_empty(),
        "not finished: {}; nothing is lost, and the same command goes on where it stopped",
        unfinished.join(", ")
    );
    Ok(())
}

/// The portals named, or every one whose terms let it be collected without asking.
fn chosen(context: &Context, words: &Collect) -> anyhow::Result<Vec<PortalSpec>> {
    if !words.portal.is_empty() {
        return words.portal.iter().map(|id| context.portal(id)).collect();
    }
    let mut portals = context.portals()?;
    portals.retain(|portal| {
        matches!(portal.terms.status, TermsStatus::OpenLicence | TermsStatus::OfficialApi | TermsStatus::Permitted)
            && portal.base_url().host_str() != Some("127.0.0.1")
    });
    if portals.is_empty() {
        return Err(usage(
            "no portal is switched on; name one with --portal ID (`openvacancy portal list` shows them), or describe \
             your own in a folder and name it with --portals-dir",
        ));
    }
    Ok(portals)
}

fn told(report: &Report) -> String {
    let counts = &report.counts;
    let mut line = format!(
        "{}: {}; {} requests, read {}, stored {}, unchanged {}, rejected {}, closed {}",
        report.portal,
        report.state,
        counts.fetched,
        counts.read,
        counts.stored,
        counts.unchanged,
        counts.rejected,
        counts.closed
    );
    if let Some(reason) = &report.stopped {
        line.push_str(&format!("; stopped: {reason}"));
    }
    line
}

/// One round of one portal, as the demo tells it.
pub(super) struct Collection {
    pub(super) portal: PortalId,
    pub(super) counts: RunCounts,
}

/// One round of every portal; an error where one of them did not come to its end.
pub(super) fn collect_all(
    context: &Context,
    store: &Arc<dyn Database>,
    portals: &[PortalSpec],
) -> anyhow::Result<Vec<Collection>> {
    let reports = fetch_all(context, store, portals)?;
    reports
        .into_iter()
        .map(|report| {
            anyhow::ensure!(
                report.state == RunState::Done,
                "the round of {} ended {}: {}",
                report.portal,
                report.state,
                report.stopped.unwrap_or_default()
            );
            Ok(Collection { portal: report.portal, counts: report.counts })
        })
        .collect()
}

/// One round of every portal, all at the same time: each has its own limits.
fn fetch_all(context: &Context, store: &Arc<dyn Database>, portals: &[PortalSpec]) -> anyhow::Result<Vec<Report>> {
    let settings = Settings { contact: context.config.contact.clone().unwrap_or_default(), ..Settings::default() };
    let archive = Archive::new(context.archive_dir());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let cancel = cancel_on_interrupt();
        let mut rounds = Vec::new();
        for portal in portals.iter().cloned() {
            let (archive, settings, cancel) = (archive.clone(), settings.clone(), cancel.clone());
            let (store, clock) = (Arc::clone(store) as Arc<dyn Store>, Arc::clone(&context.clock));
            rounds.push(tokio::spawn(async move {
                let bar = Bar(Work::start(portal.id.as_str()));
                collect(&portal, store, &archive, clock, &settings, &bar, &cancel).await
            }));
        }
        let mut reports = Vec::new();
        for round in rounds {
            reports.push(round.await??);
        }
        Ok(reports)
    })
}

fn replay_all(context: &Context, store: &Arc<dyn Database>, portals: &[PortalSpec]) -> anyhow::Result<Vec<Report>> {
    let archive = Archive::new(context.archive_dir());
    let cancel = Cancel::new();
    let flag = interrupt();
    std::thread::spawn({
        let cancel = cancel.clone();
        move || {
            while !flag.load(Ordering::SeqCst) {
                std::thread::sleep(LOOK_EVERY);
            }
            cancel.cancel();
        }
    });
    portals
        .iter()
        .map(|portal| {
            let bar = Bar(Work::start(portal.id.as_str()));
            Ok(replay(portal, &**store, &archive, context.clock.as_ref(), &bar, &cancel)?)
        })
        .collect()
}

/// A request to stop that Ctrl-C makes.
fn cancel_on_interrupt() -> Cancel {
    let cancel = Cancel::new();
    let flag: Arc<AtomicBool> = interrupt();
    tokio::spawn({
        let cancel = cancel.clone();
        async move {
            while !flag.load(Ordering::SeqCst) {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            cancel.cancel();
        }
    });
    cancel
}

/// Shows a round as it goes on.
struct Bar(Work);

impl Progress for Bar {
    fn update(&self, snapshot: &Snapshot) {
        self.0.set(snapshot.pages, snapshot.pages + snapshot.ahead);
    }
}
