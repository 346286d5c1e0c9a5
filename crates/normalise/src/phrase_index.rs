//! Finds thousands of phrases in prose by their first words.
//!
//! Advertisements are made of words and every phrase looked for stands at word bounds, so a look-up at the beginning of
//! each word does what an automaton over all bytes would do, several times faster: most words begin no phrase.

use crate::text::is_whole_word;
use ahash::AHashMap;

/// A phrase found: its number, where it begins and where it ends.
pub(crate) type Found = (usize, usize, usize);

/// The words of a text as keys, with where each begins: made once, read by every index.
#[derive(Debug, Default)]
pub(crate) struct Words(Vec<(u64, usize)>);

impl Words {
    /// The words of `text`: runs of ASCII letters and digits.
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        // English prose has a word in six bytes.
        let mut words = Vec::with_capacity(bytes.len() / 5);
        let mut at = 0;
        while at < bytes.len() {
            let (key, length) = first_word(&bytes[at..]);
            if length > 0 {
                words.push((key, at));
            }
            // The byte behind a word is none of the next.
            at += length + 1;
        }
        Self(words)
    }
}

/// Phrases by their first words.
#[derive(Debug)]
pub(crate) struct PhraseIndex {
    /// Sorted by first word, the longest first.
    phrases: Vec<Phrase>,
    /// For each first word its phrases.
    first_words: AHashMap<u64, (u32, u32)>,
    /// A bit for each first word: most words of a text end here.
    filter: Vec<u64>,
}

#[derive(Debug)]
struct Phrase {
    text: &'static str,
    /// Bytes before its first word: the point of `.net`.
    lead: usize,
    /// How far behind its first word's beginning the second begins, and with which letter: what tells the phrases of
    /// one first word apart soonest.
    probe: Option<(usize, u8)>,
    number: usize,
}

impl PhraseIndex {
    /// An index of `phrases`, numbered in order. Case does not count among ASCII letters.
    pub(crate) fn new(phrases: impl Iterator<Item = &'static str>) -> Self {
        let mut keyed: Vec<(u64, Phrase)> = Vec::new();
        for (number, text) in phrases.enumerate() {
            let lead = text.bytes().position(|byte| byte.is_ascii_alphanumeric()).unwrap_or(0);
            let (key, length) = first_word(&text.as_bytes()[lead..]);
            let probe = text.as_bytes().get(lead + length + 1).map(|byte| (length + 1, byte | 0x20));
            keyed.push((key, Phrase { text, lead, probe, number }));
        }
        keyed.sort_by(|a, b| (a.0, b.1.text.len(), a.1.number).cmp(&(b.0, a.1.text.len(), b.1.number)));
        let mut first_words: AHashMap<u64, (u32, u32)> = AHashMap::new();
        let mut filter = vec![0; FILTER_BITS / 64];
        for (at, (key, _)) in (0_u32..).zip(&keyed) {
            first_words.entry(*key).or_insert((at, at)).1 = at + 1;
            let (slot, bit) = filter_bit(*key);
            filter[slot] |= bit;
        }
        Self { phrases: keyed.into_iter().map(|(_, phrase)| phrase).collect(), first_words, filter }
    }

    /// Every phrase of `text` that stands as whole words, in order, the longest where several begin together; none
    /// begins inside another.
    pub(crate) fn each(&self, text: &str, words: &Words, mut found: impl FnMut(Found)) {
        let mut taken = 0;
        for (key, at) in &words.0 {
            let (slot, bit) = filter_bit(*key);
            if *at < taken || self.filter[slot] & bit == 0 {
                continue;
            }
            let Some((from, to)) = self.first_words.get(key) else { continue };
            let phrases = &self.phrases[*from as usize..*to as usize];
            if let Some((number, start, end)) = phrases.iter().find_map(|phrase| phrase.at(text, *at, taken)) {
                found((number, start, end));
                taken = end;
            }
        }
    }
}

impl Phrase {
    /// The phrase, where its first word stands at `word` and nothing of it lies before `taken`.
    fn at(&self, text: &str, word: usize, taken: usize) -> Option<Found> {
        if let Some((offset, letter)) = self.probe
            && text.as_bytes().get(word + offset).is_none_or(|byte| byte | 0x20 != letter)
        {
            return None;
        }
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

/// Bits of the filter of first words: some two per cent of them are set.
const FILTER_BITS: usize = 1 << 16;

/// The word a text begins with, as a key of its first seven letters (case off) and its length, and the length; nought
/// where it begins with none. The key tells words apart well enough before they are compared in full.
fn first_word(bytes: &[u8]) -> (u64, usize) {
    let mut key = 0_u64;
    let mut length = 0;
    for byte in bytes {
        let letter = LETTERS[usize::from(*byte)];
        if letter == 0 {
            break;
        }
        if length < 7 {
            key = key << 8 | u64::from(letter);
        }
        length += 1;
    }
    (key << 8 | (length as u64 & 0xff), length)
}

/// For each byte that is an ASCII letter or digit that byte in lower case, else nought.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

fn filter_bit(key: u64) -> (usize, u64) {
    // Multiplied by an odd constant the upper bits depend on all of the key (Knuth's multiplicative hashing).
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48;
    let slot = (hash >> 6) as usize;
    (slot, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &'static [&'static str], text: &str) -> Vec<String> {
        let index = PhraseIndex::new(phrases.iter().copied());
        let mut found = Vec::new();
        index.each(text, &Words::of(text), |(number, start, end)| {
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
