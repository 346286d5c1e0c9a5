//! What holds for every request: headers that keep browsers safe, writes refused, panics answered.

use crate::ApiError;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;

/// Pages bring no script, no inline style and nothing from elsewhere.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Sets the security headers; the API may be read from any site.
pub(crate) async fn security_headers(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if api {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    response
}

/// Refuses every write to the API and the review pages: there is no session or key yet that could allow one.
pub(crate) async fn writes_need_credentials(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let guarded = ["/api", "/review"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if guarded && !reads {
        return ApiError::unauthorised().into_response();
    }
    next.run(request).await
}

/// A panic is our fault: it is logged, and the client gets a plain 500.
#[expect(clippy::needless_pass_by_value, reason = "the layer asks for this signature")]
pub(crate) fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("unknown"), "a handler panicked");
    ApiError::internal().into_response()
}
