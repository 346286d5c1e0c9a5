//! Names of things: portals, postings, vacancies, runs, contents.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

macro_rules! text_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id! {
    /// A portal's id: lower-case words joined by hyphens, such as `nhs-jobs`.
    PortalId
}
text_id! {
    /// A vacancy's stable id: `v` and 16 hexadecimal digits, made from its earliest posting.
    VacancyId
}
text_id! {
    /// The hash of a content, hexadecimal SHA-256: equal contents bear equal hashes on every machine.
    ContentHash
}

impl PortalId {
    /// A portal id made of any text a file may carry: `"Find a Job (DWP)"` becomes `find-a-job-dwp`.
    /// Text without a letter or digit gives `None`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut slug = String::with_capacity(text.len().min(64));
        for ch in text.chars().take(200) {
            if ch.is_alphanumeric() {
                slug.extend(ch.to_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        (!slug.is_empty()).then(|| Self(slug.chars().take(64).collect()))
    }
}

impl ContentHash {
    /// The SHA-256 of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex(&Sha256::digest(bytes)))
    }
}

impl VacancyId {
    /// The id of the vacancy whose earliest posting is `posting`.
    #[must_use]
    pub fn from_earliest(posting: &PostingId) -> Self {
        let digest = Sha256::digest(posting.to_string().as_bytes());
        Self(format!("v{}", hex(&digest[..8])))
    }
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What names one posting for good: the portal and the portal's own id. Shown `portal|portal_posting_id`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PostingId {
    /// The portal that shows it.
    pub portal: PortalId,
    /// The portal's own id, or what stands in for it (see [`crate::Posting::id`]).
    pub id: String,
}

impl fmt::Display for PostingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}", self.portal, self.id)
    }
}

impl std::str::FromStr for PostingId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('|') {
            Some((portal, id)) if !portal.is_empty() && !id.is_empty() => {
                Ok(Self { portal: PortalId(portal.to_owned()), id: id.to_owned() })
            }
            _ => Err(format!("'{text}' is not a posting name: expected portal|portal_posting_id")),
        }
    }
}

/// The number of a run, given by the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub i64);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
