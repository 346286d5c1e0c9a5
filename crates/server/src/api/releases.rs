//! `GET /api/v1/releases` and `GET /api/v1/releases/{release}`.

use super::envelope::Envelope;
use super::{Pairs, pairs};
use crate::params::Params;
use crate::{ApiError, AppState, cache};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use openvacancy_domain::Release;
use serde_json::{Value, json};

fn summary(release: &Release) -> Value {
    json!({
        "release": release.id,
        "month": release.id.month,
        "version": release.id.version,
        "as_of": release.as_of,
        "published_at": release.published_at,
        "vacancies": release.vacancies,
        "observations": release.observations,
        "digest": release.digest,
        "versions": release.versions,
        "links": { "self": format!("/api/v1/releases/{}", release.id) },
    })
}

/// Every published release, newest first.
pub(crate) async fn releases(
    State(state): State<AppState>,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, ApiError> {
    Params::read(pairs(query)?, &[])?;
    let releases = state.published().await?;
    let data: Vec<Value> = releases.iter().map(summary).collect();
    let etag = cache::etag(&["releases", &Value::from(data.clone()).to_string()]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return Ok(answer);
    }
    let count = data.len();
    let envelope = Envelope::new(Value::from(data), "/api/v1/releases").meta("count", count);
    Ok(cache::with_headers(envelope.answer(), &etag, false))
}

/// One release with its quality report and how it came through the gate.
pub(crate) async fn release(
    State(state): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, ApiError> {
    Params::read(pairs(query)?, &[])?;
    let release = state.release(Some(&name)).await?;
    let pinned = cache::pinned(Some(&name), &release);
    let etag = cache::etag(&["release", &release.id.to_string(), &release.digest]);
    if let Some(answer) = cache::unchanged(&headers, &etag, pinned) {
        return Ok(answer);
    }
    let mut data = summary(&release);
    if let Value::Object(members) = &mut data {
        members.insert("quality".to_owned(), release.quality.clone());
        members.insert("gate".to_owned(), json!(release.gate));
    }
    let this = format!("/api/v1/releases/{}", release.id);
    let envelope = Envelope::new(data, &this)
        .meta("release", release.id.to_string())
        .link("observations", format!("/api/v1/observations?release={}", release.id));
    Ok(cache::with_headers(envelope.answer(), &etag, pinned))
}
