//! Keeps what was read: first the bytes on the disk, then what they mean in the store, one transaction a batch.

use super::visit::PageRead;
use super::{Round, Shared, blocking};
use crate::{CollectError, Snapshot, outcome};
use openvacancy_domain::ports::{Capture, Closing, FetchCommit, FrontierItem, PageKind};
use openvacancy_domain::{Problem, Timestamp};
use openvacancy_portal::{Kind, Parsed};
use std::sync::{Arc, PoisonError};
use url::Url;

/// Code of the problem after which a listing is not complete, and absence from it says nothing.
pub(super) const LISTING_INCOMPLETE: &str = "listing_incomplete";

/// Something that waits to be kept.
pub(super) enum Pending {
    Page(Box<PageRead>),
    /// A page that leaves the queue without an answer.
    Without(FrontierItem, Vec<Problem>),
    /// An answer for the archive only.
    Bytes(Vec<u8>, Timestamp),
}

impl Round<'_> {
    /// Keeps `pending` and counts it.
    pub(super) async fn keep(&mut self, mut pending: Vec<Pending>) -> Result<(), CollectError> {
        if pending.is_empty() {
            return Ok(());
        }
        for waiting in &mut pending {
            if let Pending::Page(page) = waiting {
                self.judge(page);
            }
        }
        let rejected: Vec<u64> = pending.iter().map(rejected).collect();
        let (shared, run) = (Arc::clone(&self.shared), self.run);
        let (outcomes, problems, closed) = blocking(move || {
            let commits = archived(&shared, pending)?;
            let closed = still_open(&shared, &commits)?;
            let problems: usize = commits.iter().map(|commit| commit.problems.len()).sum();
            Ok((shared.store.commit_fetches(run, shared.portal(), &commits)?, problems, closed))
        })
        .await?;
        for outcomes in &outcomes {
            outcome::tally(&mut self.report.counts, outcomes, 0);
        }
        for rejected in rejected {
            outcome::tally(&mut self.report.counts, &[], rejected);
        }
        self.report.counts.closed += closed;
        self.report.problems += problems as u64;
        Ok(())
    }

    /// Says how far the round has come.
    pub(super) fn tell(&self, ahead: usize) {
        self.progress.update(&Snapshot {
            portal: self.shared.portal().clone(),
            pages: self.pages,
            ahead: ahead as u64,
            postings: self.report.counts.read,
            problems: self.report.problems,
        });
    }

    /// What the page means to the round as a whole: whether the listing is still complete, whether paging goes round.
    fn judge(&mut self, page: &mut PageRead) {
        self.pages += 1;
        self.report.not_modified += u64::from(page.status == 304);
        let (place, kind) = (page.item.url.clone(), page.parsed.kind);
        let parsed = &mut page.parsed;
        match (page.item.kind, kind) {
            (PageKind::Listing, Kind::Listing) => self.judge_listing(&place, parsed),
            (PageKind::Listing, _) => {
                let message =
                    "a page of the listing is not what it should be, so nothing is closed for not being listed";
                parsed.problems.push(Problem::new(LISTING_INCOMPLETE, place, message));
            }
            (PageKind::Posting, Kind::Listing) => {
                // Where a posting was, a list is shown: nothing on it is this posting.
                parsed.postings.clear();
                parsed.links.clear();
                let message = "a listing was shown in place of the posting";
                parsed.rejected = vec![Problem::new("not_a_posting", place, message)];
            }
            (PageKind::Posting, Kind::Gone) if parsed.gone.as_ref().is_some_and(|gone| gone.posting.is_none()) => {
                let message = "the page says its posting is gone, but the address does not say which that was";
                parsed.problems.push(Problem::new("gone_unidentified", place, message));
            }
            _ => {}
        }
    }

    fn judge_listing(&mut self, place: &str, parsed: &mut Parsed) {
        self.listing_pages += 1;
        self.listed.0 += parsed.items as u64;
        self.listed.1 = self.listed.1.max(parsed.total.unwrap_or(0));
        let mut faults = Vec::new();
        let faulty = |problem: &&Problem| Parsed::LISTING_FAULTS.contains(&problem.code.as_str());
        if let Some(problem) = parsed.rejected.iter().chain(&parsed.problems).find(faulty) {
            faults.push(problem.message.clone());
        }
        let mut shown: Vec<String> =
            parsed.links.iter().filter(|link| link.kind == PageKind::Posting).map(|link| link.url.clone()).collect();
        shown.extend(parsed.postings.iter().map(|posting| posting.id().id));
        let leads_on = parsed.links.iter().any(|link| link.kind == PageKind::Listing);
        if !shown.is_empty() && !self.listings_met.insert(shown) && leads_on {
            faults.push("the page shows the same as an earlier one; paging goes round in circles".to_owned());
        } else if self.listing_pages >= self.shared.spec.max_listing_pages && leads_on {
            faults.push(format!("more than {} pages; paging may have no end", self.shared.spec.max_listing_pages));
        } else if faults.is_empty() {
            return;
        }
        if faults.iter().any(|fault| fault.contains("paging")) {
            parsed.links.retain(|link| link.kind != PageKind::Listing);
        }
        let problem = |fault: String| Problem::new(LISTING_INCOMPLETE, place, fault);
        parsed.problems.extend(faults.into_iter().map(problem));
    }
}

fn rejected(waiting: &Pending) -> u64 {
    match waiting {
        Pending::Page(page) => page.parsed.rejected.len() as u64,
        _ => 0,
    }
}

/// How many postings these commits close: those that are known and still open.
fn still_open(shared: &Shared, commits: &[FetchCommit]) -> Result<u64, CollectError> {
    let mut open = 0;
    for closing in commits.iter().flat_map(|commit| &commit.closings) {
        open += u64::from(shared.store.posting(&closing.posting)?.is_some_and(|stored| stored.closed_on.is_none()));
    }
    Ok(open)
}

/// Puts the bytes on the disk and says what is to be kept of them.
fn archived(shared: &Shared, pending: Vec<Pending>) -> Result<Vec<FetchCommit>, CollectError> {
    // Whoever panicked while holding the writer left whole members behind it or a torn one, which the next open cuts off.
    let mut writer = shared.writer.lock().unwrap_or_else(PoisonError::into_inner);
    let mut commits = Vec::with_capacity(pending.len());
    for waiting in pending {
        match waiting {
            Pending::Bytes(member, at) => _ = writer.append(&member, at)?,
            Pending::Without(item, problems) => commits.push(FetchCommit {
                url: item.url,
                capture: None,
                seen: Vec::new(),
                closings: Vec::new(),
                found: Vec::new(),
                problems,
            }),
            Pending::Page(page) => {
                let (file, offset) = writer.append(&page.member, page.at)?;
                commits.push(commit(shared, *page, file, offset));
            }
        }
    }
    writer.sync()?;
    Ok(commits)
}

fn commit(shared: &Shared, mut page: PageRead, file: String, offset: u64) -> FetchCommit {
    let mut capture = Capture {
        portal: shared.portal().clone(),
        url: page.item.url.clone(),
        fetched_at: page.at,
        status: page.status,
        etag: page.etag,
        last_modified: page.last_modified,
        archive_file: file,
        archive_offset: offset,
        digest: page.digest,
        bytes: page.bytes,
    };
    if let Some(earlier) = page.earlier {
        // The bytes that hold are the earlier ones; a replay reads them.
        capture.archive_file = earlier.archive_file;
        capture.archive_offset = earlier.archive_offset;
        capture.digest = earlier.digest;
        capture.bytes = earlier.bytes;
    }
    let closings: Vec<Closing> = outcome::closing(&page.parsed, page.at).into_iter().collect();
    let found = std::mem::take(&mut page.parsed.links)
        .into_iter()
        .filter(|link| Url::parse(&link.url).is_ok_and(|url| shared.spec.is_same_site(&url)))
        .map(|link| FrontierItem { url: link.url, kind: link.kind, attempts: 0 })
        .collect();
    FetchCommit {
        url: page.item.url,
        capture: Some(capture),
        seen: outcome::seen(&mut page.parsed, page.at),
        closings,
        found,
        problems: outcome::problems(&mut page.parsed),
    }
}
