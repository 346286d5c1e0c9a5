//! Place, pay, terms, education, experience, skills, sector and dates read out of an advertisement.
//!
//! [`Normaliser`] is the whole; each field has its module. Every reader is pure, works from tables and patterns built
//! once, and never fails: what cannot be read stays empty with its reason in `missing`, what was read names its words
//! in `evidence`. The phrase corpora under `tests/phrases` are the contract of each reader.

mod contract;
mod cue;
pub mod dates;
mod education;
mod experience;
mod hours;
mod junk;
mod language;
mod location;
mod normaliser;
mod openings;
mod pattern;
pub mod pay;
mod phrase_index;
mod sector;
mod skills;
mod text;
mod workplace;

pub use junk::REASONS as EXCLUDED_REASONS;
pub use normaliser::Normaliser;
