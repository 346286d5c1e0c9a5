//! `GET /api/v1/vacancies` and `GET /api/v1/vacancies/{id}`: open advertisements, as the public may see them.

use super::envelope::Envelope;
use super::{Pairs, pairs};
use crate::params::Params;
use crate::{ApiError, AppState, cache, names};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Duration;
use openvacancy_domain::ports::{Store, VacancyQuery};
use openvacancy_domain::{Release, StoreError, Timestamp, Vacancy, VacancyId};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/vacancies";
const PARAMETERS: &[&str] = &["occupation", "area", "text", "limit", "cursor"];
const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 1_000;
/// Longest text searched for, characters.
const TEXT_MAX: usize = 200;
/// Counts are rounded to this, as counts of small selections would tell too much.
const ROUNDED_TO: u64 = 5;

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
    if params.get("text").is_some_and(|text| text.chars().count() > TEXT_MAX) {
        return Err(ApiError::bad("text", &format!("at most {TEXT_MAX} characters are searched for")));
    }
    Ok(VacancyQuery {
        occupation: params.get("occupation").map(str::to_owned),
        area: params.get("area").filter(|area| *area != openvacancy_release::indicator::UK).map(str::to_owned),
        text: params.get("text").map(str::to_owned),
        open_at: Some(open_at(release)),
        counted_only: true,
        cursor: params.get("cursor").map(str::to_owned),
        limit: params.number("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT),
    })
}

/// What the public may see of one advertisement: no prose, no words of it beyond the title.
fn shown(vacancy: &Vacancy) -> Value {
    let place = &vacancy.location;
    let code = &vacancy.occupation;
    let district = place.lad_code.as_deref().map(|code| names::area("lad", code));
    let places: Vec<&str> = place.places.iter().map(|place| place.name.as_str()).collect();
    json!({
        "vacancy_id": vacancy.vacancy_id,
        "job_title": vacancy.job_title,
        "job_link": vacancy.job_link.as_deref().filter(|link| is_web(link)),
        "employer": vacancy.employer,
        "soc2020": code.soc2020,
        "soc2020_title": code.soc2020_title,
        "soc2010": code.soc2010,
        "isco08": code.isco08,
        "country": place.country,
        "region_code": place.region_code,
        "county_code": place.county_code,
        "county_name": place.county_name,
        "lad_code": place.lad_code,
        "lad_name": district,
        "lep_code": place.lep_code,
        "lep_name": place.lep_name,
        "places": places,
        "date_posted": vacancy.date_posted,
        "date_closing": vacancy.date_closing,
        "first_seen": vacancy.first_seen.map(openvacancy_domain::clock::london_date),
        "portals": vacancy.portals,
    })
}

/// Whether an address may stand behind a link: anything but the web could run in the reader's browser.
fn is_web(link: &str) -> bool {
    let scheme = link.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| scheme == "https" || scheme == "http")
}

/// Open advertisements of the latest release, by id; in pages.
pub(crate) async fn vacancies(
    State(state): State<AppState>,
    headers: HeaderMap,
    pairs_query: Pairs,
) -> Result<Response, ApiError> {
    let params = Params::read(pairs(pairs_query)?, PARAMETERS)?;
    let release = state.release(None).await?;
    let query = query(&params, &release)?;
    let etag = cache::etag(&[&release.digest, &release.id.to_string(), &params.address(PATH, &[])]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return Ok(answer);
    }
    let id = release.id;
    let (page, count) = state
        .ask(move |store| Ok((store.release_vacancies(id, &query)?, store.count_release_vacancies(id, &query)?)))
        .await?;
    let data: Vec<Value> = page.rows.iter().map(|row| shown(&row.vacancy)).collect();
    let envelope = Envelope::new(Value::from(data), &params.address(PATH, &[]))
        .meta("release", id.to_string())
        .meta("open_at", json!(open_at(&release) + Duration::milliseconds(1)))
        .meta("count_rounded", (count + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO)
        .meta("rounded_to", ROUNDED_TO)
        .meta("next", page.next.clone());
    let envelope = match &page.next {
        Some(next) => envelope.link("next", params.address(PATH, &[("cursor", next)])),
        None => envelope,
    };
    Ok(cache::with_headers(envelope.answer(), &etag, false))
}

/// One open advertisement of the latest release, by its id or an id merged into it.
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
    let envelope = Envelope::new(shown(&vacancy), &this).meta("release", release.id.to_string());
    Ok(cache::with_headers(envelope.answer(), &etag, false))
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
