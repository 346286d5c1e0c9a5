//! What stops a run.

use openvacancy_domain::StoreError;

/// What stops a run. Bad postings and corrections do not: they are problems in the run's log.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The store could not do its part. What was committed before stays; running again goes on from there.
    #[error("{action}: {source}; run it again once that is mended, it goes on where it stopped")]
    Store {
        /// What was being done.
        action: &'static str,
        /// The store's own error.
        #[source]
        source: StoreError,
    },
}

/// Says what was being done when the store failed.
pub(crate) trait Doing<T> {
    fn doing(self, action: &'static str) -> Result<T, PipelineError>;
}

impl<T> Doing<T> for Result<T, StoreError> {
    fn doing(self, action: &'static str) -> Result<T, PipelineError> {
        self.map_err(|source| PipelineError::Store { action, source })
    }
}
