//! Splits a place text into mentions: the names it holds, in order, each with its readings.

use super::key::key;
use super::names::{Level, Meaning, Names, is_of_size};
use super::words::{NOISE, STREET, TITLE_WORDS, WORDS};
use openvacancy_reference::gazetteer::{PlaceKind, places};

/// A name of the text with its readings.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub key: String,
    pub meanings: Vec<Meaning>,
    /// The name is a whole component of the text, not a part of one.
    pub whole: bool,
    /// 'And', '&' or '/' joins it to the one before.
    pub joined: bool,
    pub fuzzy: bool,
}

/// What a place text says.
#[derive(Debug, Clone, Default)]
pub(super) struct Mentions {
    pub names: Vec<Mention>,
    /// Work from home is named.
    pub remote: bool,
    /// Something is said that no table knows.
    pub unknown: bool,
}

/// Reads the mentions of a place field.
pub(super) fn read(names: &Names, text: &str) -> Mentions {
    let mut found = Mentions::default();
    let lower = crate::text::fold(text);
    found.remote = crate::text::has_any(
        &lower,
        &[
            "remote",
            "home based",
            "home-based",
            "homebased",
            "work from home",
            "home working",
            "homeworking",
            "working from home",
        ],
    ) || lower.trim() == "home";
    let mut said = false;
    for component in components(text) {
        let component_key = key(component);
        if component_key.is_empty()
            || matches!(
                component_key.as_str(),
                "none"
                    | "na"
                    | "nan"
                    | "null"
                    | "not specified"
                    | "various"
                    | "other"
                    | "tbc"
                    | "to be confirmed"
                    | "unspecified"
                    | "remote"
                    | "hybrid"
                    | "n a"
                    | "location"
            )
        {
            continue;
        }
        if whole(names, &component_key, false, &mut found.names) {
            continue;
        }
        if joined(names, component, &mut found.names) || parts(names, &component_key, &mut found.names) {
            continue;
        }
        said = true;
    }
    found.unknown = found.names.is_empty() && said;
    found
}

/// The names a place field may mean that holds none as it is written.
pub(super) fn misspelt(names: &Names, text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for component in components(text) {
        if let Some(near) = names.nearest_name(&strip_noise(&key(component))) {
            let meanings = names.get(&near).to_vec();
            found.push(Mention { key: near, meanings, whole: true, joined: false, fuzzy: true });
        }
    }
    found
}

/// Only what stands at the beginning of `text`, for the words behind 'based in'.
pub(super) fn leading(names: &Names, text: &str) -> Option<Mention> {
    let text = text.trim_start_matches([' ', ':', '-', '–', '*', '\u{a0}']);
    let end = text.find(['\n', ';', '|', '(', '•']).unwrap_or(text.len());
    let mut first = text[..end].split(['.', ',']);
    let component = key(first.next()?);
    let words: Vec<&str> = component.split(' ').collect();
    let skip = words
        .iter()
        .take_while(|word| {
            matches!(
                **word,
                "the" | "our" | "central" | "greater" | "sunny" | "beautiful" | "north" | "south" | "east" | "west"
            )
        })
        .count();
    for from in [0, skip] {
        for to in (from + 1..=words.len().min(from + 4)).rev() {
            let phrase = words[from..to].join(" ");
            let meanings = names.get(&phrase);
            if !meanings.is_empty()
                && !WORDS.contains(&phrase.as_str())
                && !words.get(to).is_some_and(|word| STREET.contains(word))
            {
                return Some(Mention {
                    key: phrase,
                    meanings: meanings.to_vec(),
                    whole: true,
                    joined: false,
                    fuzzy: false,
                });
            }
        }
    }
    None
}

/// Places of size named in a title: at its end, behind a separator, or behind 'in' and 'at'.
pub(super) fn in_title(names: &Names, title: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for component in title.split([',', '|', '(', ')', '[', ']', '/', '–', ':', ';']).flat_map(|part| part.split(" - "))
    {
        let component = key(component);
        let words: Vec<&str> = component.split(' ').collect();
        for start in 0..words.len() {
            let behind = start == 0
                || matches!(
                    words[start - 1],
                    "in" | "at"
                        | "based"
                        | "near"
                        | "around"
                        | "across"
                        | "for"
                        | "central"
                        | "greater"
                        | "hybrid"
                        | "remote"
                        | "of"
                );
            for end in (start + 1..=words.len().min(start + 4)).rev() {
                let at_end = end == words.len();
                if !at_end && (!behind || start == 0) {
                    continue;
                }
                let phrase = words[start..end].join(" ");
                if WORDS.contains(&phrase.as_str())
                    || TITLE_WORDS.contains(&phrase.as_str()) && !(behind && at_end && start > 0)
                {
                    continue;
                }
                let meanings: Vec<Meaning> =
                    names.get(&phrase).iter().copied().filter(|meaning| of_size(names, *meaning)).collect();
                if !meanings.is_empty() {
                    found.push(Mention { key: phrase, meanings, whole: true, joined: false, fuzzy: false });
                    break;
                }
            }
        }
    }
    found
}

fn of_size(names: &Names, meaning: Meaning) -> bool {
    match meaning {
        Meaning::Place(at) => is_of_size(&places()[at as usize]),
        Meaning::Area(at) => names.areas[usize::from(at)].level < Level::Country,
        Meaning::Foreign(_, country) => country,
    }
}

/// The parts of a place text between commas, brackets, bars and spaced dashes.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', '(', ')', '[', ']', '\n', '>', ':', '•', '–', '—'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split("- "))
        .flat_map(|part| part.split(" -"))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A component that is a name as it stands, or once the noise is off its ends.
fn whole(names: &Names, component: &str, joined: bool, found: &mut Vec<Mention>) -> bool {
    let mut push = |key: &str| {
        let meanings = names.get(key);
        if meanings.is_empty() {
            return false;
        }
        found.push(Mention { key: key.to_owned(), meanings: meanings.to_vec(), whole: true, joined, fuzzy: false });
        true
    };
    if push(component) {
        return true;
    }
    let stripped = strip_noise(component);
    !stripped.is_empty() && stripped != component && !WORDS.contains(&stripped.as_str()) && push(&stripped)
}

fn strip_noise(component: &str) -> String {
    let mut words: Vec<&str> = component.split(' ').collect();
    while words.first().is_some_and(|word| NOISE.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.remove(0);
    }
    while words.last().is_some_and(|word| NOISE.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.pop();
    }
    words.join(" ")
}

/// 'Leeds/Bradford', 'Wakefield and Leeds', 'Leeds or York', 'Leeds-Bradford': every part a name.
fn joined(names: &Names, component: &str, found: &mut Vec<Mention>) -> bool {
    let folded = crate::text::fold(component);
    for separator in ["/", " and ", " & ", "&", " or ", " nr ", " near ", " nr. ", "-", " to ", "+"] {
        if !folded.contains(separator) {
            continue;
        }
        let before = found.len();
        let mut all = true;
        for (at, part) in folded.split(separator).enumerate() {
            let part = key(part);
            if part.is_empty() {
                continue;
            }
            let lists = matches!(separator, "/" | " and " | " & " | "&" | " or " | "+");
            let known =
                whole(names, &part, at > 0 && lists, found) || separator != "-" && joined_once(names, &part, found);
            all &= known;
        }
        if found.len() > before && (all || separator == "/" || separator == " or ") {
            return true;
        }
        found.truncate(before);
    }
    false
}

fn joined_once(names: &Names, part: &str, found: &mut Vec<Mention>) -> bool {
    let before = found.len();
    for piece in part.split(" and ") {
        if !whole(names, piece, true, found) {
            found.truncate(before);
            return false;
        }
    }
    found.len() > before
}

/// Names inside a component ('Royal Infirmary Leeds', '22 High Street Ashford Kent'): the longest first, streets left out.
fn parts(names: &Names, component: &str, found: &mut Vec<Mention>) -> bool {
    let bounds = word_bounds(component);
    if bounds.len() < 2 {
        return false;
    }
    let before = found.len();
    let mut at = 0;
    while at < bounds.len() {
        let mut step = 1;
        for length in (1..=5.min(bounds.len() - at)).rev() {
            let phrase = &component[bounds[at].0..bounds[at + length - 1].1];
            let known = names.get(phrase);
            let next = bounds.get(at + length).map_or("", |(start, end)| &component[*start..*end]);
            if known.is_empty() || phrase.len() < 3 || WORDS.contains(&phrase) || STREET.contains(&next) {
                continue;
            }
            let meanings: Vec<Meaning> =
                known.iter().copied().filter(|meaning| is_found_inside(names, *meaning, phrase)).collect();
            if !meanings.is_empty() {
                found.push(Mention { key: phrase.to_owned(), meanings, whole: false, joined: false, fuzzy: false });
                step = length;
                break;
            }
        }
        at += step;
    }
    found.len() > before
}

/// Where each word of a key begins and ends.
fn word_bounds(key: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    let bound = |word: &str| {
        let from = start;
        start += word.len() + 1;
        (from, from + word.len())
    };
    key.split(' ').map(bound).collect()
}

/// Inside a longer component only names of some size are places; small villages have names that are words.
fn is_found_inside(names: &Names, meaning: Meaning, phrase: &str) -> bool {
    match meaning {
        Meaning::Place(at) => {
            let place = &places()[at as usize];
            is_of_size(place)
                || place.kind == PlaceKind::Site
                || place.weight >= 2_000
                || phrase.contains(' ')
                || phrase.len() >= 8
        }
        Meaning::Area(at) => names.areas[usize::from(at)].level <= Level::Uk,
        Meaning::Foreign(..) => false,
    }
}
