//! Answers that clients may keep: they depend on a release and the request only.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use openvacancy_domain::Release;
use sha2::{Digest as _, Sha256};

/// The validator of an answer made of `parts`. Weak, because the same answer may go out compressed.
pub(crate) fn etag(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts.iter().chain(&[env!("CARGO_PKG_VERSION")]) {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let hex: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

/// Whether the client has this answer already.
fn matches(request: &HeaderMap, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tags = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    tags.flat_map(|tags| tags.split(',')).any(|tag| tag.trim() == "*" || opaque(tag) == opaque(etag))
}

/// 304 where the client has the answer already.
pub(crate) fn unchanged(request: &HeaderMap, etag: &str, pinned: bool) -> Option<Response> {
    matches(request, etag).then(|| with_headers(StatusCode::NOT_MODIFIED.into_response(), etag, pinned))
}

/// Marks an answer as one that may be kept: for good where the release is named, for minutes where it is the latest.
pub(crate) fn with_headers(mut response: Response, etag: &str, pinned: bool) -> Response {
    let keep =
        if pinned { "public, max-age=31536000, immutable" } else { "public, max-age=300, stale-while-revalidate=600" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

/// Whether a request names one version, which never changes.
pub(crate) fn pinned(name: Option<&str>, release: &Release) -> bool {
    name == Some(release.id.to_string().as_str())
}
