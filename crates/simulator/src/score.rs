//! Holds the system's answers against the truth: recall and precision of every stage.

mod duplicates;
mod fields;
mod table;

use crate::fault::Fault;
use crate::truth::TruthPosting;
use chrono::NaiveDate;
use openvacancy_domain::{Normalised, OccupationCoding, PostingId, VacancyId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One measure of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// The stage: `collect`, `place`, `pay`, `occupation`, `terms`, `requirements`, `dates`, `duplicates`.
    pub stage: &'static str,
    /// What is measured.
    pub name: &'static str,
    /// Cases in which there is something to find.
    pub of: u64,
    /// Cases in which the system gave an answer.
    pub given: u64,
    /// Cases in which the answer was right.
    pub right: u64,
}

impl Measure {
    /// Share of the cases answered rightly; `None` without cases.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.of)
    }

    /// Share of the answers that are right; `None` without answers.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.given)
    }

    /// Harmonic mean of recall and precision.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.right, self.of + self.given)
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    // Counts stay far below 2^53.
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How well the system did, stage by stage. Shown as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The measures, in the order of the stages.
    pub measures: Vec<Measure>,
}

impl Score {
    /// One measure by stage and name.
    #[must_use]
    pub fn get(&self, stage: &str, name: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.stage == stage && measure.name == name)
    }
}

/// Holds answers against the truth.
///
/// `days` are the days on which was collected: only what some portal showed on one of them can be asked for. `coded` are
/// the postings the system keeps, with what it read; `links` say to which vacancy each belongs. Fields are judged on
/// postings whose page is sound (hostile text counts as sound: it must be read all the same).
#[must_use]
pub fn score<'a>(
    truth: &[TruthPosting],
    days: &[NaiveDate],
    coded: impl Iterator<Item = (PostingId, &'a Normalised, &'a OccupationCoding)>,
    links: &[(PostingId, VacancyId)],
) -> Score {
    let by_id: BTreeMap<&PostingId, &TruthPosting> = truth.iter().map(|truth| (&truth.posting, truth)).collect();
    let mut fields = fields::Fields::default();
    let mut kept: BTreeSet<PostingId> = BTreeSet::new();
    for (id, normalised, occupation) in coded {
        if let Some(truth) = by_id.get(&id)
            && matches!(truth.malformed, None | Some(Fault::HostileText))
        {
            fields.judge(truth, normalised, occupation);
        }
        kept.insert(id);
    }
    let mut measures = collected(truth, days, &kept);
    measures.extend(fields.measures());
    measures.extend(duplicates::judge(&by_id, links));
    Score { measures }
}

fn collected(truth: &[TruthPosting], days: &[NaiveDate], kept: &BTreeSet<PostingId>) -> Vec<Measure> {
    let measure = |name, wanted: &dyn Fn(&TruthPosting) -> bool| {
        let shown: Vec<_> = truth.iter().filter(|truth| truth.is_live_on_any(days) && wanted(truth)).collect();
        let found = shown.iter().filter(|truth| kept.contains(&truth.posting)).count() as u64;
        (name, shown.len() as u64, found)
    };
    let (name, of, right) = measure("sound postings found", &|truth| truth.malformed.is_none());
    let sound = Measure { stage: "collect", name, of, given: right, right };
    let (name, of, right) =
        measure("damaged pages still used", &|truth| truth.malformed.is_some() && truth.is_usable());
    let damaged = Measure { stage: "collect", name, of, given: right, right };
    let (name, of, kept_anyway) = measure("unusable pages rejected", &|truth| !truth.is_usable());
    vec![sound, damaged, Measure { stage: "collect", name, of, given: of, right: of - kept_anyway }]
}
