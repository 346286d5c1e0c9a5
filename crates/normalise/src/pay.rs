//! Pay: the advertisement's own words first, the portal's figures second, and why they differ.
//!
//! Order: the pay field; the portal's figures; the title; the first pay phrase of the prose; last, and flagged
//! `predicted`, what the portal guessed. Annual pay is full-time: 1,955 hours (37.5 a week, 52.14 weeks), 260 days,
//! 52 weeks, 12 months. A figure outside the plausible range of its period keeps its place but is never made annual.

mod figure;
mod period;
mod phrase;
mod prose;
mod range;
mod scale;
mod words;

pub use period::{DAYS_PER_YEAR, HOURS_PER_YEAR, MONTHS_PER_YEAR, WEEKS_PER_YEAR};

use crate::text::{evidence, fold};
use chrono::NaiveDate;
use openvacancy_domain::Posting;
use openvacancy_domain::pay::{Pay, WagePeriod};
use openvacancy_domain::terms::MissingReason;
use period::{per_year, plausible, portal_period};
use phrase::{PhraseReader, Reading};

/// Flags a pay may bear, in the order they are written.
pub const FLAGS: &[&str] = &[
    "predicted",
    "period_inferred",
    "conflict",
    "implausible",
    "foreign_currency",
    "ote",
    "band",
    "competitive",
    "commission_only",
    "unpaid",
    "wide_range",
];

/// Pay as read, and why it is empty where it is.
#[derive(Debug, Clone, Default)]
pub struct PayReading {
    /// The pay.
    pub pay: Pay,
    /// Why there is no figure.
    pub missing: Option<MissingReason>,
    /// The words it was read from.
    pub evidence: Option<String>,
}

/// Reads pay.
#[derive(Debug)]
pub struct PayReader {
    phrases: PhraseReader,
}

impl Default for PayReader {
    fn default() -> Self {
        Self::new()
    }
}

impl PayReader {
    /// Compiles the patterns.
    #[must_use]
    pub fn new() -> Self {
        Self { phrases: PhraseReader::new() }
    }

    /// Reads the pay of a posting. `day` is the day it was posted, for dated scales; `in_england` lets the NHS scales of
    /// England apply.
    #[must_use]
    pub fn read(&self, posting: &Posting, day: Option<NaiveDate>, in_england: bool) -> PayReading {
        let field = posting.salary.as_deref().map(|text| (text, fold(text)));
        let mut from_field = field.as_ref().map(|(_, folded)| self.phrases.field(folded)).unwrap_or_default();
        let portal = portal_figures(posting);
        let guessed = posting.salary_predicted == Some(true) || looks_guessed(posting, portal);
        if from_field.has_figures() {
            take_portal_period(&mut from_field, posting);
            if let Some(figures) = portal.filter(|_| !guessed) {
                from_field.conflict |= contradicts(&from_field, figures);
            }
            let text = field.map(|(text, _)| text).unwrap_or_default();
            return finish(from_field, Some(text.to_owned()), Some(evidence(text)));
        }
        if let Some(figures) = portal.filter(|_| !guessed) {
            let reading = self.portal_reading(posting, figures, &from_field);
            return finish(reading, wage_text(posting), None);
        }
        if let Some((reading, span)) = self.in_title(posting).or_else(|| self.in_prose(posting)) {
            let mut reading = reading;
            reading.band |= from_field.band;
            reading.competitive |= from_field.competitive;
            return finish(reading, Some(evidence(&span)), Some(evidence(&span)));
        }
        if let Some(figures) = portal {
            let mut reading = self.portal_reading(posting, figures, &from_field);
            reading.predicted = true;
            return finish(reading, wage_text(posting), None);
        }
        let folded = field.map(|(_, folded)| folded).unwrap_or_default();
        if from_field.band || folded.is_empty() {
            let named = format!("{folded} | {}", fold(&posting.title));
            if let (Some(day), true) = (day, in_england && is_nhs(posting))
                && let Some((low, high)) = scale::band_pay(&named, day)
            {
                let reading = Reading {
                    min: Some(low),
                    max: Some(high),
                    period: Some(WagePeriod::Year),
                    band: true,
                    ..from_field
                };
                return finish(reading, wage_text(posting), Some(evidence(&posting.title)));
            }
        }
        finish(from_field, wage_text(posting), None)
    }

    /// Reads a pay field alone, as the phrase tests do.
    #[must_use]
    pub fn phrase(&self, text: &str) -> Pay {
        finish(self.phrases.field(&fold(text)), Some(text.to_owned()), None).pay
    }

    fn in_title(&self, posting: &Posting) -> Option<(Reading, String)> {
        if !posting.title.contains(['£', '€', '$']) {
            return None;
        }
        let folded = fold(&posting.title);
        let reading = self.phrases.prose(&folded);
        let kept = reading.has_figures() && !(reading.inferred && reading.min.or(reading.max).unwrap_or(0.0) < 1_000.0);
        kept.then(|| (reading, posting.title.clone()))
    }

    fn in_prose(&self, posting: &Posting) -> Option<(Reading, String)> {
        prose::find(&self.phrases, posting.description.as_deref()?)
    }

    fn portal_reading(&self, posting: &Posting, (low, high): (Option<f64>, Option<f64>), field: &Reading) -> Reading {
        let mut reading = Reading {
            min: low,
            max: high,
            foreign: posting.salary_currency.as_deref().is_some_and(|currency| !is_pounds(currency)),
            ote: field.ote,
            band: field.band,
            pro_rata: field.pro_rata,
            ..Reading::default()
        };
        let value = high.or(low).unwrap_or_default();
        let said = posting.salary_period.as_deref().and_then(portal_period);
        let by_size = period::by_size(value);
        reading.period = match (said, by_size) {
            (Some(said), _) if plausible(said, value) => Some(said),
            // A portal that labels everything YEAR has labelled an hourly or daily rate.
            (Some(_), Some(size)) => {
                reading.conflict = true;
                reading.inferred = true;
                Some(size)
            }
            (Some(said), None) => Some(said),
            (None, size) => {
                reading.inferred = size.is_some();
                size
            }
        };
        reading
    }
}

/// The portal's figures: nought is absent.
fn portal_figures(posting: &Posting) -> Option<(Option<f64>, Option<f64>)> {
    let given = |value: Option<f64>| value.filter(|value| value.is_finite() && *value > 0.0);
    let (low, high) = (given(posting.salary_min), given(posting.salary_max));
    match (low, high) {
        (None, None) => None,
        // One figure alone is both ends, unless the portal gives nought as the lower end: then it is 'up to'.
        (Some(low), None) if posting.salary_max.is_none() => Some((Some(low), Some(low))),
        (None, Some(high)) if posting.salary_min.is_none() => Some((Some(high), Some(high))),
        (Some(low), Some(high)) if low > high => Some((Some(high), Some(low))),
        ends => Some(ends),
    }
}

/// Adzuna's estimates are single yearly figures with odd pence; some exports lose the column that says so.
fn looks_guessed(posting: &Posting, figures: Option<(Option<f64>, Option<f64>)>) -> bool {
    let Some((Some(low), Some(high))) = figures else { return false };
    #[expect(clippy::float_cmp, reason = "an estimate is the same figure twice")]
    let single = low == high;
    posting.salary_predicted.is_none()
        && posting.portal.as_str().starts_with("adzuna")
        && single
        && low > 5_000.0
        && (low * 100.0).round() % 100.0 != 0.0
}

fn is_pounds(currency: &str) -> bool {
    let currency = fold(currency);
    currency.contains('£') || currency.contains("gbp") || currency.contains("pound") || currency.contains("sterling")
}

fn is_nhs(posting: &Posting) -> bool {
    posting.portal.as_str().starts_with("nhs")
        || posting.employer.as_deref().is_some_and(|employer| employer.contains("NHS") || employer.contains("Hospital"))
}

fn wage_text(posting: &Posting) -> Option<String> {
    posting.salary.clone()
}

/// A phrase that names no period takes the portal's where the size allows it.
fn take_portal_period(reading: &mut Reading, posting: &Posting) {
    if !reading.inferred {
        return;
    }
    let Some(said) = posting.salary_period.as_deref().and_then(portal_period) else { return };
    let value = reading.max.or(reading.min).unwrap_or_default();
    if plausible(said, value) {
        reading.period = Some(said);
        reading.inferred = false;
    }
}

/// True where the portal's figures cannot come from the phrase, whatever hours the portal reckons with.
fn contradicts(reading: &Reading, (low, high): (Option<f64>, Option<f64>)) -> bool {
    let Some(period) = reading.period else { return false };
    let Some(said) = reading.max.or(reading.min) else { return false };
    let Some(portal) = high.or(low) else { return false };
    let ratio = portal / said;
    let factor = per_year(period);
    // 1,600 to 2,200 hours and 220 to 260 days are in use.
    !((0.75..=1.25).contains(&ratio) || (0.75 * factor..=1.25 * factor).contains(&ratio))
}

fn finish(reading: Reading, text: Option<String>, evidence: Option<String>) -> PayReading {
    let value_plausible =
        |value: Option<f64>| value.is_none_or(|value| reading.period.is_some_and(|period| plausible(period, value)));
    let found = reading.has_figures();
    let sound = found && value_plausible(reading.min) && value_plausible(reading.max) && !reading.foreign;
    let annual = |value: Option<f64>| {
        value
            .filter(|_| sound)
            .and_then(|value| reading.period.map(|period| (value * per_year(period) * 100.0).round() / 100.0))
    };
    let (annual_min, annual_max) = (annual(reading.min), annual(reading.max));
    let annual_gbp = match (annual_min, annual_max) {
        (Some(low), Some(high)) => Some(((low + high) * 50.0).round() / 100.0),
        (one, other) => one.or(other),
    };
    let wide = matches!((reading.min, reading.max), (Some(low), Some(high)) if high > low * 4.0);
    let flags = [
        ("predicted", reading.predicted && found),
        ("period_inferred", reading.inferred && found),
        ("conflict", reading.conflict && found),
        ("implausible", found && !reading.foreign && !sound),
        ("foreign_currency", reading.foreign),
        ("ote", reading.ote),
        ("band", reading.band),
        ("competitive", reading.competitive),
        ("commission_only", reading.commission_only),
        ("unpaid", reading.unpaid),
        ("wide_range", wide),
    ];
    let missing = (!found).then(|| match &text {
        Some(text) if text.bytes().any(|byte| byte.is_ascii_digit()) && !reading.band && !reading.ote => {
            MissingReason::Unreadable
        }
        _ => MissingReason::NotStated,
    });
    let pay = Pay {
        wage_min: reading.min,
        wage_max: reading.max,
        wage_period: reading.period.filter(|_| found),
        wage_pro_rata: reading.pro_rata.then_some(true),
        wage_text: text,
        wage_annual_min: annual_min,
        wage_annual_max: annual_max,
        wage_annual_gbp: annual_gbp,
        wage_flags: flags.iter().filter(|(_, set)| *set).map(|(name, _)| (*name).to_owned()).collect(),
    };
    PayReading { pay, missing, evidence: evidence.filter(|_| found) }
}
