//! The JSON API. One envelope: `data`, `meta`, `links`.

mod envelope;
mod health;
mod observations;
mod releases;
mod vacancies;

pub(crate) use health::health;
pub(crate) use observations::observations;
pub(crate) use releases::{release, releases};
pub(crate) use vacancies::{vacancies, vacancy};

use crate::ApiError;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;

/// The query of a request as pairs.
pub(crate) type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// The pairs, or why they cannot be read.
pub(crate) fn pairs(query: Pairs) -> Result<Vec<(String, String)>, ApiError> {
    query.map(|Query(pairs)| pairs).map_err(|_| ApiError::bad("query", "the query string is not valid"))
}
