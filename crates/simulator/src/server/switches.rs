//! Refusals on request: what a portal does when it is overloaded or has had enough.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::{Mutex, PoisonError};

/// How a portal refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// 429 with `Retry-After` in seconds.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// A server error, 500 to 599; anything else is answered as 500.
    ServerError(u16),
    /// 403, as a wall against robots answers.
    Forbidden,
    /// 200 with a page that asks whether the reader is a robot.
    Challenge,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::TooManyRequests { retry_after } => {
                (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, retry_after.to_string())]).into_response()
            }
            Self::ServerError(status) => StatusCode::from_u16(status)
                .ok()
                .filter(StatusCode::is_server_error)
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response(),
            Self::Forbidden => (StatusCode::FORBIDDEN, "Access denied").into_response(),
            Self::Challenge => {
                let body = "<!doctype html><title>Just a moment...</title><p>Checking that you are not a robot.</p>";
                ([(header::CONTENT_TYPE, crate::pages::HTML)], body).into_response()
            }
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Switches {
    pending: Mutex<Option<(u32, Refusal)>>,
}

impl Switches {
    pub(super) fn refuse_next(&self, count: u32, refusal: Refusal) {
        *self.pending.lock().unwrap_or_else(PoisonError::into_inner) = (count > 0).then_some((count, refusal));
    }

    pub(super) fn next_refusal(&self) -> Option<Refusal> {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, refusal) = (*pending)?;
        *pending = (left > 1).then_some((left - 1, refusal));
        Some(refusal)
    }
}
