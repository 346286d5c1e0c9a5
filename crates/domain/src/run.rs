//! One execution of a stage, with its counts, errors and versions.

use crate::text_enum::text_enum;
use crate::{PortalId, RunId, Timestamp};
use serde::{Deserialize, Serialize};

text_enum! {
    /// A stage of the way the data goes.
    Stage {
        /// Fetch, archive, parse.
        Collect = "collect",
        /// Read a file.
        Import = "import",
        /// Normalise, code, de-duplicate.
        Process = "process",
        /// Build a release.
        Release = "release",
    }
}

text_enum! {
    /// How a run ended.
    RunState {
        /// Under way, or killed before it could say how it ended.
        Running = "running",
        /// Ended as it should.
        Done = "done",
        /// Ended with an error.
        Failed = "failed",
        /// Stopped by a person; it can be resumed.
        Interrupted = "interrupted",
    }
}

/// What a run counted. `read = stored + unchanged + rejected` holds for every run that reads postings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunCounts {
    /// Requests made.
    pub fetched: u64,
    /// Bytes received or read.
    pub bytes: u64,
    /// Postings or rows read.
    pub read: u64,
    /// Of them new, or with a new content.
    pub stored: u64,
    /// Of them seen before with the same content.
    pub unchanged: u64,
    /// Of them not usable; each is a problem with its place.
    pub rejected: u64,
    /// Postings closed.
    pub closed: u64,
}

/// A run as it stands in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// Which stage.
    pub stage: Stage,
    /// For which portal, where it is for one.
    pub portal: Option<PortalId>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How.
    pub state: RunState,
    /// What it counted.
    pub counts: RunCounts,
    /// Versions and settings, as `name: value`.
    pub versions: std::collections::BTreeMap<String, String>,
    /// The error it failed with.
    pub error: Option<String>,
}
