//! Working hours: the hours field, then the contract field, the title, and set phrases or weekly numbers of the prose.

use crate::contract::TermReading;
use crate::cue::{Cue, Hit};
use crate::text::{before, fold, has_any};
use openvacancy_domain::Posting;
use openvacancy_domain::terms::{MissingReason, WorkingHours};

/// From this many hours a week a job is full time, as the Labour Force Survey reckons.
pub(crate) const FULL_TIME_FROM: f64 = 30.0;

pub(crate) fn read(posting: &Posting, prose_hits: &[Hit]) -> TermReading<WorkingHours> {
    for text in [posting.hours.as_deref(), posting.contract.as_deref()].into_iter().flatten() {
        if let Some(value) = from_words(&fold(text)) {
            return TermReading::found(value, text);
        }
    }
    if let Some(value) = from_words(&fold(&posting.title)) {
        return TermReading::found(value, &posting.title);
    }
    let prose = posting.description.as_deref().unwrap_or("");
    let mut found: Option<(WorkingHours, &Hit)> = None;
    for hit in prose_hits {
        let Cue::Hours(said) = hit.cue else { continue };
        let value = if said == WorkingHours::Unknown {
            let Some(number) = number_before(before(prose, hit.start, 12)) else { continue };
            of_number(number)
        } else {
            // 'Full-time equivalent' and 'part-time study' are not about this job's hours.
            let tail = crate::text::after(prose, hit.end, 16).to_ascii_lowercase();
            if has_any(&tail, &["equivalent", "education", "stud", "salary", "student", "mba"]) {
                continue;
            }
            said
        };
        found = match found {
            None => Some((value, hit)),
            Some((first, at)) if first == value => Some((first, at)),
            Some((WorkingHours::ZeroHours, at)) => Some((WorkingHours::ZeroHours, at)),
            Some((_, at)) => Some((WorkingHours::Either, at)),
        };
    }
    if let Some((value, hit)) = found {
        return TermReading::found(value, &prose[crate::text::floor(prose, hit.start.saturating_sub(8))..hit.end]);
    }
    if let Some(value) = posting.salary.as_deref().and_then(|text| from_words(&fold(text))) {
        return TermReading::found(value, posting.salary.as_deref().unwrap_or(""));
    }
    TermReading::missing(WorkingHours::Unknown, MissingReason::NotStated)
}

fn of_number(number: f64) -> WorkingHours {
    if number >= FULL_TIME_FROM { WorkingHours::FullTime } else { WorkingHours::PartTime }
}

fn from_words(text: &str) -> Option<WorkingHours> {
    let has = |words: &[&str]| has_any(text, words);
    if has(&["zero hour", "zero-hour", "zero_hour"]) {
        return Some(WorkingHours::ZeroHours);
    }
    let full = has(&["full time", "full-time", "full_time", "fulltime", "llawn amser", "amser llawn", " f/t", "(f/t"])
        || text == "ft"
        || text == "f/t";
    let part = has(&[
        "part time",
        "part-time",
        "part_time",
        "parttime",
        "rhan amser",
        "job share",
        "term time",
        "term-time",
        " p/t",
        "(p/t",
    ]) || text == "pt"
        || text == "p/t";
    match (full, part) {
        (true, true) => Some(WorkingHours::Either),
        (true, false) => Some(WorkingHours::FullTime),
        (false, true) => Some(WorkingHours::PartTime),
        (false, false) => weekly(text).map(of_number),
    }
}

/// A weekly number of hours: `37.5 hours per week`, `30 hrs`.
fn weekly(text: &str) -> Option<f64> {
    ["hours", "hrs", "hour week"].iter().find_map(|word| {
        let at = text.find(word)?;
        number_before(&text[..at])
    })
}

/// The number at the end of `text`, where it can be weekly hours.
fn number_before(text: &str) -> Option<f64> {
    let text = text.trim_end_matches([' ', '-', '\n']);
    let start = text
        .rfind(|ch: char| !ch.is_ascii_digit() && ch != '.')
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    text[start..].trim_matches('.').parse::<f64>().ok().filter(|hours| (1.0..=70.0).contains(hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers() {
        assert_eq!(from_words("full-time"), Some(WorkingHours::FullTime));
        assert_eq!(from_words("full time, part time"), Some(WorkingHours::Either));
        assert_eq!(from_words("22.5 hours per week"), Some(WorkingHours::PartTime));
        assert_eq!(from_words("zero hours contract"), Some(WorkingHours::ZeroHours));
        assert_eq!(from_words("permanent"), None);
    }
}
