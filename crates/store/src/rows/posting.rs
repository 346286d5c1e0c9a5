//! Rows of postings and captures.

use super::cells::{ReadCells, WriteCells};
use crate::error::Trouble;
use crate::hash::to_hash;
use crate::prose;
use openvacancy_domain::ports::{Capture, StoredPosting};
use openvacancy_domain::{ContentHash, PortalId, Posting, RunId};

/// Reads `key, content_hash, fields`, `text, bytes` of the prose, `first_seen, last_seen, closed_on, closed_why`.
pub(crate) fn read(cells: &mut impl ReadCells) -> Result<StoredPosting, Trouble> {
    let key = cells.must_int()?;
    let content_hash = cells.blob()?.map(to_hash).unwrap_or_default();
    let mut posting: Posting = cells.json()?;
    let packed = cells.blob()?.map(<[u8]>::to_vec);
    let bytes: Option<usize> = cells.opt_number()?;
    if let (Some(packed), Some(bytes)) = (packed, bytes) {
        posting.description = Some(prose::unpack(&packed, bytes)?);
    }
    Ok(StoredPosting {
        key,
        content_hash,
        posting,
        first_seen: cells.time()?,
        last_seen: cells.time()?,
        closed_on: cells.time()?,
        closed_why: cells.owned()?,
    })
}

/// Writes `run_id, portal, url, fetched_at, status, etag, last_modified, archive_file, archive_offset, digest, bytes`.
pub(crate) fn write_capture(run: RunId, capture: &Capture, cells: &mut impl WriteCells) {
    cells.int(Some(run.0));
    cells.text(Some(capture.portal.as_str()));
    cells.text(Some(&capture.url));
    cells.time(Some(capture.fetched_at));
    cells.number(capture.status);
    cells.text(capture.etag.as_deref());
    cells.text(capture.last_modified.as_deref());
    cells.text(Some(&capture.archive_file));
    cells.number(capture.archive_offset);
    cells.text(Some(capture.digest.as_str()));
    cells.number(capture.bytes);
}

/// Reads them back, without the run.
pub(crate) fn read_capture(cells: &mut impl ReadCells) -> Result<Capture, Trouble> {
    Ok(Capture {
        portal: PortalId(cells.must_text()?),
        url: cells.must_text()?,
        fetched_at: cells.must_time()?,
        status: cells.number()?,
        etag: cells.owned()?,
        last_modified: cells.owned()?,
        archive_file: cells.must_text()?,
        archive_offset: cells.number()?,
        digest: ContentHash(cells.must_text()?),
        bytes: cells.number()?,
    })
}
