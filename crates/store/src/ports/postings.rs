//! Postings, their closing and their prose.

use super::coded;
use super::lives::prepare;
use super::record::record;
use crate::error::Trouble;
use crate::rows::cells::{Cells, ReadCells as _, json_text, time_text};
use crate::session::Session;
use crate::store::{Area, Backend, SqlStore};
use crate::{hash, prose, rows};
use openvacancy_domain::ports::{
    Closing, CodedPosting, PortalSpan, PostingStore, RecordOutcome, SeenPosting, StageVersions, StoredCoding,
    StoredPosting,
};
use openvacancy_domain::{ContentHash, PortalId, PostingId, RunId, StoreError, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A stored posting: what [`rows::posting::read`] reads.
macro_rules! posting_columns {
    () => {
        "p.key, v.content_hash, v.fields, t.text, t.bytes, p.first_seen, p.last_seen, p.closed_on, p.closed_why"
    };
}
macro_rules! posting_tables {
    () => {
        "posting AS p JOIN posting_version AS v ON v.key = p.version_key LEFT JOIN prose AS t ON t.key = v.prose_key"
    };
}
pub(super) use {posting_columns, posting_tables};

const ONE: &str =
    concat!("SELECT ", posting_columns!(), " FROM ", posting_tables!(), " WHERE p.portal = $1 AND p.posting_id = $2");
const PAGE: &str =
    concat!("SELECT ", posting_columns!(), " FROM ", posting_tables!(), " WHERE p.key > $1 ORDER BY p.key LIMIT $2");
const OPEN_NOT_SEEN: &str = "SELECT posting_id FROM posting WHERE portal = $1 AND closed_on IS NULL AND last_seen < $2 \
    ORDER BY posting_id";
const SPANS: &str = "SELECT portal, first_seen, last_seen, postings FROM portal ORDER BY portal";

impl<B: Backend> PostingStore for SqlStore<B> {
    fn record(&self, run: RunId, batch: &[SeenPosting]) -> Result<Vec<RecordOutcome>, StoreError> {
        let action = "recording postings";
        let prepared = self.tell(action, prepare(&batch.iter().collect::<Vec<_>>()))?;
        self.write(Area::Postings, action, async |connection| record(connection, run, &prepared).await)
    }

    fn close(&self, run: RunId, closings: &[Closing]) -> Result<u64, StoreError> {
        self.write(Area::Postings, "closing postings", async |connection| close(connection, run, closings).await)
    }

    fn open_not_seen_since(&self, portal: &PortalId, before: Timestamp) -> Result<Vec<PostingId>, StoreError> {
        self.read("reading open postings", async |connection| {
            let values = [portal.as_str().into(), time_text(before).into()];
            let read = |cells: &mut Cells<'_, _>| Ok(PostingId { portal: portal.clone(), id: cells.must_text()? });
            connection.all(OPEN_NOT_SEEN, &values, read).await
        })
    }

    fn posting(&self, id: &PostingId) -> Result<Option<StoredPosting>, StoreError> {
        self.read("reading a posting", async |connection| {
            let values = [id.portal.as_str().into(), (&id.id).into()];
            connection.first(ONE, &values, |cells| rows::posting::read(cells)).await
        })
    }

    fn postings(&self, after: i64, limit: u32) -> Result<Vec<StoredPosting>, StoreError> {
        self.read("reading postings", async |connection| {
            connection.all(PAGE, &[after.into(), limit.into()], |cells| rows::posting::read(cells)).await
        })
    }

    fn pending(&self, versions: &StageVersions, after: i64, limit: u32) -> Result<Vec<StoredPosting>, StoreError> {
        self.read("reading pending postings", async |connection| {
            coded::pending(connection, versions, after, limit).await
        })
    }

    fn pending_count(&self, versions: &StageVersions) -> Result<u64, StoreError> {
        self.read("counting pending postings", async |connection| coded::pending_count(connection, versions).await)
    }

    fn put_coded(&self, run: RunId, versions: &StageVersions, coded: &[CodedPosting]) -> Result<(), StoreError> {
        self.write(Area::Postings, "keeping codings", async |connection| {
            coded::put(connection, run, versions, coded).await
        })
    }

    fn coded(&self, after: i64, limit: u32) -> Result<Vec<StoredCoding>, StoreError> {
        self.read("reading codings", async |connection| coded::page(connection, after, limit).await)
    }

    fn portal_spans(&self) -> Result<Vec<PortalSpan>, StoreError> {
        self.read("reading the portals", async |connection| {
            let read = |cells: &mut Cells<'_, _>| {
                Ok(PortalSpan {
                    portal: PortalId(cells.must_text()?),
                    first_seen: cells.time()?,
                    last_seen: cells.time()?,
                    postings: cells.number()?,
                })
            };
            connection.all(SPANS, &[], read).await
        })
    }

    fn prose(&self, hashes: &[ContentHash]) -> Result<BTreeMap<ContentHash, String>, StoreError> {
        // A text that is no SHA-256 is the hash of nothing.
        let list: BTreeSet<&str> =
            hashes.iter().filter(|hash| hash::to_bytes(hash).is_some()).map(ContentHash::as_str).collect();
        self.read("reading prose", async |connection| {
            let read = |cells: &mut Cells<'_, _>| {
                let hash = cells.blob()?.map(hash::to_hash).unwrap_or_default();
                let bytes = cells.number()?;
                Ok((hash, prose::unpack(cells.blob()?.unwrap_or_default(), bytes)?))
            };
            let texts = connection.all(B::Session::SQL.prose, &[json_text(&list).into()], read).await?;
            Ok(texts.into_iter().collect())
        })
    }
}

/// Closes postings within a transaction; answers how many.
pub(super) async fn close<S: Session>(connection: &mut S, run: RunId, closings: &[Closing]) -> Result<u64, Trouble> {
    // The first closing of a posting holds; a second one in the batch finds it closed.
    let mut met = BTreeSet::new();
    let list: Vec<[String; 4]> = closings
        .iter()
        .filter(|closing| met.insert(&closing.posting))
        .map(|closing| {
            let PostingId { portal, id } = &closing.posting;
            [portal.0.clone(), id.clone(), time_text(closing.at), closing.why.clone()]
        })
        .collect();
    if list.is_empty() {
        return Ok(0);
    }
    let list = json_text(&list);
    connection.execute(S::SQL.log_closings, &[(&list).into(), run.0.into()]).await?;
    connection.execute(S::SQL.close, &[(&list).into()]).await
}
