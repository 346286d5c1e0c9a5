//! From the bytes of one answer to postings, links, or the news that a posting is gone.

mod evaluate;
mod jsonld;
mod labels;
mod links;
mod listing;
mod page;
mod posting;
mod signs;

use crate::document::{Document, MAX_BYTES};
use crate::spec::{DocumentSpec, Format, PortalSpec};
use openvacancy_domain::ports::PageKind;
use openvacancy_domain::{Posting, PostingId, Problem};
use page::Page;
use serde::Serialize;

/// What a document was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A listing, an API answer, a feed: leads to postings or holds several.
    Listing,
    /// A page of one posting.
    Posting,
    /// Says that a posting is no longer there.
    Gone,
    /// Refuses us, or asks whether we are human. Says nothing about any posting.
    Blocked,
    /// None of the portal's documents.
    Unrecognised,
}

/// A page this one leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its address, canonical.
    pub url: String,
    /// What it will be.
    pub kind: PageKind,
}

/// A posting that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// Which, where the address says it.
    pub posting: Option<PostingId>,
    /// How it was found, in words.
    pub reason: String,
}

/// What was read from one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parsed {
    /// What the document was found to be.
    pub kind: Kind,
    /// The name portal.toml gives it.
    pub document: Option<String>,
    /// Postings it shows.
    #[serde(skip)]
    pub postings: Vec<Posting>,
    /// Pages it leads to, each once, in order.
    pub links: Vec<Link>,
    /// For a listing: items on it, whether they could be read or not.
    pub items: usize,
    /// For a listing: postings in the whole listing, where it says so.
    pub total: Option<u64>,
    /// For [`Kind::Gone`].
    pub gone: Option<Gone>,
    /// For [`Kind::Blocked`]: why we think so.
    pub blocked: Option<String>,
    /// Postings that could not be used, one problem each.
    pub rejected: Vec<Problem>,
    /// What else could not be read; the postings are used all the same.
    pub problems: Vec<Problem>,
}

impl Parsed {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            document: None,
            postings: Vec::new(),
            links: Vec::new(),
            items: 0,
            total: None,
            gone: None,
            blocked: None,
            rejected: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// What a document comes to that could not be read at all.
    #[must_use]
    pub fn refused(problem: Problem) -> Self {
        Self { rejected: vec![problem], ..Self::new(Kind::Unrecognised) }
    }

    /// Codes of the problems after which a listing cannot be called complete.
    pub const LISTING_FAULTS: &'static [&'static str] = &["listing_empty", "listing_unread"];
}

/// Reads one document of a portal. Whatever the bytes are, there is an answer.
#[must_use]
pub fn parse(spec: &PortalSpec, document: &Document<'_>) -> Parsed {
    if document.bytes.len() > MAX_BYTES {
        let message = format!("{} bytes; at most {MAX_BYTES} are read", document.bytes.len());
        return refused(document, "too_large", message);
    }
    let (text, contradiction) = document.text();
    let page = Page::new(document, &text);
    if let Some(reason) = signs::blocked(spec, &page) {
        return Parsed { blocked: Some(reason), ..Parsed::new(Kind::Blocked) };
    }
    if let Some(reason) = signs::gone(spec, &page) {
        let posting = posting::id_from_address(spec, document);
        return Parsed { gone: Some(Gone { posting, reason }), ..Parsed::new(Kind::Gone) };
    }
    if document.status >= 400 {
        return refused(document, "status", format!("the portal answered {}", document.status));
    }
    if page.format() == Format::Html && crate::text::too_deep(&text) {
        return refused(document, "too_deep", "elements nest deeper than any real page".to_owned());
    }
    let Some(kind) = recognise(spec, &page) else {
        let known = spec.document_names().join(", ");
        return refused(document, "unrecognised", format!("this is none of the portal's documents ({known})"));
    };
    let mut parsed = if kind.is_listing() {
        listing::read(spec, kind, &page)
    } else {
        let mut parsed = Parsed::new(Kind::Posting);
        posting::read(spec, kind, &page, &page.whole(kind), None, &mut parsed);
        parsed
    };
    parsed.document = Some(kind.name.clone());
    parsed.problems.extend(page.problems(kind, contradiction));
    parsed
}

fn refused(document: &Document<'_>, code: &str, message: String) -> Parsed {
    Parsed::refused(Problem::new(code, document.place(), message))
}

/// Which of the portal's documents this is: by its address where that is known, else by what it holds.
fn recognise<'s>(spec: &'s PortalSpec, page: &Page<'_>) -> Option<&'s DocumentSpec> {
    let of_format = || spec.documents.iter().filter(|document| document.format == page.format());
    let by_address = page.document.address().and_then(|address| {
        let address = links::path_and_query(address);
        of_format().find(|document| document.url.as_ref().is_some_and(|pattern| pattern.is_match(&address)))
    });
    by_address.or_else(|| {
        of_format().find(|document| match document.format {
            Format::Html => document.css.as_ref().is_some_and(|css| page.html().select(css).next().is_some()),
            Format::Json => match (&document.json, page.json()) {
                (Some(path), Some(root)) => !path.find(root).is_empty(),
                _ => false,
            },
        })
    })
}
