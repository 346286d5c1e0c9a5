//! Finds thousands of phrases in prose by their first words.
//!
//! Advertisements are made of words and every phrase looked for stands at word bounds, so a look-up at the beginning of
//! each word does what an automaton over all bytes would do, several times faster: most words begin no phrase.

use crate::text::is_whole_word;
use ahash::AHashMap;

/// A phrase found: its number, where it begins and where it ends.
pub(crate) type Found = (usize, usize, usize);

/// Phrases by their first words.
#[derive(Debug)]
pub(crate) struct PhraseIndex {
    /// Sorted by first word, the longest first.
    phrases: Vec<Phrase>,
    /// For each first word its phrases.
    first_words: AHashMap<u64, (u32, u32)>,
}

#[derive(Debug)]
struct Phrase {
    text: &'static str,
    /// Bytes before its first word: the point of `.net`.
    lead: usize,
    number: usize,
}

impl PhraseIndex {
    /// An index of `phrases`, numbered in order. Case does not count among ASCII letters.
    pub(crate) fn new(phrases: impl Iterator<Item = &'static str>) -> Self {
        let mut keyed: Vec<(u64, Phrase)> = Vec::new();
        for (number, text) in phrases.enumerate() {
            let lead = text.bytes().position(|byte| byte.is_ascii_alphanumeric()).unwrap_or(0);
            let word = &text.as_bytes()[lead..lead + word_length(&text.as_bytes()[lead..])];
            keyed.push((word_key(word), Phrase { text, lead, number }));
        }
        keyed.sort_by(|a, b| (a.0, b.1.text.len(), a.1.number).cmp(&(b.0, a.1.text.len(), b.1.number)));
        let mut first_words: AHashMap<u64, (u32, u32)> = AHashMap::new();
        for (at, (key, _)) in (0_u32..).zip(&keyed) {
            first_words.entry(*key).or_insert((at, at)).1 = at + 1;
        }
        Self { phrases: keyed.into_iter().map(|(_, phrase)| phrase).collect(), first_words }
    }

    /// Every phrase of `text` that stands as whole words, in order, the longest where several begin together; none
    /// begins inside another.
    pub(crate) fn each(&self, text: &str, mut found: impl FnMut(Found)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut taken = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let length = word_length(&bytes[at..]);
            if let Some((from, to)) = self.first_words.get(&word_key(&bytes[at..at + length])) {
                let phrases = &self.phrases[*from as usize..*to as usize];
                if let Some((number, start, end)) = phrases.iter().find_map(|phrase| phrase.at(text, at, taken)) {
                    found((number, start, end));
                    taken = end;
                    at = at.max(end);
                    continue;
                }
            }
            at += length;
        }
    }
}

impl Phrase {
    /// The phrase, where its first word stands at `word` and nothing of it lies before `taken`.
    fn at(&self, text: &str, word: usize, taken: usize) -> Option<Found> {
        let start = word.checked_sub(self.lead).filter(|start| *start >= taken)?;
        let end = start + self.text.len();
        let there = text.as_bytes().get(start..end)?;
        (there.eq_ignore_ascii_case(self.text.as_bytes()) && is_whole_word(text, start, end)).then_some((
            self.number,
            start,
            end,
        ))
    }
}

fn word_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The first seven letters, case off, and the length: enough to tell words apart before they are compared in full.
fn word_key(word: &[u8]) -> u64 {
    let mut key = 0_u64;
    for byte in word.iter().take(7) {
        key = key << 8 | u64::from(byte | 0x20);
    }
    key << 8 | u64::try_from(word.len().min(255)).unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &'static [&'static str], text: &str) -> Vec<String> {
        let index = PhraseIndex::new(phrases.iter().copied());
        let mut found = Vec::new();
        index.each(text, |(number, start, end)| {
            assert!(text[start..end].eq_ignore_ascii_case(phrases[number]));
            found.push(text[start..end].to_owned());
        });
        found
    }

    #[test]
    fn whole_words_and_the_longest() {
        let phrases = &["data", "data science", ".net", "c++", "a level", "über", "asp.net"];
        assert_eq!(found(phrases, "Data Science, metadata and DATA"), ["Data Science", "DATA"]);
        assert_eq!(found(phrases, "C++, .NET; ASP.NET"), ["C++", ".NET", "ASP.NET"]);
        assert_eq!(found(phrases, "data scientists"), ["data"]);
        assert_eq!(found(phrases, "•data• A level"), ["data", "A level"]);
        assert_eq!(found(phrases, "über uns, überdata"), ["über"]);
        assert_eq!(found(&[], "anything"), Vec::<String>::new());
    }
}
