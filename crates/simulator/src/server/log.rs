//! What was asked of a portal, so that a collector's manners can be judged from the server's side.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// One request as a portal saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Path and query.
    pub path: String,
    /// The status it was answered with.
    pub status: u16,
    /// When it was answered, since the simulator started.
    pub at: Duration,
    /// The `User-Agent` header, empty where none was sent.
    pub user_agent: String,
}

#[derive(Debug)]
pub(super) struct RequestLog {
    started: Instant,
    requests: Mutex<Vec<Request>>,
}

impl Default for RequestLog {
    fn default() -> Self {
        Self { started: Instant::now(), requests: Mutex::default() }
    }
}

impl RequestLog {
    pub(super) fn record(&self, path: String, status: u16, user_agent: &str) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let at = self.started.elapsed();
        requests.push(Request { path, status, at, user_agent: user_agent.to_owned() });
    }

    pub(super) fn len(&self) -> u64 {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).len() as u64
    }

    pub(super) fn count_under(&self, prefix: &str) -> u64 {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|request| request.path.starts_with(prefix)).count() as u64
    }

    pub(super) fn all(&self) -> Vec<Request> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
