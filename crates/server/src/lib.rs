//! JSON API and pages over the published releases.
//!
//! Only what is published is served: drafts, prose and anything a disclosure rule withheld stay inside. Store calls
//! block, so each runs on a thread that may wait. Nothing here needs a script in the browser.

mod api;
mod cache;
mod error;
mod guard;
mod names;
mod pages;
mod params;
mod state;
mod terms;

pub use error::{ApiError, ProblemCode};
pub use state::AppState;
pub use terms::Terms;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::get;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

/// Largest request body, bytes: nothing that is read needs one.
const BODY_LIMIT: usize = 64 * 1024;
/// Longest an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Every route over this state.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/", get(pages::explore))
        .route("/releases", get(pages::releases))
        .route("/releases/{release}", get(pages::release))
        .route("/methodology", get(pages::methodology))
        .route("/static/{file}", get(pages::asset))
        .route("/api", get(pages::reference))
        .merge(api::described().0)
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::not_found)
        // Layers further down stand further out.
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(from_fn(guard::writes_need_credentials))
        .layer(from_fn(guard::cross_origin))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(from_fn(guard::security_headers))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(state)
}
