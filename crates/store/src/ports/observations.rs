//! Questions to the observations of a release.

use crate::error::Trouble;
use crate::rows::cells::json_text;
use crate::session::{Question, Session, read_all};
use crate::{cursor, rows};
use openvacancy_domain::Observation;
use openvacancy_domain::ports::{ObservationQuery, Page};

const SELECT: &str = "SELECT indicator, area_type, area, occupation, period, value, unit, status FROM observation \
    WHERE release_key = ";
const ORDER: &str = " ORDER BY indicator, area_type, area, occupation, period LIMIT ";

/// One page, by indicator, area type, area, occupation, period.
pub(super) async fn page<S: Session>(
    connection: &mut S,
    key: i64,
    query: &ObservationQuery,
) -> Result<Page<Observation>, Trouble> {
    let mut question = Question::new(SELECT);
    question.bind(key);
    let [before, behind] = S::SQL.texts;
    for (column, list) in [
        (" AND indicator IN ", &query.indicators),
        (" AND area_type IN ", &query.area_types),
        (" AND area IN ", &query.areas),
        (" AND occupation IN ", &query.occupations),
    ] {
        if !list.is_empty() {
            // One parameter for the whole list, however long it is.
            question.push(column).push(before).bind(json_text(list)).push(behind);
        }
    }
    if let Some(level) = query.occupation_level {
        question.push(" AND length(occupation) = ").bind(i64::from(level));
        question.push(" AND occupation NOT IN ('total', 'unknown')");
    }
    if let Some(text) = &query.cursor {
        let last: [String; 5] = cursor::read(text)?;
        question.push(" AND (indicator, area_type, area, occupation, period) > (");
        for (place, part) in last.into_iter().enumerate() {
            question.push(if place == 0 { "" } else { ", " }).bind(part);
        }
        question.push(")");
    }
    // One row more than asked for tells whether there is a next page.
    question.push(ORDER).bind(i64::from(query.limit) + 1);
    let found = connection.rows_of(question).await?;
    let mut rows = read_all(&found, |cells| rows::release::read_observation(cells))?;
    let more = rows.len() > query.limit as usize;
    rows.truncate(query.limit as usize);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| cursor::after(&[&row.indicator, &row.area_type, &row.area, &row.occupation, &row.period]));
    Ok(Page { rows, next })
}
