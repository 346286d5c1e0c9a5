//! One page fetched: robots.txt asked first, turns waited for, redirects followed within the portal, the body capped.

use super::host::Host;
use super::retry::{Retry, classify};
use super::robots::{Robots, RobotsAnswer};
use crate::{Cancel, CollectError, Settings};
use openvacancy_domain::{Clock, Timestamp};
use openvacancy_portal::PortalSpec;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;
use url::{Host as UrlHost, Url};

const MAX_REDIRECTS: usize = 5;

/// What is known of a page from an earlier visit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

/// An answer with its body.
#[derive(Debug, Clone)]
pub(crate) struct Fetched {
    /// The address that answered in the end.
    pub(crate) url: String,
    pub(crate) at: Timestamp,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The body was larger than the cap and was cut off.
    pub(crate) truncated: bool,
}

impl Fetched {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What became of a page.
#[derive(Debug)]
pub(crate) enum Outcome {
    Fetched(Fetched),
    /// robots.txt forbids it.
    Disallowed,
    /// It leads out of the portal, in circles, or nowhere; trying again would not help.
    Unusable {
        code: &'static str,
        reason: String,
    },
    /// Try again, after others.
    Later(String),
    /// Try again; the host asked us to wait and the wait is noted.
    Paused,
    /// Leave the portal alone.
    Stop {
        reason: String,
        answer: Option<Fetched>,
    },
    /// The round is to stop.
    Cancelled,
}

struct Site {
    host: Host,
    robots: Robots,
}

/// The one client of a round.
pub(crate) struct Client {
    http: reqwest::Client,
    spec: Arc<PortalSpec>,
    clock: Arc<dyn Clock>,
    settings: Settings,
    cancel: Cancel,
    sites: Mutex<BTreeMap<String, Result<Arc<Site>, String>>>,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Client {
    pub(crate) fn new(
        spec: Arc<PortalSpec>,
        clock: Arc<dyn Clock>,
        settings: &Settings,
        cancel: Cancel,
    ) -> Result<Self, CollectError> {
        // Another part of the program may have installed it already; then that one holds.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let contact: String = settings.contact.chars().filter(|ch| ch.is_ascii_graphic()).collect();
        let version = env!("CARGO_PKG_VERSION");
        let agent = match contact.as_str() {
            "" => format!("OpenVacancy/{version}"),
            contact => format!("OpenVacancy/{version} (+{contact})"),
        };
        let mut headers = HeaderMap::new();
        headers.insert(
            ACCEPT,
            HeaderValue::from_static("text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5"),
        );
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en-GB,en;q=0.9"));
        let mut builder = reqwest::Client::builder()
            .user_agent(agent)
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout);
        if is_loopback(spec.base_url()) {
            builder = builder.no_proxy();
        }
        Ok(Self {
            http: builder.build().map_err(CollectError::Client)?,
            spec,
            clock,
            settings: settings.clone(),
            cancel,
            sites: Mutex::default(),
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        })
    }

    /// Requests made and bytes received so far.
    pub(crate) fn counted(&self) -> (u64, u64) {
        (self.requests.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }

    /// Fetches `url`.
    pub(crate) async fn fetch(&self, url: &str, conditions: &Conditions) -> Outcome {
        let Ok(mut target) = Url::parse(url) else {
            return Outcome::Unusable { code: "address", reason: format!("'{url}' is not an address") };
        };
        for hop in 0..=MAX_REDIRECTS {
            if !self.spec.is_same_site(&target) {
                return Outcome::Unusable {
                    code: "off_site",
                    reason: format!("it leads to {target}, out of the portal"),
                };
            }
            let site = match self.site(&target).await {
                Ok(site) => site,
                Err(_) if self.cancel.is_cancelled() => return Outcome::Cancelled,
                Err(reason) => return Outcome::Stop { reason, answer: None },
            };
            if !site.robots.allowed(&target) {
                return Outcome::Disallowed;
            }
            let Some(slot) = site.host.turn(&self.cancel).await else { return Outcome::Cancelled };
            let conditions = if hop == 0 { conditions.clone() } else { Conditions::default() };
            let answer = self.request(&target, &conditions).await;
            drop(slot);
            let fetched = match answer {
                Ok(fetched) => fetched,
                Err(reason) if site.host.failed(&self.settings) => {
                    return Outcome::Stop { reason: format!("it failed again and again: {reason}"), answer: None };
                }
                Err(reason) => return Outcome::Later(reason),
            };
            match classify(fetched.status, fetched.header("retry-after"), self.clock.now()) {
                Retry::Use => {
                    site.host.succeeded();
                    return Outcome::Fetched(fetched);
                }
                Retry::Redirect => match fetched.header("location").and_then(|to| target.join(to).ok()) {
                    Some(next) => target = next,
                    None => return Outcome::Unusable { code: "redirect", reason: "a redirect to nowhere".to_owned() },
                },
                Retry::Later => {
                    let reason = format!("the portal answered {}", fetched.status);
                    if site.host.failed(&self.settings) {
                        return Outcome::Stop { reason: format!("{reason}, again and again"), answer: Some(fetched) };
                    }
                    return Outcome::Later(reason);
                }
                Retry::Pause(asked) => match site.host.paused(asked, &self.settings) {
                    Ok(()) => return Outcome::Paused,
                    Err(reason) => return Outcome::Stop { reason, answer: Some(fetched) },
                },
                Retry::Stop => {
                    let reason = format!("the portal answered {}", fetched.status);
                    return Outcome::Stop { reason, answer: Some(fetched) };
                }
            }
        }
        Outcome::Unusable { code: "redirect_loop", reason: format!("more than {MAX_REDIRECTS} redirects") }
    }

    /// The host of `url`, its robots.txt read. One at a time, so that it is asked for once.
    async fn site(&self, url: &Url) -> Result<Arc<Site>, String> {
        let key = url.origin().ascii_serialization();
        let mut sites = self.sites.lock().await;
        if let Some(site) = sites.get(&key) {
            return site.clone();
        }
        let site = self.open(url).await.map(Arc::new);
        // An answer that never came because we were told to stop says nothing about the host.
        if !self.cancel.is_cancelled() {
            sites.insert(key, site.clone());
        }
        site
    }

    async fn open(&self, url: &Url) -> Result<Site, String> {
        let host = Host::new(&self.spec.rate, None);
        let mut target = url.join("/robots.txt").map_err(|error| error.to_string())?;
        let mut reason = String::new();
        for _ in 0..=MAX_REDIRECTS {
            let _slot = host.turn(&self.cancel).await.ok_or("stopped")?;
            match self.request(&target, &Conditions::default()).await {
                Ok(answer) => match classify(answer.status, None, self.clock.now()) {
                    Retry::Redirect => match answer.header("location").and_then(|to| target.join(to).ok()) {
                        Some(next) => target = next,
                        None => return Err("robots.txt redirects to nowhere".to_owned()),
                    },
                    Retry::Later => {
                        reason = format!("robots.txt was answered with {}", answer.status);
                        let _ = host.failed(&self.settings);
                    }
                    _ => {
                        let read = RobotsAnswer::Answer {
                            status: answer.status,
                            content_type: answer.header("content-type"),
                            body: &answer.body,
                        };
                        let robots = Robots::read(read, &self.spec.robots_exceptions)?;
                        let host = Host::new(&self.spec.rate, Some(&robots));
                        host.count_one();
                        return Ok(Site { host, robots });
                    }
                },
                Err(error) => {
                    reason = format!("robots.txt cannot be reached: {error}");
                    let _ = host.failed(&self.settings);
                }
            }
        }
        Err(if reason.is_empty() { "robots.txt redirects in circles".to_owned() } else { reason })
    }

    async fn request(&self, url: &Url, conditions: &Conditions) -> Result<Fetched, String> {
        let mut request = self.http.get(url.clone());
        if let Some(etag) = &conditions.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &conditions.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        self.requests.fetch_add(1, Ordering::Relaxed);
        let mut response = request.send().await.map_err(|error| said(&error))?;
        let status = response.status().as_u16();
        let headers = response.headers().iter().map(|(name, value)| (text(name), lossy(value))).collect();
        let mut body = Vec::new();
        let mut truncated = false;
        while let Some(chunk) = response.chunk().await.map_err(|error| said(&error))? {
            self.bytes.fetch_add(chunk.len() as u64, Ordering::Relaxed);
            let room = self.settings.body_cap - body.len();
            body.extend_from_slice(chunk.get(..chunk.len().min(room)).unwrap_or_default());
            if chunk.len() > room {
                truncated = true;
                break;
            }
        }
        Ok(Fetched { url: url.to_string(), at: self.clock.now(), status, headers, body, truncated })
    }
}

fn text(name: &HeaderName) -> String {
    name.as_str().to_owned()
}

fn lossy(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The innermost cause says most; the address is known already.
fn said(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if error.is_timeout() { "no answer in time".to_owned() } else { cause.to_string() }
}

/// Whether the address is this machine's own.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(UrlHost::Domain(name)) => name == "localhost",
        Some(UrlHost::Ipv4(address)) => address.is_loopback(),
        Some(UrlHost::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
