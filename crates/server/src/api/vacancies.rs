//! `GET /api/v1/vacancies` and `GET /api/v1/vacancies/{id}`: open advertisements, as the public may see them.

use super::document::Problems;
use super::envelope::{Links, List, ListMeta, One, OneMeta};
use super::observations::{is_ons_code, not_an_area};
use super::rows::VacancyRow;
use super::selection::{parsed, range};
use super::{Pairs, pairs};
use crate::params::Params;
use crate::{ApiError, AppState, cache};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Duration;
use openvacancy_domain::ports::{Store, VacancyQuery};
use openvacancy_domain::{Month, Release, StoreError, Timestamp, Vacancy, VacancyId};
use utoipa::IntoParams;

pub(super) const PATH: &str = "/api/v1/vacancies";
const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 1_000;
/// Longest text searched for, characters.
const TEXT_MAX: usize = 200;
/// Counts are rounded to this, as counts of small selections would tell too much.
const ROUNDED_TO: u64 = 5;

/// Parameters of `/api/v1/vacancies`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; they are read by name")]
pub(super) struct Parameters {
    /// SOC 2020 code or its first digits.
    #[param(example = "2", pattern = "^[0-9]{1,4}$")]
    occupation: Option<String>,
    /// ONS code of a country, region, county, district or Local Enterprise Partnership.
    #[param(example = "E12000003", pattern = "^[A-Z][0-9]{8}$")]
    area: Option<String>,
    /// Month of the first sighting, `YYYY-MM` or `latest`.
    #[param(example = "latest")]
    month: Option<String>,
    /// First month of a range of them, `YYYY-MM`; instead of `month`.
    from: Option<String>,
    /// Last month of the range, `YYYY-MM`.
    to: Option<String>,
    /// Words that all occur in title or employer.
    #[param(max_length = 200)]
    text: Option<String>,
    /// Rows on a page, at most. Default 50.
    #[param(minimum = 1, maximum = 1000, example = 3)]
    limit: Option<u32>,
    /// Where the page begins: `meta.next` of the page before.
    cursor: Option<String>,
}

/// The last instant of the release's month, or what was known at the as-of instant if that is earlier. 24:00 still
/// belongs to the last day.
fn open_at(release: &Release) -> Timestamp {
    release.as_of.min(release.id.month.end()) - Duration::milliseconds(1)
}

fn query(params: &Params, release: &Release) -> Result<VacancyQuery, ApiError> {
    if let Some(code) = params.get("occupation")
        && !(1..=4).contains(&code.len()) | !code.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(ApiError::bad("occupation", "expected 1 to 4 digits of a SOC 2020 code"));
    }
    if let Some(area) = params.get("area").filter(|area| !is_ons_code(area)) {
        return Err(not_an_area(area));
    }
    if params.get("text").is_some_and(|text| text.chars().count() > TEXT_MAX) {
        return Err(ApiError::bad("text", &format!("at most {TEXT_MAX} characters are searched for")));
    }
    let (flow_from, flow_to) = months(params, release)?;
    Ok(VacancyQuery {
        occupation: params.get("occupation").map(str::to_owned),
        area: params.get("area").filter(|area| *area != openvacancy_release::indicator::UK).map(str::to_owned),
        flow_from,
        flow_to,
        text: params.get("text").map(str::to_owned),
        open_at: Some(open_at(release)),
        counted_only: true,
        cursor: params.get("cursor").map(str::to_owned),
        limit: params.number("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT),
    })
}

/// The first and last month of first sighting.
fn months(params: &Params, release: &Release) -> Result<(Option<Month>, Option<Month>), ApiError> {
    let Some(month) = params.get("month") else { return range(params) };
    if params.get("from").or_else(|| params.get("to")).is_some() {
        return Err(ApiError::bad("month", "give either month, or from and to"));
    }
    let month = if month == "latest" { release.id.month } else { parsed("month", month)? };
    Ok((Some(month), Some(month)))
}

/// Open advertisements
///
/// Advertisements that were open at the end of the latest release's month, by id. Prose is not shown, and of each
/// advertisement only what its portal's terms allow; so a page may hold fewer rows than `limit`. How many there are is
/// given rounded; for numbers, use the observations.
#[utoipa::path(get, path = PATH, tag = "Advertisements", params(Parameters), responses(
    (status = 200, description = "The advertisements, in pages.", body = List<VacancyRow>,
        headers(("etag" = String, description = "Validator of the answer, for `If-None-Match`."))),
    Problems,
))]
pub(crate) async fn vacancies(
    State(state): State<AppState>,
    headers: HeaderMap,
    pairs_query: Pairs,
) -> Result<Response, ApiError> {
    let params = Params::described::<Parameters>(pairs(pairs_query)?)?;
    let release = state.release(None).await?;
    let query = query(&params, &release)?;
    let this = params.address(PATH, &[]);
    let etag = cache::etag(&[&release.digest, &release.id.to_string(), &this]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return Ok(answer);
    }
    let id = release.id;
    let (page, count) = state
        .ask(move |store| {
            // Counting reads the whole selection: once is enough.
            let count = query.cursor.is_none().then(|| store.count_release_vacancies(id, &query)).transpose()?;
            Ok((store.release_vacancies(id, &query)?, count))
        })
        .await?;
    let rows = page.rows.into_iter().filter_map(|row| VacancyRow::of(row.vacancy, state.terms()));
    let data: Vec<VacancyRow> = rows.collect();
    let meta = ListMeta {
        open_at: Some(open_at(&release) + Duration::milliseconds(1)),
        count_rounded: count.map(|count| (count + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO),
        rounded_to: count.map(|_| ROUNDED_TO),
        ..ListMeta::of(&[&release], data.len(), page.next)
    };
    let links = Links {
        next: meta.next.as_deref().map(|next| params.address(PATH, &[("cursor", next)])),
        release: Some(format!("/api/v1/releases/{id}")),
        ..Links::to(this)
    };
    Ok(cache::with_headers(List { data, meta, links }.answer(), &etag, false))
}

/// One open advertisement
///
/// By its id, or the id of one that was found to be the same vacancy.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}", tag = "Advertisements",
    params(("id" = String, Path, description = "Id of the vacancy.", example = "v0f3a5c7e9b1d2468")),
    responses(
        (status = 200, description = "The advertisement.", body = One<VacancyRow>,
            headers(("etag" = String, description = "Validator of the answer, for `If-None-Match`."))),
        Problems,
    ))]
pub(crate) async fn vacancy(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    pairs_query: Pairs,
) -> Result<Response, ApiError> {
    Params::read(pairs(pairs_query)?, &[])?;
    let release = state.release(None).await?;
    let etag = cache::etag(&[&release.digest, &release.id.to_string(), PATH, &id]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return Ok(answer);
    }
    let (wanted, of) = (VacancyId(id.clone()), release.clone());
    let found = state.ask(move |store| find(store, &of, &wanted)).await?;
    let vacancy = found.ok_or_else(|| ApiError::no_vacancy(&id))?;
    let this = format!("{PATH}/{}", vacancy.vacancy_id);
    let data = VacancyRow::of(vacancy, state.terms()).ok_or_else(|| ApiError::no_vacancy(&id))?;
    let meta = OneMeta { release: release.id.to_string() };
    Ok(cache::with_headers(One { data, meta, links: Links::to(this) }.answer(), &etag, false))
}

/// Finds a vacancy in a release: the present set knows aliases and the title, the release is searched by that title.
fn find(store: &dyn Store, release: &Release, id: &VacancyId) -> Result<Option<Vacancy>, StoreError> {
    let Some(present) = store.vacancy(id)? else { return Ok(None) };
    let present = present.vacancy;
    let mut query = VacancyQuery {
        text: Some(present.job_title.split_whitespace().take(6).collect::<Vec<_>>().join(" ")),
        open_at: Some(open_at(release)),
        counted_only: true,
        limit: LIMIT_MAX,
        ..VacancyQuery::default()
    };
    loop {
        let page = store.release_vacancies(release.id, &query)?;
        if let Some(row) = page.rows.into_iter().find(|row| row.vacancy.vacancy_id == present.vacancy_id) {
            return Ok(Some(row.vacancy));
        }
        query.cursor = page.next;
        if query.cursor.is_none() {
            return Ok(None);
        }
    }
}
