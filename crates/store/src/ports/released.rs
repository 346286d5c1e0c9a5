//! Questions to the vacancies of a release.

use crate::cursor;
use crate::error::Trouble;
use crate::rows;
use crate::rows::cells::{ReadCells as _, time_text};
use crate::rows::vacancy::vacancy_columns;
use crate::search::{self, Wanted};
use crate::session::{Question, Session, read_all};
use openvacancy_domain::clock::london_date;
use openvacancy_domain::ports::{Page, ReleaseVacancy, VacancyQuery};

const SELECT: &str = concat!("SELECT ", vacancy_columns!(), ", in_flow, in_stock FROM ");
/// The hits with their ids, under names that no column of a vacancy has.
const NAMED: &str = "(SELECT hit.place AS place, n.vacancy_id AS hit_id FROM ";
const FOUND: &str = ") AS hit JOIN release_search AS n ON n.key = hit.place) AS found CROSS JOIN release_vacancy \
    WHERE release_key = ";
const HITS: &str = "(SELECT t.rowid AS place FROM release_terms AS t WHERE ";
const OPEN_HITS: &str =
    "(SELECT t.rowid AS place FROM release_terms AS t JOIN release_search AS s ON s.key = t.rowid WHERE ";
const COUNT_HITS: &str = "SELECT count(*) FROM release_terms AS t WHERE ";
const COUNT_OPEN_HITS: &str =
    "SELECT count(*) FROM release_terms AS t JOIN release_search AS s ON s.key = t.rowid WHERE ";
const COUNT: &str = "SELECT count(*) FROM release_vacancy WHERE release_key = $1";
const RANGE: &str = "SELECT first_key, last_key FROM release_index WHERE release_key = $1";
const PLACE: &str = "SELECT key FROM release_search WHERE release_key = $1 AND vacancy_id <= $2 \
    ORDER BY vacancy_id DESC LIMIT 1";

/// One page, in id order.
pub(super) async fn page<S: Session>(
    connection: &mut S,
    key: i64,
    query: &VacancyQuery,
) -> Result<Page<ReleaseVacancy>, Trouble> {
    let after = query.cursor.as_deref().map(cursor::read::<1>).transpose()?.map(|[last]| last);
    let mut question = Question::new(SELECT);
    // One row more than asked for tells whether there is a next page.
    let limit = i64::from(query.limit) + 1;
    if is_filtered(query) {
        let Some(wanted) = search::wanted(key, query)? else { return Ok(Page { rows: Vec::new(), next: None }) };
        let (first, last) = range(connection, key).await?;
        let from = match &after {
            Some(id) => {
                let found = connection.first(PLACE, &[key.into(), id.into()], |cells| cells.must_int()).await?;
                found.unwrap_or(first - 1)
            }
            None => first - 1,
        };
        question.push(NAMED).push(if query.open_at.is_some() { OPEN_HITS } else { HITS });
        hold::<S>(&mut question, &wanted, (from, last), query);
        // Joined so that the hits, which are few, come first whatever the database thinks.
        question.push(" ORDER BY t.rowid LIMIT ").bind(limit);
        question.push(FOUND).bind(key);
        question.push(" AND vacancy_id = hit_id ORDER BY place");
    } else {
        question.push("release_vacancy WHERE release_key = ").bind(key);
        if let Some(id) = after {
            question.push(" AND vacancy_id > ").bind(id);
        }
        question.push(" ORDER BY vacancy_id LIMIT ").bind(limit);
    }
    let found = connection.rows_of(question).await?;
    let mut rows = read_all(&found, |cells| rows::release::read_vacancy(cells))?;
    let more = rows.len() > query.limit as usize;
    rows.truncate(query.limit as usize);
    let next = rows.last().filter(|_| more).map(|row| cursor::after(&[row.vacancy.vacancy_id.as_str()]));
    Ok(Page { rows, next })
}

/// How many there are.
pub(super) async fn count<S: Session>(connection: &mut S, key: i64, query: &VacancyQuery) -> Result<u64, Trouble> {
    let found = if is_filtered(query) {
        let Some(wanted) = search::wanted(key, query)? else { return Ok(0) };
        let (first, last) = range(connection, key).await?;
        let mut question = Question::new(if query.open_at.is_some() { COUNT_OPEN_HITS } else { COUNT_HITS });
        hold::<S>(&mut question, &wanted, (first - 1, last), query);
        read_all(&connection.rows_of(question).await?, |cells| cells.number())?.pop()
    } else {
        connection.first(COUNT, &[key.into()], |cells| cells.number()).await?
    };
    Ok(found.unwrap_or_default())
}

fn is_filtered(query: &VacancyQuery) -> bool {
    let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    given(&query.occupation)
        || given(&query.area)
        || given(&query.text)
        || query.flow_from.is_some()
        || query.flow_to.is_some()
        || query.open_at.is_some()
        || query.counted_only
}

/// The numbers of a release's rows in the index.
async fn range(connection: &mut impl Session, key: i64) -> Result<(i64, i64), Trouble> {
    let found = connection.first(RANGE, &[key.into()], |cells| Ok((cells.must_int()?, cells.must_int()?))).await?;
    found.ok_or_else(|| Trouble::corrupt("search index", "the release is not in it: open the store again"))
}

/// The conditions on the hits: after `from` and up to `last`.
fn hold<S: Session>(question: &mut Question<'_>, wanted: &Wanted, (from, last): (i64, i64), query: &VacancyQuery) {
    let [before, behind] = S::SQL.matching;
    question.push(before).bind(wanted.expression(&S::SQL.search)).push(behind);
    question.push(" AND t.rowid > ").bind(from).push(" AND t.rowid <= ").bind(last);
    if let Some(at) = query.open_at {
        // Said of both, since a database may go by either.
        question.push(" AND s.key > ").bind(from).push(" AND s.key <= ").bind(last);
        question.push(" AND s.first_seen <= ").bind(time_text(at));
        question.push(" AND (s.closed_on IS NULL OR s.closed_on > ").bind(time_text(at));
        // Past its closing date an advertisement is not open, though nobody looked since.
        question.push(") AND (s.date_closing IS NULL OR s.date_closing >= ").bind(london_date(at).to_string());
        question.push(")");
    }
}
