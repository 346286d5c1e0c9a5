//! A listing: links to postings, postings themselves, and the way to the next page.

use super::evaluate::{Found, Place, chain};
use super::page::{Page, Scope};
use super::{Kind, Link, Parsed, links, posting};
use crate::spec::{DocumentSpec, Items, PortalSpec};
use openvacancy_domain::Problem;
use openvacancy_domain::ports::PageKind;
use std::collections::BTreeSet;
use url::Url;

pub(super) fn read(spec: &PortalSpec, kind: &DocumentSpec, page: &Page<'_>) -> Parsed {
    let mut parsed = Parsed::new(Kind::Listing);
    let whole = page.whole(kind);
    let scopes: Vec<Scope<'_>> = match (&kind.items, whole) {
        (Some(Items::Css(css)), _) => page.html().select(css).map(Scope::Element).collect(),
        (Some(Items::Json(path)), Scope::Value(root)) => path
            .find(root)
            .into_iter()
            .flat_map(|found| match found {
                serde_json::Value::Array(members) => members.iter().collect::<Vec<_>>(),
                other => vec![other],
            })
            .map(Scope::Value)
            .collect(),
        (Some(Items::Json(_)), _) => {
            let message = "the answer cannot be read as JSON; it may have been cut off";
            parsed.rejected.push(Problem::new("listing_unread", page.document.place(), message));
            Vec::new()
        }
        (None, _) => vec![whole],
    };
    parsed.items = scopes.len();
    let at_page = Place { page, scope: whole, own_url: page.document.address() };
    if let Some(Found::Value(total)) = kind.total.as_ref().map(|rules| chain(&at_page, rules)) {
        parsed.total = total.trim().parse().ok();
    }
    let mut met = BTreeSet::new();
    for (number, scope) in scopes.iter().enumerate() {
        if !kind.fields.is_empty() {
            posting::read(spec, kind, page, scope, Some(number + 1), &mut parsed);
        } else if let Some(rules) = &kind.posting_link {
            let at_item = Place { page, scope: *scope, own_url: None };
            let link = match chain(&at_item, rules) {
                Found::Value(link) => links::resolve(spec, page.document.address(), &link, PageKind::Posting),
                _ => None,
            };
            match link {
                Some(url) => add(&mut parsed, &mut met, url, PageKind::Posting),
                None => parsed.problems.push(Problem::new(
                    "item_without_link",
                    format!("{} item {}", page.document.place(), number + 1),
                    "an item of the listing has no link to its posting",
                )),
            }
        }
    }
    if let Some(next) = next(spec, kind, &at_page, &parsed) {
        add(&mut parsed, &mut met, next, PageKind::Listing);
    }
    if let Some(problem) = empty(spec, kind, page, &parsed) {
        parsed.problems.push(problem);
    }
    parsed
}

fn add(parsed: &mut Parsed, met: &mut BTreeSet<String>, url: Url, kind: PageKind) {
    let url = String::from(url);
    if met.insert(url.clone()) {
        parsed.links.push(Link { url, kind });
    }
}

fn next(spec: &PortalSpec, kind: &DocumentSpec, place: &Place<'_>, parsed: &Parsed) -> Option<Url> {
    let address = place.page.document.address();
    if let Some(rules) = &kind.next
        && let Found::Value(link) = chain(place, rules)
    {
        return links::resolve(spec, address, &link, PageKind::Listing);
    }
    links::next_page(kind.next_page.as_ref()?, address?, parsed.items, parsed.total)
}

/// A listing without items is right only where it proves it: it says that there are none, or it is the page after the
/// last of a portal that does not say how many there are.
fn empty(spec: &PortalSpec, kind: &DocumentSpec, page: &Page<'_>, parsed: &Parsed) -> Option<Problem> {
    if parsed.items > 0 || parsed.total == Some(0) || !parsed.rejected.is_empty() {
        return None;
    }
    let is_first = page.document.url.is_none_or(|url| spec.start_urls().iter().any(|start| start.as_str() == url));
    if !is_first && kind.next_page.is_some() && parsed.total.is_none() {
        return None;
    }
    let message = "the listing shows no items and does not say that there are none; its mark-up may have changed";
    Some(Problem::new("listing_empty", page.document.place(), message))
}
