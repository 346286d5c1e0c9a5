//! The words of OpenVacancy as types, and the ports (traits) other rooms implement.
//!
//! No I/O and no async live here. A type in this crate is a word of the house: `Posting`, `Vacancy`,
//! `Correction`, `Release`, `Observation`. Bad input is data: a posting that cannot be read becomes a
//! [`Problem`] with the place it was met, never a panic.

pub mod clock;
pub mod coding;
pub mod correction;
pub mod dedup;
pub mod education;
pub mod error;
pub mod ids;
pub mod month;
pub mod normalised;
pub mod observation;
pub mod pay;
pub mod place;
pub mod ports;
pub mod posting;
pub mod problem;
pub mod release;
pub mod run;
pub mod terms;
mod text_enum;
pub mod user;
pub mod vacancy;

pub use clock::{Clock, FixedClock, SystemClock, Timestamp};
pub use coding::{Alternative, CodingContext, OccupationCoding, OccupationMethod, Scheme};
pub use correction::{Correction, CorrectionTarget, NewCorrection};
pub use dedup::{Cluster, DedupRecord, PairDecision};
pub use error::StoreError;
pub use ids::{ContentHash, PortalId, PostingId, RunId, VacancyId};
pub use month::Month;
pub use normalised::Normalised;
pub use observation::{ObsStatus, Observation};
pub use posting::Posting;
pub use problem::Problem;
pub use release::{Release, ReleaseId, ReleaseState};
pub use run::{Run, RunCounts, RunState, Stage};
pub use vacancy::Vacancy;
