//! The same vacancy on several portals, or advertised again: blocking, similarity, clusters, reasons.
//!
//! The way through: each record is cut down to a [`Profile`] (its prose becomes a few hundred bytes of hashes, so text
//! need not stay in memory); [`blocking`](self) proposes pairs in near-linear time; each pair is weighed by a logistic
//! model over fields, with missing values as missing; rules that a statistician can switch ([`Options`]) say what the
//! likeness means; clusters grow from the surest pair down and never join two postings that a rule keeps apart.
//! Nothing depends on the order of the records, on the number of threads or on the machine.

mod blocking;
mod boilerplate;
mod cluster;
mod deduplicator;
mod employer;
mod features;
mod link;
mod model;
mod options;
mod pay;
mod place;
mod profile;
mod prose;
mod reasons;
mod relation;
mod text;
mod title;
mod weights;

pub use boilerplate::Boilerplate;
pub use deduplicator::Deduplicator;
pub use features::{FEATURES, Features};
pub use options::Options;
pub use profile::Profile;
pub use relation::{Barrier, Verdict};
