//! News of a round while it goes on.

use openvacancy_domain::PortalId;

/// How far a round has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The portal.
    pub portal: PortalId,
    /// Pages read and kept so far.
    pub pages: u64,
    /// Pages known to be still ahead; more may be found.
    pub ahead: u64,
    /// Postings read so far.
    pub postings: u64,
    /// What could not be used so far.
    pub problems: u64,
}

/// Hears how a round goes on. Called after each transaction; it must not take long.
pub trait Progress: Send + Sync {
    /// The round has come this far.
    fn update(&self, snapshot: &Snapshot);
}

/// Hears and says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn update(&self, _: &Snapshot) {}
}
