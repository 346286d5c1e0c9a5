//! What the portals answer: pages made from the world as it stands on a day.

pub(crate) mod charset;
mod civic;
mod dates;
mod faulty;
mod feed;
mod harbour;

use crate::portal::Portal;
use crate::world::World;
use chrono::NaiveDate;

/// An answer before it is compressed or found unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: &'static str,
    /// The bytes.
    pub body: Vec<u8>,
}

pub(crate) const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

impl Page {
    fn html(status: u16, body: String) -> Self {
        Self { status, content_type: HTML, body: body.into_bytes() }
    }

    fn json(status: u16, body: &serde_json::Value) -> Self {
        Self { status, content_type: JSON, body: body.to_string().into_bytes() }
    }

    fn not_found() -> Self {
        Self::html(404, "<!doctype html><title>Page not found</title><h1>Page not found</h1>".to_owned())
    }
}

/// What `portal` answers to a GET of `path` with `query` on `day`. Any path and query is answered.
#[must_use]
pub fn answer(world: &World, portal: Portal, path: &str, query: &str, day: NaiveDate) -> Page {
    if path == "/robots.txt" {
        let body = b"User-agent: *\nDisallow: /private\n".to_vec();
        return Page { status: 200, content_type: TEXT, body };
    }
    if path.starts_with("/private") {
        return Page::html(200, "<!doctype html><title>Sign in</title><h1>Sign in to go on</h1>".to_owned());
    }
    match portal {
        Portal::Harbour => harbour::answer(world, path, query, day),
        Portal::Civic => civic::answer(world, path, query, day),
        Portal::Feed => feed::answer(world, path, query, day),
    }
}

/// A whole number in a query: `parameter(Some("page=3&x=1"), "page")`. Absent or unreadable is `None`.
fn parameter(query: &str, name: &str) -> Option<usize> {
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        if key == name { value.parse().ok() } else { None }
    })
}

/// One page of what is listed: the numbers of its listings, the page's own number from 1, and how many pages there are.
struct Paging {
    shown: Vec<u32>,
    total: usize,
    page: usize,
    pages: usize,
}

fn paging(world: &World, portal: Portal, day: NaiveDate, page: Option<usize>, size: usize) -> Paging {
    let listed = world.listed(portal, day);
    let page = page.unwrap_or(1).max(1);
    let shown = listed.iter().copied().skip((page - 1).saturating_mul(size)).take(size).collect();
    Paging { shown, total: listed.len(), page, pages: listed.len().div_ceil(size).max(1) }
}

#[cfg(test)]
mod tests {
    use super::parameter;

    #[test]
    fn parameters_are_read_kindly() {
        let check = |query: &str, expected: Option<usize>| assert_eq!(parameter(query, "page"), expected, "{query}");
        check("page=3", Some(3));
        check("q=chef&page=12&x", Some(12));
        check("page=-1", None);
        check("page=zz", None);
        check("", None);
    }
}
