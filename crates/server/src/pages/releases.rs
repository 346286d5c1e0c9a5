//! The list of releases, and one release with its quality report.

use super::{failed, format, html, style_version};
use crate::api::{Pairs, pairs};
use crate::params::Params;
use crate::{ApiError, AppState, cache};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use openvacancy_domain::Release;
use openvacancy_release::quality::Quality;

#[derive(Template)]
#[template(path = "releases.html")]
struct List {
    style: String,
    here: &'static str,
    releases: Vec<Row>,
}

struct Row {
    name: String,
    month: String,
    published: String,
    vacancies: String,
    revision: bool,
    provisional: bool,
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn number(count: u64) -> String {
    format::count(count as f64)
}

fn row(release: &Release) -> Row {
    let quality = Quality::of(release).unwrap_or_default();
    Row {
        name: release.id.to_string(),
        month: format::month(release.id.month),
        published: release.published_at.map(format::day).unwrap_or_default(),
        vacancies: number(quality.flow),
        revision: release.id.version > 1,
        provisional: !quality.complete_month,
    }
}

/// `GET /releases`.
pub(crate) async fn releases(State(state): State<AppState>, headers: HeaderMap, query: Pairs) -> Response {
    list(&state, &headers, query).await.unwrap_or_else(|error| failed(&error))
}

async fn list(state: &AppState, headers: &HeaderMap, query: Pairs) -> Result<Response, ApiError> {
    Params::read(pairs(query)?, &[])?;
    let releases = state.published().await?;
    let digests: String = releases.iter().map(|release| format!("{}{}", release.id, release.digest)).collect();
    let etag = cache::etag(&["releases page", &digests, &style_version()]);
    if let Some(answer) = cache::unchanged(headers, &etag, false) {
        return Ok(answer);
    }
    let page = List { style: style_version(), here: "releases", releases: releases.iter().map(row).collect() };
    Ok(cache::with_headers(html(&page), &etag, false))
}

#[derive(Template)]
#[template(path = "release.html")]
struct One {
    style: String,
    here: &'static str,
    name: String,
    month: String,
    published: String,
    as_of: String,
    digest: String,
    facts: Vec<(&'static str, String)>,
    excluded: Vec<(String, String)>,
    versions: Vec<(String, String)>,
    gate: Vec<GateLine>,
    completeness: Vec<(String, String, String, String)>,
    withheld: Vec<(String, String, String, String)>,
    notes: Vec<String>,
}

struct GateLine {
    rule: String,
    passed: bool,
    message: String,
    overridden: Option<(String, String)>,
}

/// `GET /releases/{release}`.
pub(crate) async fn release(
    State(state): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
    query: Pairs,
) -> Response {
    one(&state, &name, &headers, query).await.unwrap_or_else(|error| failed(&error))
}

async fn one(state: &AppState, name: &str, headers: &HeaderMap, query: Pairs) -> Result<Response, ApiError> {
    Params::read(pairs(query)?, &[])?;
    let release = state.release(Some(name)).await?;
    let etag = cache::etag(&["release page", &release.id.to_string(), &release.digest, &style_version()]);
    if let Some(answer) = cache::unchanged(headers, &etag, false) {
        return Ok(answer);
    }
    Ok(cache::with_headers(html(&view(&release)), &etag, false))
}

fn view(release: &Release) -> One {
    let quality = Quality::of(release).unwrap_or_default();
    let gate = release.gate.iter().map(|result| GateLine {
        rule: result.rule.replace('_', " "),
        passed: result.passed,
        message: result.message.clone(),
        overridden: result.overridden.as_ref().map(|by| (by.by.clone(), by.reason.clone())),
    });
    One {
        style: style_version(),
        here: "releases",
        name: release.id.to_string(),
        month: format::month(release.id.month),
        published: release.published_at.map(format::day).unwrap_or_default(),
        as_of: release.as_of.with_timezone(&chrono_tz::Europe::London).format("%Y-%m-%d %H:%M").to_string(),
        digest: release.digest.clone(),
        facts: vec![
            ("Vacancies in the dataset", number(quality.rows)),
            ("Counted in statistics", number(quality.counted)),
            ("New in the month", number(quality.flow)),
            ("Open at month end", quality.stock.map_or_else(|| "no sightings".to_owned(), number)),
            ("Postings behind them", number(quality.postings)),
            ("Postings that are copies", format::percent(quality.duplicates_share)),
            ("Published numbers", number(release.observations)),
        ],
        excluded: quality.excluded.iter().map(|(why, count)| (why.replace('_', " "), number(*count))).collect(),
        versions: release.versions.iter().map(|(name, version)| (name.replace('_', " "), version.clone())).collect(),
        gate: gate.collect(),
        completeness: quality
            .completeness
            .iter()
            .map(|row| {
                let pilot = row.pilot_share.map_or_else(|| "\u{2013}".to_owned(), format::percent);
                (row.variable.replace('_', " "), number(row.missing), format::percent(row.share), pilot)
            })
            .collect(),
        withheld: quality
            .disclosure
            .iter()
            .map(|report| {
                (
                    report.indicator.replace('_', " "),
                    number(report.cells),
                    number(report.primary),
                    number(report.secondary),
                )
            })
            .collect(),
        notes: quality.notes,
    }
}
