//! From what a document said to what the store keeps of it; the same for a fetched page and a replayed one.

use openvacancy_domain::ports::{Closing, RecordOutcome, SeenPosting};
use openvacancy_domain::{Problem, RunCounts, Timestamp};
use openvacancy_portal::Parsed;

/// Postings as they were seen at `at`.
pub(crate) fn seen(parsed: &mut Parsed, at: Timestamp) -> Vec<SeenPosting> {
    std::mem::take(&mut parsed.postings).into_iter().map(|posting| SeenPosting { posting, seen_at: Some(at) }).collect()
}

/// The closing that follows where the page says that its posting is gone.
pub(crate) fn closing(parsed: &Parsed, at: Timestamp) -> Option<Closing> {
    let posting = parsed.gone.as_ref()?.posting.clone()?;
    Some(Closing { posting, at, why: "gone".to_owned() })
}

/// Everything that could not be used, the refused postings first.
pub(crate) fn problems(parsed: &mut Parsed) -> Vec<Problem> {
    let mut problems = std::mem::take(&mut parsed.rejected);
    problems.append(&mut parsed.problems);
    problems
}

/// Counts what became of the postings of one page.
pub(crate) fn tally(counts: &mut RunCounts, outcomes: &[RecordOutcome], rejected: u64) {
    for outcome in outcomes {
        match outcome {
            RecordOutcome::New | RecordOutcome::NewVersion => counts.stored += 1,
            RecordOutcome::Unchanged => counts.unchanged += 1,
        }
    }
    counts.read += outcomes.len() as u64 + rejected;
    counts.rejected += rejected;
}
