//! Reads a posting from JSON or from columns, kindly but without guessing: each refusal names its field.

use super::Posting;
use crate::PortalId;
use serde_json::{Map, Value};

/// The names a posting has, in the order they are written.
pub const FIELDS: &[&str] = &[
    "portal",
    "portal_posting_id",
    "url",
    "reference",
    "title",
    "description",
    "employer",
    "location",
    "salary",
    "contract",
    "hours",
    "category",
    "date_posted",
    "date_closing",
    "openings",
    "language",
    "fetched_at",
    "postcode",
    "region",
    "county",
    "latitude",
    "longitude",
    "salary_min",
    "salary_max",
    "salary_period",
    "salary_currency",
    "salary_predicted",
    "workplace_type",
];

/// The largest field accepted, in bytes. Real prose stays under 100 kB; what is larger is a fault of the source.
pub const MAX_FIELD_BYTES: usize = 1 << 20;

/// Why a posting could not be read: which field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct FieldError {
    /// Stable short code: `title_missing`, `portal_missing`, `field_too_large`, `not_an_object`.
    pub code: &'static str,
    /// The field refused.
    pub field: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl FieldError {
    fn new(code: &'static str, field: &str, message: impl Into<String>) -> Self {
        Self { code, field: field.to_owned(), message: message.into() }
    }
}

impl Posting {
    /// Reads a posting from a JSON object. Blank text counts as absent; members of `extra` are kept.
    ///
    /// # Errors
    /// A [`FieldError`] where the value is no object, portal or title is missing, or a field is larger than
    /// [`MAX_FIELD_BYTES`]. A figure that cannot be read is kept in `extra` as `<field>_as_given`.
    pub fn from_json(value: Value) -> Result<Self, FieldError> {
        Self::from_json_with_portal(value, None)
    }

    /// As [`Posting::from_json`], with `portal` put in place of whatever the object says.
    ///
    /// # Errors
    /// As [`Posting::from_json`].
    pub fn from_json_with_portal(value: Value, portal: Option<&PortalId>) -> Result<Self, FieldError> {
        let Value::Object(object) = value else {
            return Err(FieldError::new("not_an_object", "posting", "expected a JSON object"));
        };
        let mut posting = Self::default();
        for (name, value) in object {
            posting.set(&name, value)?;
        }
        posting.finish(portal)
    }

    /// Reads a posting from columns of text, as in a CSV row.
    ///
    /// # Errors
    /// As [`Posting::from_json`].
    pub fn from_columns<'a>(
        columns: impl Iterator<Item = (&'a str, &'a str)>,
        portal: Option<&PortalId>,
    ) -> Result<Self, FieldError> {
        let mut posting = Self::default();
        for (name, text) in columns {
            if !text.is_empty() {
                posting.set(name, Value::String(text.to_owned()))?;
            }
        }
        posting.finish(portal)
    }

    fn finish(mut self, portal: Option<&PortalId>) -> Result<Self, FieldError> {
        if let Some(portal) = portal {
            self.portal = portal.clone();
        }
        if self.portal.as_str().is_empty() {
            return Err(FieldError::new("portal_missing", "portal", "no portal given; name one with --portal ID"));
        }
        if self.title.is_empty() {
            return Err(FieldError::new("title_missing", "title", "an advertisement needs a title"));
        }
        Ok(self)
    }

    fn set(&mut self, name: &str, value: Value) -> Result<(), FieldError> {
        match name {
            "portal" => {
                if let Some(text) = text(name, value)? {
                    self.portal = PortalId::from_text(&text).unwrap_or_default();
                }
            }
            "title" => self.title = text(name, value)?.unwrap_or_default(),
            "openings" => match openings(&value) {
                Ok(count) => self.openings = count,
                Err(Unreadable) => self.keep_as_given(name, value)?,
            },
            "salary_predicted" => match truth(&value) {
                Ok(truth) => self.salary_predicted = truth,
                Err(Unreadable) => self.keep_as_given(name, value)?,
            },
            "latitude" | "longitude" | "salary_min" | "salary_max" => match (number(&value), name) {
                (Ok(number), "latitude") => self.latitude = number,
                (Ok(number), "longitude") => self.longitude = number,
                (Ok(number), "salary_min") => self.salary_min = number,
                (Ok(number), _) => self.salary_max = number,
                (Err(Unreadable), _) => self.keep_as_given(name, value)?,
            },
            "extra" => match value {
                Value::Object(members) => self.extra.extend(members),
                Value::Null => {}
                other => _ = self.extra.insert(name.to_owned(), other),
            },
            _ => match self.text_field(name) {
                Some(field) => *field = text(name, value)?,
                None => self.keep_extra(name, value)?,
            },
        }
        Ok(())
    }

    fn text_field(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "portal_posting_id" => &mut self.portal_posting_id,
            "url" => &mut self.url,
            "reference" => &mut self.reference,
            "description" => &mut self.description,
            "employer" => &mut self.employer,
            "location" => &mut self.location,
            "salary" => &mut self.salary,
            "contract" => &mut self.contract,
            "hours" => &mut self.hours,
            "category" => &mut self.category,
            "date_posted" => &mut self.date_posted,
            "date_closing" => &mut self.date_closing,
            "language" => &mut self.language,
            "fetched_at" => &mut self.fetched_at,
            "postcode" => &mut self.postcode,
            "region" => &mut self.region,
            "county" => &mut self.county,
            "salary_period" => &mut self.salary_period,
            "salary_currency" => &mut self.salary_currency,
            "workplace_type" => &mut self.workplace_type,
            _ => return None,
        })
    }

    /// A figure that is none does not cost the advertisement: the field stays empty, and what stood there is kept.
    fn keep_as_given(&mut self, name: &str, value: Value) -> Result<(), FieldError> {
        self.keep_extra(&format!("{name}_as_given"), value)
    }

    fn keep_extra(&mut self, name: &str, value: Value) -> Result<(), FieldError> {
        if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return Ok(());
        }
        if value.as_str().is_some_and(|text| text.len() > MAX_FIELD_BYTES) {
            return Err(too_large(name, value.as_str().map_or(0, str::len)));
        }
        self.extra.insert(name.to_owned(), value);
        Ok(())
    }
}

fn too_large(name: &str, bytes: usize) -> FieldError {
    FieldError::new("field_too_large", name, format!("{bytes} bytes; at most {MAX_FIELD_BYTES} are accepted"))
}

/// Text as given: outer spaces off, NUL bytes out (no database keeps them), lists joined by commas.
fn text(name: &str, value: Value) -> Result<Option<String>, FieldError> {
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(members) => plain(&Value::Object(Map::from_iter(members))),
    };
    if text.len() > MAX_FIELD_BYTES {
        return Err(too_large(name, text.len()));
    }
    let text = if text.contains('\0') { text.replace('\0', "") } else { text };
    let trimmed = text.trim();
    Ok((!trimmed.is_empty()).then(|| trimmed.to_owned()))
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A value that is not what its field holds.
struct Unreadable;

/// What files write where there is no figure.
const NO_FIGURE: &[&str] = &["", "nan", "none", "null", "n/a", "na", "-"];

fn number(value: &Value) -> Result<Option<f64>, Unreadable> {
    let number = match value {
        Value::Null => return Ok(None),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text = text.trim();
            if NO_FIGURE.iter().any(|word| text.eq_ignore_ascii_case(word)) {
                return Ok(None);
            }
            text.trim_start_matches('£').replace(',', "").parse().ok()
        }
        _ => None,
    };
    number.filter(|number: &f64| number.is_finite()).map(Some).ok_or(Unreadable)
}

fn openings(value: &Value) -> Result<Option<u32>, Unreadable> {
    match number(value)? {
        None => Ok(None),
        Some(count) if (0.0..=100_000.0).contains(&count) && count.fract() == 0.0 =>
        {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked on the line above")]
            Ok(Some(count as u32))
        }
        Some(_) => Err(Unreadable),
    }
}

fn truth(value: &Value) -> Result<Option<bool>, Unreadable> {
    match plain(value).trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "1.0" | "yes" | "y" | "t" => Ok(Some(true)),
        "false" | "0" | "0.0" | "no" | "n" | "f" => Ok(Some(false)),
        text if NO_FIGURE.contains(&text) => Ok(None),
        _ => Err(Unreadable),
    }
}
