//! What the API answers when it cannot answer: problem+json (RFC 9457) with a stable code and the mend.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use openvacancy_domain::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, for programs. A code once given out keeps its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// A query parameter that does not exist here.
    UnknownParameter,
    /// A query parameter whose value cannot be understood.
    BadParameter,
    /// No published release of that name.
    ReleaseNotFound,
    /// No open advertisement of that id.
    VacancyNotFound,
    /// Nothing at this address.
    NotFound,
    /// This address can only be read.
    MethodNotAllowed,
    /// Writing needs a session or an API key.
    Unauthorised,
    /// The service failed.
    Internal,
    /// The store cannot be reached.
    StoreUnavailable,
}

impl ProblemCode {
    /// The code as it stands in answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownParameter => "unknown_parameter",
            Self::BadParameter => "bad_parameter",
            Self::ReleaseNotFound => "release_not_found",
            Self::VacancyNotFound => "vacancy_not_found",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Unauthorised => "unauthorised",
            Self::Internal => "internal",
            Self::StoreUnavailable => "store_unavailable",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::UnknownParameter | Self::BadParameter => StatusCode::BAD_REQUEST,
            Self::ReleaseNotFound | Self::VacancyNotFound | Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorised => StatusCode::UNAUTHORIZED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::StoreUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::UnknownParameter => "Unknown query parameter",
            Self::BadParameter => "Query parameter not understood",
            Self::ReleaseNotFound => "Release not found",
            Self::VacancyNotFound => "Vacancy not found",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::Unauthorised => "Credentials needed",
            Self::Internal => "Internal error",
            Self::StoreUnavailable => "Store unavailable",
        }
    }
}

/// A failed request. What it says is for the client; what only operators may know goes to the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", .code.as_str())]
pub struct ApiError {
    /// What went wrong.
    pub code: ProblemCode,
    /// What went wrong here, and what to do.
    pub detail: String,
}

/// An answer that explains why there is none (RFC 9457, `application/problem+json`).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "urn:openvacancy:problem:unknown_parameter",
    "title": "Unknown query parameter",
    "status": 400,
    "code": "unknown_parameter",
    "detail": "There is no parameter 'areas'; did you mean 'area'? Allowed here: area, occupation, limit, cursor."
}))]
pub(crate) struct Problem<'a> {
    /// The code as a URN.
    #[serde(rename = "type")]
    kind: String,
    /// What went wrong, the same for every case of this code.
    title: &'a str,
    /// HTTP status.
    status: u16,
    /// Stable code, for programs.
    code: ProblemCode,
    /// What went wrong here, and what to do; for people.
    detail: &'a str,
}

impl ApiError {
    fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }

    /// HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.code.status()
    }

    /// What went wrong, the same for every case of this code.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.code.title()
    }

    pub(crate) fn unknown_parameter(name: &str, allowed: &[String]) -> Self {
        let meant = nearest(name, allowed).map_or_else(String::new, |meant| format!("; did you mean '{meant}'?"));
        let stop = if meant.is_empty() { "." } else { "" };
        let allowed = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
        let detail = format!("There is no parameter '{}'{meant}{stop} Allowed here: {allowed}.", shown(name));
        Self::new(ProblemCode::UnknownParameter, detail)
    }

    pub(crate) fn bad(name: &str, why: &str) -> Self {
        Self::new(ProblemCode::BadParameter, format!("Parameter '{name}': {why}."))
    }

    pub(crate) fn no_release(name: &str) -> Self {
        let detail = if name == "latest" {
            "No release has been published yet.".to_owned()
        } else {
            format!("Release '{}' is not published. /api/v1/releases lists those that are.", shown(name))
        };
        Self::new(ProblemCode::ReleaseNotFound, detail)
    }

    pub(crate) fn no_vacancy(id: &str) -> Self {
        let detail = format!("No open advertisement of the latest release has the id '{}'.", shown(id));
        Self::new(ProblemCode::VacancyNotFound, detail)
    }

    pub(crate) fn no_route() -> Self {
        let detail = "There is nothing at this address. /api describes every address of the API.";
        Self::new(ProblemCode::NotFound, detail)
    }

    pub(crate) fn method() -> Self {
        Self::new(ProblemCode::MethodNotAllowed, "This address can only be read: use GET or HEAD.")
    }

    pub(crate) fn unauthorised() -> Self {
        Self::new(ProblemCode::Unauthorised, "Writing needs a session or an API key.")
    }

    pub(crate) fn internal() -> Self {
        let detail =
            "The service could not answer. Try again; if it persists, tell the operator the time of the request.";
        Self::new(ProblemCode::Internal, detail)
    }

    pub(crate) fn unavailable() -> Self {
        Self::new(ProblemCode::StoreUnavailable, "The store cannot be reached. Try again in a minute.")
    }
}

/// Names that other services use for what is meant here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("q", "text"),
    ("query", "text"),
    ("search", "text"),
    ("soc", "occupation"),
    ("code", "occupation"),
    ("geography", "area"),
    ("region", "area"),
    ("place", "area"),
    ("period", "month"),
    ("time", "month"),
    ("date", "month"),
    ("start", "from"),
    ("end", "to"),
    ("page", "cursor"),
    ("offset", "cursor"),
    ("after", "cursor"),
    ("per_page", "limit"),
    ("page_size", "limit"),
    ("measure", "indicator"),
    ("version", "release"),
];

/// The allowed name most like this one, if any is like it.
fn nearest<'a>(name: &str, allowed: &'a [String]) -> Option<&'a str> {
    let name: String = name.chars().take(40).collect::<String>().to_lowercase();
    let known = ELSEWHERE.iter().find(|(other, _)| *other == name).map(|(_, ours)| *ours);
    if let Some(ours) = allowed.iter().find(|ours| Some(ours.as_str()) == known) {
        return Some(ours);
    }
    let likeness = |ours: &&String| strsim::jaro_winkler(&name, ours);
    let best = allowed.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) > 0.8).then_some(best.as_str())
}

/// A client's text for a message: at most 80 characters of it.
pub(crate) fn shown(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_control()).take(80).collect()
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            // What a reader can get wrong that only the store sees: a cursor, a search of too many words.
            StoreError::Conflict { message } => Self::new(ProblemCode::BadParameter, message),
            StoreError::NotFound { what } => Self::new(ProblemCode::NotFound, format!("{what} was not found.")),
            other => {
                tracing::error!(error = &other as &dyn std::error::Error, "the store failed");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        let problem = Problem {
            kind: format!("urn:openvacancy:problem:{}", self.code.as_str()),
            title: self.title(),
            status: status.as_u16(),
            code: self.code,
            detail: &self.detail,
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"openvacancy\""));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::{ProblemCode, nearest};

    #[test]
    fn the_parameter_meant_is_guessed_or_none_is() {
        let allowed = ["area", "area_type", "occupation", "text", "limit"].map(str::to_owned);
        for (name, meant) in [("areas", "area"), ("ocupation", "occupation"), ("q", "text"), ("per_page", "limit")] {
            assert_eq!(nearest(name, &allowed), Some(meant), "{name}");
        }
        assert_eq!(nearest("colour", &allowed), None);
        assert_eq!(nearest("q", &[]), None);
    }

    #[test]
    fn a_code_is_written_as_it_is_named() {
        for code in [ProblemCode::UnknownParameter, ProblemCode::StoreUnavailable, ProblemCode::Internal] {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
