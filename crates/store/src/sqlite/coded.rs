//! What the pure stages made of postings, and what they still have to read.

use super::bulk::Bulk;
use super::cells::read_all;
use super::postings::{posting_columns, posting_tables};
use crate::error::Trouble;
use crate::hash::{self, Digest};
use crate::rows;
use crate::rows::cells::{ReadCells as _, json_text};
use openvacancy_domain::RunId;
use openvacancy_domain::ports::{CodedPosting, StageVersions, StoredCoding, StoredPosting};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, HashMap};

/// Holds of a posting whose newest version was not coded with the stages of number `?1`.
macro_rules! is_pending {
    () => {
        "(c.posting_key IS NULL OR c.version_key <> p.version_key OR c.stage_version <> ?1)"
    };
}

const STAGE: &str = "SELECT id FROM stage_version WHERE rules = ? AND coder = ?";
const ADD_STAGE: &str = "INSERT INTO stage_version (rules, coder) VALUES (?, ?)";
const PENDING: &str = concat!(
    "SELECT ",
    posting_columns!(),
    " FROM ",
    posting_tables!(),
    " LEFT JOIN coding AS c ON c.posting_key = p.key WHERE p.key > ?2 AND ",
    is_pending!(),
    " ORDER BY p.key LIMIT ?3"
);
const PENDING_COUNT: &str =
    concat!("SELECT count(*) FROM posting AS p LEFT JOIN coding AS c ON c.posting_key = p.key WHERE ", is_pending!());
const PAGE: &str = concat!(
    "SELECT ",
    posting_columns!(),
    ", c.normalised, c.coding FROM coding AS c CROSS JOIN ",
    posting_tables!(),
    " WHERE p.key = c.posting_key AND c.posting_key > ? AND c.version_key = p.version_key ORDER BY c.posting_key LIMIT ?"
);
const VERSIONS: &str = "SELECT v.posting_key, v.content_hash, v.key FROM json_each(?) AS j \
    CROSS JOIN posting_version AS v ON v.posting_key = j.value";
const PUT: Bulk = Bulk {
    head: "INSERT INTO coding (posting_key, version_key, stage_version, run_id, cleaned_title, soc2020, \
        soc2020_confidence, occupation_method, lad_code, normalised, coding) VALUES",
    columns: rows::coding::COLUMNS,
    tail: "ON CONFLICT (posting_key) DO UPDATE SET version_key = excluded.version_key, \
        stage_version = excluded.stage_version, run_id = excluded.run_id, cleaned_title = excluded.cleaned_title, \
        soc2020 = excluded.soc2020, soc2020_confidence = excluded.soc2020_confidence, \
        occupation_method = excluded.occupation_method, lad_code = excluded.lad_code, \
        normalised = excluded.normalised, coding = excluded.coding",
};

/// The number of these versions; `None` where nothing was coded with them.
async fn stage(connection: &mut SqliteConnection, versions: &StageVersions) -> Result<Option<i64>, Trouble> {
    Ok(sqlx::query_scalar(STAGE).bind(&versions.rules).bind(&versions.coder).fetch_optional(connection).await?)
}

pub(super) async fn pending(
    connection: &mut SqliteConnection,
    versions: &StageVersions,
    after: i64,
    limit: u32,
) -> Result<Vec<StoredPosting>, Trouble> {
    // No coding has number 0.
    let stage = stage(connection, versions).await?.unwrap_or_default();
    let rows = sqlx::query(PENDING).bind(stage).bind(after).bind(limit).fetch_all(connection).await?;
    read_all(&rows, |cells| rows::posting::read(cells))
}

pub(super) async fn pending_count(connection: &mut SqliteConnection, versions: &StageVersions) -> Result<u64, Trouble> {
    let stage = stage(connection, versions).await?.unwrap_or_default();
    let count: i64 = sqlx::query_scalar(PENDING_COUNT).bind(stage).fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}

pub(super) async fn page(
    connection: &mut SqliteConnection,
    after: i64,
    limit: u32,
) -> Result<Vec<StoredCoding>, Trouble> {
    let rows = sqlx::query(PAGE).bind(after).bind(limit).fetch_all(connection).await?;
    read_all(&rows, |cells| rows::coding::read(cells))
}

pub(super) async fn put(
    connection: &mut SqliteConnection,
    run: RunId,
    versions: &StageVersions,
    coded: &[CodedPosting],
) -> Result<(), Trouble> {
    if coded.is_empty() {
        return Ok(());
    }
    let stage = match stage(&mut *connection, versions).await? {
        Some(stage) => stage,
        None => {
            let query = sqlx::query(ADD_STAGE).bind(&versions.rules).bind(&versions.coder);
            query.execute(&mut *connection).await?.last_insert_rowid()
        }
    };
    // Of two codings of one posting in one batch the last one holds, as it would in two batches.
    let newest: BTreeMap<i64, &CodedPosting> = coded.iter().map(|coded| (coded.key, coded)).collect();
    let keys: Vec<i64> = newest.keys().copied().collect();
    let mut version_of: HashMap<(i64, Digest), i64> = HashMap::with_capacity(keys.len());
    let found = sqlx::query(VERSIONS).bind(json_text(&keys)).fetch_all(&mut *connection).await?;
    for (posting, digest, version) in read_all(&found, |cells| {
        let posting = cells.must_int()?;
        let digest = cells.blob()?.and_then(|bytes| Digest::try_from(bytes).ok());
        Ok((posting, digest, cells.must_int()?))
    })? {
        version_of.extend(digest.map(|digest| ((posting, digest), version)));
    }
    let mut rows = Vec::with_capacity(newest.len());
    for (key, coded) in newest {
        let version = hash::to_bytes(&coded.content_hash).and_then(|digest| version_of.get(&(key, digest)));
        match version {
            Some(version) => rows.push((*version, coded)),
            None => return Err(Trouble::not_found(format!("content {} of posting number {key}", coded.content_hash))),
        }
    }
    PUT.insert(connection, &rows, |(version, coded), values| {
        rows::coding::write(run, stage, *version, coded, values);
    })
    .await?;
    Ok(())
}
