//! The end of a round: what a complete listing no longer shows is closed, and nothing else.

use super::drain::Queue;
use super::keep::LISTING_INCOMPLETE;
use super::{Round, Shared, blocking};
use crate::CollectError;
use openvacancy_domain::ports::{Closing, FrontierItem, PageKind};
use openvacancy_domain::{PostingId, Problem, Stage, StoreError, Timestamp};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use url::Url;

impl Round<'_> {
    /// Closes what is no longer listed, then the round. A round whose listing has a gap closes nothing.
    pub(super) async fn end(&mut self, began: Timestamp) -> Result<(), CollectError> {
        self.note_short_listing().await?;
        let shared = Arc::clone(&self.shared);
        let listing = blocking(move || Ok(listing_of(&shared, began)?)).await?;
        self.report.listing_complete = listing.is_some();
        if let Some(unclear) = listing {
            let unclear = Arc::new(unclear);
            if self.shared.spec.confirm_unlisted {
                let (shared, unclear) = (Arc::clone(&self.shared), Arc::clone(&unclear));
                let pages = blocking(move || Ok(pages_of_unlisted(&shared, began, &unclear)?)).await?;
                let given_up = self.report.given_up;
                self.drain(Queue::Fixed(pages)).await?;
                // What could not be asked about today is not closed today.
                if self.report.stopped.is_some() || self.report.given_up > given_up {
                    return if self.report.stopped.is_some() { Ok(()) } else { self.end_round().await };
                }
            }
            let (shared, run) = (Arc::clone(&self.shared), self.run);
            let closed = blocking(move || {
                let closings = closings(&shared, began, &unclear)?;
                Ok(shared.store.close(run, &closings)?)
            })
            .await?;
            self.report.counts.closed += closed;
        }
        self.end_round().await
    }

    /// A listing that says it has many more than it showed was not read to its end, whatever its last page said. A round
    /// in several runs did not count all pages, so it is not judged; a tenth may come and go while it is read.
    async fn note_short_listing(&mut self) -> Result<(), CollectError> {
        let (met, said) = self.listed;
        if self.report.resumed || met.saturating_mul(10) >= said.saturating_mul(9) {
            return Ok(());
        }
        let place = self.shared.spec.base_url().to_string();
        let message = format!("the listing says there are {said} postings and showed {met}; nothing is closed");
        let problem = Problem::new(LISTING_INCOMPLETE, place, message);
        self.report.problems += 1;
        let (shared, run) = (Arc::clone(&self.shared), self.run);
        blocking(move || Ok(shared.store.add_problems(run, &[problem])?)).await
    }

    async fn end_round(&self) -> Result<(), CollectError> {
        let shared = Arc::clone(&self.shared);
        blocking(move || Ok(shared.store.end_round(shared.portal())?)).await
    }
}

/// `None` where the listing has a gap. Else the postings of pages that are listed and could not be read: listed they
/// are, so their absence from what was seen says nothing. All runs of the round count, also those that were killed.
fn listing_of(shared: &Shared, began: Timestamp) -> Result<Option<BTreeSet<PostingId>>, StoreError> {
    let mut unclear = BTreeSet::new();
    let mut note = |address: &str| {
        if let Some(id) = Url::parse(address).ok().and_then(|url| shared.spec.posting_id_of(&url)) {
            unclear.insert(id);
        }
    };
    for left in shared.store.queued(shared.portal(), u32::MAX)? {
        if left.kind == PageKind::Listing {
            return Ok(None);
        }
        note(&left.url);
    }
    for run in shared.store.runs(10_000)? {
        let of_round = run.stage == Stage::Collect
            && run.portal.as_ref() == Some(shared.portal())
            && run.started_at.timestamp_millis() >= began.timestamp_millis();
        if !of_round {
            continue;
        }
        for problem in shared.store.problems(run.id, u32::MAX)? {
            if problem.code == LISTING_INCOMPLETE {
                return Ok(None);
            }
            note(&problem.place);
        }
    }
    Ok(Some(unclear))
}

fn unlisted(shared: &Shared, began: Timestamp, unclear: &BTreeSet<PostingId>) -> Result<Vec<PostingId>, StoreError> {
    let mut ids = shared.store.open_not_seen_since(shared.portal(), began)?;
    ids.retain(|id| !unclear.contains(id));
    Ok(ids)
}

/// The pages of postings that are no longer listed, to ask each whether it is gone.
fn pages_of_unlisted(
    shared: &Shared,
    began: Timestamp,
    unclear: &BTreeSet<PostingId>,
) -> Result<VecDeque<FrontierItem>, StoreError> {
    let mut pages = VecDeque::new();
    for id in unlisted(shared, began, unclear)? {
        let url = shared.store.posting(&id)?.and_then(|stored| stored.posting.url);
        if let Some(url) = url.filter(|url| Url::parse(url).is_ok_and(|url| shared.spec.is_same_site(&url))) {
            pages.push_back(FrontierItem { url, kind: PageKind::Posting, attempts: 0 });
        }
    }
    Ok(pages)
}

/// Closings of what is no longer listed: expired where its closing date is past, else unlisted.
fn closings(shared: &Shared, began: Timestamp, unclear: &BTreeSet<PostingId>) -> Result<Vec<Closing>, StoreError> {
    let (at, today) = (shared.clock.now(), shared.clock.today());
    let mut closings = Vec::new();
    for posting in unlisted(shared, began, unclear)? {
        let stored = shared.store.posting(&posting)?;
        let last_day = stored.and_then(|stored| stored.posting.date_closing?.parse::<chrono::NaiveDate>().ok());
        let why = if last_day.is_some_and(|day| day < today) { "expired" } else { "unlisted" };
        closings.push(Closing { posting, at, why: why.to_owned() });
    }
    Ok(closings)
}
