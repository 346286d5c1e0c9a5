//! The rows of answers, and what their members mean.

use crate::names;
use crate::terms::{Field, Terms};
use chrono::{DateTime, NaiveDate, Utc};
use openvacancy_domain::release::GateResult;
use openvacancy_domain::{ObsStatus, Observation, Release, ReleaseId, Vacancy};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Status of a number (SDMX code list CL_OBS_STATUS): `A` normal; `B` break in the series, as a portal entered or left;
/// `P` provisional; `C` withheld to protect an employer; `M` missing.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) enum Status {
    A,
    B,
    P,
    C,
    M,
}

impl From<ObsStatus> for Status {
    fn from(status: ObsStatus) -> Self {
        match status {
            ObsStatus::Normal => Self::A,
            ObsStatus::Break => Self::B,
            ObsStatus::Provisional => Self::P,
            ObsStatus::Confidential => Self::C,
            ObsStatus::Missing => Self::M,
        }
    }
}

/// One published number: an indicator of an area, an occupation and a month. A combination without a row is zero.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ObservationRow {
    /// The release the number stands in.
    #[schema(example = "2026-10.1")]
    pub(super) release: String,
    /// What is counted or measured; `/api/v1/indicators` explains each.
    #[schema(example = "vacancies_flow")]
    pub(super) indicator: String,
    /// Kind of area: `uk`, `country`, `region`, `county`, `lad`, `lep`.
    #[schema(example = "region")]
    pub(super) area_type: String,
    /// ONS code of the area, or `unknown` where no place could be read.
    #[schema(example = "E12000007")]
    pub(super) area: String,
    /// Its official name.
    #[schema(example = "London")]
    pub(super) area_name: String,
    /// SOC 2020 code of one to four digits, `total` for all, `unknown` where none was given.
    #[schema(example = "2231")]
    pub(super) occupation: String,
    /// Its official title.
    #[schema(example = "Midwifery nurses")]
    pub(super) occupation_title: String,
    /// Month, `YYYY-MM`.
    #[schema(example = "2026-10")]
    pub(super) period: String,
    /// The number, in `unit`; null where it is withheld or missing.
    #[schema(required, example = 1234.0)]
    pub(super) value: Option<f64>,
    /// `count`, or `gbp_per_year`: pounds sterling per year for full-time work.
    #[schema(example = "count")]
    pub(super) unit: String,
    /// Status of the number.
    pub(super) status: Status,
}

impl ObservationRow {
    pub(super) fn of(release: ReleaseId, row: Observation) -> Self {
        Self {
            release: release.to_string(),
            area_name: names::area(&row.area_type, &row.area),
            occupation_title: names::occupation(&row.occupation),
            indicator: row.indicator,
            area_type: row.area_type,
            area: row.area,
            occupation: row.occupation,
            period: row.period,
            value: row.value,
            unit: row.unit,
            status: row.status.into(),
        }
    }
}

/// An open advertisement as the public may see it: no prose, no words of it beyond the title. A member is null where it
/// is not known or the portal's terms do not let us show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VacancyRow {
    /// Stable id.
    #[schema(example = "v0f3a5c7e9b1d2468")]
    vacancy_id: String,
    /// Month of the first sighting, `YYYY-MM`.
    #[schema(required, example = "2026-10")]
    flow_month: Option<String>,
    /// Title as shown.
    job_title: String,
    /// Address of the advertisement.
    #[schema(required, format = "uri")]
    job_link: Option<String>,
    /// Employer as shown.
    #[schema(required)]
    employer: Option<String>,
    /// SOC 2020 unit group.
    #[schema(required, example = "2231")]
    soc2020: Option<String>,
    /// Its title.
    #[schema(required)]
    soc2020_title: Option<String>,
    /// SOC 2010 unit group.
    #[schema(required)]
    soc2010: Option<String>,
    /// ISCO-08 unit group.
    #[schema(required)]
    isco08: Option<String>,
    /// Country.
    #[schema(required, example = "England")]
    country: Option<String>,
    /// Region of England, or the country elsewhere.
    #[schema(required, example = "E12000003")]
    region_code: Option<String>,
    /// County or unitary authority.
    #[schema(required)]
    county_code: Option<String>,
    /// Its name.
    #[schema(required)]
    county_name: Option<String>,
    /// Local authority district.
    #[schema(required)]
    lad_code: Option<String>,
    /// Its name.
    #[schema(required)]
    lad_name: Option<String>,
    /// Local Enterprise Partnership of 2021; `not_applicable` outside England.
    #[schema(required)]
    lep_code: Option<String>,
    /// Its name.
    #[schema(required)]
    lep_name: Option<String>,
    /// Places named, the primary first.
    places: Vec<String>,
    /// Day posted.
    #[schema(required)]
    date_posted: Option<NaiveDate>,
    /// Last day for applications.
    #[schema(required)]
    date_closing: Option<NaiveDate>,
    /// Day of the first sighting on any portal, in Europe/London.
    #[schema(required)]
    first_seen: Option<NaiveDate>,
    /// Portals that show it.
    portals: Vec<String>,
}

impl VacancyRow {
    /// The row, unless the terms do not even let us show the title.
    pub(super) fn of(vacancy: Vacancy, terms: &Terms) -> Option<Self> {
        let allowed = |field| terms.allow(&vacancy, field);
        if !allowed(Field::Title) {
            return None;
        }
        let (link, employer, location) = (allowed(Field::Url), allowed(Field::Employer), allowed(Field::Location));
        let (posted, closing) = (allowed(Field::DatePosted), allowed(Field::DateClosing));
        let (code, place) = (vacancy.occupation, vacancy.location);
        Some(Self {
            vacancy_id: vacancy.vacancy_id.to_string(),
            flow_month: vacancy.flow_month.map(|month| month.to_string()),
            job_title: vacancy.job_title,
            job_link: vacancy.job_link.filter(|address| link && is_web(address)),
            employer: vacancy.employer.filter(|_| employer),
            soc2020: code.soc2020,
            soc2020_title: code.soc2020_title,
            soc2010: code.soc2010,
            isco08: code.isco08,
            country: place.country,
            region_code: place.region_code,
            county_code: place.county_code,
            county_name: place.county_name,
            lad_name: place.lad_code.as_deref().map(|code| names::area("lad", code)),
            lad_code: place.lad_code,
            lep_code: place.lep_code,
            lep_name: place.lep_name,
            places: if location { place.places.into_iter().map(|place| place.name).collect() } else { Vec::new() },
            date_posted: vacancy.date_posted.filter(|_| posted),
            date_closing: vacancy.date_closing.filter(|_| closing),
            first_seen: vacancy.first_seen.map(openvacancy_domain::clock::london_date),
            portals: vacancy.portals.iter().map(ToString::to_string).collect(),
        })
    }
}

/// Whether an address may stand behind a link: anything but the web could run in the reader's browser.
fn is_web(link: &str) -> bool {
    let scheme = link.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| scheme == "https" || scheme == "http")
}

/// A published release.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReleaseRow {
    /// Its name, `YYYY-MM.N`.
    #[schema(example = "2026-10.1")]
    release: String,
    /// Its month.
    #[schema(example = "2026-10")]
    month: String,
    /// Its version, from 1; a revision is the next.
    version: u32,
    /// What was known at this instant counts.
    as_of: DateTime<Utc>,
    /// When it was published.
    #[schema(required)]
    published_at: Option<DateTime<Utc>>,
    /// Vacancies in the dataset.
    vacancies: u64,
    /// Observations in the dataset.
    observations: u64,
    /// SHA-256 over its rows: the same data, the same digest.
    digest: String,
    /// Versions of everything that made it.
    versions: BTreeMap<String, String>,
    /// Where to go on.
    links: ReleaseLinks,
}

/// Where a release is found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReleaseLinks {
    /// Its address.
    #[serde(rename = "self")]
    this: String,
}

impl ReleaseRow {
    pub(super) fn of(release: &Release) -> Self {
        Self {
            release: release.id.to_string(),
            month: release.id.month.to_string(),
            version: release.id.version,
            as_of: release.as_of,
            published_at: release.published_at,
            vacancies: release.vacancies,
            observations: release.observations,
            digest: release.digest.clone(),
            versions: release.versions.clone(),
            links: ReleaseLinks { this: format!("/api/v1/releases/{}", release.id) },
        }
    }
}

/// A published release with its quality report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReleaseDetail {
    /// The release.
    #[serde(flatten)]
    release: ReleaseRow,
    /// The quality report: completeness by variable, counts by portal, confidence of codes, what was withheld, notes.
    #[schema(value_type = Object)]
    quality: serde_json::Value,
    /// How each rule of the quality gate came out.
    gate: Vec<GateRow>,
}

impl ReleaseDetail {
    pub(super) fn of(release: &Release) -> Self {
        Self {
            release: ReleaseRow::of(release),
            quality: release.quality.clone(),
            gate: release.gate.iter().map(GateRow::of).collect(),
        }
    }
}

/// One rule of the quality gate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateRow {
    /// Stable name.
    #[schema(example = "soc2020_missing_share")]
    rule: String,
    /// Whether it was passed.
    passed: bool,
    /// What was measured and what was asked.
    message: String,
    /// Who published in spite of a failure, and why; null where nobody had to.
    #[schema(required)]
    overridden: Option<OverrideRow>,
}

/// A named person's decision to publish in spite of a failed rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OverrideRow {
    /// The rule.
    rule: String,
    /// Who.
    by: String,
    /// Why.
    reason: String,
    /// When.
    at: DateTime<Utc>,
}

impl GateRow {
    fn of(result: &GateResult) -> Self {
        let overridden = result.overridden.as_ref().map(|by| OverrideRow {
            rule: by.rule.clone(),
            by: by.by.clone(),
            reason: by.reason.clone(),
            at: by.at,
        });
        Self { rule: result.rule.clone(), passed: result.passed, message: result.message.clone(), overridden }
    }
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_web_addresses_become_links() {
        for good in ["https://example.org/1", "HTTP://example.org"] {
            assert!(is_web(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "//example.org", "javascript://example.org/%0aalert(1)", ""]
        {
            assert!(!is_web(bad), "{bad}");
        }
    }
}
