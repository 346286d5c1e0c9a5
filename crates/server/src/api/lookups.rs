//! `GET /api/v1/indicators`, `/api/v1/occupations`, `/api/v1/areas`: what the codes in answers and questions mean.

use super::document::Problems;
use super::envelope::{Links, List, ListMeta};
use super::{Pairs, pairs};
use crate::names;
use crate::params::Params;
use crate::{ApiError, cache};
use axum::http::HeaderMap;
use axum::response::Response;
use openvacancy_domain::Scheme;
use openvacancy_reference::{area, occupation};
use openvacancy_release::indicator::{self, AreaType};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// An indicator.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorRow {
    /// Its name in answers and questions.
    #[schema(example = "vacancies_flow")]
    indicator: &'static str,
    /// Title.
    #[schema(example = "New vacancies")]
    title: &'static str,
    /// Unit: `count`, or `gbp_per_year`, pounds sterling per year for full-time work.
    #[schema(example = "count")]
    unit: &'static str,
    /// What it measures.
    description: &'static str,
}

/// A group of a classification of occupations.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OccupationRow {
    /// Code, as text: zeros at its start count.
    #[schema(example = "2231")]
    code: &'static str,
    /// Official title.
    #[schema(example = "Midwifery nurses")]
    title: String,
    /// Digits: 1 major, 2 sub-major, 3 minor, 4 unit group.
    #[schema(minimum = 1, maximum = 4)]
    level: u8,
    /// The groups it belongs to, the nearest first.
    #[schema(example = json!(["223", "22", "2"]))]
    parents: Vec<&'static str>,
}

/// An area.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AreaRow {
    /// ONS code.
    #[schema(example = "E08000035")]
    code: &'static str,
    /// Official name.
    #[schema(example = "Leeds")]
    name: &'static str,
    /// Kind: `uk`, `country`, `region`, `county`, `lad`, `lep`. A district that is its own upper tier stands twice.
    #[schema(example = "county")]
    area_type: &'static str,
    /// The areas it lies in, the nearest first.
    #[schema(example = json!(["E12000003", "E92000001", "K02000001"]))]
    parents: Vec<&'static str>,
}

/// Parameters of `/api/v1/occupations`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read by name")]
struct OccupationParameters {
    /// Classification: `soc2020`, `soc2010` or `isco08`. Default `soc2020`.
    #[param(example = "soc2020")]
    scheme: Option<String>,
    /// Digits of the code.
    #[param(minimum = 1, maximum = 4)]
    level: Option<u32>,
    /// Only groups within this one.
    #[param(example = "22")]
    parent: Option<String>,
    /// Words that all occur in the title.
    text: Option<String>,
}

/// Parameters of `/api/v1/areas`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read by name")]
struct AreaParameters {
    /// Kinds of area, separated by commas: `uk`, `country`, `region`, `county`, `lad`, `lep`.
    #[param(example = "county")]
    area_type: Option<String>,
    /// Only areas within this one.
    #[param(example = "E12000003")]
    parent: Option<String>,
    /// Words that all occur in the name.
    text: Option<String>,
}

/// Sends rows that change with the program only.
fn answer<T: Serialize>(headers: &HeaderMap, this: &str, data: Vec<T>) -> Response {
    let etag = cache::etag(&[openvacancy_reference::version(), this]);
    if let Some(answer) = cache::unchanged(headers, &etag, false) {
        return answer;
    }
    let meta = ListMeta { count: data.len(), ..ListMeta::default() };
    cache::with_headers(List { data, meta, links: Links::to(this) }.answer(), &etag, false)
}

/// Whether all words of `text` occur in `name`.
fn has_words(name: &str, text: Option<&str>) -> bool {
    let name = name.to_lowercase();
    text.unwrap_or_default().split_whitespace().all(|word| name.contains(&word.to_lowercase()))
}

/// Indicators
///
/// What is counted and measured, and in which unit.
#[utoipa::path(get, path = "/api/v1/indicators", tag = "Codes", responses(
    (status = 200, description = "The indicators.", body = List<IndicatorRow>), Problems))]
pub(crate) async fn indicators(headers: HeaderMap, query: Pairs) -> Result<Response, ApiError> {
    Params::read(pairs(query)?, &[])?;
    let rows = indicator::ALL.iter();
    let rows = rows.map(|&(indicator, title, unit, description)| IndicatorRow { indicator, title, unit, description });
    Ok(answer(&headers, "/api/v1/indicators", rows.collect()))
}

/// Occupations
///
/// Groups of a classification with their titles and the groups above them, by code.
#[utoipa::path(get, path = "/api/v1/occupations", tag = "Codes", params(OccupationParameters), responses(
    (status = 200, description = "The groups.", body = List<OccupationRow>), Problems))]
pub(crate) async fn occupations(headers: HeaderMap, query: Pairs) -> Result<Response, ApiError> {
    let params = Params::described::<OccupationParameters>(pairs(query)?)?;
    let scheme = match params.list_of("scheme", &["soc2020", "soc2010", "isco08"])?.as_slice() {
        [] => Scheme::Soc2020,
        [only] if only == "soc2020" => Scheme::Soc2020,
        [only] if only == "soc2010" => Scheme::Soc2010,
        [_] => Scheme::Isco08,
        _ => return Err(ApiError::bad("scheme", "one classification at a time")),
    };
    let level = params.number("level", 1, 4)?;
    let parent = params.get("parent");
    if let Some(parent) = parent
        && occupation::group(scheme, parent).is_none()
    {
        return Err(ApiError::bad("parent", "no group of this classification has this code"));
    }
    let within = |code: &str| parent.is_none_or(|parent| code.starts_with(parent) && code != parent);
    let rows = occupation::groups(scheme)
        .iter()
        .filter(|group| level.is_none_or(|level| u32::from(group.level) == level))
        .filter(|group| within(group.code) && has_words(group.title, params.get("text")))
        .map(|group| OccupationRow {
            code: group.code,
            title: names::sentence(group.title),
            level: group.level,
            parents: (1..group.code.len()).rev().filter_map(|digits| group.code.get(..digits)).collect(),
        });
    Ok(answer(&headers, &params.address("/api/v1/occupations", &[]), rows.collect()))
}

/// Areas
///
/// Areas that statistics are published for, with their names and the areas they lie in, by code.
#[utoipa::path(get, path = "/api/v1/areas", tag = "Codes", params(AreaParameters), responses(
    (status = 200, description = "The areas.", body = List<AreaRow>), Problems))]
pub(crate) async fn areas(headers: HeaderMap, query: Pairs) -> Result<Response, ApiError> {
    let params = Params::described::<AreaParameters>(pairs(query)?)?;
    let kinds: Vec<&str> = AreaType::ALL.iter().map(|kind| kind.as_str()).collect();
    let kinds = params.list_of("area_type", &kinds)?;
    let parent = params.get("parent");
    if parent.is_some_and(|parent| area::area(parent).is_none()) {
        return Err(ApiError::bad("parent", "no area of the United Kingdom has this ONS code"));
    }
    let rows = area::areas()
        .iter()
        .map(|area| AreaRow {
            code: area.code,
            name: area.name,
            area_type: names::area_type(area.kind).as_str(),
            parents: above(area),
        })
        .filter(|row| kinds.is_empty() || kinds.iter().any(|kind| kind == row.area_type))
        .filter(|row| parent.is_none_or(|parent| row.parents.contains(&parent)))
        .filter(|row| has_words(row.name, params.get("text")));
    Ok(answer(&headers, &params.address("/api/v1/areas", &[]), rows.collect()))
}

/// The areas an area lies in, the nearest first.
fn above(area: &area::Area) -> Vec<&'static str> {
    let mut above = Vec::new();
    let mut next = area.parent;
    while let Some(code) = next {
        above.push(code);
        next = area::area(code).and_then(|area| area.parent);
    }
    above
}
