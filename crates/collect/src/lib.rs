//! Polite collecting: the only room that fetches.
//!
//! [`collect`] runs one round of one portal: robots.txt first, then the frontier that the store keeps, never faster than
//! portal.toml promises. Every response goes into the [`Archive`] (WARC) before what it means goes into the store; each
//! page is one transaction, so a killed process loses at most what was on its way and fetches nothing else twice.
//! [`replay`] reads the archive again, so that a mended portal description recovers the past.
//!
//! A portal that says no is left alone: 401, 403, 407, a challenge page, or 'too many requests' again and again end the
//! run, and never count as news about any posting. Only a complete listing closes what it no longer shows.

mod archive;
mod cancel;
mod error;
mod http;
mod outcome;
mod progress;
mod replay;
mod report;
mod round;
mod settings;

pub use archive::{Archive, ArchiveError, Record, Writer};
pub use cancel::Cancel;
pub use error::CollectError;
pub use http::{Retry, Robots, RobotsAnswer, classify};
pub use progress::{NoProgress, Progress, Snapshot};
pub use replay::replay;
pub use report::Report;
pub use round::collect;
pub use settings::Settings;
