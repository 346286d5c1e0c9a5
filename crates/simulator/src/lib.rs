//! Pretend portals on loopback, with the truth kept.
//!
//! [`World::generate`] invents vacancies and the postings that show them, all from one seed: real places and official
//! codes, invented employers, pay said in many ways, prose with the boilerplate of real advertisements, copies on other
//! portals, re-postings, look-alikes that are different vacancies, and pages that are malformed. [`Simulator`] serves
//! them as three portals that differ as real ones do. [`World::truth`] says what is true of each posting, and
//! [`score`] holds the system's answers against it.
//!
//! | portal | dialect |
//! |---|---|
//! | `pretend-harbour` | HTML listing and posting pages with schema.org JSON-LD |
//! | `pretend-civic` | HTML tables and definition lists, windows-1252 here and there |
//! | `pretend-feed` | JSON API with paging |
//!
//! Everything is deterministic: same configuration, same world, on every machine. The present day is set by
//! [`World::set_day`]; nothing reads the machine's clock to decide what is shown.

mod catalogue;
mod employers;
mod error;
mod fault;
mod listing;
pub mod pages;
mod pay;
mod places;
mod portal;
mod prose;
mod prose_block;
mod random;
pub mod score;
mod server;
mod spin;
mod titles;
mod truth;
mod vacancy;
mod world;

pub use error::SimulatorError;
pub use fault::Fault;
pub use listing::{Listing, StructuredPay};
pub use portal::Portal;
pub use prose_block::Block;
pub use score::{Score, score};
pub use server::{Refusal, Request, Simulator};
pub use truth::TruthPosting;
pub use world::{World, WorldConfig, postings_jsonl};
