//! What the numbers mean and what they do not.

use super::{html, style_version};
use crate::cache;
use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use openvacancy_release::disclosure::Options;
use openvacancy_release::indicator;

#[derive(Template)]
#[template(path = "methodology.html")]
struct Page {
    style: String,
    here: &'static str,
    indicators: Vec<(&'static str, &'static str, &'static str)>,
    threshold: u64,
    reference: &'static str,
}

/// `GET /methodology`.
pub(crate) async fn methodology(headers: HeaderMap) -> Response {
    let etag = cache::etag(&["methodology", &style_version()]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return answer;
    }
    let page = Page {
        style: style_version(),
        here: "methodology",
        indicators: indicator::ALL.iter().map(|(name, title, _, text)| (*name, *title, *text)).collect(),
        threshold: Options::default().threshold,
        reference: openvacancy_reference::version(),
    };
    cache::with_headers(html(&page), &etag, false)
}
