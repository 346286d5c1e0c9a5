//! The frontier of a crawl, and what followed from each fetched page.

use super::lives::{Prepared, prepare};
use super::record::record;
use super::{postings, runs};
use crate::error::Trouble;
use crate::rows::cells::{Cells, ReadCells, WriteCells as _, json_text, time_text, to_millis};
use crate::rows::posting::{read_capture, write_capture};
use crate::session::{Bulk, Session};
use crate::store::{Area, Backend, SqlStore};
use openvacancy_domain::ports::{Capture, FetchCommit, FrontierItem, FrontierStore, PageKind, RecordOutcome};
use openvacancy_domain::{PortalId, RunId, StoreError, Timestamp};

macro_rules! capture_columns {
    () => {
        "portal, url, fetched_at, status, etag, last_modified, archive_file, archive_offset, digest, bytes"
    };
}

const ROUND: &str = "SELECT began_at FROM round WHERE portal = $1";
const BEGIN: &str = "INSERT INTO round (portal, began_at) VALUES ($1, $2)";
const END: &str = "DELETE FROM round WHERE portal = $1";
const CLEAR: &str = "DELETE FROM frontier WHERE portal = $1";
const QUEUED: &str = "SELECT url, kind, attempts FROM frontier WHERE portal = $1 AND done = 0 \
    ORDER BY kind, position LIMIT $2";
const LAST_CAPTURE: &str = concat!(
    "SELECT ",
    capture_columns!(),
    " FROM capture WHERE portal = $1 AND url = $2 AND status = 200 ORDER BY fetched_at DESC, key DESC LIMIT 1"
);
const CAPTURES: &str =
    concat!("SELECT key, ", capture_columns!(), " FROM capture WHERE portal = $1 AND key > $2 ORDER BY key LIMIT $3");
const ADD_PAGES: Bulk = Bulk {
    table: "frontier",
    columns: "portal, url, kind, attempts",
    count: 4,
    tail: "ON CONFLICT (portal, url) DO NOTHING",
};
const ADD_CAPTURES: Bulk =
    Bulk { table: "capture", columns: concat!("run_id, ", capture_columns!()), count: 11, tail: "" };

impl<B: Backend> FrontierStore for SqlStore<B> {
    fn begin_round(
        &self,
        portal: &PortalId,
        at: Timestamp,
        seeds: &[FrontierItem],
    ) -> Result<(bool, Timestamp), StoreError> {
        self.write(Area::Postings, "beginning a round", async |connection| {
            let name = [portal.as_str().into()];
            if let Some(began) = connection.first(ROUND, &name, |cells| cells.must_time()).await? {
                return Ok((true, began));
            }
            connection.execute(CLEAR, &name).await?;
            connection.execute(BEGIN, &[portal.as_str().into(), time_text(at).into()]).await?;
            add_pages(connection, portal, &seeds.iter().collect::<Vec<_>>()).await?;
            Ok((false, to_millis(at)))
        })
    }

    fn queued(&self, portal: &PortalId, limit: u32) -> Result<Vec<FrontierItem>, StoreError> {
        self.read("reading the frontier", async |connection| {
            let read = |cells: &mut Cells<'_, _>| {
                Ok(FrontierItem { url: cells.must_text()?, kind: read_kind(cells)?, attempts: cells.number()? })
            };
            connection.all(QUEUED, &[portal.as_str().into(), limit.into()], read).await
        })
    }

    fn retry_later(&self, portal: &PortalId, url: &str) -> Result<(), StoreError> {
        self.write(Area::Postings, "noting a failed try", async |connection| {
            connection.execute(B::Session::SQL.retry, &[portal.as_str().into(), url.into()]).await?;
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
        let prepared = self.tell(action, prepare(&seen))?;
        self.write(Area::Postings, action, async |connection| {
            let captures: Vec<&Capture> = fetches.iter().filter_map(|fetch| fetch.capture.as_ref()).collect();
            connection.insert(&ADD_CAPTURES, &captures, |capture, values| write_capture(run, capture, values)).await?;
            let outcomes = record_and_close(connection, run, fetches, &prepared).await?;
            let found: Vec<&FrontierItem> = fetches.iter().flat_map(|fetch| &fetch.found).collect();
            add_pages(connection, portal, &found).await?;
            // After the found pages: one that leads to itself or to another of this batch is done all the same.
            let urls: Vec<&str> = fetches.iter().map(|fetch| fetch.url.as_str()).collect();
            let done = [portal.as_str().into(), json_text(&urls).into()];
            connection.execute(B::Session::SQL.done, &done).await?;
            for fetch in fetches {
                runs::add(connection, run, &fetch.problems).await?;
            }
            Ok(outcomes)
        })
    }

    fn end_round(&self, portal: &PortalId) -> Result<(), StoreError> {
        self.write(Area::Postings, "ending a round", async |connection| {
            connection.execute(END, &[portal.as_str().into()]).await?;
            connection.execute(CLEAR, &[portal.as_str().into()]).await?;
            Ok(())
        })
    }

    fn last_capture(&self, portal: &PortalId, url: &str) -> Result<Option<Capture>, StoreError> {
        self.read("reading a capture", async |connection| {
            let values = [portal.as_str().into(), url.into()];
            connection.first(LAST_CAPTURE, &values, |cells| read_capture(cells)).await
        })
    }

    fn captures(&self, portal: &PortalId, after: i64, limit: u32) -> Result<Vec<(i64, Capture)>, StoreError> {
        self.read("reading captures", async |connection| {
            let values = [portal.as_str().into(), after.into(), limit.into()];
            connection.all(CAPTURES, &values, |cells| Ok((cells.must_int()?, read_capture(cells)?))).await
        })
    }
}

/// Records what the pages showed and closes what they said is gone, in the order of the pages: a posting that one page
/// shows and a later one calls gone ends closed, and the other way round open.
async fn record_and_close(
    connection: &mut impl Session,
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

async fn add_pages<S: Session>(connection: &mut S, portal: &PortalId, pages: &[&FrontierItem]) -> Result<(), Trouble> {
    let write = |page: &&FrontierItem, values: &mut S::Values| {
        values.text(Some(portal.as_str()));
        values.text(Some(&page.url));
        values.text(Some(kind_text(page.kind)));
        values.number(page.attempts);
    };
    connection.insert(&ADD_PAGES, pages, write).await?;
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
