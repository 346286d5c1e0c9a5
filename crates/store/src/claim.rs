//! A claim to a piece of work that one process at a time may do.

use openvacancy_domain::StoreError;

/// Held while the work is done; given back when dropped.
pub struct Claim(#[expect(dead_code, reason = "dropping it gives the claim back")] Box<dyn Send>);

impl std::fmt::Debug for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Claim")
    }
}

impl Claim {
    pub(crate) fn new(held: impl Send + 'static) -> Self {
        Self(Box::new(held))
    }
}

/// The answer where another holds it.
pub(crate) fn taken(work: &str, name: &str) -> StoreError {
    StoreError::Conflict {
        message: format!("another process is at '{work}' on {name}; wait until it ends and run again"),
    }
}
