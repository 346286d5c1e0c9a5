//! A posting: one advertisement as one portal shows it, nothing interpreted.

mod read;

use crate::{ContentHash, PortalId, PostingId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use read::{FIELDS, FieldError, MAX_FIELD_BYTES};

/// One advertisement as one portal shows it. All text as shown; unknown = absent.
///
/// Read one from JSON or columns with [`Posting::from_json`] and [`Posting::from_columns`], which accept numbers
/// written as text and the reverse, keep unknown columns in `extra`, and name the field of whatever they refuse.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Posting {
    /// The portal that shows it. Mandatory.
    pub portal: PortalId,
    /// The portal's own id of the advertisement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portal_posting_id: Option<String>,
    /// Address of the advertisement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The employer's or agency's reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Job title. Mandatory.
    pub title: String,
    /// The prose, as text (mark-up removed, paragraphs kept as line breaks).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Employer or agency as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// Place as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Pay as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary: Option<String>,
    /// Contract type as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Working hours as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The portal's category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Date posted: ISO 8601 from our parsers, whatever a file holds from an import.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_posted: Option<String>,
    /// Closing date, as `date_posted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_closing: Option<String>,
    /// Number of openings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub openings: Option<u32>,
    /// Language as the portal says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// When the bytes were fetched, ISO 8601 with offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<String>,
    /// Postcode as the portal gives it; never trusted unchecked, like all that follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// The portal's region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The portal's county.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
    /// Degrees north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// The portal's lower pay figure, in `salary_currency` per `salary_period`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary_min: Option<f64>,
    /// The portal's upper pay figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary_max: Option<f64>,
    /// The portal's pay period as written (`YEAR`, `per hour`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary_period: Option<String>,
    /// The portal's currency as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary_currency: Option<String>,
    /// True where the portal guessed the pay itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary_predicted: Option<bool>,
    /// Remote, hybrid or on site, as the portal says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workplace_type: Option<String>,
    /// Columns that have no name here, kept as they came.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

impl Posting {
    /// What names this posting for good. Where the portal gives no id, its URL stands in, and where there is none
    /// either, the hash of its content: the same row imported twice is the same posting.
    #[must_use]
    pub fn id(&self) -> PostingId {
        let id = match (&self.portal_posting_id, &self.url) {
            (Some(id), _) if !id.is_empty() => id.clone(),
            (_, Some(url)) if !url.is_empty() => url.clone(),
            _ => format!("sha256:{}", &self.content_hash().as_str()[..32]),
        };
        PostingId { portal: self.portal.clone(), id }
    }

    /// The hash of all that is shown: equal hashes, equal content. The instant of fetching does not count.
    #[must_use]
    pub fn content_hash(&self) -> ContentHash {
        let content = Self { fetched_at: None, ..self.clone() };
        // A struct of text, numbers and a JSON map always serialises; an empty text would only merge hashes.
        ContentHash::of(serde_json::to_string(&content).unwrap_or_default().as_bytes())
    }
}
