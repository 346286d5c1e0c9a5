//! Monthly datasets: what belongs to a month, its published numbers, disclosure control, the quality report and
//! gate, and the files people take away.
//!
//! A release is built from the present vacancies of the store ([`build()`]), checked against named rules
//! ([`check`]), and published ([`publish`]); from then on it never changes, and a revision is the next version.
//! The same vacancies and versions give the same digest on every machine.

mod build;
mod cells;
mod codes;
mod digest;
pub mod disclosure;
mod error;
pub mod export;
mod gate;
pub mod indicator;
mod membership;
mod observe;
mod progress;
pub mod quality;
mod report;

pub use build::{BuildOptions, build};
pub use error::ReleaseError;
pub use export::export;
pub use gate::{OverrideRequest, Thresholds, check, failures, publish};
pub use membership::Window;
pub use progress::{Progress, Step};

/// Version of the rules of this crate; it stands in every release's `versions` as `release_rules`.
pub const RULES_VERSION: &str = "1";
