//! Where two postings are.

use crate::text::{hash, words};

/// Words that say too little of where: countries, compass points, kinds of area.
const VAGUE: &[&str] = &[
    "and", "area", "central", "city", "county", "east", "england", "gb", "great", "britain", "greater", "hybrid",
    "inner", "ireland", "kingdom", "london", "north", "northern", "of", "outer", "region", "remote", "scotland",
    "south", "the", "town", "uk", "united", "various", "wales", "west", "work", "from", "home", "upon", "on", "in",
    "near", "nr", "shire",
];

/// The place of a posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Districts, sorted; empty = unknown.
    lads: Box<[u64]>,
    /// In Greater London, all of them.
    london: bool,
    /// Words of the location that say where, sorted, each once; counties and the like included.
    names: Box<[u64]>,
    /// Of them, those before the first comma: the town, not the county behind it.
    town: Box<[u64]>,
    /// Outward postcode.
    outward: Option<u64>,
}

/// What two places are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceRelation {
    /// Nothing is known of one of them.
    Unknown,
    /// The same district and nothing against it, or the same words.
    Same,
    /// One says less than the other: `London` and a borough, a county and a town.
    Compatible,
    /// One district, but each names a place the other does not.
    Within,
    /// Another place.
    Different,
}

impl Place {
    pub(crate) fn of(lad_codes: &[String], location: Option<&str>, postcode: Option<&str>) -> Self {
        let mut lads: Vec<u64> = lad_codes.iter().map(|code| hash(code)).collect();
        lads.sort_unstable();
        lads.dedup();
        let written = location.map(words).unwrap_or_default();
        let mut outward = postcode.and_then(|code| words(code).first().and_then(|word| outward_of(word)));
        let mut names = Vec::new();
        for word in &written {
            if let Some(code) = outward_of(word) {
                outward = outward.or(Some(code));
            } else if !VAGUE.contains(&word.as_str()) && !inward(word) {
                names.push(hash(word));
            }
        }
        names.sort_unstable();
        names.dedup();
        let first = location.and_then(|text| text.split(',').next()).map(words).unwrap_or_default();
        let mut town: Vec<u64> =
            first.iter().map(|word| hash(word)).filter(|h| names.binary_search(h).is_ok()).collect();
        town.sort_unstable();
        town.dedup();
        let london = !lad_codes.is_empty() && lad_codes.iter().all(|code| code.starts_with("E09"))
            || (lad_codes.is_empty() && written.iter().any(|word| word == "london"));
        Self { lads: lads.into(), london, names: names.into(), town: town.into(), outward }
    }

    /// The primary district's stand-in for keys; `None` where no place is known.
    pub(crate) fn key(&self) -> Option<u64> {
        if self.london {
            return Some(1);
        }
        self.lads.first().copied().or_else(|| self.names.first().copied())
    }

    /// Whether a word is part of the place's name.
    pub(crate) fn named(&self, word: &str) -> bool {
        self.names.binary_search(&hash(word)).is_ok()
    }

    /// Each names a town that the other does not.
    fn towns_differ(&self, other: &Self) -> bool {
        !self.town.is_empty()
            && !other.town.is_empty()
            && !shared(&self.town, &other.names)
            && !shared(&other.town, &self.names)
    }

    pub(crate) fn relation(&self, other: &Self) -> PlaceRelation {
        let outward_same = match (self.outward, other.outward) {
            (Some(a), Some(b)) => Some(a == b),
            _ => None,
        };
        let bare = self.names.is_empty() || other.names.is_empty();
        let towns_differ = self.towns_differ(other);
        if self.lads.is_empty() || other.lads.is_empty() {
            let elsewhere = |a: &Self, b: &Self| a.london && !b.london && !b.lads.is_empty();
            return if outward_same == Some(true) {
                PlaceRelation::Same
            } else if elsewhere(self, other) || elsewhere(other, self) {
                // Plain 'London' has no district, yet it is not Swansea.
                PlaceRelation::Different
            } else if self.london && other.london {
                if towns_differ { PlaceRelation::Within } else { PlaceRelation::Compatible }
            } else if bare {
                PlaceRelation::Unknown
            } else if shared(&self.names, &other.names) && !towns_differ {
                if self.names == other.names { PlaceRelation::Same } else { PlaceRelation::Compatible }
            } else if self.lads.is_empty() && other.lads.is_empty() && !shared(&self.names, &other.names) {
                // Neither could be placed, but both name a place, and not the same one.
                PlaceRelation::Different
            } else {
                PlaceRelation::Unknown
            };
        }
        if shared(&self.lads, &other.lads) {
            return if towns_differ && outward_same != Some(true) {
                PlaceRelation::Within
            } else {
                PlaceRelation::Same
            };
        }
        // Boards put a plain 'London' or 'Central London' into whichever borough they like.
        if self.london && other.london && !towns_differ {
            return PlaceRelation::Compatible;
        }
        if outward_same == Some(true) && !towns_differ { PlaceRelation::Compatible } else { PlaceRelation::Different }
    }
}

fn shared(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    false
}

/// The outward half of a postcode word (`ls1`, `sw1a`, or run together `ls12ab`).
fn outward_of(word: &str) -> Option<u64> {
    let bytes = word.as_bytes();
    let outward = match bytes.len() {
        2..=4 => word,
        5..=7 if word.is_ascii() && inward(&word[word.len() - 3..]) => &word[..word.len() - 3],
        _ => return None,
    };
    let letters = outward.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = &outward.as_bytes()[letters..];
    let shape = (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest[0].is_ascii_digit()
        && rest.iter().all(u8::is_ascii_alphanumeric);
    shape.then(|| hash(outward))
}

/// The inward half: a digit and two letters.
fn inward(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 3 && bytes[0].is_ascii_digit() && bytes[1].is_ascii_alphabetic() && bytes[2].is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lads: &[&str], location: &str) -> Place {
        let lads: Vec<String> = lads.iter().map(|&code| code.to_owned()).collect();
        Place::of(&lads, Some(location), None)
    }

    #[test]
    fn relations_of_places() {
        let check = |a: (&[&str], &str), b: (&[&str], &str), expected: PlaceRelation| {
            assert_eq!(place(a.0, a.1).relation(&place(b.0, b.1)), expected, "{a:?} {b:?}");
            assert_eq!(place(b.0, b.1).relation(&place(a.0, a.1)), expected, "turned round: {a:?} {b:?}");
        };
        check((&["E08000035"], "Leeds"), (&["E08000035"], "Leeds, LS1 4AB"), PlaceRelation::Same);
        check((&["E08000035"], "Leeds"), (&["E08000032"], "Bradford"), PlaceRelation::Different);
        check((&["E06000052"], "Truro"), (&["E06000052"], "Penzance"), PlaceRelation::Within);
        check((&["E09000001"], "City of London"), (&["E09000033"], "Central London"), PlaceRelation::Compatible);
        check((&["E09000007"], "Camden"), (&["E09000008"], "Croydon"), PlaceRelation::Different);
        check((&[], "Remote"), (&["E08000035"], "Leeds"), PlaceRelation::Unknown);
        check((&[], "Leeds"), (&[], "Leeds, West Yorkshire"), PlaceRelation::Compatible);
        check((&[], "Leeds"), (&[], "Hull"), PlaceRelation::Different);
        check((&[], "London"), (&["W06000011"], "Swansea"), PlaceRelation::Different);
        check((&["E06000059"], "Sherborne, Dorset"), (&["E06000059"], "Bridport, Dorset"), PlaceRelation::Within);
        check((&["E08000035"], "City Hospital, Leeds"), (&["E08000035"], "Leeds"), PlaceRelation::Same);
        check((&[], "SE1 7SJ"), (&[], "SE17SJ"), PlaceRelation::Same);
    }
}
