//! Questions to the vacancies of a release. Whatever a user types is bound, never put into the text of a query.

use super::cells::{Cells, read_all};
use crate::cursor;
use crate::error::Trouble;
use crate::rows;
use crate::rows::cells::time_text;
use crate::rows::vacancy::vacancy_columns;
use openvacancy_domain::clock::london_date;
use openvacancy_domain::ports::{Page, ReleaseVacancy, VacancyQuery};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

const SELECT: &str =
    concat!("SELECT ", vacancy_columns!(), ", in_flow, in_stock FROM release_vacancy WHERE release_key = ");
const COUNT: &str = "SELECT count(*) FROM release_vacancy WHERE release_key = ";

/// More words than this are no search but a mistake, and each costs a pass over the release.
const MOST_WORDS: usize = 32;

/// One page, in id order.
pub(super) async fn page(
    connection: &mut SqliteConnection,
    key: i64,
    query: &VacancyQuery,
) -> Result<Page<ReleaseVacancy>, Trouble> {
    let mut builder = QueryBuilder::new(SELECT);
    builder.push_bind(key);
    filter(&mut builder, query)?;
    if let Some(text) = &query.cursor {
        let [last] = cursor::read(text)?;
        builder.push(" AND vacancy_id > ").push_bind(last);
    }
    // One row more than asked for tells whether there is a next page.
    builder.push(" ORDER BY vacancy_id LIMIT ").push_bind(i64::from(query.limit) + 1);
    let found = builder.build().persistent(false).fetch_all(connection).await?;
    let mut rows = read_all(&found, |cells| rows::release::read_vacancy(cells))?;
    let more = rows.len() > query.limit as usize;
    rows.truncate(query.limit as usize);
    let next = rows.last().filter(|_| more).map(|row| cursor::after(&[row.vacancy.vacancy_id.as_str()]));
    Ok(Page { rows, next })
}

/// How many there are.
pub(super) async fn count(connection: &mut SqliteConnection, key: i64, query: &VacancyQuery) -> Result<u64, Trouble> {
    let mut builder = QueryBuilder::new(COUNT);
    builder.push_bind(key);
    filter(&mut builder, query)?;
    let row = builder.build().persistent(false).fetch_one(connection).await?;
    rows::cells::ReadCells::number(&mut Cells::of(&row))
}

fn filter(builder: &mut QueryBuilder<Sqlite>, query: &VacancyQuery) -> Result<(), Trouble> {
    if let Some(code) = query.occupation.as_deref().filter(|code| !code.is_empty()) {
        occupation(builder, code);
    }
    if let Some(code) = query.area.as_deref().filter(|code| !code.is_empty()) {
        area(builder, code);
    }
    for (bound, month) in [(" AND flow_month >= ", query.flow_from), (" AND flow_month <= ", query.flow_to)] {
        if let Some(month) = month {
            builder.push(bound).push_bind(month.to_string());
        }
    }
    if let Some(text) = &query.text {
        words(builder, text)?;
    }
    if let Some(at) = query.open_at {
        let instant = time_text(at);
        builder.push(" AND first_seen <= ").push_bind(instant.clone());
        builder.push(" AND (closed_on IS NULL OR closed_on > ").push_bind(instant);
        // Past its closing date an advertisement is not open, though nobody looked since.
        builder.push(") AND (date_closing IS NULL OR date_closing >= ").push_bind(london_date(at).to_string());
        builder.push(")");
    }
    if query.counted_only {
        builder.push(" AND excluded_reason IS NULL");
    }
    Ok(())
}

fn occupation(builder: &mut QueryBuilder<Sqlite>, code: &str) {
    if code.len() == 4 {
        builder.push(" AND soc2020 = ").push_bind(code.to_owned());
    } else {
        // By position: the rows of a short code are many, and are soonest found in the order they are wanted in.
        let digits = i64::try_from(code.chars().count()).unwrap_or(i64::MAX);
        builder.push(" AND substr(soc2020, 1, ").push_bind(digits).push(") = ").push_bind(code.to_owned());
    }
}

/// The column an ONS code stands in follows from its first three characters.
fn area(builder: &mut QueryBuilder<Sqlite>, code: &str) {
    let countries: Option<&[&str]> = match code {
        "K02000001" => Some(&["England", "Scotland", "Wales", "Northern Ireland", "United Kingdom"]),
        "K03000001" => Some(&["England", "Scotland", "Wales"]),
        "K04000001" => Some(&["England", "Wales"]),
        "E92000001" => Some(&["England"]),
        "S92000003" => Some(&["Scotland"]),
        "W92000004" => Some(&["Wales"]),
        "N92000002" => Some(&["Northern Ireland"]),
        _ => None,
    };
    if let Some(countries) = countries {
        builder.push(" AND country IN (");
        let mut list = builder.separated(", ");
        for country in countries {
            list.push_bind((*country).to_owned());
        }
        builder.push(")");
        return;
    }
    let column = match code.get(..3) {
        Some("E37") => Some("lep_code"),
        Some("E12") => Some("region_code"),
        Some("E10" | "E11" | "E13") => Some("county_code"),
        Some("E07") => Some("lad_code"),
        _ => None,
    };
    match column {
        Some(column) => builder.push(" AND ").push(column).push(" = ").push_bind(code.to_owned()),
        // A unitary authority is a district and a county at once; of an unknown kind anything may be meant.
        None => {
            builder.push(" AND ").push_bind(code.to_owned()).push(" IN (lad_code, county_code, region_code, lep_code)")
        }
    };
}

/// Each word must occur in title or employer; letters of either case are the same as far as ASCII goes.
fn words(builder: &mut QueryBuilder<Sqlite>, text: &str) -> Result<(), Trouble> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > MOST_WORDS {
        return Err(Trouble::conflict(format!("{} words are too many; search for {MOST_WORDS} at most", words.len())));
    }
    for word in words {
        let pattern = like(word);
        builder.push(" AND (job_title LIKE ").push_bind(pattern.clone()).push(" ESCAPE '\\'");
        builder.push(" OR employer LIKE ").push_bind(pattern).push(" ESCAPE '\\')");
    }
    Ok(())
}

/// A LIKE pattern for any text that holds `word`, in which `%` and `_` mean themselves.
fn like(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for ch in word.chars() {
        if matches!(ch, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(ch);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    #[test]
    fn wildcards_mean_themselves() {
        assert_eq!(super::like("50%_a\\b"), "%50\\%\\_a\\\\b%");
    }
}
