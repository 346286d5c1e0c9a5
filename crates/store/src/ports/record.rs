//! Recording postings: a batch is compared with what is there by one look-up, folded in memory in its order, and
//! written table by table.

use super::lives::{Change, Life, Prepared, Spans, digest_of, distinct, fold};
use crate::error::Trouble;
use crate::hash::{self, Digest};
use crate::rows::cells::{Cells, ReadCells, WriteCells as _, json_text};
use crate::session::{Bulk, Session};
use crate::{parallel, prose};
use openvacancy_domain::ports::RecordOutcome;
use openvacancy_domain::{ContentHash, Posting, PostingId, RunId, Timestamp};
use std::collections::{HashMap, HashSet};

macro_rules! posting_row {
    () => {
        "key, portal, posting_id, version_key, first_seen, last_seen, closed_on, closed_why"
    };
}

const NEW_POSTINGS: Bulk = Bulk { table: "posting", columns: posting_row!(), count: 8, tail: "" };
const CHANGED_POSTINGS: Bulk = Bulk {
    table: "posting",
    columns: posting_row!(),
    count: 8,
    tail: "ON CONFLICT (key) DO UPDATE SET version_key = excluded.version_key, first_seen = excluded.first_seen, \
        last_seen = excluded.last_seen, closed_on = excluded.closed_on, closed_why = excluded.closed_why",
};
const PROSE: Bulk = Bulk { table: "prose", columns: "key, hash, bytes, text", count: 4, tail: "" };
const VERSIONS: Bulk = Bulk {
    table: "posting_version",
    columns: "key, posting_key, content_hash, run_id, prose_key, fields",
    count: 6,
    tail: "",
};
const SIGHTINGS: Bulk =
    Bulk { table: "sighting", columns: "run_id, posting_key, seen_at", count: 3, tail: "ON CONFLICT DO NOTHING" };
const PORTALS: Bulk = Bulk {
    table: "portal",
    columns: "portal, first_seen, last_seen, postings",
    count: 4,
    tail: "ON CONFLICT (portal) DO UPDATE SET postings = portal.postings + excluded.postings, \
        first_seen = CASE WHEN portal.first_seen IS NULL OR excluded.first_seen < portal.first_seen \
            THEN excluded.first_seen ELSE portal.first_seen END, \
        last_seen = CASE WHEN portal.last_seen IS NULL OR excluded.last_seen > portal.last_seen \
            THEN excluded.last_seen ELSE portal.last_seen END",
};

/// The last key given in each table, to rows that are gone too: a key is never given twice.
struct LastKeys {
    posting: i64,
    version: i64,
    prose: i64,
}

/// Records a batch within a transaction; one outcome for one posting, in order.
pub(super) async fn record<S: Session>(
    connection: &mut S,
    run: RunId,
    batch: &[Prepared<'_>],
) -> Result<Vec<RecordOutcome>, Trouble> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let (ids, row_of) = distinct(batch);
    let mut lives = known(connection, &ids).await?;
    let mut last = last_keys(connection).await?;
    let folded = fold(batch, &row_of, &mut lives, &mut last.posting);
    let (keys, new) = number_versions(connection, &folded.versions, &mut last.version).await?;
    for life in lives.iter_mut().flatten().filter(|life| life.version == 0) {
        life.version = keys.get(&(life.key, life.content)).copied().unwrap_or_default();
    }
    write_postings(connection, &ids, &lives).await?;
    // Only of new contents: most postings are seen again as they were.
    let prose = parallel::map(&new, |(_, _, prepared)| {
        prepared.posting.description.as_deref().map(|text| digest_of(&ContentHash::of(text.as_bytes()))).transpose()
    });
    let prose: Vec<Option<Digest>> = prose.into_iter().collect::<Result<_, _>>()?;
    let prose_keys = write_prose(connection, &new, &prose, &mut last.prose).await?;
    write_versions(connection, run, &new, &prose, &prose_keys).await?;
    let sightings: Vec<(i64, Timestamp)> = batch
        .iter()
        .zip(&row_of)
        .filter_map(|(prepared, row)| Some((lives[*row].as_ref()?.key, prepared.seen_at?)))
        .collect();
    write_sightings(connection, run, &sightings).await?;
    write_spans(connection, &folded.spans).await?;
    if let Some(sql) = S::SQL.note_last_keys {
        connection.rows(sql, &[last.posting.into(), last.version.into(), last.prose.into()]).await?;
    }
    Ok(folded.outcomes)
}

async fn write_sightings<S: Session>(
    connection: &mut S,
    run: RunId,
    sightings: &[(i64, Timestamp)],
) -> Result<(), Trouble> {
    let write = |(key, at): &(i64, Timestamp), values: &mut S::Values| {
        values.int(Some(run.0));
        values.int(Some(*key));
        values.int(Some(at.timestamp_millis()));
    };
    connection.insert(&SIGHTINGS, sightings, write).await?;
    Ok(())
}

async fn write_spans(connection: &mut impl Session, spans: &Spans<'_>) -> Result<(), Trouble> {
    let spans: Vec<_> = spans.iter().collect();
    connection
        .insert(&PORTALS, &spans, |(portal, (first, last, new)), values| {
            values.text(Some(portal.as_str()));
            values.time(*first);
            values.time(*last);
            values.int(Some(*new));
        })
        .await?;
    Ok(())
}

async fn known<S: Session>(connection: &mut S, ids: &[&PostingId]) -> Result<Vec<Option<Life>>, Trouble> {
    let list: Vec<[&str; 2]> = ids.iter().map(|id| [id.portal.as_str(), id.id.as_str()]).collect();
    let mut lives: Vec<Option<Life>> = std::iter::repeat_with(|| None).take(ids.len()).collect();
    let read = |cells: &mut Cells<'_, S::Row>| Ok((cells.number::<usize>()?, read_life(cells)?));
    for (place, life) in connection.all(S::SQL.known_postings, &[json_text(&list).into()], read).await? {
        if let Some(slot) = lives.get_mut(place) {
            *slot = Some(life);
        }
    }
    Ok(lives)
}

fn read_life(cells: &mut impl ReadCells) -> Result<Life, Trouble> {
    Ok(Life {
        key: cells.must_int()?,
        content: read_digest(cells)?,
        version: cells.must_int()?,
        first_seen: cells.time()?,
        last_seen: cells.time()?,
        closed: match (cells.time()?, cells.owned()?) {
            (Some(at), why) => Some((at, why)),
            _ => None,
        },
        change: Change::None,
    })
}

async fn last_keys<S: Session>(connection: &mut S) -> Result<LastKeys, Trouble> {
    let read = |cells: &mut Cells<'_, S::Row>| {
        Ok(LastKeys { posting: cells.must_int()?, version: cells.must_int()?, prose: cells.must_int()? })
    };
    let keys = connection.first(S::SQL.last_keys, &[], read).await?;
    keys.ok_or_else(|| Trouble::corrupt("last keys", "there is no answer"))
}

/// A version that is not there yet: its key, its posting's key, its content.
type NewVersion<'a> = (i64, i64, &'a Prepared<'a>);

/// Gives each version its key: the one it has, where the posting showed that content before.
async fn number_versions<'a, S: Session>(
    connection: &mut S,
    versions: &[(i64, &'a Prepared<'a>)],
    last: &mut i64,
) -> Result<(HashMap<(i64, Digest), i64>, Vec<NewVersion<'a>>), Trouble> {
    let mut keys = HashMap::with_capacity(versions.len());
    if versions.is_empty() {
        return Ok((keys, Vec::new()));
    }
    let list: Vec<(i64, String)> =
        versions.iter().map(|(posting, prepared)| (*posting, hash::to_hex(&prepared.content))).collect();
    let read = |cells: &mut Cells<'_, S::Row>| Ok(((cells.must_int()?, read_digest(cells)?), cells.must_int()?));
    keys.extend(connection.all(S::SQL.known_versions, &[json_text(&list).into()], read).await?);
    let mut new = Vec::with_capacity(versions.len());
    for (posting, prepared) in versions {
        keys.entry((*posting, prepared.content)).or_insert_with(|| {
            *last += 1;
            new.push((*last, *posting, *prepared));
            *last
        });
    }
    Ok((keys, new))
}

async fn write_postings<S: Session>(
    connection: &mut S,
    ids: &[&PostingId],
    lives: &[Option<Life>],
) -> Result<(), Trouble> {
    let write = |(id, life): &(&PostingId, &Life), values: &mut S::Values| {
        values.int(Some(life.key));
        values.text(Some(id.portal.as_str()));
        values.text(Some(&id.id));
        values.int(Some(life.version));
        values.time(life.first_seen);
        values.time(life.last_seen);
        values.time(life.closed.as_ref().map(|(at, _)| *at));
        values.text(life.closed.as_ref().and_then(|(_, why)| why.as_deref()));
    };
    for (bulk, change) in [(&NEW_POSTINGS, Change::Insert), (&CHANGED_POSTINGS, Change::Update)] {
        let rows: Vec<(&PostingId, &Life)> = ids
            .iter()
            .zip(lives)
            .filter_map(|(id, life)| Some((*id, life.as_ref().filter(|life| life.change == change)?)))
            .collect();
        connection.insert(bulk, &rows, write).await?;
    }
    Ok(())
}

/// Stores the prose that is not there yet; answers the key of each.
async fn write_prose<S: Session>(
    connection: &mut S,
    versions: &[NewVersion<'_>],
    digests: &[Option<Digest>],
    last: &mut i64,
) -> Result<HashMap<Digest, i64>, Trouble> {
    let mut texts: Vec<(Digest, &str)> = Vec::new();
    let mut met = HashSet::new();
    for ((_, _, prepared), digest) in versions.iter().zip(digests) {
        if let (Some(digest), Some(text)) = (digest, &prepared.posting.description)
            && met.insert(digest)
        {
            texts.push((*digest, text));
        }
    }
    let mut keys = HashMap::with_capacity(texts.len());
    if texts.is_empty() {
        return Ok(keys);
    }
    let list: Vec<String> = texts.iter().map(|(digest, _)| hash::to_hex(digest)).collect();
    let read = |cells: &mut Cells<'_, S::Row>| Ok((read_digest(cells)?, cells.must_int()?));
    keys.extend(connection.all(S::SQL.known_prose, &[json_text(&list).into()], read).await?);
    texts.retain(|(digest, _)| !keys.contains_key(digest));
    let packed: Vec<Vec<u8>> =
        parallel::map(&texts, |(_, text)| prose::pack(text)).into_iter().collect::<Result<_, _>>()?;
    let rows: Vec<(i64, &(Digest, &str), Vec<u8>)> =
        texts.iter().zip(packed).zip(*last + 1..).map(|((text, packed), key)| (key, text, packed)).collect();
    for (key, (digest, _), _) in &rows {
        keys.insert(*digest, *key);
        *last = *key;
    }
    connection
        .insert(&PROSE, &rows, |(key, (digest, text), packed), values| {
            values.int(Some(*key));
            values.blob(Some(digest));
            values.number(text.len());
            values.blob(Some(packed));
        })
        .await?;
    Ok(keys)
}

async fn write_versions(
    connection: &mut impl Session,
    run: RunId,
    versions: &[NewVersion<'_>],
    digests: &[Option<Digest>],
    prose_keys: &HashMap<Digest, i64>,
) -> Result<(), Trouble> {
    let fields = parallel::map(versions, |(_, _, prepared)| {
        let prose = &prepared.posting.description;
        if prose.is_none() {
            return json_text(&*prepared.posting);
        }
        json_text(&Posting { description: None, ..(*prepared.posting).clone() })
    });
    let rows: Vec<_> = versions.iter().zip(digests).zip(fields).collect();
    connection
        .insert(&VERSIONS, &rows, |(((key, posting, prepared), prose), fields), values| {
            values.int(Some(*key));
            values.int(Some(*posting));
            values.blob(Some(&prepared.content));
            values.int(Some(run.0));
            values.int(prose.and_then(|digest| prose_keys.get(&digest).copied()));
            values.text(Some(fields));
        })
        .await?;
    Ok(())
}

fn read_digest(cells: &mut impl ReadCells) -> Result<Digest, Trouble> {
    let digest = cells.blob()?.and_then(|bytes| Digest::try_from(bytes).ok());
    digest.ok_or_else(|| Trouble::corrupt(cells.place(), "it is no SHA-256"))
}
