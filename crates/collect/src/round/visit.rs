//! One page: fetched, packed for the archive, read.

use super::Shared;
use crate::archive::{Exchange, WarcType, member};
use crate::http::{Conditions, Fetched, Outcome};
use crate::{ArchiveError, CollectError};
use openvacancy_domain::ports::{Capture, FrontierItem};
use openvacancy_domain::{ContentHash, Problem, Timestamp};
use openvacancy_portal::{Document, Kind, Parsed, parse};
use std::sync::Arc;

/// A page that was fetched and read, not yet kept.
pub(super) struct PageRead {
    pub(super) item: FrontierItem,
    pub(super) at: Timestamp,
    pub(super) status: u16,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) digest: ContentHash,
    pub(super) bytes: u64,
    /// Gzip member for the archive.
    pub(super) member: Vec<u8>,
    /// Not modified: the capture that holds.
    pub(super) earlier: Option<Capture>,
    pub(super) parsed: Parsed,
}

/// What became of a page.
pub(super) enum Visited {
    Read(Box<PageRead>),
    Disallowed(FrontierItem),
    Unusable(FrontierItem, Problem),
    Later(FrontierItem, String),
    Paused(FrontierItem),
    /// Leave the portal alone; the answer that says so, for the archive.
    Stop {
        reason: String,
        member: Option<(Vec<u8>, Timestamp)>,
    },
    Cancelled,
}

pub(super) async fn visit(shared: Arc<Shared>, item: FrontierItem) -> Result<Visited, CollectError> {
    let earlier = if shared.settings.conditional { last_capture(&shared, &item).await? } else { None };
    let conditions = earlier
        .as_ref()
        .map(|capture| Conditions { etag: capture.etag.clone(), last_modified: capture.last_modified.clone() });
    let fetched = match shared.client.fetch(&item.url, &conditions.unwrap_or_default()).await {
        Outcome::Fetched(fetched) => fetched,
        Outcome::Disallowed => return Ok(Visited::Disallowed(item)),
        Outcome::Unusable { code, reason } => {
            let problem = Problem::new(code, item.url.clone(), reason);
            return Ok(Visited::Unusable(item, problem));
        }
        Outcome::Later(reason) => return Ok(Visited::Later(item, reason)),
        Outcome::Paused => return Ok(Visited::Paused(item)),
        Outcome::Cancelled => return Ok(Visited::Cancelled),
        Outcome::Stop { reason, answer } => {
            let packed = |fetched: Fetched| Some((pack(&fetched, WarcType::Response).ok()?, fetched.at));
            return Ok(Visited::Stop { reason, member: answer.and_then(packed) });
        }
    };
    let earlier = earlier.filter(|_| fetched.status == 304);
    super::blocking(move || Ok(read(&shared, item, &fetched, earlier)?)).await
}

async fn last_capture(shared: &Arc<Shared>, item: &FrontierItem) -> Result<Option<Capture>, CollectError> {
    let (shared, url) = (Arc::clone(shared), item.url.clone());
    let known = super::blocking(move || Ok(shared.store.last_capture(shared.portal(), &url)?)).await?;
    Ok(known.filter(|capture| capture.etag.is_some() || capture.last_modified.is_some()))
}

/// Reads the answer; where it is 'not modified', the body the archive holds.
fn read(
    shared: &Shared,
    item: FrontierItem,
    fetched: &Fetched,
    earlier: Option<Capture>,
) -> Result<Visited, ArchiveError> {
    let mut page = PageRead {
        at: fetched.at,
        status: fetched.status,
        etag: fetched.header("etag").map(str::to_owned),
        last_modified: fetched.header("last-modified").map(str::to_owned),
        digest: ContentHash::of(&fetched.body),
        bytes: fetched.body.len() as u64,
        member: Vec::new(),
        earlier: None,
        parsed: parse(&shared.spec, &Document::new(b"")),
        item,
    };
    let kind = if fetched.status == 304 { WarcType::Revisit } else { WarcType::Response };
    page.member = match pack(fetched, kind) {
        Ok(member) => member,
        Err(error) => return Ok(Visited::Later(page.item, format!("it cannot be packed: {error}"))),
    };
    if fetched.truncated {
        let message = format!("larger than {} bytes; cut off there and not read", shared.settings.body_cap);
        page.parsed.rejected = vec![Problem::new("too_large", page.item.url.clone(), message)];
        return Ok(Visited::Read(Box::new(page)));
    }
    page.parsed = match &earlier {
        Some(capture) => match shared.archive.read(&capture.archive_file, capture.archive_offset) {
            Ok(record) => {
                let redirected = (record.url != page.item.url).then_some(record.url.as_str());
                let document = Document {
                    url: Some(&page.item.url),
                    redirected_to: redirected,
                    status: record.status,
                    content_type: record.header("content-type"),
                    bytes: &record.body,
                    fetched_at: Some(fetched.at),
                };
                parse(&shared.spec, &document)
            }
            // The page is there and has not changed; only our copy is lost. Said, and mended by the next change.
            Err(error) => {
                let mut parsed = page.parsed;
                parsed.rejected = vec![Problem::new("capture_lost", page.item.url.clone(), error.to_string())];
                parsed
            }
        },
        None => {
            let redirected = (fetched.url != page.item.url).then_some(fetched.url.as_str());
            let document = Document {
                url: Some(&page.item.url),
                redirected_to: redirected,
                status: fetched.status,
                content_type: fetched.header("content-type"),
                bytes: &fetched.body,
                fetched_at: Some(fetched.at),
            };
            parse(&shared.spec, &document)
        }
    };
    page.earlier = earlier;
    if page.parsed.kind == Kind::Blocked {
        let reason = page.parsed.blocked.unwrap_or_else(|| "it refuses us".to_owned());
        return Ok(Visited::Stop { reason, member: Some((page.member, page.at)) });
    }
    Ok(Visited::Read(Box::new(page)))
}

fn pack(fetched: &Fetched, kind: WarcType) -> std::io::Result<Vec<u8>> {
    member(&Exchange {
        kind,
        url: &fetched.url,
        at: fetched.at,
        status: fetched.status,
        headers: &fetched.headers,
        body: &fetched.body,
        truncated: fetched.truncated,
    })
}
