//! Whether the service can answer.

use crate::{ApiError, AppState};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// `GET /health`: 200 where the store answers, with the latest release; 503 where it does not.
pub(crate) async fn health(State(state): State<AppState>) -> Response {
    match state.published().await {
        Ok(releases) => {
            let latest = releases.first().map(|release| release.id.to_string());
            let body = json!({
                "status": "ok",
                "store": "ok",
                "latest_release": latest,
                "releases": releases.len(),
                "time": state.clock().now(),
                "version": env!("CARGO_PKG_VERSION"),
            });
            ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(body)).into_response()
        }
        Err(_) => ApiError::unavailable().into_response(),
    }
}
