//! What the API answers when it cannot answer: problem+json (RFC 9457) with a stable code and the mend.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use openvacancy_domain::StoreError;
use serde_json::json;

/// A failed request. What it says is for the client; what only operators may know goes to the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status}: {detail}")]
pub struct ApiError {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable short code: `unknown_parameter`, `bad_parameter`, `release_not_found`, ….
    pub code: &'static str,
    /// What went wrong, the same for every case of this code.
    pub title: &'static str,
    /// What went wrong here, and what to do.
    pub detail: String,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, title, detail: detail.into() }
    }

    pub(crate) fn unknown_parameter(name: &str, allowed: &[&str]) -> Self {
        let allowed = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
        let detail = format!("There is no parameter '{}'. Allowed here: {allowed}.", shown(name));
        Self::new(StatusCode::BAD_REQUEST, "unknown_parameter", "Unknown query parameter", detail)
    }

    pub(crate) fn bad(name: &str, why: &str) -> Self {
        let detail = format!("Parameter '{name}': {why}.");
        Self::new(StatusCode::BAD_REQUEST, "bad_parameter", "Query parameter not understood", detail)
    }

    pub(crate) fn no_release(name: &str) -> Self {
        let detail = if name == "latest" {
            "No release has been published yet.".to_owned()
        } else {
            format!("Release '{}' is not published. /api/v1/releases lists those that are.", shown(name))
        };
        Self::new(StatusCode::NOT_FOUND, "release_not_found", "Release not found", detail)
    }

    pub(crate) fn no_vacancy(id: &str) -> Self {
        let detail = format!("No open advertisement of the latest release has the id '{}'.", shown(id));
        Self::new(StatusCode::NOT_FOUND, "vacancy_not_found", "Vacancy not found", detail)
    }

    pub(crate) fn no_route() -> Self {
        let detail = "There is nothing at this address. The API begins at /api/v1/releases.";
        Self::new(StatusCode::NOT_FOUND, "not_found", "Not found", detail)
    }

    pub(crate) fn method() -> Self {
        let detail = "This address can only be read: use GET or HEAD.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed", detail)
    }

    pub(crate) fn unauthorised() -> Self {
        let detail = "Writing needs a session or an API key.";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorised", "Credentials needed", detail)
    }

    pub(crate) fn internal() -> Self {
        let detail =
            "The service could not answer. Try again; if it persists, tell the operator the time of the request.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", detail)
    }

    pub(crate) fn unavailable() -> Self {
        let detail = "The store cannot be reached. Try again in a minute.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "store_unavailable", "Store unavailable", detail)
    }
}

/// A client's text for a message: at most 80 characters of it.
fn shown(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_control()).take(80).collect()
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            // What a reader can get wrong that only the store sees: a cursor, a search of too many words.
            StoreError::Conflict { message } => {
                Self::new(StatusCode::BAD_REQUEST, "bad_parameter", "Query parameter not understood", message)
            }
            StoreError::NotFound { what } => {
                Self::new(StatusCode::NOT_FOUND, "not_found", "Not found", format!("{what} was not found."))
            }
            other => {
                tracing::error!(error = &other as &dyn std::error::Error, "the store failed");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({
            "type": format!("urn:openvacancy:problem:{}", self.code),
            "title": self.title,
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"openvacancy\""));
        }
        response
    }
}
