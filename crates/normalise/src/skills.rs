//! Skills: the concepts of the built-in skills table found in title and prose, once each.
//!
//! Precision comes first: whole words only, short names only in capitals, nothing that is said not to be needed, nothing
//! from equality statements.

use crate::pattern::any_of;
use crate::phrase_index::{PhraseIndex, Words};
use crate::text::{after, before, has_any};
use openvacancy_domain::education::Skill;
use openvacancy_reference::skills::{Concept, concepts};

/// Phrases up to this length are meant only where written in capitals or with the table's own capitals.
const SHORT: usize = 4;

/// Short phrases that are plain English words: as skills they are found only in capitals.
const WORDS: &[&str] = &[
    "rest", "less", "go", "net", "less", "dart", "spring", "chef", "rust", "swift", "scala", "ruby", "perl", "lean",
    "make", "play", "access", "word", "excel", "outlook", "teams",
];

/// Finds skills.
#[derive(Debug)]
pub(crate) struct SkillFinder {
    index: PhraseIndex,
    /// For each phrase its concept.
    owners: Vec<&'static Concept>,
}

impl SkillFinder {
    pub(crate) fn new() -> Self {
        let pairs =
            || concepts().iter().flat_map(|concept| concept.phrases.iter().map(move |phrase| (concept, *phrase)));
        Self {
            index: PhraseIndex::new(pairs().map(|(_, phrase)| phrase)),
            owners: pairs().map(|(concept, _)| concept).collect(),
        }
    }

    /// Skills in the order they are first named.
    pub(crate) fn find(&self, texts: &[(&str, &Words)]) -> Vec<Skill> {
        let mut found: Vec<Skill> = Vec::new();
        for (text, words) in texts {
            self.index.each(text, words, |(number, start, end)| {
                let concept = self.owners[number];
                if found.iter().any(|skill| skill.id == concept.id) || !is_meant(text, start, end) {
                    return;
                }
                found.push(Skill {
                    id: concept.id.to_owned(),
                    label: concept.label.to_owned(),
                    matched: text[start..end].to_owned(),
                });
            });
        }
        found
    }
}

fn is_meant(text: &str, start: usize, end: usize) -> bool {
    let matched = &text[start..end];
    let lower = matched.bytes().any(|byte| byte.is_ascii_lowercase());
    if end - start <= SHORT
        && lower
        && matched.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !is_capitalised(matched)
    {
        return false;
    }
    if end - start <= 6 && WORDS.contains(&matched.to_ascii_lowercase().as_str()) && !is_proper(text, start, matched) {
        return false;
    }
    let head = before(text, start, 28);
    if !any_of!(head, ["no", "No", "NO", "ithout", "n't", "rather", "egardless"]) {
        return !negated_behind(text, end);
    }
    let head = head.to_ascii_lowercase();
    if has_any(&head, &["no ", "not need", "without ", "n't need", "not require", "rather than ", "no need for "])
        && !has_any(&head, &["no later", "no less", ". ", "no more"])
    {
        let clause = head.rsplit([',', ';', '\n']).next().unwrap_or(&head);
        if has_any(clause, &["no ", "not ", "without ", "n't "]) {
            return false;
        }
    }
    !negated_behind(text, end) && !head.ends_with("regardless of ")
}

/// 'Excel not required'.
fn negated_behind(text: &str, end: usize) -> bool {
    let tail = after(text, end, 24);
    tail.starts_with(" not required") || tail.starts_with(" not essential") || tail.starts_with(" is not ")
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(|ch: char| ch.is_ascii_uppercase())
}

/// A capital in the middle of a sentence, not the first word of one.
fn is_proper(text: &str, start: usize, word: &str) -> bool {
    if word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return true;
    }
    let head = before(text, start, 4).trim_end_matches(' ');
    is_capitalised(word) && !head.is_empty() && !head.ends_with(['.', '!', '?', '\n', ':', '•', '-', '*'])
}
