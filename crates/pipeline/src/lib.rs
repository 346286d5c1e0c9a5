//! The stages in order, parallel and restartable: postings in, vacancies out.
//!
//! [`process`] normalises and codes what is pending, applies reviewers' corrections, groups postings that are one
//! vacancy, lets each vacancy take every field from its best source, and swaps the new set in. Stages are reached
//! through the domain's ports, so that this crate knows neither a rule nor a database. Memory is bounded by the chunk
//! under way and by the profiles of the duplicate search; a kill loses at most the chunk under way.

mod assemble;
mod coding_stage;
mod corrections;
mod error;
mod grouping_stage;
pub mod lookups;
mod process;
mod progress;
mod record;
mod source;
mod stages;
mod survivor;

pub use corrections::Corrections;
pub use error::PipelineError;
pub use process::{Options, Report, process};
pub use progress::{Progress, Silent, Step};
pub use record::dedup_record;
pub use stages::{Crosswalk, Stages};
