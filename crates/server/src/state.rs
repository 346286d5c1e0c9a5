//! What every handler works with.

use crate::{ApiError, Terms};
use openvacancy_domain::ports::Store;
use openvacancy_domain::{Clock, Release, ReleaseId, ReleaseState, StoreError};
use std::sync::Arc;

/// The store, the clock, the portals' terms.
#[derive(Clone)]
pub struct AppState {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    terms: Arc<Terms>,
}

impl AppState {
    /// Serves what is published in `store`.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, terms: Arc::default() }
    }

    /// The same, showing of single advertisements what these terms allow.
    #[must_use]
    pub fn with_terms(self, terms: Terms) -> Self {
        Self { terms: Arc::new(terms), ..self }
    }

    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
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
        find(&self.published().await?, name.unwrap_or("latest")).cloned()
    }
}

/// The release that `name` means among `releases`, the newest first.
pub(crate) fn find<'a>(releases: &'a [Release], name: &str) -> Result<&'a Release, ApiError> {
    let found = if name == "latest" {
        releases.first()
    } else if let Ok(month) = name.parse() {
        releases.iter().find(|release| release.id.month == month)
    } else {
        let id: ReleaseId = name.parse().map_err(|_| not_a_release(name))?;
        releases.iter().find(|release| release.id == id)
    };
    found.ok_or_else(|| ApiError::no_release(name))
}

fn not_a_release(name: &str) -> ApiError {
    let why = "is not a release: expected latest, a month as 2026-10 or a version as 2026-10.1";
    ApiError::bad("release", &format!("'{}' {why}", crate::error::shown(name)))
}
