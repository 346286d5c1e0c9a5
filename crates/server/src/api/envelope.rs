//! The one shape of every answer.

use axum::Json;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use openvacancy_domain::Release;
use serde::Serialize;
use utoipa::ToSchema;

/// Several rows, with what to know of them and where to go on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// The rows.
    pub(super) data: Vec<T>,
    /// What to know of them.
    pub(super) meta: ListMeta,
    /// Where to go on.
    pub(super) links: Links,
}

/// One thing, with what to know of it and where to go on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct One<T> {
    /// The thing.
    pub(super) data: T,
    /// What to know of it.
    pub(super) meta: OneMeta,
    /// Where to go on.
    pub(super) links: Links,
}

/// What to know of several rows.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct ListMeta {
    /// The release the rows are of; null where they are of several, or of none.
    #[schema(required, example = "2026-10.1")]
    pub(super) release: Option<String>,
    /// Every release the request means, the oldest first.
    #[schema(example = json!(["2026-10.1"]))]
    pub(super) releases: Vec<String>,
    /// The instant up to which the release knows; null where the rows are of several releases, or of none.
    #[schema(required)]
    pub(super) as_of: Option<DateTime<Utc>>,
    /// Rows in this answer.
    #[schema(example = 100)]
    pub(super) count: usize,
    /// Give this back as `cursor` for the next page; null on the last.
    #[schema(required)]
    pub(super) next: Option<String>,
    /// The instant at which the advertisements were open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) open_at: Option<DateTime<Utc>>,
    /// Advertisements that the request means in all, rounded; on the first page only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) count_rounded: Option<u64>,
    /// What `count_rounded` is rounded to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) rounded_to: Option<u64>,
}

/// What to know of one thing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneMeta {
    /// The release it is of.
    #[schema(example = "2026-10.1")]
    pub(super) release: String,
}

/// Addresses, relative to the service.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Links {
    /// This answer.
    #[serde(rename = "self")]
    pub(super) this: String,
    /// The next page, of the same releases.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<String>,
    /// The release.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) release: Option<String>,
    /// Its observations.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) observations: Option<String>,
}

impl Links {
    pub(super) fn to(this: impl Into<String>) -> Self {
        Self { this: this.into(), ..Self::default() }
    }
}

impl ListMeta {
    /// Of rows of these releases.
    pub(super) fn of(releases: &[&Release], count: usize, next: Option<String>) -> Self {
        let only = if let [only] = releases { Some(only) } else { None };
        Self {
            release: only.map(|release| release.id.to_string()),
            releases: releases.iter().map(|release| release.id.to_string()).collect(),
            as_of: only.map(|release| release.as_of),
            count,
            next,
            ..Self::default()
        }
    }
}

impl<T: Serialize> List<T> {
    pub(super) fn answer(self) -> Response {
        Json(self).into_response()
    }
}

impl<T: Serialize> One<T> {
    pub(super) fn answer(self) -> Response {
        Json(self).into_response()
    }
}
