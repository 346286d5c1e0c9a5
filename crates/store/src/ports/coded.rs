//! What the pure stages made of postings, and what they still have to read.

use super::postings::{posting_columns, posting_tables};
use crate::error::Trouble;
use crate::hash::{self, Digest};
use crate::rows;
use crate::rows::cells::{Cells, ReadCells as _, json_text};
use crate::session::{Bulk, Session};
use openvacancy_domain::RunId;
use openvacancy_domain::ports::{CodedPosting, StageVersions, StoredCoding, StoredPosting};
use std::collections::{BTreeMap, HashMap};

/// Holds of a posting whose newest version was not coded with the stages of number `$1`.
macro_rules! is_pending {
    () => {
        "(c.posting_key IS NULL OR c.version_key <> p.version_key OR c.stage_version <> $1)"
    };
}

const STAGE: &str = "SELECT id FROM stage_version WHERE rules = $1 AND coder = $2";
const ADD_STAGE: &str = "INSERT INTO stage_version (rules, coder) VALUES ($1, $2) RETURNING id";
const PENDING: &str = concat!(
    "SELECT ",
    posting_columns!(),
    " FROM ",
    posting_tables!(),
    " LEFT JOIN coding AS c ON c.posting_key = p.key WHERE p.key > $2 AND ",
    is_pending!(),
    " ORDER BY p.key LIMIT $3"
);
const PENDING_COUNT: &str =
    concat!("SELECT count(*) FROM posting AS p LEFT JOIN coding AS c ON c.posting_key = p.key WHERE ", is_pending!());
const PAGE: &str = concat!(
    "SELECT ",
    posting_columns!(),
    ", c.normalised, c.coding FROM coding AS c JOIN posting AS p ON p.key = c.posting_key \
     JOIN posting_version AS v ON v.key = p.version_key LEFT JOIN prose AS t ON t.key = v.prose_key \
     WHERE c.posting_key > $1 AND c.version_key = p.version_key ORDER BY c.posting_key LIMIT $2"
);
const PUT: Bulk = Bulk {
    table: "coding",
    columns: "posting_key, version_key, stage_version, run_id, cleaned_title, soc2020, \
        soc2020_confidence, occupation_method, lad_code, normalised, coding",
    count: rows::coding::COLUMNS,
    tail: "ON CONFLICT (posting_key) DO UPDATE SET version_key = excluded.version_key, \
        stage_version = excluded.stage_version, run_id = excluded.run_id, cleaned_title = excluded.cleaned_title, \
        soc2020 = excluded.soc2020, soc2020_confidence = excluded.soc2020_confidence, \
        occupation_method = excluded.occupation_method, lad_code = excluded.lad_code, \
        normalised = excluded.normalised, coding = excluded.coding",
};

/// The number of these versions; `None` where nothing was coded with them.
async fn stage(connection: &mut impl Session, versions: &StageVersions) -> Result<Option<i64>, Trouble> {
    let values = [(&versions.rules).into(), (&versions.coder).into()];
    connection.first(STAGE, &values, |cells| cells.must_int()).await
}

pub(super) async fn pending(
    connection: &mut impl Session,
    versions: &StageVersions,
    after: i64,
    limit: u32,
) -> Result<Vec<StoredPosting>, Trouble> {
    // No coding has number 0.
    let stage = stage(connection, versions).await?.unwrap_or_default();
    let values = [stage.into(), after.into(), limit.into()];
    connection.all(PENDING, &values, |cells| rows::posting::read(cells)).await
}

pub(super) async fn pending_count(connection: &mut impl Session, versions: &StageVersions) -> Result<u64, Trouble> {
    let stage = stage(connection, versions).await?.unwrap_or_default();
    let count = connection.first(PENDING_COUNT, &[stage.into()], |cells| cells.number()).await?;
    Ok(count.unwrap_or_default())
}

pub(super) async fn page(connection: &mut impl Session, after: i64, limit: u32) -> Result<Vec<StoredCoding>, Trouble> {
    connection.all(PAGE, &[after.into(), limit.into()], |cells| rows::coding::read(cells)).await
}

pub(super) async fn put<S: Session>(
    connection: &mut S,
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
            let values = [(&versions.rules).into(), (&versions.coder).into()];
            connection.first(ADD_STAGE, &values, |cells| cells.must_int()).await?.unwrap_or_default()
        }
    };
    // Of two codings of one posting in one batch the last one holds, as it would in two batches.
    let newest: BTreeMap<i64, &CodedPosting> = coded.iter().map(|coded| (coded.key, coded)).collect();
    let keys: Vec<i64> = newest.keys().copied().collect();
    let mut version_of: HashMap<(i64, Digest), i64> = HashMap::with_capacity(keys.len());
    let found = all_versions(connection, &keys).await?;
    for (posting, digest, version) in found {
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
    let write = |(version, coded): &(i64, &CodedPosting), values: &mut S::Values| {
        rows::coding::write(run, stage, *version, coded, values);
    };
    connection.insert(&PUT, &rows, write).await?;
    Ok(())
}

async fn all_versions<S: Session>(
    connection: &mut S,
    keys: &[i64],
) -> Result<Vec<(i64, Option<Digest>, i64)>, Trouble> {
    let read = |cells: &mut Cells<'_, S::Row>| {
        let posting = cells.must_int()?;
        let digest = cells.blob()?.and_then(|bytes| Digest::try_from(bytes).ok());
        Ok((posting, digest, cells.must_int()?))
    };
    connection.all(S::SQL.all_versions, &[json_text(keys).into()], read).await
}
