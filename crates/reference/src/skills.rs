//! Skills, and the words that say them.

use crate::table::{find, rows};
use std::sync::LazyLock;

/// A skill or piece of knowledge with the words advertisements use for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concept {
    /// The last part of the ESCO concept URI, or `ov:` and a name of ours where ESCO has no such concept.
    pub id: &'static str,
    /// ESCO's preferred label, or ours.
    pub label: &'static str,
    /// What to look for, in lower case, each at least two characters, at word boundaries. No phrase belongs to two concepts.
    pub phrases: &'static [&'static str],
}

/// All concepts, sorted by id.
#[must_use]
pub fn concepts() -> &'static [Concept] {
    &CONCEPTS
}

/// The concept an id names.
#[must_use]
pub fn concept(id: &str) -> Option<&'static Concept> {
    find(&CONCEPTS, id, |concept| concept.id)
}

static CONCEPTS: LazyLock<Vec<Concept>> = LazyLock::new(|| {
    let table = rows("skills", include_str!("../data/skills.csv"));
    table
        .map(|row| Concept { id: row.text(0), label: row.text(1), phrases: row.list(2).collect::<Vec<_>>().leak() })
        .collect()
});
