//! The pages people read. Rendered here, escaped by the templates, complete without a script.

mod charts;
mod choice;
mod cube;
mod explore;
mod format;
mod map;
mod methodology;
mod quality;
mod reference;
mod releases;
mod sentence;
mod table;
mod view;

pub(crate) use explore::explore;
pub(crate) use methodology::methodology;
pub(crate) use reference::reference;
pub(crate) use releases::{release, releases};

use crate::{ApiError, cache};
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

const STYLE: &str = include_str!("../../assets/style.css");
const ICON: &str = include_str!("../../assets/icon.svg");

/// Version of the style sheet in its address, so that a new program is never shown with an old style.
pub(crate) fn style_version() -> String {
    cache::etag(&[STYLE]).trim_matches(|ch: char| !ch.is_ascii_hexdigit()).chars().take(10).collect()
}

/// `GET /static/{file}`: what the pages need beside themselves, built into the program.
pub(crate) async fn asset(Path(file): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let (kind, content) = match file.as_str() {
        "style.css" => ("text/css; charset=utf-8", STYLE),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return ApiError::no_route().into_response(),
    };
    let etag = cache::etag(&[content]);
    // An address that bears the version never shows anything else.
    let pinned =
        content == STYLE && query.as_deref().and_then(|query| query.strip_prefix("v=")) == Some(&style_version());
    if let Some(answer) = cache::unchanged(&headers, &etag, pinned) {
        return answer;
    }
    let answer = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], content).into_response();
    cache::with_headers(answer, &etag, pinned)
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    style: String,
    here: &'a str,
    title: &'a str,
    text: &'a str,
}

/// A page that says only one thing.
fn message(status: StatusCode, title: &str, text: &str) -> Response {
    let page = Message { style: style_version(), here: "", title, text };
    (status, html(&page)).into_response()
}

/// A template as an answer.
fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            ApiError::internal().into_response()
        }
    }
}

/// A failure as a page.
fn failed(error: &ApiError) -> Response {
    message(error.status(), error.title(), &error.detail)
}

/// What stands at no address: JSON under `/api`, a page elsewhere.
pub(crate) async fn not_found(method: Method, uri: Uri) -> Response {
    let read = matches!(method, Method::GET | Method::HEAD);
    let error = if read { ApiError::no_route() } else { ApiError::method() };
    if uri.path().starts_with("/api") || !read { error.into_response() } else { failed(&error) }
}
