//! The index by which vacancies of a release are found. Its rows are numbered in the order of vacancy ids, so that the
//! database finds a page in its order without sorting; a release's numbers follow each other without a gap.

use crate::error::Trouble;
use crate::parallel;
use crate::rows::cells::{Cells, ReadCells, WriteCells as _};
use crate::search::{self, Searchable};
use crate::session::{Bulk, Session};

const MISSING: &str = "SELECT key FROM release WHERE state <> 'building' \
    AND key NOT IN (SELECT release_key FROM release_index WHERE version = $1) ORDER BY key";
const LAST_KEY: &str = "SELECT coalesce(max(key), 0) FROM release_search";
const ROWS: &str = "SELECT vacancy_id, flow_month, job_title, employer, soc2020, country, region_code, county_code, lad_code, \
    lep_code, first_seen, closed_on, date_closing, excluded_reason FROM release_vacancy \
    WHERE release_key = $1 AND vacancy_id > $2 ORDER BY vacancy_id LIMIT $3";
const NOTE: &str = "INSERT INTO release_index (release_key, version, first_key, last_key) VALUES ($1, $2, $3, $4)";
/// In this order: what the range is read from goes last.
const DROP: [&str; 3] = [
    "DELETE FROM release_terms WHERE rowid >= (SELECT first_key FROM release_index WHERE release_key = $1) \
        AND rowid <= (SELECT last_key FROM release_index WHERE release_key = $1)",
    "DELETE FROM release_search WHERE release_key = $1",
    "DELETE FROM release_index WHERE release_key = $1",
];
const SEARCH: Bulk = Bulk {
    table: "release_search",
    columns: "key, release_key, vacancy_id, first_seen, closed_on, date_closing",
    count: 6,
    tail: "",
};
const TERMS: Bulk = Bulk { table: "release_terms", columns: "rowid, terms", count: 2, tail: "" };

/// Rows indexed at a time.
const BATCH: u32 = 20_000;

/// Indexes the releases that are not, or were by other rules: those of a store that was made by an older version.
pub(crate) async fn index_missing(connection: &mut impl Session) -> Result<(), Trouble> {
    for key in connection.all(MISSING, &[search::VERSION.into()], |cells| cells.must_int()).await? {
        tracing::info!(release = key, "making a release searchable; this is done once");
        index(connection, key).await?;
    }
    Ok(())
}

/// Whether there is anything for [`index_missing`] to do.
pub(crate) async fn is_missing(connection: &mut impl Session) -> Result<bool, Trouble> {
    Ok(connection.first(MISSING, &[search::VERSION.into()], |cells| cells.must_int()).await?.is_some())
}

/// Indexes a release, in place of what was indexed of it.
pub(super) async fn index<S: Session>(connection: &mut S, release_key: i64) -> Result<(), Trouble> {
    drop(connection, release_key).await?;
    for sql in S::SQL.prepare_index {
        connection.execute(sql, &[]).await?;
    }
    let first = connection.first(LAST_KEY, &[], |cells| cells.must_int()).await?.unwrap_or_default() + 1;
    let (mut next, mut after) = (first, String::new());
    loop {
        let values = [release_key.into(), (&after).into(), BATCH.into()];
        let rows = connection.all(ROWS, &values, read).await?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.vacancy_id);
        let terms = parallel::map(&rows, |row| search::stored(release_key, row, &S::SQL.search));
        let keyed: Vec<(i64, &Searchable, String)> =
            (next..).zip(&rows).zip(terms).map(|((key, row), terms)| (key, row, terms)).collect();
        next += i64::try_from(keyed.len()).unwrap_or(i64::MAX);
        let write = |(key, row, _): &(i64, &Searchable, String), values: &mut S::Values| {
            values.int(Some(*key));
            values.int(Some(release_key));
            values.text(Some(&row.vacancy_id));
            values.time(row.first_seen);
            values.time(row.closed_on);
            values.day(row.date_closing);
        };
        connection.insert(&SEARCH, &keyed, write).await?;
        let write = |(key, _, terms): &(i64, &Searchable, String), values: &mut S::Values| {
            values.int(Some(*key));
            values.clean_text(Some(terms));
        };
        connection.insert(&TERMS, &keyed, write).await?;
    }
    let values = [release_key.into(), search::VERSION.into(), first.into(), (next - 1).into()];
    connection.execute(NOTE, &values).await?;
    for sql in S::SQL.settle_index {
        connection.rows(sql, &[]).await?;
    }
    Ok(())
}

/// Takes a release out of the index.
pub(super) async fn drop(connection: &mut impl Session, release_key: i64) -> Result<(), Trouble> {
    for sql in DROP {
        connection.execute(sql, &[release_key.into()]).await?;
    }
    Ok(())
}

fn read<R: crate::rows::cells::Row>(cells: &mut Cells<'_, R>) -> Result<Searchable, Trouble> {
    Ok(Searchable {
        vacancy_id: cells.must_text()?,
        flow_month: cells.parsed()?,
        job_title: cells.must_text()?,
        employer: cells.owned()?,
        soc2020: cells.owned()?,
        country: cells.owned()?,
        region_code: cells.owned()?,
        county_code: cells.owned()?,
        lad_code: cells.owned()?,
        lep_code: cells.owned()?,
        first_seen: cells.time()?,
        closed_on: cells.time()?,
        date_closing: cells.parsed()?,
        excluded: cells.text()?.is_some(),
    })
}
