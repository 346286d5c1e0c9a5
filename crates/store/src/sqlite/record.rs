//! Recording postings: a batch is compared with what is there by one look-up, folded in memory in its order, and
//! written table by table.

use super::bulk::Bulk;
use super::cells::Cells;
use crate::error::Trouble;
use crate::hash::{self, Digest};
use crate::rows::cells::{ReadCells as _, WriteCells as _, json_text};
use crate::{parallel, prose};
use openvacancy_domain::ports::{RecordOutcome, SeenPosting};
use openvacancy_domain::{ContentHash, PortalId, Posting, PostingId, RunId, Timestamp};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, HashMap, HashSet};

// In each look-up the list comes first and the table is searched by its index, which CROSS JOIN makes sure of.
const KNOWN_POSTINGS: &str = "SELECT j.key, p.key, v.content_hash, v.key, p.first_seen, p.last_seen, p.closed_on, \
    p.closed_why FROM json_each(?) AS j CROSS JOIN posting AS p ON p.portal = j.value ->> 0 AND p.posting_id = j.value ->> 1 \
    JOIN posting_version AS v ON v.key = p.version_key";
const KNOWN_VERSIONS: &str = "SELECT v.posting_key, v.content_hash, v.key FROM json_each(?) AS j \
    CROSS JOIN posting_version AS v ON v.posting_key = j.value ->> 0 AND v.content_hash = unhex(j.value ->> 1)";
const KNOWN_PROSE: &str =
    "SELECT p.hash, p.key FROM json_each(?) AS j CROSS JOIN prose AS p ON p.hash = unhex(j.value)";
const LAST_KEYS: &str = "SELECT coalesce(max(seq) FILTER (WHERE name = 'posting'), 0), \
    coalesce(max(seq) FILTER (WHERE name = 'posting_version'), 0), coalesce(max(seq) FILTER (WHERE name = 'prose'), 0) \
    FROM sqlite_sequence";

const POSTINGS: Bulk = Bulk {
    head: "INSERT INTO posting (key, portal, posting_id, version_key, first_seen, last_seen, closed_on, closed_why) VALUES",
    columns: 8,
    tail: "ON CONFLICT (key) DO UPDATE SET version_key = excluded.version_key, first_seen = excluded.first_seen, \
        last_seen = excluded.last_seen, closed_on = excluded.closed_on, closed_why = excluded.closed_why",
};
const PROSE: Bulk = Bulk { head: "INSERT INTO prose (key, hash, bytes, text) VALUES", columns: 4, tail: "" };
const VERSIONS: Bulk = Bulk {
    head: "INSERT INTO posting_version (key, posting_key, content_hash, run_id, prose_key, fields) VALUES",
    columns: 6,
    tail: "",
};
const SIGHTINGS: Bulk = Bulk {
    head: "INSERT INTO sighting (run_id, posting_key, seen_at) VALUES",
    columns: 3,
    tail: "ON CONFLICT DO NOTHING",
};
const PORTALS: Bulk = Bulk {
    head: "INSERT INTO portal (portal, first_seen, last_seen, postings) VALUES",
    columns: 4,
    tail: "ON CONFLICT (portal) DO UPDATE SET postings = portal.postings + excluded.postings, \
        first_seen = coalesce(min(portal.first_seen, excluded.first_seen), portal.first_seen, excluded.first_seen), \
        last_seen = coalesce(max(portal.last_seen, excluded.last_seen), portal.last_seen, excluded.last_seen)",
};

/// A posting that was seen, with what can be worked out before the database is asked.
pub(super) struct Prepared<'a> {
    id: PostingId,
    content: Digest,
    posting: &'a Posting,
    seen_at: Option<Timestamp>,
}

/// Works out ids and hashes of a batch, on every core; outside the transaction, for it takes most of the time.
pub(super) fn prepare<'a>(batch: &[&'a SeenPosting]) -> Result<Vec<Prepared<'a>>, Trouble> {
    parallel::map(batch, |seen| {
        let posting = &seen.posting;
        let content = digest_of(&posting.content_hash())?;
        Ok(Prepared { id: posting.id(), content, posting, seen_at: seen.seen_at })
    })
    .into_iter()
    .collect()
}

fn digest_of(hash: &ContentHash) -> Result<Digest, Trouble> {
    hash::to_bytes(hash).ok_or_else(|| Trouble::corrupt("content hash", format!("'{hash}' is no SHA-256")))
}

/// A posting's row while the batch goes over it.
struct Life {
    key: i64,
    content: Digest,
    /// Key of the version; 0 until the new version is numbered.
    version: i64,
    first_seen: Option<Timestamp>,
    last_seen: Option<Timestamp>,
    closed: Option<(Timestamp, Option<String>)>,
    changed: bool,
}

/// Records a batch within a transaction; one outcome for one posting, in order.
pub(super) async fn record(
    connection: &mut SqliteConnection,
    run: RunId,
    batch: &[Prepared<'_>],
) -> Result<Vec<RecordOutcome>, Trouble> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let (ids, row_of) = distinct(batch);
    let mut lives = known(connection, &ids).await?;
    let mut last = last_keys(connection).await?;
    let mut portals: BTreeMap<&PortalId, (Option<Timestamp>, Option<Timestamp>, i64)> = BTreeMap::new();
    let mut versions: Vec<(i64, &Prepared<'_>)> = Vec::new();
    let mut outcomes = Vec::with_capacity(batch.len());

    for (prepared, row) in batch.iter().zip(&row_of) {
        let portal = portals.entry(&prepared.id.portal).or_default();
        portal.0 = earlier(portal.0, prepared.seen_at);
        portal.1 = later(portal.1, prepared.seen_at);
        let outcome = match &mut lives[*row] {
            None => {
                last.posting += 1;
                portal.2 += 1;
                lives[*row] = Some(Life {
                    key: last.posting,
                    content: prepared.content,
                    version: 0,
                    first_seen: prepared.seen_at,
                    last_seen: prepared.seen_at,
                    closed: None,
                    changed: true,
                });
                versions.push((last.posting, prepared));
                RecordOutcome::New
            }
            Some(life) => {
                see_again(life, prepared.seen_at);
                if life.content == prepared.content {
                    RecordOutcome::Unchanged
                } else {
                    (life.content, life.version, life.changed) = (prepared.content, 0, true);
                    versions.push((life.key, prepared));
                    RecordOutcome::NewVersion
                }
            }
        };
        outcomes.push(outcome);
    }

    let (keys, new) = number_versions(connection, &versions, &mut last.version).await?;
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
    SIGHTINGS
        .insert(connection, &sightings, |(key, at), values| {
            values.int(Some(run.0));
            values.int(Some(*key));
            values.int(Some(at.timestamp_millis()));
        })
        .await?;
    let portals: Vec<_> = portals.into_iter().collect();
    PORTALS
        .insert(connection, &portals, |(portal, (first, last, new)), values| {
            values.text(Some(portal.as_str()));
            values.time(*first);
            values.time(*last);
            values.int(Some(*new));
        })
        .await?;
    Ok(outcomes)
}

/// The distinct postings of a batch, and for each of its members which of them it is.
fn distinct<'a>(batch: &'a [Prepared<'_>]) -> (Vec<&'a PostingId>, Vec<usize>) {
    let mut ids = Vec::with_capacity(batch.len());
    let mut rows: HashMap<&PostingId, usize> = HashMap::with_capacity(batch.len());
    let row_of = batch
        .iter()
        .map(|prepared| {
            *rows.entry(&prepared.id).or_insert_with(|| {
                ids.push(&prepared.id);
                ids.len() - 1
            })
        })
        .collect();
    (ids, row_of)
}

async fn known(connection: &mut SqliteConnection, ids: &[&PostingId]) -> Result<Vec<Option<Life>>, Trouble> {
    let list: Vec<[&str; 2]> = ids.iter().map(|id| [id.portal.as_str(), id.id.as_str()]).collect();
    let mut lives: Vec<Option<Life>> = std::iter::repeat_with(|| None).take(ids.len()).collect();
    for row in sqlx::query(KNOWN_POSTINGS).bind(json_text(&list)).fetch_all(connection).await? {
        let mut cells = Cells::of(&row);
        let place: usize = cells.number()?;
        let life = Life {
            key: cells.must_int()?,
            content: read_digest(&mut cells)?,
            version: cells.must_int()?,
            first_seen: cells.time()?,
            last_seen: cells.time()?,
            closed: match (cells.time()?, cells.owned()?) {
                (Some(at), why) => Some((at, why)),
                _ => None,
            },
            changed: false,
        };
        if let Some(slot) = lives.get_mut(place) {
            *slot = Some(life);
        }
    }
    Ok(lives)
}

/// The highest number given so far in each table, of rows that are gone too: a number is never given twice.
struct LastKeys {
    posting: i64,
    version: i64,
    prose: i64,
}

async fn last_keys(connection: &mut SqliteConnection) -> Result<LastKeys, Trouble> {
    let (posting, version, prose) = sqlx::query_as(LAST_KEYS).fetch_one(connection).await?;
    Ok(LastKeys { posting, version, prose })
}

fn see_again(life: &mut Life, seen_at: Option<Timestamp>) {
    // A sighting from before the closing, as the archive gives when it is read again, leaves the posting closed.
    let reopens = life.closed.as_ref().is_some_and(|(closed_on, _)| seen_at.is_none_or(|at| at >= *closed_on));
    if reopens {
        (life.closed, life.changed) = (None, true);
    }
    let (first, last) = (earlier(life.first_seen, seen_at), later(life.last_seen, seen_at));
    if (first, last) != (life.first_seen, life.last_seen) {
        (life.first_seen, life.last_seen, life.changed) = (first, last, true);
    }
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).min()
}

fn later(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).max()
}

/// A version that is not there yet: its key, its posting's key, its content.
type NewVersion<'a> = (i64, i64, &'a Prepared<'a>);

/// Gives each version its key: the one it has, where the posting showed that content before.
async fn number_versions<'a>(
    connection: &mut SqliteConnection,
    versions: &[(i64, &'a Prepared<'a>)],
    last: &mut i64,
) -> Result<(HashMap<(i64, Digest), i64>, Vec<NewVersion<'a>>), Trouble> {
    let mut keys = HashMap::with_capacity(versions.len());
    if versions.is_empty() {
        return Ok((keys, Vec::new()));
    }
    let list: Vec<(i64, String)> =
        versions.iter().map(|(posting, prepared)| (*posting, hash::to_hex(&prepared.content))).collect();
    for row in sqlx::query(KNOWN_VERSIONS).bind(json_text(&list)).fetch_all(connection).await? {
        let mut cells = Cells::of(&row);
        keys.insert((cells.must_int()?, read_digest(&mut cells)?), cells.must_int()?);
    }
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

async fn write_postings(
    connection: &mut SqliteConnection,
    ids: &[&PostingId],
    lives: &[Option<Life>],
) -> Result<(), Trouble> {
    let changed: Vec<(&PostingId, &Life)> = ids
        .iter()
        .zip(lives)
        .filter_map(|(id, life)| Some((*id, life.as_ref().filter(|life| life.changed)?)))
        .collect();
    POSTINGS
        .insert(connection, &changed, |(id, life), values| {
            values.int(Some(life.key));
            values.text(Some(id.portal.as_str()));
            values.text(Some(&id.id));
            values.int(Some(life.version));
            values.time(life.first_seen);
            values.time(life.last_seen);
            values.time(life.closed.as_ref().map(|(at, _)| *at));
            values.text(life.closed.as_ref().and_then(|(_, why)| why.as_deref()));
        })
        .await?;
    Ok(())
}

/// Stores the prose that is not there yet; answers the key of each.
async fn write_prose(
    connection: &mut SqliteConnection,
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
    for row in sqlx::query(KNOWN_PROSE).bind(json_text(&list)).fetch_all(&mut *connection).await? {
        let mut cells = Cells::of(&row);
        keys.insert(read_digest(&mut cells)?, cells.must_int()?);
    }
    texts.retain(|(digest, _)| !keys.contains_key(digest));
    let packed: Vec<Vec<u8>> =
        parallel::map(&texts, |(_, text)| prose::pack(text)).into_iter().collect::<Result<_, _>>()?;
    let rows: Vec<(i64, &(Digest, &str), Vec<u8>)> =
        texts.iter().zip(packed).zip(*last + 1..).map(|((text, packed), key)| (key, text, packed)).collect();
    for (key, (digest, _), _) in &rows {
        keys.insert(*digest, *key);
        *last = *key;
    }
    PROSE
        .insert(connection, &rows, |(key, (digest, text), packed), values| {
            values.int(Some(*key));
            values.blob(Some(digest));
            values.number(text.len());
            values.blob(Some(packed));
        })
        .await?;
    Ok(keys)
}

async fn write_versions(
    connection: &mut SqliteConnection,
    run: RunId,
    versions: &[NewVersion<'_>],
    digests: &[Option<Digest>],
    prose_keys: &HashMap<Digest, i64>,
) -> Result<(), Trouble> {
    let fields = parallel::map(versions, |(_, _, prepared)| {
        let prose = &prepared.posting.description;
        if prose.is_none() {
            return json_text(prepared.posting);
        }
        json_text(&Posting { description: None, ..prepared.posting.clone() })
    });
    let rows: Vec<_> = versions.iter().zip(digests).zip(fields).collect();
    VERSIONS
        .insert(connection, &rows, |(((key, posting, prepared), prose), fields), values| {
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

fn read_digest(cells: &mut Cells<'_>) -> Result<Digest, Trouble> {
    let digest = cells.blob()?.and_then(|bytes| Digest::try_from(bytes).ok());
    digest.ok_or_else(|| Trouble::corrupt(cells.place(), "it is no SHA-256"))
}
