//! People who may write.

use crate::Timestamp;
use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a user may do. Each role may do all that the ones before it may.
    Role {
        /// Query microdata.
        Researcher = "researcher",
        /// Correct.
        Reviewer = "reviewer",
        /// Build, check and publish releases.
        DataManager = "data_manager",
        /// Add and disable users.
        Administrator = "administrator",
    }
}

/// A user. The password's hash never leaves the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name they sign in with.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// May not sign in.
    pub disabled: bool,
    /// When they were added.
    pub created_at: Timestamp,
}
