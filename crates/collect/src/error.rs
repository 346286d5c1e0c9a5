//! Why a round cannot begin or go on. What a portal answers is never an error here: it is in the report.

use crate::ArchiveError;
use openvacancy_domain::{PortalId, StoreError};

/// A failure of collecting.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// The portal's terms do not allow it.
    #[error("{portal}: not collected: {reason}")]
    NotPermitted {
        /// The portal.
        portal: PortalId,
        /// What the terms say and what would change it.
        reason: String,
    },
    /// Nobody could be reached by the portal's owner.
    #[error("{portal}: set a contact (an address or e-mail) before collecting: it goes into the User-Agent")]
    NoContact {
        /// The portal.
        portal: PortalId,
    },
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: {0}")]
    Client(#[source] reqwest::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The archive failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A worker thread ended before its work did.
    #[error("a worker ended unexpectedly: {0}")]
    Worker(#[from] tokio::task::JoinError),
}
