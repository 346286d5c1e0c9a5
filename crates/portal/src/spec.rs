//! A portal description, checked and compiled.

mod compile;
mod error;
mod file;
mod path;
mod rule;
mod transform;

pub use error::{SpecError, SpecLocation};
pub(crate) use path::JsonPath;
pub(crate) use rule::{Chain, Rule, Source};
pub(crate) use transform::Transform;

use chrono::NaiveDate;
use openvacancy_domain::PortalId;
use regex::Regex;
use scraper::Selector;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use url::Url;

/// What the portal's terms say of collecting by program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermsStatus {
    /// Published under an open licence.
    OpenLicence,
    /// Through an interface the owner offers for it.
    OfficialApi,
    /// The terms allow it, or the owner said so.
    Permitted,
    /// The terms are silent or ask for leave: off until the operator states that leave was given.
    NeedsPermission,
    /// The terms forbid it: never collected.
    Forbidden,
}

/// The portal's terms as they were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// What they come to.
    pub status: TermsStatus,
    /// The day they were read.
    pub read_on: NaiveDate,
    /// What they say, in our words.
    pub note: String,
}

/// A path that may be fetched although robots.txt disallows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RobotsException {
    /// Beginning of the path.
    pub path: String,
    /// Why that is right (an official interface whose terms allow it).
    pub reason: String,
}

/// The promise to the portal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateSpec {
    /// Requests per second to one host, at most.
    pub requests_per_second: f64,
    /// Requests to one host at the same time, at most.
    pub concurrency: u32,
    /// Requests per calendar day in Europe/London, at most; `None` = no limit but the rate.
    pub requests_per_day: Option<u64>,
}

/// How addresses are made canonical.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UrlRules {
    /// Query parameters to drop; `*` at the end stands for anything.
    pub drop_query: Vec<String>,
    /// A posting's address has no query that matters.
    pub posting_without_query: bool,
}

/// Format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    Html,
    Json,
}

/// One field of a posting and where it is found, the first place that answers winning.
#[derive(Debug, Clone)]
pub struct FieldRules {
    /// A name from [`openvacancy_domain::posting::FIELDS`], or `extra.NAME`.
    pub name: String,
    pub(crate) chain: Chain,
}

/// A sign on a page: all that it names must hold.
#[derive(Debug, Clone)]
pub(crate) struct Sign {
    pub(crate) status: Option<Vec<u16>>,
    pub(crate) css: Option<Selector>,
    pub(crate) contains: Option<String>,
    pub(crate) redirected_to: Option<Regex>,
    pub(crate) reason: String,
}

#[derive(Debug, Clone)]
pub(crate) enum Items {
    Css(Selector),
    Json(JsonPath),
}

#[derive(Debug, Clone)]
pub(crate) struct NextPage {
    pub(crate) parameter: String,
    pub(crate) first: u64,
    pub(crate) step: u64,
    pub(crate) size: u64,
}

/// One kind of document of the portal.
#[derive(Debug, Clone)]
pub(crate) struct DocumentSpec {
    pub(crate) name: String,
    pub(crate) format: Format,
    pub(crate) url: Option<Regex>,
    pub(crate) css: Option<Selector>,
    pub(crate) json: Option<JsonPath>,
    pub(crate) embedded_json: Option<Selector>,
    pub(crate) items: Option<Items>,
    pub(crate) posting_link: Option<Chain>,
    pub(crate) next: Option<Chain>,
    pub(crate) next_page: Option<NextPage>,
    pub(crate) total: Option<Chain>,
    pub(crate) fields: Vec<FieldRules>,
}

impl DocumentSpec {
    /// Whether it lists: leads to postings or to further pages, or holds several.
    pub(crate) fn is_listing(&self) -> bool {
        self.items.is_some() || self.posting_link.is_some()
    }
}

/// A portal description, checked and compiled.
#[derive(Debug, Clone)]
pub struct PortalSpec {
    /// The portal's id.
    pub id: PortalId,
    /// Its name as readers know it.
    pub name: String,
    /// Who runs it.
    pub owner: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Its terms.
    pub terms: Terms,
    /// Fields of single advertisements that the terms let us show in public.
    pub publish: Vec<String>,
    /// Paths that may be fetched in spite of robots.txt, with the reason.
    pub robots_exceptions: Vec<RobotsException>,
    /// The promise to the portal.
    pub rate: RateSpec,
    /// When it asks to be collected, as a cron expression; empty = on demand.
    pub cron: String,
    /// Most listing pages of one round: a guard against paging without end.
    pub max_listing_pages: u32,
    /// Whether a posting that left the listing is looked at once more, to learn whether it is gone.
    pub confirm_unlisted: bool,
    /// How addresses are made canonical.
    pub url_rules: UrlRules,
    pub(crate) base_url: Url,
    pub(crate) hosts: Vec<String>,
    pub(crate) start: Vec<String>,
    pub(crate) gone: Vec<Sign>,
    pub(crate) blocked: Vec<Sign>,
    pub(crate) documents: Vec<DocumentSpec>,
}

impl PortalSpec {
    /// Reads a description. `file` names it in messages.
    ///
    /// # Errors
    /// [`SpecError`] with line and column: unknown or missing keys, a selector, pattern, path or date that cannot be
    /// read, a field that has no such name.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, SpecError> {
        compile::compile(file, text)
    }

    /// The same portal at another address: a test server, the simulator, a mirror.
    ///
    /// # Errors
    /// [`SpecError`] where `base_url` is no absolute http(s) address.
    pub fn with_base_url(mut self, base_url: &str) -> Result<Self, SpecError> {
        let place = SpecLocation { file: self.id.to_string(), line: 0, column: 0 };
        self.base_url = compile::base_url(base_url).map_err(|message| SpecError { location: place, message })?;
        Ok(self)
    }

    /// The address everything is relative to.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// Addresses a round begins with. They are listings.
    #[must_use]
    pub fn start_urls(&self) -> Vec<Url> {
        self.start.iter().filter_map(|start| self.base_url.join(start).ok()).collect()
    }

    /// Whether `url` belongs to the portal: its own host and port, or one of the further hosts.
    #[must_use]
    pub fn is_same_site(&self, url: &Url) -> bool {
        // http and https of one host are one site; another port is another.
        let own = url.host_str() == self.base_url.host_str() && url.port() == self.base_url.port();
        own || url.host_str().is_some_and(|host| self.hosts.iter().any(|other| other == host))
    }

    /// The names of its documents, in the order they are tried.
    #[must_use]
    pub fn document_names(&self) -> Vec<&str> {
        self.documents.iter().map(|document| document.name.as_str()).collect()
    }

    /// Fields each document fills, by document.
    #[must_use]
    pub fn fields<'s>(&'s self) -> BTreeMap<&'s str, Vec<&'s str>> {
        let names = |document: &'s DocumentSpec| document.fields.iter().map(|field| field.name.as_str()).collect();
        self.documents.iter().map(|document| (document.name.as_str(), names(document))).collect()
    }
}
