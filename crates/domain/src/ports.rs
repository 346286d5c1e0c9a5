//! The ports: what one room asks of another, so that neither need know how the other does it.
//!
//! The stage ports are pure: the same input and version give the same output. The store ports block; call them
//! from a thread that may wait (a rayon worker, `spawn_blocking`), never from an async task. Each call is one
//! transaction: when it returns `Ok`, what it was given is durable; when it does not, nothing of it is there.

mod stages;
mod store;

pub use stages::{CodeOccupation, DuplicateSearch, FindDuplicates, Normalise};
pub use store::{
    Capture, Closing, CodedPosting, CorrectionStore, FetchCommit, FrontierItem, FrontierStore, ObservationQuery, Page,
    PageKind, PortalSpan, PostingStore, RecordOutcome, ReleaseStore, ReleaseVacancy, RunLog, SeenPosting,
    StageVersions, Store, StoredCoding, StoredPosting, UserStore, VacancyQuery, VacancyRecord, VacancyStore,
};
