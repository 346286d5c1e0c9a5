//! One posting out of its part of a document.

use super::evaluate::{Found, Place, chain};
use super::page::{Page, Scope};
use super::{Parsed, links};
use crate::document::Document;
use crate::spec::{DocumentSpec, FieldRules, PortalSpec, Source};
use crate::text;
use chrono::SecondsFormat;
use openvacancy_domain::ports::PageKind;
use openvacancy_domain::{Posting, PostingId, Problem};
use serde_json::{Map, Value};
use url::Url;

/// Reads the posting of `scope` into `parsed`. `item` is its number in a listing, for messages.
pub(super) fn read(
    spec: &PortalSpec,
    kind: &DocumentSpec,
    page: &Page<'_>,
    scope: &Scope<'_>,
    item: Option<usize>,
    parsed: &mut Parsed,
) {
    let place = match item {
        Some(number) => format!("{} item {number}", page.document.place()),
        None => page.document.place(),
    };
    let own_url = own_url(spec, kind, page, *scope, item.is_some());
    let at = Place { page, scope: *scope, own_url: own_url.as_deref() };
    let mut fields = Map::new();
    let mut problems = Vec::new();
    for rules in &kind.fields {
        if rules.name == "url" {
            continue;
        }
        match chain(&at, &rules.chain).and_then_finish(&rules.name) {
            Found::Value(value) => put(&mut fields, rules, value),
            Found::Nothing => {}
            Found::Unreadable(reason) => {
                problems.push(Problem::new(unreadable_code(&rules.name), &place, reason).in_field(&rules.name));
            }
        }
    }
    if let Some(url) = own_url {
        fields.insert("url".to_owned(), Value::String(url));
    }
    if let Some(at) = page.document.fetched_at {
        fields.insert("fetched_at".to_owned(), Value::String(at.to_rfc3339_opts(SecondsFormat::Secs, true)));
    }
    match build(spec, fields, &place, &mut problems) {
        Ok(posting) => {
            parsed.postings.push(posting);
            parsed.problems.append(&mut problems);
        }
        Err(problem) => parsed.rejected.push(problem),
    }
}

/// Every field but title that is refused goes, with a problem; without a title there is no posting.
fn build(
    spec: &PortalSpec,
    mut fields: Map<String, Value>,
    place: &str,
    problems: &mut Vec<Problem>,
) -> Result<Posting, Problem> {
    loop {
        match Posting::from_json_with_portal(Value::Object(fields.clone()), Some(&spec.id)) {
            Ok(posting) => return Ok(posting),
            Err(refused) => {
                let problem = Problem::new(refused.code, place, refused.message.clone()).in_field(&refused.field);
                if refused.field == "title" || fields.remove(&refused.field).is_none() {
                    return Err(problem);
                }
                problems.push(problem);
            }
        }
    }
}

fn put(fields: &mut Map<String, Value>, rules: &FieldRules, value: String) {
    match rules.name.strip_prefix("extra.") {
        Some(name) => {
            if let Value::Object(extra) = fields.entry("extra").or_insert_with(|| Value::Object(Map::new())) {
                extra.insert(name.to_owned(), Value::String(value));
            }
        }
        None => _ = fields.insert(rules.name.clone(), Value::String(value)),
    }
}

fn unreadable_code(field: &str) -> &'static str {
    if field.starts_with("date_") { "date_unreadable" } else { "field_unreadable" }
}

impl Found {
    /// Brings a value into its field's form: dates ISO 8601, prose in lines, everything else on one line.
    fn and_then_finish(self, field: &str) -> Self {
        let Self::Value(value) = self else { return self };
        match field {
            "date_posted" | "date_closing" => match text::iso_date(&value) {
                Ok(day) => Self::Value(day.to_string()),
                Err(reason) => Self::Unreadable(reason),
            },
            "description" => Self::Value(text::collapse_lines(&value)),
            _ => Self::Value(text::collapse(&value)),
        }
    }
}

/// The posting's own address: what its rules say, else (for a page of one posting) the page's own.
fn own_url(spec: &PortalSpec, kind: &DocumentSpec, page: &Page<'_>, scope: Scope<'_>, is_item: bool) -> Option<String> {
    let address = page.document.address();
    let place = Place { page, scope, own_url: address };
    let rules =
        kind.fields.iter().find(|rules| rules.name == "url").map(|rules| &rules.chain).or(kind.posting_link.as_ref());
    let said = rules.and_then(|rules| match chain(&place, rules) {
        Found::Value(link) => links::resolve(spec, address, &link, PageKind::Posting),
        _ => None,
    });
    let own = || address.filter(|_| !is_item).and_then(|address| Url::parse(address).ok());
    let url = said.or_else(|| own().map(|url| links::canonical(&spec.url_rules, url, PageKind::Posting)));
    url.map(String::from)
}

/// Which posting an address is of, without looking at any content.
pub(super) fn id_from_address(spec: &PortalSpec, document: &Document<'_>) -> Option<PostingId> {
    let url = Url::parse(document.url?).ok()?;
    spec.posting_id_of(&url)
}

impl PortalSpec {
    /// Which posting the page at `url` is of, where the address alone says it.
    #[must_use]
    pub fn posting_id_of(&self, url: &Url) -> Option<PostingId> {
        let url = links::canonical(&self.url_rules, url.clone(), PageKind::Posting);
        let path = links::path_and_query(url.as_str());
        for document in self.documents.iter().filter(|document| !document.is_listing()) {
            if !document.url.as_ref().is_some_and(|pattern| pattern.is_match(&path)) {
                continue;
            }
            let Some(rules) = document.fields.iter().find(|rules| rules.name == "portal_posting_id") else {
                // Then the address is the identity.
                return Some(PostingId { portal: self.id.clone(), id: url.to_string() });
            };
            let by_pattern = rules.chain.iter().find_map(|rule| match &rule.source {
                Source::Url(pattern) => pattern.captures(&path).and_then(|found| found.get(1).or_else(|| found.get(0))),
                _ => None,
            });
            if let Some(id) = by_pattern {
                return Some(PostingId { portal: self.id.clone(), id: id.as_str().to_owned() });
            }
        }
        None
    }
}
