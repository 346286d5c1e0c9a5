//! What becomes of the postings of a batch, worked out in memory: the batch is folded, in its order, onto the lives its
//! postings have in the store.

use crate::error::Trouble;
use crate::hash::{self, Digest};
use crate::{nul, parallel};
use openvacancy_domain::ports::{RecordOutcome, SeenPosting};
use openvacancy_domain::{ContentHash, PortalId, Posting, PostingId, Timestamp};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// A posting that was seen, with what can be worked out before the database is asked.
pub(super) struct Prepared<'a> {
    pub(super) id: PostingId,
    pub(super) content: Digest,
    pub(super) posting: Cow<'a, Posting>,
    pub(super) seen_at: Option<Timestamp>,
}

/// Works out ids and hashes of a batch, on every core; outside the transaction, for it takes most of the time.
pub(super) fn prepare<'a>(batch: &[&'a SeenPosting]) -> Result<Vec<Prepared<'a>>, Trouble> {
    parallel::map(batch, |seen| {
        let posting = nul::cleaned(&seen.posting).map_or(Cow::Borrowed(&seen.posting), Cow::Owned);
        let content = digest_of(&posting.content_hash())?;
        Ok(Prepared { id: posting.id(), content, posting, seen_at: seen.seen_at })
    })
    .into_iter()
    .collect()
}

pub(super) fn digest_of(hash: &ContentHash) -> Result<Digest, Trouble> {
    hash::to_bytes(hash).ok_or_else(|| Trouble::corrupt("content hash", format!("'{hash}' is no SHA-256")))
}

/// A posting's row while the batch goes over it.
pub(super) struct Life {
    pub(super) key: i64,
    pub(super) content: Digest,
    /// Key of the version; 0 until the new version is numbered.
    pub(super) version: i64,
    pub(super) first_seen: Option<Timestamp>,
    pub(super) last_seen: Option<Timestamp>,
    pub(super) closed: Option<(Timestamp, Option<String>)>,
    pub(super) change: Change,
}

/// What is to be done with the row of a life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    None,
    Insert,
    Update,
}

impl Life {
    fn change(&mut self) {
        if self.change == Change::None {
            self.change = Change::Update;
        }
    }

    fn see_again(&mut self, seen_at: Option<Timestamp>) {
        // A sighting from before the closing, as the archive gives when it is read again, leaves the posting closed.
        if self.closed.as_ref().is_some_and(|(closed_on, _)| seen_at.is_none_or(|at| at >= *closed_on)) {
            self.closed = None;
            self.change();
        }
        let (first, last) = (earlier(self.first_seen, seen_at), later(self.last_seen, seen_at));
        if (first, last) != (self.first_seen, self.last_seen) {
            (self.first_seen, self.last_seen) = (first, last);
            self.change();
        }
    }
}

/// First and last sighting in the batch, and how many postings are new, by portal.
pub(super) type Spans<'a> = BTreeMap<&'a PortalId, (Option<Timestamp>, Option<Timestamp>, i64)>;

/// What folding a batch gives.
pub(super) struct Folded<'a> {
    /// One for one member of the batch, in order.
    pub(super) outcomes: Vec<RecordOutcome>,
    pub(super) spans: Spans<'a>,
    /// The contents that became the newest, with the key of their posting, in order.
    pub(super) versions: Vec<(i64, &'a Prepared<'a>)>,
}

/// Folds a batch, in its order, onto the lives of its distinct postings; `last` is the last key given to a posting.
pub(super) fn fold<'a>(
    batch: &'a [Prepared<'a>],
    row_of: &[usize],
    lives: &mut [Option<Life>],
    last: &mut i64,
) -> Folded<'a> {
    let mut folded = Folded { outcomes: Vec::with_capacity(batch.len()), spans: Spans::new(), versions: Vec::new() };
    for (prepared, row) in batch.iter().zip(row_of) {
        let span = folded.spans.entry(&prepared.id.portal).or_default();
        span.0 = earlier(span.0, prepared.seen_at);
        span.1 = later(span.1, prepared.seen_at);
        let outcome = match &mut lives[*row] {
            None => {
                *last += 1;
                span.2 += 1;
                lives[*row] = Some(Life {
                    key: *last,
                    content: prepared.content,
                    version: 0,
                    first_seen: prepared.seen_at,
                    last_seen: prepared.seen_at,
                    closed: None,
                    change: Change::Insert,
                });
                folded.versions.push((*last, prepared));
                RecordOutcome::New
            }
            Some(life) => {
                life.see_again(prepared.seen_at);
                if life.content == prepared.content {
                    RecordOutcome::Unchanged
                } else {
                    (life.content, life.version) = (prepared.content, 0);
                    life.change();
                    folded.versions.push((life.key, prepared));
                    RecordOutcome::NewVersion
                }
            }
        };
        folded.outcomes.push(outcome);
    }
    folded
}

/// The distinct postings of a batch, and for each of its members which of them it is.
pub(super) fn distinct<'a>(batch: &'a [Prepared<'_>]) -> (Vec<&'a PostingId>, Vec<usize>) {
    let mut ids = Vec::with_capacity(batch.len());
    let mut rows: HashMap<&PostingId, usize> = HashMap::with_capacity(batch.len());
    let row_of = batch
        .iter()
        .map(|prepared| {
            *rows.entry(&prepared.id).or_insert_with(|| {
                ids.push(&prepared.id);
                ids.len() - 1
            })
        })
        .collect();
    (ids, row_of)
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).min()
}

fn later(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).max()
}
