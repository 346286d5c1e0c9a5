//! Reviewers' decisions, applied to what the machines said.

mod field;

use crate::stages::Stages;
use openvacancy_domain::ports::StoredCoding;
use openvacancy_domain::{Correction, CorrectionTarget, Posting, PostingId, Problem};
use std::collections::HashMap;

/// The decisions that hold, ready to be looked up.
///
/// For one field the decision on the posting itself holds before one on its title in a context, and that before one on
/// its title everywhere; of several at one level the newest.
#[derive(Debug, Default)]
pub struct Corrections {
    postings: HashMap<PostingId, Vec<Decision>>,
    titles: HashMap<String, Vec<(Option<Context>, Decision)>>,
    count: usize,
}

#[derive(Debug, Clone)]
struct Decision {
    id: i64,
    field: String,
    value: String,
}

/// `name=value`, value folded.
#[derive(Debug, Clone)]
struct Context {
    name: String,
    value: String,
}

impl Corrections {
    /// Sorts decisions for look-up. Withdrawn ones and those on pairs are passed over; a context that cannot be read is a
    /// problem.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = Correction>) -> (Self, Vec<Problem>) {
        let mut corrections = Self::default();
        let mut problems = Vec::new();
        for correction in all.into_iter().filter(|correction| !correction.withdrawn) {
            let decision =
                Decision { id: correction.id, field: correction.decision.field, value: correction.decision.value };
            match correction.decision.target {
                CorrectionTarget::Pair { .. } => continue,
                CorrectionTarget::Posting { posting } => {
                    corrections.postings.entry(posting).or_default().push(decision)
                }
                CorrectionTarget::Title { cleaned_title, context } => {
                    let context = match Context::read(&context) {
                        Ok(context) => context,
                        Err(message) => {
                            problems.push(Problem::new("correction_unreadable", place(decision.id), message));
                            continue;
                        }
                    };
                    corrections.titles.entry(folded(&cleaned_title)).or_default().push((context, decision));
                }
            }
            corrections.count += 1;
        }
        (corrections, problems)
    }

    /// Number of decisions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Puts the decisions on this posting in place of what the machines said. Answers how many fields were set;
    /// decisions whose value cannot be read are problems and change nothing.
    pub fn apply(&self, coded: &mut StoredCoding, stages: &Stages<'_>, problems: &mut Vec<Problem>) -> u64 {
        if self.is_empty() {
            return 0;
        }
        let posting = &coded.posting.posting;
        let mut holding: Vec<(u8, &Decision)> = Vec::new();
        if let Some(entries) = self.titles.get(&folded(&coded.coding.cleaned_title)) {
            for (context, decision) in entries {
                match context {
                    None => holding.push((0, decision)),
                    Some(context) if context.fits(posting) => holding.push((1, decision)),
                    Some(_) => {}
                }
            }
        }
        holding.extend(self.postings.get(&posting.id()).into_iter().flatten().map(|decision| (2, decision)));
        // The weightiest comes last; of one field only that one is applied.
        holding.sort_by_key(|(weight, decision)| (*weight, decision.id));
        let mut applied = 0;
        for (at, (_, decision)) in holding.iter().enumerate() {
            if holding[at + 1..].iter().any(|(_, later)| later.field == decision.field) {
                continue;
            }
            match field::set(coded, &decision.field, decision.value.trim(), stages) {
                Ok(()) => applied += 1,
                Err(message) => {
                    problems.push(
                        Problem::new("correction_unreadable", place(decision.id), message).in_field(&decision.field),
                    );
                }
            }
        }
        applied
    }
}

impl Context {
    fn read(text: &str) -> Result<Option<Self>, String> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        match text.split_once('=') {
            Some((name, value)) if ["portal", "category", "employer"].contains(&name.trim()) => {
                Ok(Some(Self { name: name.trim().to_owned(), value: folded(value) }))
            }
            _ => Err(format!(
                "the context '{text}' is not portal=…, category=… or employer=…; withdraw it and record it anew"
            )),
        }
    }

    fn fits(&self, posting: &Posting) -> bool {
        let own = match self.name.as_str() {
            "portal" => Some(posting.portal.as_str()),
            "category" => posting.category.as_deref(),
            _ => posting.employer.as_deref(),
        };
        own.is_some_and(|own| folded(own) == self.value)
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn place(id: i64) -> String {
    format!("correction {id}")
}
