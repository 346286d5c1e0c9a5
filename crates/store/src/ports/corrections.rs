//! Reviewers' decisions.

use crate::error::Trouble;
use crate::nul;
use crate::rows::cells::{ReadCells as _, json_text, to_millis};
use crate::rows::correction::{correction_columns, read, target_text, write};
use crate::session::{Bulk, Session};
use crate::store::{Area, Backend, SqlStore};
use openvacancy_domain::dedup::LinkRules;
use openvacancy_domain::ports::CorrectionStore;
use openvacancy_domain::{Correction, CorrectionTarget, NewCorrection, StoreError, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str =
    concat!("SELECT ", correction_columns!(), " FROM correction AS c WHERE c.id > $1 ORDER BY c.id LIMIT $2");
const LINKS: &str = concat!(
    "SELECT ",
    correction_columns!(),
    " FROM correction AS c WHERE c.kind = 'pair' AND c.field = 'link' AND c.withdrawn = 0 ORDER BY c.id"
);
const WITHDRAW: &str = "UPDATE correction SET withdrawn = 1 WHERE id = $1";
const LAST_ID: &str = "SELECT coalesce(max(id), 0) FROM correction";
const ADD: Bulk = Bulk {
    table: "correction",
    columns: "id, kind, portal, posting_id, other_portal, other_posting_id, cleaned_title, context, \
        target, field, value, author, reason, note, at",
    count: 15,
    tail: "",
};

impl<B: Backend> CorrectionStore for SqlStore<B> {
    fn add_corrections(&self, at: Timestamp, decisions: &[NewCorrection]) -> Result<Vec<Correction>, StoreError> {
        self.write(Area::Corrections, "recording decisions", async |connection| add(connection, at, decisions).await)
    }

    fn corrections(&self, after: i64, limit: u32) -> Result<Vec<Correction>, StoreError> {
        self.read("reading decisions", async |connection| {
            connection.all(PAGE, &[after.into(), limit.into()], |cells| read(cells)).await
        })
    }

    fn withdraw_correction(&self, id: i64) -> Result<(), StoreError> {
        self.write(Area::Corrections, "withdrawing a decision", async |connection| {
            match connection.execute(WITHDRAW, &[id.into()]).await? {
                0 => Err(Trouble::not_found(format!("correction {id}"))),
                _ => Ok(()),
            }
        })
    }

    fn link_rules(&self) -> Result<LinkRules, StoreError> {
        let decisions = self.read("reading decisions on pairs", async |connection| {
            connection.all(LINKS, &[], |cells| read(cells)).await
        })?;
        // The newest for one pair holds.
        let mut newest: BTreeMap<String, &Correction> = BTreeMap::new();
        for correction in &decisions {
            newest.insert(target_text(&correction.decision.target), correction);
        }
        let mut rules = LinkRules::default();
        for correction in newest.into_values() {
            let CorrectionTarget::Pair { a, b } = &correction.decision.target else { continue };
            match correction.decision.value.as_str() {
                "must" => rules.must.push((a.clone(), b.clone())),
                "cannot" => rules.cannot.push((a.clone(), b.clone())),
                _ => {}
            }
        }
        Ok(rules)
    }
}

/// What a decision is about: the newest for one subject holds.
type Subject = (String, String);

async fn add(
    connection: &mut impl Session,
    at: Timestamp,
    decisions: &[NewCorrection],
) -> Result<Vec<Correction>, Trouble> {
    for decision in decisions {
        check(decision)?;
    }
    let decisions: Vec<NewCorrection> = decisions.iter().map(nul::cleaned_value).collect();
    let subjects: Vec<Subject> =
        decisions.iter().map(|decision| (target_text(&decision.target), decision.field.clone())).collect();
    let mut standing = standing(connection, &subjects).await?;
    let known = known_subjects(&decisions, &subjects, &standing);
    // No decision is ever deleted.
    let mut last = connection.first(LAST_ID, &[], |cells| cells.must_int()).await?.unwrap_or_default();
    let mut recorded = Vec::with_capacity(decisions.len());
    let mut new = Vec::new();
    for (decision, subject) in decisions.iter().zip(&subjects) {
        let there = standing.entry(subject.clone()).or_default();
        let same = if known.contains(subject) {
            there.iter().rev().find(|correction| correction.decision == *decision)
        } else {
            there.last().filter(|correction| correction.decision == *decision)
        };
        if let Some(same) = same {
            recorded.push(same.clone());
            continue;
        }
        last += 1;
        let correction = Correction { id: last, decision: decision.clone(), at: to_millis(at), withdrawn: false };
        there.push(correction.clone());
        new.push((correction.clone(), subject));
        recorded.push(correction);
    }
    connection.insert(&ADD, &new, |(correction, (target, _)), values| write(correction, target, values)).await?;
    Ok(recorded)
}

/// A decision on a pair must say what the de-duplicator understands; anything else would silently do nothing.
fn check(decision: &NewCorrection) -> Result<(), Trouble> {
    let is_pair = matches!(decision.target, CorrectionTarget::Pair { .. });
    match (is_pair, decision.field.as_str(), decision.value.as_str()) {
        (true, "link", "must" | "cannot" | "") => Ok(()),
        (true, "link", value) => {
            Err(Trouble::conflict(format!("'{value}' is no decision on a pair: expected must, cannot, or nothing")))
        }
        (true, field, _) => {
            Err(Trouble::conflict(format!("a decision on a pair is about its link, not about '{field}'")))
        }
        (false, "link", _) => Err(Trouble::conflict("a decision on a link needs a pair of postings")),
        (false, ..) => Ok(()),
    }
}

/// The decisions that were not withdrawn, by subject, the oldest first.
async fn standing<S: Session>(
    connection: &mut S,
    subjects: &[Subject],
) -> Result<BTreeMap<Subject, Vec<Correction>>, Trouble> {
    let distinct: BTreeSet<&Subject> = subjects.iter().collect();
    let found = connection.all(S::SQL.standing, &[json_text(&distinct).into()], |cells| read(cells)).await?;
    let mut standing: BTreeMap<Subject, Vec<Correction>> = BTreeMap::new();
    for correction in found {
        let subject = (target_text(&correction.decision.target), correction.decision.field.clone());
        standing.entry(subject).or_default().push(correction);
    }
    Ok(standing)
}

/// The subjects of which this batch says nothing new: all its decisions are there, and the last of them is the one that
/// holds. A file of decisions can so be imported twice. Where anything is new, the batch goes on top in its order: a
/// reviewer who goes back to an earlier value has decided anew.
fn known_subjects(
    decisions: &[NewCorrection],
    subjects: &[Subject],
    standing: &BTreeMap<Subject, Vec<Correction>>,
) -> BTreeSet<Subject> {
    let mut by_subject: BTreeMap<&Subject, Vec<&NewCorrection>> = BTreeMap::new();
    for (decision, subject) in decisions.iter().zip(subjects) {
        by_subject.entry(subject).or_default().push(decision);
    }
    let says_nothing_new = |subject: &Subject, batch: &[&NewCorrection]| {
        let Some(there) = standing.get(subject) else { return false };
        let holding = there.last().map(|correction| &correction.decision);
        batch.last().copied() == holding
            && batch.iter().all(|decision| there.iter().any(|correction| correction.decision == **decision))
    };
    by_subject
        .into_iter()
        .filter(|(subject, batch)| says_nothing_new(subject, batch))
        .map(|(subject, _)| subject.clone())
        .collect()
}
