//! The frontier of a crawl, and what followed from each fetched page.

use super::bulk::Bulk;
use super::cells::{Cells, read_all};
use super::record::{Prepared, prepare, record};
use super::{SqliteStore, fault, postings, runs};
use crate::error::Trouble;
use crate::rows::cells::{ReadCells, WriteCells as _, json_text, time_text, to_millis};
use crate::rows::posting::{read_capture, write_capture};
use openvacancy_domain::ports::{Capture, FetchCommit, FrontierItem, FrontierStore, PageKind, RecordOutcome};
use openvacancy_domain::{PortalId, RunId, StoreError, Timestamp};
use sqlx::SqliteConnection;

macro_rules! capture_columns {
    () => {
        "portal, url, fetched_at, status, etag, last_modified, archive_file, archive_offset, digest, bytes"
    };
}

const ROUND: &str = "SELECT began_at FROM round WHERE portal = ?";
const BEGIN: &str = "INSERT INTO round (portal, began_at) VALUES (?, ?)";
const END: &str = "DELETE FROM round WHERE portal = ?";
const CLEAR: &str = "DELETE FROM frontier WHERE portal = ?";
const QUEUED: &str = "SELECT url, kind, attempts FROM frontier WHERE portal = ? AND done = 0 \
    ORDER BY kind, position LIMIT ?";
const RETRY: &str = "UPDATE frontier SET attempts = attempts + 1, position = (SELECT max(position) + 1 FROM frontier) \
    WHERE portal = ? AND url = ? AND done = 0";
const DONE: &str = "UPDATE frontier SET done = 1 WHERE portal = ?1 AND url IN (SELECT value FROM json_each(?2))";
const LAST_CAPTURE: &str = concat!(
    "SELECT ",
    capture_columns!(),
    " FROM capture WHERE portal = ? AND url = ? AND status = 200 ORDER BY fetched_at DESC, key DESC LIMIT 1"
);
const CAPTURES: &str =
    concat!("SELECT key, ", capture_columns!(), " FROM capture WHERE portal = ? AND key > ? ORDER BY key LIMIT ?");
const ADD_PAGES: Bulk = Bulk {
    head: "INSERT INTO frontier (portal, url, kind, attempts) VALUES",
    columns: 4,
    tail: "ON CONFLICT (portal, url) DO NOTHING",
};
const ADD_CAPTURES: Bulk =
    Bulk { head: concat!("INSERT INTO capture (run_id, ", capture_columns!(), ") VALUES"), columns: 11, tail: "" };

impl FrontierStore for SqliteStore {
    fn begin_round(
        &self,
        portal: &PortalId,
        at: Timestamp,
        seeds: &[FrontierItem],
    ) -> Result<(bool, Timestamp), StoreError> {
        self.write("beginning a round", async |connection| {
            let under_way = sqlx::query(ROUND).bind(portal.as_str()).fetch_optional(&mut *connection).await?;
            if let Some(row) = under_way {
                return Ok((true, Cells::of(&row).must_time()?));
            }
            sqlx::query(CLEAR).bind(portal.as_str()).execute(&mut *connection).await?;
            sqlx::query(BEGIN).bind(portal.as_str()).bind(time_text(at)).execute(&mut *connection).await?;
            add_pages(connection, portal, &seeds.iter().collect::<Vec<_>>()).await?;
            Ok((false, to_millis(at)))
        })
    }

    fn queued(&self, portal: &PortalId, limit: u32) -> Result<Vec<FrontierItem>, StoreError> {
        self.read("reading the frontier", async |connection| {
            let rows = sqlx::query(QUEUED).bind(portal.as_str()).bind(limit).fetch_all(connection).await?;
            read_all(&rows, |cells| {
                Ok(FrontierItem { url: cells.must_text()?, kind: read_kind(cells)?, attempts: cells.number()? })
            })
        })
    }

    fn retry_later(&self, portal: &PortalId, url: &str) -> Result<(), StoreError> {
        self.write("noting a failed try", async |connection| {
            sqlx::query(RETRY).bind(portal.as_str()).bind(url).execute(connection).await?;
            Ok(())
        })
    }

    fn commit_fetches(
        &self,
        run: RunId,
        portal: &PortalId,
        fetches: &[FetchCommit],
    ) -> Result<Vec<Vec<RecordOutcome>>, StoreError> {
        let action = "keeping fetched pages";
        let seen: Vec<_> = fetches.iter().flat_map(|fetch| &fetch.seen).collect();
        let prepared = prepare(&seen).map_err(|trouble| fault::said(action, trouble))?;
        self.write(action, async |connection| {
            let captures: Vec<&Capture> = fetches.iter().filter_map(|fetch| fetch.capture.as_ref()).collect();
            ADD_CAPTURES.insert(connection, &captures, |capture, values| write_capture(run, capture, values)).await?;
            let outcomes = record_and_close(connection, run, fetches, &prepared).await?;
            let found: Vec<&FrontierItem> = fetches.iter().flat_map(|fetch| &fetch.found).collect();
            add_pages(connection, portal, &found).await?;
            // After the found pages: one that leads to itself or to another of this batch is done all the same.
            let urls: Vec<&str> = fetches.iter().map(|fetch| fetch.url.as_str()).collect();
            sqlx::query(DONE).bind(portal.as_str()).bind(json_text(&urls)).execute(&mut *connection).await?;
            for fetch in fetches {
                runs::add(connection, run, &fetch.problems).await?;
            }
            Ok(outcomes)
        })
    }

    fn end_round(&self, portal: &PortalId) -> Result<(), StoreError> {
        self.write("ending a round", async |connection| {
            sqlx::query(END).bind(portal.as_str()).execute(&mut *connection).await?;
            sqlx::query(CLEAR).bind(portal.as_str()).execute(connection).await?;
            Ok(())
        })
    }

    fn last_capture(&self, portal: &PortalId, url: &str) -> Result<Option<Capture>, StoreError> {
        self.read("reading a capture", async |connection| {
            let query = sqlx::query(LAST_CAPTURE).bind(portal.as_str()).bind(url);
            match query.fetch_optional(connection).await? {
                Some(row) => read_capture(&mut Cells::of(&row)).map(Some),
                None => Ok(None),
            }
        })
    }

    fn captures(&self, portal: &PortalId, after: i64, limit: u32) -> Result<Vec<(i64, Capture)>, StoreError> {
        self.read("reading captures", async |connection| {
            let rows =
                sqlx::query(CAPTURES).bind(portal.as_str()).bind(after).bind(limit).fetch_all(connection).await?;
            read_all(&rows, |cells| Ok((cells.must_int()?, read_capture(cells)?)))
        })
    }
}

/// Records what the pages showed and closes what they said is gone, in the order of the pages: a posting that one page
/// shows and a later one calls gone ends closed, and the other way round open.
async fn record_and_close(
    connection: &mut SqliteConnection,
    run: RunId,
    fetches: &[FetchCommit],
    prepared: &[Prepared<'_>],
) -> Result<Vec<Vec<RecordOutcome>>, Trouble> {
    let mut outcomes = Vec::with_capacity(prepared.len());
    let mut end = 0;
    for fetch in fetches {
        end += fetch.seen.len();
        // Pages that close nothing are recorded together with the next that does.
        if !fetch.closings.is_empty() {
            outcomes.extend(record(connection, run, &prepared[outcomes.len()..end]).await?);
            postings::close(connection, run, &fetch.closings).await?;
        }
    }
    outcomes.extend(record(connection, run, &prepared[outcomes.len()..end]).await?);
    let mut outcomes = outcomes.into_iter();
    Ok(fetches.iter().map(|fetch| outcomes.by_ref().take(fetch.seen.len()).collect()).collect())
}

async fn add_pages(
    connection: &mut SqliteConnection,
    portal: &PortalId,
    pages: &[&FrontierItem],
) -> Result<(), Trouble> {
    ADD_PAGES
        .insert(connection, pages, |page, values| {
            values.text(Some(portal.as_str()));
            values.text(Some(&page.url));
            values.text(Some(kind_text(page.kind)));
            values.number(page.attempts);
        })
        .await?;
    Ok(())
}

/// The queue goes by this text: listings come before postings.
fn kind_text(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Listing => "listing",
        PageKind::Posting => "posting",
    }
}

fn read_kind(cells: &mut impl ReadCells) -> Result<PageKind, Trouble> {
    match cells.must_text()?.as_str() {
        "listing" => Ok(PageKind::Listing),
        "posting" => Ok(PageKind::Posting),
        other => Err(Trouble::corrupt("page of the frontier", format!("'{other}' is neither listing nor posting"))),
    }
}
