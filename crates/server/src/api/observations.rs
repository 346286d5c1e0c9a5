//! `GET /api/v1/observations`: published numbers.

use super::envelope::Envelope;
use super::{Pairs, pairs};
use crate::params::Params;
use crate::{ApiError, AppState, cache, names};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use openvacancy_domain::Observation;
use openvacancy_domain::ports::ObservationQuery;
use openvacancy_release::indicator::{self, AreaType};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/observations";
const PARAMETERS: &[&str] =
    &["release", "indicator", "area", "area_type", "occupation", "occupation_level", "limit", "cursor"];
const LIMIT: u32 = 100;
const LIMIT_MAX: u32 = 1_000;

fn query(params: &Params) -> Result<ObservationQuery, ApiError> {
    let indicators: Vec<&str> = indicator::ALL.iter().map(|(name, ..)| *name).collect();
    let kinds: Vec<&str> = AreaType::ALL.iter().map(|kind| kind.as_str()).collect();
    let level = params.number("occupation_level", 1, 4)?;
    Ok(ObservationQuery {
        indicators: params.list_of("indicator", &indicators)?,
        areas: params.list("area"),
        area_types: params.list_of("area_type", &kinds)?,
        occupations: params.list("occupation"),
        occupation_level: level.and_then(|level| u8::try_from(level).ok()),
        cursor: params.get("cursor").map(str::to_owned),
        limit: params.number("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT),
    })
}

fn shown(row: &Observation) -> Value {
    json!({
        "indicator": row.indicator,
        "area_type": row.area_type,
        "area": row.area,
        "area_name": names::area(&row.area_type, &row.area),
        "occupation": row.occupation,
        "occupation_title": names::occupation(&row.occupation),
        "period": row.period,
        "value": row.value,
        "unit": row.unit,
        "status": row.status,
    })
}

/// Observations of a release, by indicator, kind of area, area, occupation; in pages.
pub(crate) async fn observations(
    State(state): State<AppState>,
    headers: HeaderMap,
    pairs_query: Pairs,
) -> Result<Response, ApiError> {
    let params = Params::read(pairs(pairs_query)?, PARAMETERS)?;
    let query = query(&params)?;
    let release = state.release(params.get("release")).await?;
    let pinned = cache::pinned(params.get("release"), &release);
    let etag = cache::etag(&[&release.digest, &release.id.to_string(), &params.address(PATH, &[])]);
    if let Some(answer) = cache::unchanged(&headers, &etag, pinned) {
        return Ok(answer);
    }
    let id = release.id;
    let page = state.ask(move |store| store.observations(id, &query)).await?;
    let data: Vec<Value> = page.rows.iter().map(shown).collect();
    let mut envelope = Envelope::new(Value::Null, &params.address(PATH, &[]))
        .meta("release", id.to_string())
        .meta("as_of", json!(release.as_of))
        .meta("count", data.len())
        .meta("next", page.next.clone());
    envelope.data = Value::from(data);
    if let Some(next) = &page.next {
        // Later pages must be of the same release, whatever is published meanwhile.
        let id = id.to_string();
        envelope = envelope.link("next", params.address(PATH, &[("release", &id), ("cursor", next)]));
    }
    envelope = envelope.link("release", format!("/api/v1/releases/{id}"));
    Ok(cache::with_headers(envelope.answer(), &etag, pinned))
}
