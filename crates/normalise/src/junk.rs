//! What is advertised like a job and is none: courses for sale, franchises, talent pools, unpaid roles.
//!
//! The posting is kept and flagged; statistics leave it out by this reason.

use crate::cue::{Cue, Hit};
use crate::text::{fold, has_any};
use openvacancy_domain::Posting;

/// Reasons, as they stand in `excluded_reason`.
pub const REASONS: &[&str] = &["training_course", "franchise", "talent_pool", "volunteer", "foreign"];

/// Points from which a text sells a course rather than offers a job. No single phrase of one or two points does.
const COURSE: u32 = 5;

pub(crate) fn read(posting: &Posting, title_hits: &[Hit], prose_hits: &[Hit]) -> Option<&'static str> {
    let title = fold(&posting.title);
    let employer = posting.employer.as_deref().map(fold).unwrap_or_default();
    let points = |hits: &[Hit]| -> u32 {
        let mut seen = Vec::new();
        for hit in hits {
            if let Cue::Course(points) = hit.cue
                && !seen.iter().any(|(length, _)| *length == hit.end - hit.start)
            {
                seen.push((hit.end - hit.start, u32::from(points)));
            }
        }
        seen.iter().map(|(_, points)| points).sum()
    };
    let trainee = has_any(
        &title,
        &[
            "trainee",
            "no experience",
            "career programme",
            "junior",
            "training course",
            "course",
            "job guarantee",
            "apprenticeship programme",
        ],
    );
    let school = has_any(
        &employer,
        &[
            "itol recruit",
            "newto training",
            "e-careers",
            "e careers",
            "it career switch",
            "career switch",
            "netcom training",
            "robust it",
            "learning people",
            "the training room",
            "skills training uk",
            "just it",
            "train4",
            "learndirect",
        ],
    );
    let course = points(prose_hits) + 2 * points(title_hits) + if trainee { 2 } else { 0 } + if school { 3 } else { 0 };
    if course >= COURSE {
        return Some("training_course");
    }
    let is = |wanted: Cue, hits: &[Hit]| hits.iter().any(|hit| hit.cue == wanted);
    let names_franchise = title
        .split(|ch: char| !ch.is_alphanumeric())
        .any(|word| matches!(word, "franchise" | "franchises" | "franchisee"));
    let franchises = prose_hits.iter().filter(|hit| hit.cue == Cue::Franchise).count();
    if is(Cue::Franchise, title_hits)
        || names_franchise && !has_any(&title, &["manager", "executive", "director", "consultant", "support"])
        || franchises >= 3 && posting.salary.is_none()
    {
        return Some("franchise");
    }
    if is(Cue::TalentPool, title_hits)
        || has_any(&title, &["speculative", "talent community", "general application", "future opportunities"])
    {
        return Some("talent_pool");
    }
    let unpaid = is(Cue::Volunteer, prose_hits)
        || posting
            .salary
            .as_deref()
            .is_some_and(|salary| has_any(&fold(salary), &["unpaid", "voluntary", "expenses only"]));
    let volunteer = title
        .split(|ch: char| !ch.is_alphabetic())
        .any(|word| matches!(word, "volunteer" | "volunteers" | "voluntary"))
        && !has_any(
            &title,
            &[
                "coordinator",
                "co-ordinator",
                "manager",
                "volunteer services",
                "officer",
                "lead",
                "volunteering",
                "sector",
            ],
        );
    if volunteer && posting.salary_min.is_none() || unpaid && has_any(&title, &["volunteer", "unpaid", "voluntary"]) {
        return Some("volunteer");
    }
    None
}
