//! Names of places in titles. The posting's own place and the gazetteer say what is one.

use ahash::AHashSet;
use openvacancy_reference::gazetteer::{self, PlaceKind};
use std::sync::LazyLock;

/// Names that are words of occupations or of contracts before they are places.
const WORDS_FIRST: &[&str] = &[
    "bar", "barista", "bath", "battle", "boots", "bow", "butcher", "chef", "cook", "deal", "dock", "driver", "dyer",
    "eye", "farmer", "field", "finance", "grange", "hatch", "hope", "house", "hub", "lead", "leader", "market", "mill",
    "mole", "nelson", "night", "nurse", "port", "quality", "reading", "rugby", "sale", "sales", "school", "send",
    "senior", "settle", "solo", "station", "street", "teacher", "theatre", "trainee", "ward", "wash", "work", "yard",
];

static NAMES: LazyLock<AHashSet<String>> = LazyLock::new(|| {
    let mut names: AHashSet<String> = gazetteer::places()
        .iter()
        .filter(|place| matches!(place.kind, PlaceKind::Town | PlaceKind::Village | PlaceKind::Neighbourhood))
        .map(|place| place.name.to_lowercase())
        .filter(|name| name.len() > 3 && !WORDS_FIRST.contains(&name.as_str()))
        .collect();
    for region in [
        "uk",
        "united kingdom",
        "england",
        "scotland",
        "wales",
        "northern ireland",
        "ireland",
        "north west",
        "south east",
        "south west",
        "north east",
        "east midlands",
        "west midlands",
        "midlands",
        "east anglia",
        "yorkshire",
        "home counties",
        "south coast",
        "london",
        "central london",
        "greater london",
        "city of london",
        "north london",
        "south london",
        "east london",
        "west london",
        "north",
        "south",
        "east",
        "west",
        "europe",
        "emea",
        "home",
        "m25",
        "m4 corridor",
    ] {
        names.insert(region.to_owned());
    }
    for area in openvacancy_reference::area::areas() {
        names.insert(area.name.to_lowercase());
    }
    names
});

/// Whether `text` as a whole names a place, by the gazetteer or by the posting's own place (lower case).
pub(super) fn is_place(text: &str, location: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', '!']);
    if text.is_empty() {
        return false;
    }
    NAMES.contains(text)
        || (text.len() > 3 && contains_words(location, text) && !WORDS_FIRST.contains(&text))
        || is_postcode(text)
        || text.split_once(" area").is_some_and(|(name, rest)| rest.is_empty() && NAMES.contains(name))
}

/// The length in bytes of what is left when a place at the end is taken off, with the `in` or `at` before it.
pub(super) fn without_place_at_end(text: &str, location: &str) -> Option<usize> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).collect();
    // The longest tail first; a title never is a place as a whole here, so the first word stays.
    for &start in starts.iter().skip(1).rev().take(4).collect::<Vec<_>>().iter().rev() {
        let (head, tail) = text.split_at(*start);
        let head = head.trim_end();
        let said = [" in", " near", " at", " around", " based in", " within", " across"]
            .iter()
            .find_map(|word| head.strip_suffix(word));
        if let Some(before) = said
            && is_place(tail, location)
        {
            return Some(before.trim_end().len());
        }
        // Without a preposition only the posting's own place is believed.
        if said.is_none() && tail.len() > 3 && contains_words(location, tail) && !WORDS_FIRST.contains(&tail) {
            return Some(head.len());
        }
    }
    None
}

/// Whether `words` stand in `text` as whole words.
fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + words.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// An outward or full postcode, as `ls1` or `ls1 4ab`.
fn is_postcode(text: &str) -> bool {
    let outward = text.split(' ').next().unwrap_or("");
    (2..=4).contains(&outward.len())
        && outward.bytes().any(|byte| byte.is_ascii_digit())
        && outward.starts_with(|c: char| c.is_ascii_alphabetic())
        && gazetteer::outward(&outward.to_uppercase()).is_some()
}
