//! `GET /api/v1/releases` and `GET /api/v1/releases/{release}`.

use super::document::Problems;
use super::envelope::{Links, List, ListMeta, One, OneMeta};
use super::rows::{ReleaseDetail, ReleaseRow};
use super::{Pairs, observations, pairs};
use crate::params::Params;
use crate::{ApiError, AppState, cache};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

const PATH: &str = "/api/v1/releases";

/// Published releases
///
/// All of them, the newest month and version first.
#[utoipa::path(get, path = PATH, tag = "Releases", responses(
    (status = 200, description = "The releases.", body = List<ReleaseRow>,
        headers(("etag" = String, description = "Validator of the answer, for `If-None-Match`."))),
    Problems,
))]
pub(crate) async fn releases(
    State(state): State<AppState>,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, ApiError> {
    Params::read(pairs(query)?, &[])?;
    let releases = state.published().await?;
    let digests: String = releases.iter().map(|release| format!("{}={};", release.id, release.digest)).collect();
    let etag = cache::etag(&["releases", &digests]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return Ok(answer);
    }
    let data: Vec<ReleaseRow> = releases.iter().map(ReleaseRow::of).collect();
    let meta = ListMeta { count: data.len(), ..ListMeta::default() };
    Ok(cache::with_headers(List { data, meta, links: Links::to(PATH) }.answer(), &etag, false))
}

/// One release
///
/// With its quality report and how it came through the quality gate.
#[utoipa::path(get, path = "/api/v1/releases/{release}", tag = "Releases",
    params(("release" = String, Path, example = "latest",
        description = "`latest`, a version as `2026-10.1`, or a month as `2026-10` for its newest version.")),
    responses(
        (status = 200, description = "The release.", body = One<ReleaseDetail>,
            headers(("etag" = String, description = "Validator of the answer, for `If-None-Match`."))),
        Problems,
    ))]
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
    let links = Links {
        observations: Some(format!("{}?release={}", observations::PATH, release.id)),
        ..Links::to(format!("{PATH}/{}", release.id))
    };
    let meta = OneMeta { release: release.id.to_string() };
    let one = One { data: ReleaseDetail::of(&release), meta, links };
    Ok(cache::with_headers(one.answer(), &etag, pinned))
}
