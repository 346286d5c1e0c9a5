//! One page: fetched, packed for the archive, read.

use super::Shared;
use crate::CollectError;
use crate::archive::{Exchange, WarcType, member};
use crate::http::{Conditions, Fetched, Outcome};
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
    let mut earlier = if shared.settings.conditional { last_capture(&shared, &item).await? } else { None };
    loop {
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
        let holds = if fetched.status == 304 { earlier.take() } else { None };
        let was_known = holds.is_some();
        let (shared, page) = (Arc::clone(&shared), item.clone());
        let visited = super::blocking(move || Ok(read(&shared, page, &fetched, holds))).await?;
        match visited {
            Some(visited) => return Ok(visited),
            // Our own copy is lost: ask once more, for the whole page.
            None if was_known => {}
            None => return Ok(Visited::Later(item, "not modified, it says, but we hold no copy".to_owned())),
        }
    }
}

async fn last_capture(shared: &Arc<Shared>, item: &FrontierItem) -> Result<Option<Capture>, CollectError> {
    let (shared, url) = (Arc::clone(shared), item.url.clone());
    let known = super::blocking(move || Ok(shared.store.last_capture(shared.portal(), &url)?)).await?;
    Ok(known.filter(|capture| capture.etag.is_some() || capture.last_modified.is_some()))
}

/// Reads the answer; where it is 'not modified', the body the archive holds. `None` where no copy can be read.
fn read(shared: &Shared, item: FrontierItem, fetched: &Fetched, earlier: Option<Capture>) -> Option<Visited> {
    let kept = match &earlier {
        Some(capture) => match shared.archive.read(&capture.archive_file, capture.archive_offset) {
            Ok(record) => Some(record),
            Err(error) => {
                tracing::warn!(page.url = %item.url, "a capture cannot be read back, the page is fetched anew: {error}");
                return None;
            }
        },
        None if fetched.status == 304 => return None,
        None => None,
    };
    let kind = if kept.is_some() { WarcType::Revisit } else { WarcType::Response };
    let member = match pack(fetched, kind) {
        Ok(member) => member,
        Err(error) => return Some(Visited::Later(item, format!("it cannot be packed: {error}"))),
    };
    let parsed = if fetched.truncated {
        let message = format!("larger than {} bytes; cut off there and not read", shared.settings.body_cap);
        Parsed::refused(Problem::new("too_large", item.url.clone(), message))
    } else {
        let (url, status, content_type, bytes) = match &kept {
            Some(record) => (&record.url, record.status, record.header("content-type"), &record.body),
            None => (&fetched.url, fetched.status, fetched.header("content-type"), &fetched.body),
        };
        let document = Document {
            url: Some(&item.url),
            redirected_to: (*url != item.url).then_some(url.as_str()),
            status,
            content_type,
            bytes,
            fetched_at: Some(fetched.at),
        };
        parse(&shared.spec, &document)
    };
    if parsed.kind == Kind::Blocked {
        let reason = parsed.blocked.unwrap_or_else(|| "it refuses us".to_owned());
        return Some(Visited::Stop { reason, member: Some((member, fetched.at)) });
    }
    Some(Visited::Read(Box::new(PageRead {
        at: fetched.at,
        status: fetched.status,
        etag: fetched.header("etag").map(str::to_owned),
        last_modified: fetched.header("last-modified").map(str::to_owned),
        digest: ContentHash::of(&fetched.body),
        bytes: fetched.body.len() as u64,
        member,
        earlier,
        parsed,
        item,
    })))
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
