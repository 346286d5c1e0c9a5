//! What every handler works with.

use crate::ApiError;
use openvacancy_domain::ports::Store;
use openvacancy_domain::{Clock, Release, ReleaseId, ReleaseState, StoreError};
use std::sync::Arc;

/// The store and the clock.
#[derive(Clone)]
pub struct AppState {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl AppState {
    /// Serves what is published in `store`.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// Asks the store on a thread that may wait.
    pub(crate) async fn ask<T, F>(&self, question: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    {
        let store = Arc::clone(&self.store);
        match tokio::task::spawn_blocking(move || question(store.as_ref())).await {
            Ok(answer) => answer.map_err(ApiError::from),
            Err(error) => {
                tracing::error!(%error, "a store call panicked or was cancelled");
                Err(ApiError::internal())
            }
        }
    }

    /// Published releases, newest month and version first.
    pub(crate) async fn published(&self) -> Result<Vec<Release>, ApiError> {
        self.ask(|store| {
            let mut releases = store.releases()?;
            releases.retain(|release| release.state == ReleaseState::Published);
            Ok(releases)
        })
        .await
    }

    /// The release a request names, `latest` or none being the newest. `YYYY-MM` is the newest version of a month.
    pub(crate) async fn release(&self, name: Option<&str>) -> Result<Release, ApiError> {
        let releases = self.published().await?;
        let name = name.unwrap_or("latest");
        let found = if name == "latest" {
            releases.into_iter().next()
        } else if let Ok(month) = name.parse() {
            releases.into_iter().find(|release| release.id.month == month)
        } else {
            let id: ReleaseId = name.parse().map_err(|message: String| ApiError::bad("release", &message))?;
            releases.into_iter().find(|release| release.id == id)
        };
        found.ok_or_else(|| ApiError::no_release(name))
    }
}
