//! The OpenAPI document: what every address answers, generated from the code that answers.

use super::{Pairs, pairs, routes};
use crate::error::{Problem, ProblemCode};
use crate::params::Params;
use crate::{ApiError, AppState, cache};
use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response as Answer, ResponseBuilder};
use utoipa::{IntoResponses, OpenApi as _};

const DESCRIPTION: &str = "\
Counts of job advertisements in the United Kingdom, coded to official classifications and de-duplicated, in monthly \
releases that never change; and the advertisements that are open, as their portals' terms let us show them.

Answers of lists share one envelope: `data`, `meta`, `links`. Pages follow `links.next` until it is absent. A query \
parameter that does not exist is refused, not ignored. What cannot be answered is explained as \
`application/problem+json` (RFC 9457) with a stable `code`. Every answer carries an `ETag`; send it back as \
`If-None-Match` and 304 says that nothing changed. Answers about a named release, such as `2026-10.1`, may be kept for \
good; those about the latest for five minutes. HEAD answers as GET without the body; gzip is used where it is accepted; \
pages of any site may read.

Codes: areas are ONS codes, occupations SOC 2020, months `YYYY-MM`; instants are UTC (RFC 3339), days are ISO 8601. \
Counts are numbers of vacancies, openings or postings; pay is pounds sterling per year for full-time work.";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "OpenVacancy API", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    tags(
        (name = "Statistics", description = "Published numbers."),
        (name = "Advertisements", description = "Open advertisements."),
        (name = "Releases", description = "Monthly datasets, each with its quality report."),
        (name = "Codes", description = "What the codes in questions and answers mean."),
        (name = "Service", description = "The service itself."),
    ),
    servers((url = "/", description = "This service")),
    components(schemas(Problem<'static>, ProblemCode))
)]
struct About;

/// What stands at the head of the document.
pub(super) fn about() -> OpenApi {
    let mut about = About::openapi();
    about.info.description = Some(DESCRIPTION.to_owned());
    about
}

/// The answers that every operation may give beside its own.
pub(super) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Answer>> {
        let problem = |text: &str| {
            let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
            RefOr::T(ResponseBuilder::new().description(text).content("application/problem+json", content).build())
        };
        let unchanged = RefOr::T(Answer::new("The answer is still the one that `If-None-Match` names."));
        BTreeMap::from([
            ("304".to_owned(), unchanged),
            (
                "400".to_owned(),
                problem("A parameter is unknown or cannot be understood; the detail says what is right."),
            ),
            ("404".to_owned(), problem("What is asked for is not published.")),
            ("5XX".to_owned(), problem("The service failed; try again.")),
        ])
    }
}

/// The routes, and the document that describes them.
pub(crate) fn described() -> (Router<AppState>, OpenApi) {
    routes().split_for_parts()
}

static DOCUMENT: LazyLock<String> =
    LazyLock::new(|| described().1.to_pretty_json().unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}")));

/// This document
///
/// OpenAPI 3.1.
#[utoipa::path(get, path = "/api/openapi.json", tag = "Service", responses(
    (status = 200, description = "The document.", body = Object), Problems))]
pub(super) async fn openapi(headers: HeaderMap, query: Pairs) -> Result<Response, ApiError> {
    Params::read(pairs(query)?, &[])?;
    let etag = cache::etag(&[&DOCUMENT]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return Ok(answer);
    }
    let kind = HeaderValue::from_static("application/json");
    let answer = ([(header::CONTENT_TYPE, kind)], DOCUMENT.as_str()).into_response();
    Ok(cache::with_headers(answer, &etag, false))
}
