//! The JSON API. One envelope: `data`, `meta`, `links`. Routes and their description come from one declaration, so that
//! neither can be without the other.

mod document;
mod envelope;
mod health;
mod lookups;
mod observations;
mod releases;
mod rows;
mod selection;
mod table;
mod vacancies;

pub(crate) use document::described;

use crate::{ApiError, AppState};
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The query of a request as pairs.
pub(crate) type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// The pairs, or why they cannot be read.
pub(crate) fn pairs(query: Pairs) -> Result<Vec<(String, String)>, ApiError> {
    query.map(|Query(pairs)| pairs).map_err(|_| ApiError::bad("query", "the query string is not valid"))
}

/// Every route of the API, with what it answers.
fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(document::about())
        .routes(routes!(observations::observations))
        .routes(routes!(vacancies::vacancies))
        .routes(routes!(vacancies::vacancy))
        .routes(routes!(releases::releases))
        .routes(routes!(releases::release))
        .routes(routes!(lookups::indicators))
        .routes(routes!(lookups::occupations))
        .routes(routes!(lookups::areas))
        .routes(routes!(document::openapi))
        .routes(routes!(health::health))
}
