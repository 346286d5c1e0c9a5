//! A document while it is read. Everything dear (the tree, the JSON-LD, the table of labels) is made when first asked for.

use super::jsonld::{self, JsonLd};
use super::labels::{self, Labels};
use crate::document::Document;
use crate::spec::{DocumentSpec, Format};
use openvacancy_domain::Problem;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use std::cell::OnceCell;

/// The part of a document that one posting is read from.
#[derive(Clone, Copy)]
pub(super) enum Scope<'p> {
    /// All of it.
    Whole,
    /// One item of a listing.
    Element(ElementRef<'p>),
    /// One member of an answer.
    Value(&'p Value),
}

pub(super) struct Page<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) text: &'d str,
    html: OnceCell<Html>,
    json: OnceCell<Option<Value>>,
    embedded: OnceCell<Option<Value>>,
    jsonld: OnceCell<JsonLd>,
    labels: OnceCell<Labels>,
}

impl<'d> Page<'d> {
    pub(super) fn new(document: &'d Document<'d>, text: &'d str) -> Self {
        Self {
            document,
            text,
            html: OnceCell::new(),
            json: OnceCell::new(),
            embedded: OnceCell::new(),
            jsonld: OnceCell::new(),
            labels: OnceCell::new(),
        }
    }

    /// The content decides: portals label JSON as HTML and the reverse.
    pub(super) fn format(&self) -> Format {
        match self.text.trim_start().as_bytes().first() {
            Some(b'{' | b'[') => Format::Json,
            _ => Format::Html,
        }
    }

    pub(super) fn html(&self) -> &Html {
        self.html.get_or_init(|| {
            // A tree too deep to build is refused before; this keeps every way here safe.
            let text = if crate::text::too_deep(self.text) { "" } else { self.text };
            Html::parse_document(text)
        })
    }

    pub(super) fn json(&self) -> Option<&Value> {
        self.json.get_or_init(|| jsonld::tolerant(self.text)).as_ref()
    }

    /// The JSON inside an HTML page's script, an assignment before it passed over.
    fn embedded(&self, selector: &Selector) -> Option<&Value> {
        let read = || {
            let script: String = self.html().select(selector).next()?.text().collect();
            let start = script.find(['{', '['])?;
            jsonld::tolerant(script.get(start..)?)
        };
        self.embedded.get_or_init(read).as_ref()
    }

    pub(super) fn jsonld(&self) -> &JsonLd {
        self.jsonld.get_or_init(|| jsonld::find(self.text, self.document.address()))
    }

    pub(super) fn labels(&self) -> &Labels {
        self.labels.get_or_init(|| labels::of(self.html().root_element()))
    }

    /// The scope of a document that is one item as a whole.
    pub(super) fn whole(&self, kind: &DocumentSpec) -> Scope<'_> {
        let value = match (&kind.embedded_json, kind.format) {
            (Some(selector), _) => self.embedded(selector),
            (None, Format::Json) => self.json(),
            (None, Format::Html) => None,
        };
        // Without JSON the whole page is the scope; CSS rules look at the whole page in either case.
        value.map_or(Scope::Whole, Scope::Value)
    }

    /// What is wrong with the page as such.
    pub(super) fn problems(&self, kind: &DocumentSpec, contradiction: bool) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |code, message: &str| problems.push(Problem::new(code, self.document.place(), message));
        if contradiction {
            add("charset_contradicted", "the page says UTF-8 and its bytes are not; read as they look");
        }
        if kind.format == Format::Html && self.text.contains("<html") && !self.text.contains("</html") {
            add("page_truncated", "the page ends before its end tag; what was there is read");
        }
        if let Some(unreadable) = self.jsonld.get().and_then(|found| found.unreadable.as_ref()) {
            add("jsonld_unreadable", unreadable);
        }
        problems
    }
}
