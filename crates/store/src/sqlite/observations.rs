//! Questions to the observations of a release.

use super::cells::read_all;
use crate::error::Trouble;
use crate::rows::cells::json_text;
use crate::{cursor, rows};
use openvacancy_domain::Observation;
use openvacancy_domain::ports::{ObservationQuery, Page};
use sqlx::{QueryBuilder, SqliteConnection};

const SELECT: &str = "SELECT indicator, area_type, area, occupation, period, value, unit, status FROM observation \
    WHERE release_key = ";
const ORDER: &str = " ORDER BY indicator, area_type, area, occupation, period LIMIT ";

/// One page, by indicator, area type, area, occupation, period.
pub(super) async fn page(
    connection: &mut SqliteConnection,
    key: i64,
    query: &ObservationQuery,
) -> Result<Page<Observation>, Trouble> {
    let mut builder = QueryBuilder::new(SELECT);
    builder.push_bind(key);
    for (column, list) in [
        (" AND indicator IN ", &query.indicators),
        (" AND area_type IN ", &query.area_types),
        (" AND area IN ", &query.areas),
        (" AND occupation IN ", &query.occupations),
    ] {
        if !list.is_empty() {
            // One parameter for the whole list, however long it is.
            builder.push(column).push("(SELECT value FROM json_each(").push_bind(json_text(list)).push("))");
        }
    }
    if let Some(level) = query.occupation_level {
        builder.push(" AND length(occupation) = ").push_bind(i64::from(level));
        builder.push(" AND occupation NOT IN ('total', 'unknown')");
    }
    if let Some(text) = &query.cursor {
        let last: [String; 5] = cursor::read(text)?;
        builder.push(" AND (indicator, area_type, area, occupation, period) > (");
        let mut list = builder.separated(", ");
        for part in last {
            list.push_bind(part);
        }
        builder.push(")");
    }
    // One row more than asked for tells whether there is a next page.
    builder.push(ORDER).push_bind(i64::from(query.limit) + 1);
    let found = builder.build().persistent(false).fetch_all(connection).await?;
    let mut rows = read_all(&found, |cells| rows::release::read_observation(cells))?;
    let more = rows.len() > query.limit as usize;
    rows.truncate(query.limit as usize);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| cursor::after(&[&row.indicator, &row.area_type, &row.area, &row.occupation, &row.period]));
    Ok(Page { rows, next })
}
