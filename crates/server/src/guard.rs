//! What holds for every request: headers that keep browsers safe, writes refused, panics answered.

use crate::ApiError;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
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

/// Sets the security headers.
pub(crate) async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// What a page of another site may do with the API: read it, conditionally if it likes, and see the validator.
const CROSS_ORIGIN: [(HeaderName, &str); 5] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, content-disposition"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "accept, if-none-match"),
    (header::ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// Lets pages of any site read the API. A browser that asks beforehand gets all of it answered here.
pub(crate) async fn cross_origin(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let asked = *request.method() == Method::OPTIONS;
    let mut response = if asked { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    for (name, value) in CROSS_ORIGIN.into_iter().take(if asked { CROSS_ORIGIN.len() } else { 2 }) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
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
