//! ETag, 304 and gzip.

use crate::pages::Page;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use openvacancy_domain::ContentHash;
use std::io::Write as _;

/// The page as an HTTP response: 304 where the reader has it already, compressed where the reader asks for that.
pub(super) fn respond(page: Page, asked: &HeaderMap) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.content_type));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if status == StatusCode::OK {
        let tag = format!("\"{}\"", &ContentHash::of(&page.body).as_str()[..20]);
        if let Ok(value) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, value);
        }
        if names_tag(asked, &tag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
    }
    let body = match gzipped(&page.body, asked) {
        Some(compressed) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            compressed
        }
        None => page.body,
    };
    *response.body_mut() = Body::from(body);
    response
}

fn names_tag(asked: &HeaderMap, tag: &str) -> bool {
    let header = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header.split(',').any(|named| named.trim().trim_start_matches("W/") == tag || named.trim() == "*")
}

fn gzipped(body: &[u8], asked: &HeaderMap) -> Option<Vec<u8>> {
    let header = asked.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let wants = header.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|part| part == "q=0")
    });
    if !wants || body.len() < 256 {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::fast());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}
