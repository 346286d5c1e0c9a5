//! What robots.txt asks (RFC 9309), behind our own interface.

use openvacancy_portal::RobotsException;
use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// The name robots.txt knows us by.
pub(super) const AGENT: &str = "OpenVacancy";

/// The longest robots.txt that is read; RFC 9309 asks for 500 KiB at least.
const MAX_BYTES: usize = 512 << 10;

/// What came when robots.txt was asked for.
#[derive(Debug, Clone, Copy)]
pub enum RobotsAnswer<'a> {
    /// An answer with this status, `Content-Type` and body.
    Answer {
        /// HTTP status.
        status: u16,
        /// The `Content-Type` header.
        content_type: Option<&'a str>,
        /// The body.
        body: &'a [u8],
    },
    /// No answer.
    Unreachable,
}

/// The rules of one host, for us.
pub struct Robots {
    rules: Option<Robot>,
    exceptions: Vec<RobotsException>,
}

impl std::fmt::Debug for Robots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Robots").field("any_rules", &self.rules.is_some()).field("delay", &self.delay()).finish()
    }
}

impl Robots {
    /// Reads the answer. A file that is not there forbids nothing; a page of HTML with status 200 is not a robots file;
    /// a server in trouble is left alone until it can say what it wants.
    ///
    /// # Errors
    /// In words: why the host must not be asked for anything now.
    pub fn read(answer: RobotsAnswer<'_>, exceptions: &[RobotsException]) -> Result<Self, String> {
        let none = || Self { rules: None, exceptions: exceptions.to_vec() };
        let (status, content_type, body) = match answer {
            RobotsAnswer::Unreachable => return Err("robots.txt cannot be reached".to_owned()),
            RobotsAnswer::Answer { status, content_type, body } => (status, content_type, body),
        };
        match status {
            200..=299 => {}
            401 | 403 | 407 | 429 => return Err(format!("robots.txt was refused with {status}")),
            400..=499 => return Ok(none()),
            _ => return Err(format!("robots.txt was answered with {status}")),
        }
        if is_html(content_type, body) {
            return Ok(none());
        }
        let body = body.get(..body.len().min(MAX_BYTES)).unwrap_or_default();
        let robot = Robot::new(AGENT, body).map_err(|error| format!("robots.txt cannot be read: {error}"))?;
        Ok(Self { rules: Some(robot), exceptions: exceptions.to_vec() })
    }

    /// Whether we may ask for `url`.
    #[must_use]
    pub fn allowed(&self, url: &Url) -> bool {
        let Some(rules) = &self.rules else { return true };
        let excepted = || self.exceptions.iter().any(|exception| url.path().starts_with(&exception.path));
        rules.allowed(url.as_str()) || excepted()
    }

    /// The `Crawl-delay` asked for.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        let seconds = self.rules.as_ref()?.delay?;
        Duration::try_from_secs_f32(seconds).ok().filter(|delay| !delay.is_zero())
    }
}

fn is_html(content_type: Option<&str>, body: &[u8]) -> bool {
    let labelled = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    let start = body.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte));
    labelled || start == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::{Robots, RobotsAnswer};
    use openvacancy_portal::RobotsException;
    use std::time::Duration;

    fn read(status: u16, kind: &str, body: &str) -> Result<Robots, String> {
        let exceptions = [RobotsException { path: "/private/api".into(), reason: "official".into() }];
        let answer = RobotsAnswer::Answer { status, content_type: Some(kind), body: body.as_bytes() };
        Robots::read(answer, &exceptions)
    }

    #[test]
    fn rules_are_obeyed() {
        let file = "User-agent: *\nDisallow: /private\nAllow: /private/open\nCrawl-delay: 2.5\n";
        let robots = read(200, "text/plain", file).unwrap();
        let check = |path: &str, allowed| {
            assert_eq!(robots.allowed(&format!("https://example.org{path}").parse().unwrap()), allowed, "{path}");
        };
        check("/", true);
        check("/jobs?page=2", true);
        check("/private", false);
        check("/private/x", false);
        check("/private/open/x", true);
        check("/private/api/v1", true);
        assert_eq!(robots.delay(), Some(Duration::from_millis(2_500)));
        let own =
            read(200, "text/plain", "User-agent: *\nDisallow:\n\nUser-agent: openvacancy\nDisallow: /\n").unwrap();
        assert!(!own.allowed(&"https://example.org/jobs".parse().unwrap()));
    }

    #[test]
    fn only_a_robots_file_is_taken_for_one() {
        let url = "https://example.org/private".parse().unwrap();
        assert!(read(200, "text/html; charset=utf-8", "User-agent: *\nDisallow: /").unwrap().allowed(&url));
        assert!(read(200, "text/plain", "  <!doctype html><p>Disallow: /").unwrap().allowed(&url));
        assert!(read(404, "text/plain", "User-agent: *\nDisallow: /").unwrap().allowed(&url));
        for status in [401, 403, 429, 500, 503, 302] {
            assert!(read(status, "text/plain", "").is_err(), "{status}");
        }
        assert!(Robots::read(RobotsAnswer::Unreachable, &[]).is_err());
        assert!(
            read(200, "text/plain", "\u{0}\u{1}nonsense\nCrawl-delay: -1\nCrawl-delay: nan").unwrap().delay().is_none()
        );
    }
}
