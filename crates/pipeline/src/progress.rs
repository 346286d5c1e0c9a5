//! How far a run is.

use std::fmt;

/// A part of a run, in the order they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Normalising and coding pending postings.
    Code,
    /// Reading coded postings for the duplicate search, and grouping them.
    Group,
    /// Building and storing vacancies.
    Assemble,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Code => "normalise and code",
            Self::Group => "find duplicates",
            Self::Assemble => "build vacancies",
        })
    }
}

/// Hears how far a run is; a terminal shows a bar. Called from the thread that runs, seldom enough to cost nothing.
pub trait Progress: Send + Sync {
    /// `step` begins, with about `total` postings before it.
    fn begin(&self, step: Step, total: u64);
    /// So many postings of `step` are done.
    fn done(&self, step: Step, done: u64);
    /// `step` has ended.
    fn end(&self, step: Step);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Step, _: u64) {}
    fn done(&self, _: Step, _: u64) {}
    fn end(&self, _: Step) {}
}
