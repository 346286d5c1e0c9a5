//! `GET /api/v1/observations`: published numbers.

use super::document::Problems;
use super::envelope::{Links, List, ListMeta};
use super::rows::ObservationRow;
use super::selection::Selection;
use super::{Pairs, pairs, table};
use crate::error::shown;
use crate::params::Params;
use crate::{ApiError, AppState, cache};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use openvacancy_domain::ports::ObservationQuery;
use openvacancy_domain::{ReleaseId, Scheme};
use openvacancy_reference::occupation;
use openvacancy_release::indicator::{self, AreaType, TOTAL, UNKNOWN};
use utoipa::IntoParams;

pub(super) const PATH: &str = "/api/v1/observations";
const LIMIT: u32 = 100;
const LIMIT_MAX: u32 = 1_000;

/// Parameters of `/api/v1/observations`. Several values are separated by commas.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read by name")]
pub(super) struct Parameters {
    /// Releases: `latest`, a version as `2026-10.1`, or a month as `2026-10` for its newest version. Default `latest`.
    /// Answers about named versions never change and may be kept for good.
    #[param(example = "latest")]
    release: Option<String>,
    /// Months, `YYYY-MM` or `latest`, in their newest versions; instead of `release`.
    month: Option<String>,
    /// First month of a range, `YYYY-MM`; instead of `release` and `month`. Months without a release are passed over.
    from: Option<String>,
    /// Last month of a range, `YYYY-MM`.
    to: Option<String>,
    /// Names of indicators, as `/api/v1/indicators` lists them. Default all.
    #[param(example = "vacancies_flow")]
    indicator: Option<String>,
    /// ONS codes of areas, as `/api/v1/areas` lists them, or `unknown`. Default all.
    area: Option<String>,
    /// Kinds of area: `uk`, `country`, `region`, `county`, `lad`, `lep`. Default all.
    #[param(example = "region")]
    area_type: Option<String>,
    /// SOC 2020 codes of one to four digits, `total` or `unknown`; with a star at its end, a code means all that begin
    /// with it (`22*`). Default all.
    #[param(example = "total")]
    occupation: Option<String>,
    /// Digits of the occupation codes, so that no vacancy is counted at two levels.
    #[param(minimum = 1, maximum = 4)]
    occupation_level: Option<u32>,
    /// `json`, in pages; or `csv`: all rows at once, without `limit` and `cursor`. Default `json`.
    #[param(example = "json")]
    format: Option<String>,
    /// Rows on a page. Default 100.
    #[param(minimum = 1, maximum = 1000, example = 3)]
    limit: Option<u32>,
    /// Where the page begins: `meta.next` of the page before.
    cursor: Option<String>,
}

fn query(params: &Params) -> Result<ObservationQuery, ApiError> {
    let indicators: Vec<&str> = indicator::ALL.iter().map(|(name, ..)| *name).collect();
    let kinds: Vec<&str> = AreaType::ALL.iter().map(|kind| kind.as_str()).collect();
    let level = params.number("occupation_level", 1, 4)?;
    Ok(ObservationQuery {
        indicators: params.list_of("indicator", &indicators)?,
        areas: areas(params)?,
        area_types: params.list_of("area_type", &kinds)?,
        occupations: occupations(params)?,
        occupation_level: level.and_then(|level| u8::try_from(level).ok()),
        cursor: None,
        limit: params.number("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT),
    })
}

fn areas(params: &Params) -> Result<Vec<String>, ApiError> {
    let areas = params.list("area");
    match areas.iter().find(|area| area.as_str() != UNKNOWN && !is_ons_code(area)) {
        Some(area) => Err(not_an_area(area)),
        None => Ok(areas),
    }
}

/// Whether a text has the form of an ONS area code.
pub(super) fn is_ons_code(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_uppercase())
        && bytes.len() == 8
        && bytes.all(|byte| byte.is_ascii_digit())
}

pub(super) fn not_an_area(area: &str) -> ApiError {
    let why = "is no ONS code, such as E12000007; /api/v1/areas lists them";
    ApiError::bad("area", &format!("'{}' {why}", shown(area)))
}

/// The codes meant, those with a star spelt out.
fn occupations(params: &Params) -> Result<Vec<String>, ApiError> {
    let mut codes = Vec::new();
    for text in params.list("occupation") {
        let (digits, star) = text.strip_suffix('*').map_or((text.as_str(), false), |digits| (digits, true));
        let is_code = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if star && is_code {
            let groups = occupation::groups(Scheme::Soc2020).iter().map(|group| group.code);
            let before = codes.len();
            codes.extend(groups.filter(|code| code.starts_with(digits)).map(str::to_owned));
            if codes.len() == before {
                return Err(ApiError::bad("occupation", &format!("no SOC 2020 code begins with '{digits}'")));
            }
        } else if is_code || text == TOTAL || text == UNKNOWN {
            codes.push(text);
        } else {
            let why = "is no SOC 2020 code of one to four digits, nor total, unknown, or a code with a star";
            return Err(ApiError::bad("occupation", &format!("'{}' {why}", shown(&text))));
        }
    }
    Ok(codes)
}

/// Where a page begins: in which release, and where in it.
struct Place {
    release: ReleaseId,
    cursor: Option<String>,
}

impl Place {
    fn read(text: &str) -> Result<Self, ApiError> {
        let parts = text.split_once('~').and_then(|(release, cursor)| Some((release.parse().ok()?, cursor)));
        let (release, cursor) = parts.ok_or_else(|| Self::wrong(text))?;
        Ok(Self { release, cursor: Some(cursor.to_owned()).filter(|cursor| !cursor.is_empty()) })
    }

    fn wrong(text: &str) -> ApiError {
        let why = "is no cursor of this list: give back the `next` of the page before, or none to begin anew";
        ApiError::bad("cursor", &format!("'{}' {why}", shown(text)))
    }
}

/// Published numbers
///
/// By month, indicator, kind of area, area and occupation. A combination of a published level without a row is zero; a
/// row with status `C` is withheld to protect an employer.
#[utoipa::path(get, path = PATH, tag = "Statistics", params(Parameters), responses(
    (status = 200, description = "The numbers, in pages; with `format=csv` all of them as a table.",
        content((List<ObservationRow> = "application/json"), (String = "text/csv")),
        headers(("etag" = String, description = "Validator of the answer, for `If-None-Match`."))),
    Problems,
))]
pub(crate) async fn observations(
    State(state): State<AppState>,
    headers: HeaderMap,
    pairs_query: Pairs,
) -> Result<Response, ApiError> {
    let params = Params::described::<Parameters>(pairs(pairs_query)?)?;
    let query = query(&params)?;
    let csv = params.list_of("format", &["json", "csv"])?.first().is_some_and(|format| format == "csv");
    if csv && let Some(name) = ["limit", "cursor"].into_iter().find(|name| params.get(name).is_some()) {
        return Err(ApiError::bad(name, "a table is given whole; leave limit and cursor out"));
    }
    let published = state.published().await?;
    let chosen = Selection::read(&params, &published)?;
    let this = params.address(PATH, &[]);
    let etag = cache::etag(&[&chosen.digests(), &this]);
    if let Some(answer) = cache::unchanged(&headers, &etag, chosen.pinned) {
        return Ok(answer);
    }
    let ids: Vec<ReleaseId> = chosen.releases.iter().map(|release| release.id).collect();
    if csv {
        return Ok(cache::with_headers(table::observations(state, ids, query), &etag, chosen.pinned));
    }
    let from = params.get("cursor").map(Place::read).transpose()?;
    if let (Some(from), Some(text)) = (&from, params.get("cursor"))
        && !ids.contains(&from.release)
    {
        return Err(Place::wrong(text));
    }
    let (rows, next) = page(&state, ids, query, from).await?;
    let only = if let [only] = chosen.releases.as_slice() { Some(only.id) } else { None };
    let links = Links {
        // Later pages must be of the same releases, whatever is published meanwhile.
        next: next.as_deref().map(|next| {
            let pinned = [("release", chosen.names()), ("cursor", next.to_owned())];
            let set: Vec<(&str, &str)> = pinned.iter().map(|(name, value)| (*name, value.as_str())).collect();
            params.address(PATH, &[&[("month", ""), ("from", ""), ("to", "")], set.as_slice()].concat())
        }),
        release: only.map(|id| format!("/api/v1/releases/{id}")),
        ..Links::to(this)
    };
    let list = List { meta: ListMeta::of(&chosen.releases, rows.len(), next), data: rows, links };
    Ok(cache::with_headers(list.answer(), &etag, chosen.pinned))
}

/// One page over the releases, from `from` on, and where the next begins.
async fn page(
    state: &AppState,
    ids: Vec<ReleaseId>,
    mut query: ObservationQuery,
    from: Option<Place>,
) -> Result<(Vec<ObservationRow>, Option<String>), ApiError> {
    let at = from.as_ref().and_then(|from| ids.iter().position(|id| *id == from.release)).unwrap_or(0);
    query.cursor = from.and_then(|from| from.cursor);
    state
        .ask(move |store| {
            let wanted = query.limit as usize;
            let mut rows: Vec<ObservationRow> = Vec::new();
            for (number, id) in ids.iter().enumerate().skip(at) {
                query.limit = u32::try_from(wanted - rows.len()).unwrap_or(LIMIT_MAX);
                let found = store.observations(*id, &query)?;
                rows.extend(found.rows.into_iter().map(|row| ObservationRow::of(*id, row)));
                if let Some(next) = found.next {
                    return Ok((rows, Some(format!("{id}~{next}"))));
                }
                query.cursor = None;
                if rows.len() >= wanted
                    && let Some(following) = ids.get(number + 1)
                {
                    return Ok((rows, Some(format!("{following}~"))));
                }
            }
            Ok((rows, None))
        })
        .await
}
