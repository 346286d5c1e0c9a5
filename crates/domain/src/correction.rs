//! A reviewer's decision. It outranks any machine coding and survives re-processing.

use crate::{PostingId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a correction attaches to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CorrectionTarget {
    /// One field of one posting.
    Posting {
        /// The posting.
        posting: PostingId,
    },
    /// Every posting with this cleaned title; `context` narrows it (`category=Teaching`), empty = any.
    Title {
        /// As [`crate::OccupationCoding::cleaned_title`] gives it.
        cleaned_title: String,
        /// `name=value` of the portal, category or employer it holds for; empty = everywhere.
        context: String,
    },
    /// Two postings that are (must link) or are not (cannot link) one vacancy.
    Pair {
        /// First posting.
        a: PostingId,
        /// Second posting.
        b: PostingId,
    },
}

/// A decision to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCorrection {
    /// What it attaches to.
    pub target: CorrectionTarget,
    /// The field corrected: a vacancy column name (`soc2020`, `lad_code`, …), or `link` for a pair.
    pub field: String,
    /// The right value; for `link` it is `must` or `cannot`; empty = the field is to be empty.
    pub value: String,
    /// Who decided.
    pub author: String,
    /// Why, in a short code: `wrong_code`, `wrong_place`, `duplicate`.
    pub reason: String,
    /// A note.
    pub note: String,
}

/// A recorded decision. The newest for one target and field holds; older ones are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Number, given by the store, rising.
    pub id: i64,
    /// The decision.
    #[serde(flatten)]
    pub decision: NewCorrection,
    /// When it was made.
    pub at: Timestamp,
    /// Taken back by its author or a data manager.
    pub withdrawn: bool,
}
