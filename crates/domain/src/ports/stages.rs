//! The pure stages.

use crate::dedup::LinkRules;
use crate::{Cluster, CodingContext, DedupRecord, Normalised, OccupationCoding, PairDecision, Posting};

/// Reads place, pay, terms, education, experience, skills, sector and dates out of a posting.
pub trait Normalise: Send + Sync {
    /// Reads `posting`. Relative dates count from its `fetched_at`. Never fails: what cannot be read is `missing`.
    fn normalise(&self, posting: &Posting) -> Normalised;

    /// Version of the rules and of the tables they read with.
    fn version(&self) -> &str;
}

/// Codes job titles.
pub trait CodeOccupation: Send + Sync {
    /// Codes `title` in its context. Never fails: what cannot be coded is `uncodable`.
    fn code(&self, title: &str, context: &CodingContext<'_>) -> OccupationCoding;

    /// Version of coder, tables and weights.
    fn version(&self) -> &str;
}

/// Finds postings that are the same vacancy.
pub trait FindDuplicates: Send + Sync {
    /// Groups `records`. Every record is in exactly one cluster. The result does not depend on their order.
    fn cluster(&self, records: &[DedupRecord], rules: &LinkRules) -> Vec<Cluster>;

    /// What two postings are to each other, and why.
    fn explain(&self, a: &DedupRecord, b: &DedupRecord) -> PairDecision;

    /// Version of rules and weights.
    fn version(&self) -> &str;

    /// Takes records in piece by piece, for sets whose prose does not fit in memory. The answer is the one
    /// [`FindDuplicates::cluster`] gives for all of them at once; without an own implementation they are kept whole.
    fn begin(&self) -> Box<dyn DuplicateSearch + '_> {
        Box::new(WholeRecords { finder: self, records: Vec::new() })
    }
}

/// A search for duplicates under way: see [`FindDuplicates::begin`].
pub trait DuplicateSearch: Send {
    /// Takes records in.
    fn add(&mut self, records: &[DedupRecord]);

    /// Groups all that were taken in.
    fn finish(self: Box<Self>, rules: &LinkRules) -> Vec<Cluster>;
}

struct WholeRecords<'a, F: ?Sized> {
    finder: &'a F,
    records: Vec<DedupRecord>,
}

impl<F: FindDuplicates + ?Sized> DuplicateSearch for WholeRecords<'_, F> {
    fn add(&mut self, records: &[DedupRecord]) {
        self.records.extend_from_slice(records);
    }

    fn finish(self: Box<Self>, rules: &LinkRules) -> Vec<Cluster> {
        self.finder.cluster(&self.records, rules)
    }
}
