//! Postings, their closing and their prose.

use super::cells::{Cells, read_all};
use super::record::{prepare, record};
use super::{SqliteStore, coded, fault};
use crate::error::Trouble;
use crate::rows::cells::{ReadCells as _, json_text, time_text};
use crate::{hash, prose, rows};
use openvacancy_domain::ports::{
    Closing, CodedPosting, PortalSpan, PostingStore, RecordOutcome, SeenPosting, StageVersions, StoredCoding,
    StoredPosting,
};
use openvacancy_domain::{ContentHash, PortalId, PostingId, RunId, StoreError, Timestamp};
use sqlx::SqliteConnection;
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
    concat!("SELECT ", posting_columns!(), " FROM ", posting_tables!(), " WHERE p.portal = ? AND p.posting_id = ?");
const PAGE: &str =
    concat!("SELECT ", posting_columns!(), " FROM ", posting_tables!(), " WHERE p.key > ? ORDER BY p.key LIMIT ?");
const OPEN_NOT_SEEN: &str = "SELECT posting_id FROM posting WHERE portal = ? AND closed_on IS NULL AND last_seen < ? \
    ORDER BY posting_id";
const LOG_CLOSINGS: &str = "INSERT INTO closing (posting_key, closed_on, closed_why, run_id) \
    SELECT p.key, j.value ->> 2, j.value ->> 3, ?2 FROM json_each(?1) AS j \
    CROSS JOIN posting AS p ON p.portal = j.value ->> 0 AND p.posting_id = j.value ->> 1 \
    WHERE p.closed_on IS NULL ON CONFLICT DO NOTHING";
const CLOSE: &str = "UPDATE posting SET closed_on = j.value ->> 2, closed_why = j.value ->> 3 FROM json_each(?) AS j \
    WHERE posting.portal = j.value ->> 0 AND posting.posting_id = j.value ->> 1 AND posting.closed_on IS NULL";
const SPANS: &str = "SELECT portal, first_seen, last_seen, postings FROM portal ORDER BY portal";
const PROSE: &str =
    "SELECT p.hash, p.bytes, p.text FROM json_each(?) AS j CROSS JOIN prose AS p ON p.hash = unhex(j.value)";

impl PostingStore for SqliteStore {
    fn record(&self, run: RunId, batch: &[SeenPosting]) -> Result<Vec<RecordOutcome>, StoreError> {
        let action = "recording postings";
        let prepared = prepare(&batch.iter().collect::<Vec<_>>()).map_err(|trouble| fault::said(action, trouble))?;
        self.write(action, async |connection| record(connection, run, &prepared).await)
    }

    fn close(&self, run: RunId, closings: &[Closing]) -> Result<u64, StoreError> {
        self.write("closing postings", async |connection| close(connection, run, closings).await)
    }

    fn open_not_seen_since(&self, portal: &PortalId, before: Timestamp) -> Result<Vec<PostingId>, StoreError> {
        self.read("reading open postings", async |connection| {
            let ids: Vec<String> = sqlx::query_scalar(OPEN_NOT_SEEN)
                .bind(portal.as_str())
                .bind(time_text(before))
                .fetch_all(connection)
                .await?;
            Ok(ids.into_iter().map(|id| PostingId { portal: portal.clone(), id }).collect())
        })
    }

    fn posting(&self, id: &PostingId) -> Result<Option<StoredPosting>, StoreError> {
        self.read("reading a posting", async |connection| {
            let query = sqlx::query(ONE).bind(id.portal.as_str()).bind(&id.id);
            match query.fetch_optional(connection).await? {
                Some(row) => rows::posting::read(&mut Cells::of(&row)).map(Some),
                None => Ok(None),
            }
        })
    }

    fn postings(&self, after: i64, limit: u32) -> Result<Vec<StoredPosting>, StoreError> {
        self.read("reading postings", async |connection| {
            let rows = sqlx::query(PAGE).bind(after).bind(limit).fetch_all(connection).await?;
            read_all(&rows, |cells| rows::posting::read(cells))
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
        self.write("keeping codings", async |connection| coded::put(connection, run, versions, coded).await)
    }

    fn coded(&self, after: i64, limit: u32) -> Result<Vec<StoredCoding>, StoreError> {
        self.read("reading codings", async |connection| coded::page(connection, after, limit).await)
    }

    fn portal_spans(&self) -> Result<Vec<PortalSpan>, StoreError> {
        self.read("reading the portals", async |connection| {
            read_all(&sqlx::query(SPANS).fetch_all(connection).await?, |cells| {
                Ok(PortalSpan {
                    portal: PortalId(cells.must_text()?),
                    first_seen: cells.time()?,
                    last_seen: cells.time()?,
                    postings: cells.number()?,
                })
            })
        })
    }

    fn prose(&self, hashes: &[ContentHash]) -> Result<BTreeMap<ContentHash, String>, StoreError> {
        // A text that is no SHA-256 is the hash of nothing.
        let list: BTreeSet<&str> =
            hashes.iter().filter(|hash| hash::to_bytes(hash).is_some()).map(ContentHash::as_str).collect();
        self.read("reading prose", async |connection| {
            let rows = sqlx::query(PROSE).bind(json_text(&list)).fetch_all(connection).await?;
            let texts = read_all(&rows, |cells| {
                let hash = cells.blob()?.map(hash::to_hash).unwrap_or_default();
                let bytes = cells.number()?;
                Ok((hash, prose::unpack(cells.blob()?.unwrap_or_default(), bytes)?))
            })?;
            Ok(texts.into_iter().collect())
        })
    }
}

/// Closes postings within a transaction; answers how many.
pub(super) async fn close(connection: &mut SqliteConnection, run: RunId, closings: &[Closing]) -> Result<u64, Trouble> {
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
    sqlx::query(LOG_CLOSINGS).bind(&list).bind(run.0).execute(&mut *connection).await?;
    Ok(sqlx::query(CLOSE).bind(&list).execute(connection).await?.rows_affected())
}
