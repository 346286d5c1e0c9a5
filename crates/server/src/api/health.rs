//! Whether the service can answer.

use super::document::Problems;
use crate::{ApiError, AppState};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`.
    status: &'static str,
    /// `ok`: the store answers.
    store: &'static str,
    /// The newest release; null before the first.
    #[schema(required, example = "2026-10.1")]
    latest_release: Option<String>,
    /// Published releases.
    releases: usize,
    /// Time of the answer.
    time: DateTime<Utc>,
    /// Version of the program.
    version: &'static str,
}

/// Health
///
/// 200 where the store answers, 503 where it does not.
#[utoipa::path(get, path = "/health", tag = "Service", responses(
    (status = 200, description = "The service can answer.", body = Health), Problems))]
pub(crate) async fn health(State(state): State<AppState>) -> Response {
    match state.published().await {
        Ok(releases) => {
            let health = Health {
                status: "ok",
                store: "ok",
                latest_release: releases.first().map(|release| release.id.to_string()),
                releases: releases.len(),
                time: state.clock().now(),
                version: env!("CARGO_PKG_VERSION"),
            };
            ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(health)).into_response()
        }
        Err(_) => ApiError::unavailable().into_response(),
    }
}
