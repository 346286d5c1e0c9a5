//! Signs that a posting is gone, and signs that we are not welcome. The two are never taken for one another.

use super::page::Page;
use crate::spec::{PortalSpec, Sign};
use crate::text::{element_text, fold};

/// Titles of pages that ask whether we are human.
const CHALLENGES: &[&str] = &[
    "just a moment",
    "attention required",
    "access denied",
    "pardon our interruption",
    "are you a robot",
    "robot check",
    "security check",
    "verify you are human",
    "ddos-guard",
    "request blocked",
];

/// Marks of such pages where they have no telling title; looked for in small bodies only.
const MARKS: &[&str] = &["_Incapsula_Resource", "px-captcha", "captcha-delivery.com", "cf-chl-"];
const SMALL: usize = 16 << 10;

pub(super) fn blocked(spec: &PortalSpec, page: &Page<'_>) -> Option<String> {
    let status = page.document.status;
    if let 401 | 403 | 407 | 429 = status {
        return Some(format!("the portal answered {status}"));
    }
    let title = title(page.text);
    if CHALLENGES.iter().any(|challenge| title.starts_with(challenge)) {
        return Some(format!("a page titled '{title}' in place of the one asked for"));
    }
    if page.text.len() <= SMALL
        && let Some(mark) = MARKS.iter().find(|mark| page.text.contains(**mark))
    {
        return Some(format!("a challenge page ('{mark}') in place of the one asked for"));
    }
    spec.blocked.iter().find(|sign| holds(sign, page)).map(|sign| sign.reason.clone())
}

pub(super) fn gone(spec: &PortalSpec, page: &Page<'_>) -> Option<String> {
    let said = spec.gone.iter().find(|sign| holds(sign, page)).map(|sign| sign.reason.clone());
    // What HTTP itself says holds for every portal.
    said.or_else(|| match page.document.status {
        status @ (404 | 410) => Some(format!("the portal answered {status}")),
        _ => None,
    })
}

fn holds(sign: &Sign, page: &Page<'_>) -> bool {
    if let Some(statuses) = &sign.status
        && !statuses.contains(&page.document.status)
    {
        return false;
    }
    if let Some(pattern) = &sign.redirected_to
        && !page.document.redirected_to.is_some_and(|address| pattern.is_match(&super::links::path_and_query(address)))
    {
        return false;
    }
    let Some(css) = &sign.css else { return sign.status.is_some() || sign.redirected_to.is_some() };
    // The cheap test first: most pages hold no such phrase anywhere, and their tree need not be built for this.
    if let Some(phrase) = &sign.contains {
        let first = phrase.split(['\'', '"']).max_by_key(|part| part.len()).unwrap_or_default();
        if !contains_ignoring_case(page.text, first) {
            return false;
        }
    }
    page.html().select(css).any(|element| {
        sign.contains.as_ref().is_none_or(|phrase| fold(&element_text(element)).contains(phrase.as_str()))
    })
}

/// Whether the words of `phrase` (lower case, single spaces) can occur in `text`: its longest word does.
fn contains_ignoring_case(text: &str, phrase: &str) -> bool {
    let word = phrase.split(' ').filter(|word| word.is_ascii()).max_by_key(|word| word.len()).unwrap_or_default();
    let (text, word) = (text.as_bytes(), word.as_bytes());
    word.is_empty() || text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

/// The page's title in lower case, without building its tree.
fn title(text: &str) -> String {
    let head: &str = text.get(..text.floor_char_boundary(4_096)).unwrap_or_default();
    let found = head.split_once("<title").and_then(|(_, rest)| rest.split_once('>')).map(|(_, rest)| rest);
    fold(found.and_then(|rest| rest.split('<').next()).unwrap_or_default())
}
