//! Number of openings: the portal's number, else `x3`, `3 positions`, `two posts` in title or prose, else 1.

use crate::cue::{Cue, Hit};
use crate::text::{after, before, fold};
use openvacancy_domain::Posting;
use regex::Regex;

/// A count above this is a slip or a whole company.
const MOST: u32 = 500;

#[derive(Debug)]
pub(crate) struct OpeningsReader {
    title: Regex,
}

impl OpeningsReader {
    pub(crate) fn new() -> Self {
        Self {
            title: crate::pattern::compile(
                r"\(?\bx\s?(?P<a>\d{1,3})\b|\b(?P<b>\d{1,3})\s?x\s+[a-z]|\b(?P<c>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:positions?|posts?|vacanc(?:y|ies)|roles|openings?)\b",
            ),
        }
    }

    /// The number of openings, and the words that gave it where it is not merely assumed.
    pub(crate) fn read(&self, posting: &Posting, prose_hits: &[Hit]) -> (u32, Option<String>) {
        if let Some(count) = posting.openings.filter(|count| (1..=MOST).contains(count)) {
            return (count, None);
        }
        let title = fold(&posting.title);
        if let Some(found) = self.title.captures(&title)
            && let Some(count) =
                ["a", "b", "c"].iter().find_map(|name| found.name(name)).and_then(|word| number(word.as_str()))
        {
            return (count, Some(crate::text::evidence(found.get(0).map_or("", |whole| whole.as_str()))));
        }
        let prose = posting.description.as_deref().unwrap_or("");
        for hit in prose_hits {
            if hit.cue != Cue::Openings {
                continue;
            }
            let words = &prose[hit.start..hit.end];
            let count = if words.to_ascii_lowercase().starts_with("number") {
                after(prose, hit.end, 12)
                    .trim_start_matches([':', ' ', '-'])
                    .split(|ch: char| !ch.is_alphanumeric())
                    .next()
                    .and_then(number)
            } else {
                before(prose, hit.start, 16).trim_end().rsplit(|ch: char| !ch.is_alphanumeric()).next().and_then(number)
            };
            if let Some(count) = count {
                return (count, Some(crate::text::evidence(words)));
            }
        }
        (1, None)
    }
}

fn number(word: &str) -> Option<u32> {
    const WORDS: &[&str] =
        &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = word.to_ascii_lowercase();
    let count = match WORDS.iter().position(|name| *name == word) {
        Some(at) => u32::try_from(at + 1).ok()?,
        None => word.parse().ok()?,
    };
    (1..=MOST).contains(&count).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let reader = OpeningsReader::new();
        for (title, expected) in [
            ("Care Assistant x3", 3),
            ("3 x Care Assistants", 3),
            ("Support Worker (2 positions)", 2),
            ("Porter - two posts", 2),
            ("Engineer", 1),
            ("Level 3 Nursery Nurse", 1),
        ] {
            let posting = Posting { title: title.to_owned(), ..Posting::default() };
            assert_eq!(reader.read(&posting, &[]).0, expected, "{title}");
        }
    }
}
