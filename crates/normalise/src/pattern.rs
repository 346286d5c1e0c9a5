//! Compiles the patterns written in this crate.

use regex::Regex;

/// Compiles a pattern that stands in the source.
#[expect(clippy::expect_used, reason = "every pattern is a literal of this crate, compiled by its tests")]
pub(crate) fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this crate compiles")
}
