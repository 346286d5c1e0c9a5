//! What came of a round.

use openvacancy_domain::{PortalId, RunCounts, RunId, RunState};
use serde::Serialize;

/// What came of a round or a replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The portal.
    pub portal: PortalId,
    /// The run in the log.
    pub run: RunId,
    /// How it ended. `failed` and `interrupted` rounds go on where they stopped, the next time.
    pub state: RunState,
    /// What was counted.
    pub counts: RunCounts,
    /// It went on with a round that had not ended.
    pub resumed: bool,
    /// Every page of the listing was read, so that what is no longer listed could be closed.
    pub listing_complete: bool,
    /// Pages that had not changed since they were last fetched.
    pub not_modified: u64,
    /// Pages that robots.txt forbids; none of them was asked for.
    pub disallowed: u64,
    /// Pages given up after all tries.
    pub given_up: u64,
    /// Problems kept with the run.
    pub problems: u64,
    /// Why it stopped before its end.
    pub stopped: Option<String>,
}
