//! Compiles the patterns and word lists written in this crate, once.

use aho_corasick::AhoCorasick;
use regex::Regex;

/// Compiles a pattern that stands in the source.
#[expect(clippy::expect_used, reason = "every pattern is a literal of this crate, compiled by its tests")]
pub(crate) fn compile(pattern: &str) -> Regex {
    // Word bounds by ASCII: the texts are folded, and bounds by Unicode are searched many times more slowly wherever a
    // pound sign stands.
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a pattern of this crate compiles")
}

/// An automaton of words that stand in the source.
#[expect(clippy::expect_used, reason = "every list is a literal of this crate, built by its tests")]
pub(crate) fn words(words: &[&str]) -> AhoCorasick {
    AhoCorasick::new(words).expect("a word list of this crate builds an automaton")
}

/// True where a text contains one of the words: as many plain searches would say, in one pass.
macro_rules! any_of {
    ($text:expr, [$($word:expr),* $(,)?]) => {{
        static WORDS: std::sync::LazyLock<aho_corasick::AhoCorasick> =
            std::sync::LazyLock::new(|| $crate::pattern::words(&[$($word),*]));
        WORDS.is_match($text)
    }};
}

pub(crate) use any_of;
