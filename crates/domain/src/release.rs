//! An immutable, versioned monthly dataset.

use crate::text_enum::text_enum;
use crate::{Month, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

text_enum! {
    /// How far a release has come.
    ReleaseState {
        /// Built, not checked.
        Draft = "draft",
        /// The quality gate was passed, or each failure overridden by a named person.
        Checked = "checked",
        /// Public and immutable.
        Published = "published",
    }
}

/// A release's name, `YYYY-MM.N`; a revision is the next N.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReleaseId {
    /// The month.
    pub month: Month,
    /// The version, from 1.
    pub version: u32,
}

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.month, self.version)
    }
}

impl std::str::FromStr for ReleaseId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (month, version) =
            text.split_once('.').ok_or_else(|| format!("'{text}' is not a release: expected YYYY-MM.N"))?;
        let version = version.parse().ok().filter(|version| *version > 0);
        Ok(Self {
            month: month.parse()?,
            version: version.ok_or_else(|| format!("'{text}' is not a release: expected YYYY-MM.N"))?,
        })
    }
}

impl TryFrom<String> for ReleaseId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ReleaseId> for String {
    fn from(id: ReleaseId) -> Self {
        id.to_string()
    }
}

/// One rule of the quality gate as it came out for one release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateResult {
    /// Stable name of the rule: `soc2020_missing_share`.
    pub rule: String,
    /// Whether it was passed.
    pub passed: bool,
    /// What was measured and what was asked, in words.
    pub message: String,
    /// Who overrode a failure, and why.
    pub overridden: Option<Override>,
}

/// A named person's decision to publish in spite of a failed rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The rule.
    pub rule: String,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A release as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Its name.
    pub id: ReleaseId,
    /// How far it has come.
    pub state: ReleaseState,
    /// The instant the data is as of: what was known then counts, later sightings do not.
    pub as_of: Timestamp,
    /// When it was built.
    pub built_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Number of vacancies in it.
    pub vacancies: u64,
    /// Number of observations in it.
    pub observations: u64,
    /// SHA-256 over its vacancies and observations in their stored order: the same data, the same digest.
    pub digest: String,
    /// Versions of everything that made it: `program`, `rules`, `coder`, `dedup`, `reference`.
    pub versions: std::collections::BTreeMap<String, String>,
    /// How the quality gate came out; empty before the check.
    pub gate: Vec<GateResult>,
    /// The quality report: completeness, counts by portal, as JSON for pages and files.
    pub quality: serde_json::Value,
}
