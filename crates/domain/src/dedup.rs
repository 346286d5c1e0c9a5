//! The same vacancy on several portals or over time.

use crate::{PostingId, Timestamp};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What de-duplication needs of one posting. Built from posting, normalised fields and codes by the pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct DedupRecord {
    /// The posting.
    pub id: PostingId,
    /// Address.
    pub url: Option<String>,
    /// Employer's or agency's reference.
    pub reference: Option<String>,
    /// Title as shown.
    pub title: String,
    /// Employer as written.
    pub employer: Option<String>,
    /// The prose.
    pub description: Option<String>,
    /// Place as written.
    pub location: Option<String>,
    /// Outward or whole postcode where known, upper case, as written.
    pub postcode: Option<String>,
    /// Districts it is at, the primary first. Empty = unknown.
    pub lad_codes: Vec<String>,
    /// Annual pay, pounds.
    pub wage_annual_min: Option<f64>,
    /// Annual pay, pounds.
    pub wage_annual_max: Option<f64>,
    /// SOC 2020 code.
    pub soc2020: Option<String>,
    /// Day posted, as read.
    pub date_posted: Option<NaiveDate>,
    /// First time it was seen.
    pub first_seen: Option<Timestamp>,
    /// Last time it was seen. Two postings of one portal that were seen side by side are not re-postings.
    pub last_seen: Option<Timestamp>,
}

impl DedupRecord {
    /// The day it appeared: posted, or else first seen.
    #[must_use]
    pub fn appeared(&self) -> Option<NaiveDate> {
        self.date_posted.or_else(|| self.first_seen.map(crate::clock::london_date))
    }
}

/// What two postings are to each other, with the reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairDecision {
    /// First posting.
    pub a: PostingId,
    /// Second posting.
    pub b: PostingId,
    /// Probability that they are one vacancy.
    pub score: f32,
    /// Whether they are joined.
    pub same: bool,
    /// In words: `same text 0.97`, `same place`, `pay equal`, `3 days apart`.
    pub reasons: Vec<String>,
}

/// Postings that are one vacancy, the earliest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// The postings, the earliest first.
    pub members: Vec<PostingId>,
    /// The decisions that joined them.
    pub links: Vec<PairDecision>,
}

/// Reviewers' decisions on pairs; they bind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkRules {
    /// Pairs that are one vacancy.
    pub must: Vec<(PostingId, PostingId)>,
    /// Pairs that are not.
    pub cannot: Vec<(PostingId, PostingId)>,
}
