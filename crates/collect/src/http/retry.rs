//! What an answer asks of us: use it, try again, wait, or leave.

use chrono::DateTime;
use openvacancy_domain::Timestamp;
use std::time::Duration;

/// What to do after a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retry {
    /// There is an answer to read (also one that says 'not found' or 'gone').
    Use,
    /// Fetch from elsewhere.
    Redirect,
    /// The server is in trouble: try again later.
    Later,
    /// It asks us to wait; for how long, where it says so.
    Pause(Option<Duration>),
    /// It does not want us: leave it alone.
    Stop,
}

/// What a status asks. `retry_after` is that header's value.
#[must_use]
pub fn classify(status: u16, retry_after: Option<&str>, now: Timestamp) -> Retry {
    match status {
        301 | 302 | 303 | 307 | 308 => Retry::Redirect,
        401 | 403 | 407 | 451 => Retry::Stop,
        429 => Retry::Pause(wait(retry_after, now)),
        // 'Come back then' is a request to wait, not a fault.
        503 if retry_after.is_some() => Retry::Pause(wait(retry_after, now)),
        408 | 425 | 500..=599 => Retry::Later,
        _ => Retry::Use,
    }
}

/// `Retry-After`: seconds, or an HTTP date.
fn wait(value: Option<&str>, now: Timestamp) -> Option<Duration> {
    let value = value?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(value).ok()?;
    Some((until.to_utc() - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Retry, classify};
    use std::time::Duration;

    #[test]
    fn answers_are_sorted() {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let check = |status, header: Option<&str>, expected| {
            assert_eq!(classify(status, header, now), expected, "{status} {header:?}");
        };
        let seconds = |seconds| Retry::Pause(Some(Duration::from_secs(seconds)));
        check(200, None, Retry::Use);
        check(304, None, Retry::Use);
        check(404, None, Retry::Use);
        check(410, None, Retry::Use);
        check(302, None, Retry::Redirect);
        check(401, None, Retry::Stop);
        check(403, None, Retry::Stop);
        check(429, None, Retry::Pause(None));
        check(429, Some("120"), seconds(120));
        check(429, Some("Sat, 21 Nov 2026 10:01:30 GMT"), seconds(90));
        check(429, Some("Sat, 21 Nov 2026 09:00:00 GMT"), seconds(0));
        check(429, Some("soon"), Retry::Pause(None));
        check(503, Some("5"), seconds(5));
        check(503, None, Retry::Later);
        check(500, Some("5"), Retry::Later);
        check(502, None, Retry::Later);
        check(408, None, Retry::Later);
    }
}
