//! What an operator may set.

use openvacancy_domain::PortalId;
use std::time::Duration;

/// How to collect. The default is right for real portals, but for the contact.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whom a portal's owner can reach: a web address or e-mail. Needed for everything but loopback.
    pub contact: String,
    /// Portals whose owner gave the leave that their terms ask for.
    pub permissions: Vec<PortalId>,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for a whole answer.
    pub timeout: Duration,
    /// The largest body kept, in bytes; what is larger is cut off and a problem.
    pub body_cap: usize,
    /// Tries of one page in one round.
    pub max_attempts: u32,
    /// First wait after a failure; it doubles with each further one.
    pub backoff: Duration,
    /// Longest wait between two tries, and the longest `Retry-After` that is waited for within a run.
    pub max_pause: Duration,
    /// Wait after 'too many requests' that does not say how long.
    pub pause_unasked: Duration,
    /// 'Too many requests' in a row after which the portal is left alone.
    pub max_refusals: u32,
    /// Failures in a row after which the portal is left alone.
    pub max_failures: u32,
    /// Ask with `If-None-Match` and `If-Modified-Since` where the page is known.
    pub conditional: bool,
    /// Pages kept in one transaction, at most.
    pub batch: usize,
    /// Longest time a fetched page waits to be kept.
    pub batch_delay: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            contact: String::new(),
            permissions: Vec::new(),
            connect_timeout: Duration::from_secs(15),
            timeout: Duration::from_secs(60),
            body_cap: openvacancy_portal::MAX_BYTES,
            max_attempts: 4,
            backoff: Duration::from_secs(2),
            max_pause: Duration::from_secs(300),
            pause_unasked: Duration::from_secs(30),
            max_refusals: 3,
            max_failures: 12,
            conditional: true,
            batch: 48,
            batch_delay: Duration::from_millis(500),
        }
    }
}
