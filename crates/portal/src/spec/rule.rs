//! Where a value is found.

use super::{JsonPath, Transform};
use regex::Regex;
use scraper::Selector;

/// A place to look.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// Paths into the page's schema.org JobPosting.
    JsonLd(Vec<JsonPath>),
    /// Paths into the answer, the item, or the JSON embedded in the page.
    Json(Vec<JsonPath>),
    /// Elements, or one of their attributes.
    Css { selector: Selector, attr: Option<String> },
    /// The value beside a label: dt/dd, th/td, 'Label: value'. Labels in lower case.
    Label { labels: Vec<String>, within: Option<Selector> },
    /// The content of a meta element by name, property or itemprop.
    Meta(String),
    /// The first group of a pattern on the address of the posting.
    Url(Regex),
    /// Always the same.
    Constant(String),
}

/// A place to look and what to do with what is found there.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) source: Source,
    /// `None`: the first value that is not blank; else all, joined by this.
    pub(crate) join: Option<String>,
    pub(crate) transforms: Vec<Transform>,
}

/// Rules, the first that answers winning.
pub(crate) type Chain = Vec<Rule>;
