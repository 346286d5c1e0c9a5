//! Where the work is done: at the workplace, partly or wholly at home.

use crate::contract::TermReading;
use crate::cue::{Cue, Hit};
use crate::pattern::any_of;
use crate::text::{after, before, fold, has_any};
use openvacancy_domain::Posting;
use openvacancy_domain::terms::{MissingReason, Remote};

pub(crate) fn read(posting: &Posting, prose_hits: &[Hit]) -> TermReading<Remote> {
    let fields = [
        posting.workplace_type.as_deref(),
        posting.location.as_deref(),
        Some(posting.title.as_str()),
        posting.contract.as_deref(),
    ];
    for text in fields.into_iter().flatten() {
        if let Some(value) = from_words(&fold(text)) {
            return TermReading::found(value, text);
        }
    }
    let prose = posting.description.as_deref().unwrap_or("");
    let mut remote = None;
    let mut on_site = None;
    for hit in prose_hits {
        let Cue::Remote(value) = hit.cue else { continue };
        let head = before(prose, hit.start, 40).to_ascii_lowercase();
        let tail = after(prose, hit.end, 40).to_ascii_lowercase();
        if is_other(&head, &tail) {
            continue;
        }
        match value {
            Remote::Hybrid => return TermReading::found(Remote::Hybrid, &prose[hit.start..hit.end]),
            Remote::Remote => {
                remote = remote.or(Some((
                    hit,
                    any_of!(&tail, ["day", "option", "flexib", "opportunit", "occasional", "some", "when"])
                        || any_of!(
                            &head,
                            [
                                "option",
                                "days",
                                "some",
                                "occasional",
                                "flexib",
                                "opportunity to",
                                "partial",
                                "ability to",
                            ]
                        ),
                )))
            }
            Remote::OnSite => on_site = on_site.or(Some(hit)),
            Remote::Unknown => {}
        }
    }
    match (remote, on_site) {
        (Some((hit, partly)), None) => {
            TermReading::found(if partly { Remote::Hybrid } else { Remote::Remote }, &prose[hit.start..hit.end])
        }
        (Some((hit, _)), Some(_)) => TermReading::found(Remote::Hybrid, &prose[hit.start..hit.end]),
        (None, Some(hit)) => TermReading::found(Remote::OnSite, &prose[hit.start..hit.end]),
        (None, None) => TermReading::missing(Remote::Unknown, MissingReason::NotStated),
    }
}

/// Hybrid cloud, hybrid cars and remote teams are no workplace; 'no remote working' is none either.
fn is_other(head: &str, tail: &str) -> bool {
    let tail = tail.trim_start_matches([' ', '-']);
    [
        "cloud",
        "vehicle",
        "car",
        "electric",
        "infrastructure",
        "environment",
        "engine",
        "powertrain",
        "app",
        "mobile",
        "it ",
        "solution",
        "data",
        "network",
        "care",
        "meeting",
        "closed",
    ]
    .iter()
    .any(|word| tail.starts_with(word))
        || ["no ", "not ", "nor ", "cannot ", "n't "].iter().any(|word| head.ends_with(word))
        || head.ends_with("not a ")
        || head.ends_with("no option for ")
}

/// What a short field says.
fn from_words(text: &str) -> Option<Remote> {
    let has = |words: &[&str]| has_any(text, words);
    if has(&[
        "hybrid cloud",
        "remote sensing",
        "remote support",
        "hybrid vehicle",
        "remotely operated",
        "remote monitoring",
        "remote hands",
    ]) {
        return None;
    }
    if has(&[
        "hybrid",
        "part remote",
        "partly remote",
        "partially remote",
        "remote / office",
        "some remote",
        "flexible location",
        "office/home",
        "home/office",
        "remote/office",
    ]) {
        Some(Remote::Hybrid)
    } else if has(&[
        "on-site",
        "onsite",
        "on site",
        "on_site",
        "in office",
        "in-office",
        "office based",
        "office-based",
        "not remote",
    ]) {
        Some(Remote::OnSite)
    } else if has(&[
        "remote",
        "home based",
        "home-based",
        "homebased",
        "work from home",
        "working from home",
        "telecommute",
        "home working",
        "homeworking",
        "wfh",
        "from home",
    ]) {
        Some(Remote::Remote)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        assert_eq!(from_words("hybrid - london"), Some(Remote::Hybrid));
        assert_eq!(from_words("home based"), Some(Remote::Remote));
        assert_eq!(from_words("telecommute"), Some(Remote::Remote));
        assert_eq!(from_words("leeds"), None);
    }
}
