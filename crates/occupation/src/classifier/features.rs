//! Hashed features. The same function serves training and coding, so that both always agree.

use crate::words::key_words;
use openvacancy_domain::CodingContext;

/// Features are hashed into `2^FEATURE_BITS` buckets.
pub const FEATURE_BITS: u32 = 16;

/// Feature number and value, sorted by number, each number once.
pub type Features = Vec<(u32, f32)>;

/// Weight of the context beside the title, whose features have length 1.
const CONTEXT: f32 = 0.6;

/// Words of the category and of the employer looked at.
const MOST_CONTEXT_WORDS: usize = 12;

/// Features of a cleaned title's key words and of the portal's category and the employer where known.
#[must_use]
pub fn features(words: &[String], context: &CodingContext<'_>) -> Features {
    let mut title = Vec::with_capacity(words.len() * 10);
    for (at, word) in words.iter().enumerate() {
        add(&mut title, b'w', &[word], 1.0);
        if let Some(next) = words.get(at + 1) {
            add(&mut title, b'b', &[word, next], 0.8);
        }
        letters(&mut title, word);
    }
    if let Some(last) = words.last() {
        // the head of an English job title stands last
        add(&mut title, b'h', &[last], 0.7);
    }
    if let Some(first) = words.first() {
        add(&mut title, b'f', &[first], 0.3);
    }
    let mut all = unit(title, 1.0);
    let mut beside = Vec::new();
    for (kind, text) in [(b'c', context.category), (b'e', context.employer)] {
        let text: String = text.unwrap_or("").chars().take(80).flat_map(char::to_lowercase).collect();
        for word in key_words(&text).iter().take(MOST_CONTEXT_WORDS) {
            add(&mut beside, kind, &[word], 1.0);
        }
    }
    all.extend(unit(beside, CONTEXT));
    merged(all)
}

/// Letter sequences of three to five letters, the ends marked, lighter than words.
fn letters(features: &mut Features, word: &str) {
    let marked: Vec<char> = std::iter::once('<').chain(word.chars().take(24)).chain(std::iter::once('>')).collect();
    let mut buffer = String::new();
    for length in 3..=5 {
        for window in marked.windows(length) {
            buffer.clear();
            buffer.extend(window);
            add(features, b'l', &[&buffer], 0.3);
        }
    }
}

fn add(features: &mut Features, kind: u8, words: &[&str], value: f32) {
    // FNV-1a: fixed for ever, because trained weights depend on it
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    eat(kind);
    for word in words {
        eat(0);
        word.bytes().for_each(&mut eat);
    }
    let folded = hash ^ (hash >> 32);
    features.push(((folded & ((1 << FEATURE_BITS) - 1)) as u32, value));
}

/// Scaled to `length`.
fn unit(mut features: Features, length: f32) -> Features {
    let norm = features.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
    if norm > 0.0 {
        for (_, value) in &mut features {
            *value *= length / norm;
        }
    }
    features
}

fn merged(mut features: Features) -> Features {
    features.sort_by_key(|(number, _)| *number);
    features.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 += later.1;
        }
        same
    });
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stable_sorted_and_of_unit_length() {
        let words = key_words("mechanical design engineer");
        let once = features(&words, &CodingContext::default());
        assert!(once.is_sorted_by_key(|(number, _)| *number));
        assert_eq!(once, features(&words, &CodingContext::default()));
        let with = features(&words, &CodingContext { category: Some("Engineering Jobs"), ..Default::default() });
        assert!(with.len() > once.len());
        assert!(features(&[], &CodingContext::default()).is_empty());
    }
}
