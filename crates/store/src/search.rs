//! The words and marks a vacancy of a release can be found by. All of it is worked out here, so that every back-end
//! finds the same: the database only keeps terms and says which rows hold which.
//!
//! A word is a run of letters and digits, folded: lower case, without accents, compatibility forms taken apart. An
//! apostrophe joins (`porter's` is `porters`), and `+` and `#` belong to the word they end (`c++`, `c#`). A mark begins
//! with `#`, which no word does, and stands for a filter: `#o21` for occupations that begin with 21.

use crate::error::Trouble;
use crate::session::SearchSyntax;
use chrono::{Datelike as _, NaiveDate};
use openvacancy_domain::ports::VacancyQuery;
use openvacancy_domain::{Month, Timestamp};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Raised whenever the terms of a row change: releases indexed with another number are indexed anew.
pub(crate) const VERSION: i64 = 1;

/// More words than this are no search but a mistake.
const MOST_WORDS: usize = 32;

/// Letters of a word that count; no word one would search for is longer.
const LONGEST_WORD: usize = 40;

/// A word is stored with each of its beginnings up to so many letters, so that looking one up is looking up a term; to
/// gather the words of a common beginning, and the rows of each, takes a database many times as long.
const LONGEST_BEGINNING: usize = 12;

/// A vacancy open for longer than this many months is looked at whatever the month asked for.
const MOST_MONTHS: usize = 36;

/// What of a vacancy can be searched for.
#[derive(Debug, Default)]
pub(crate) struct Searchable {
    pub(crate) vacancy_id: String,
    pub(crate) flow_month: Option<Month>,
    pub(crate) job_title: String,
    pub(crate) employer: Option<String>,
    pub(crate) soc2020: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) region_code: Option<String>,
    pub(crate) county_code: Option<String>,
    pub(crate) lad_code: Option<String>,
    pub(crate) lep_code: Option<String>,
    pub(crate) first_seen: Option<Timestamp>,
    pub(crate) closed_on: Option<Timestamp>,
    pub(crate) date_closing: Option<NaiveDate>,
    pub(crate) excluded: bool,
}

/// The words of a text, in its order.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        let apart: String = text.nfkd().filter(|ch| !is_combining_mark(*ch)).collect();
        apart.to_lowercase()
    };
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = 0;
    // A space at the end ends the last word.
    for ch in folded.chars().chain([' ']) {
        match ch {
            _ if ch.is_alphanumeric() || (matches!(ch, '+' | '#') && !word.is_empty()) => {
                if letters < LONGEST_WORD {
                    word.push(ch);
                    letters += 1;
                }
            }
            '\'' | '\u{2019}' | '\u{2bc}' => {}
            _ => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                letters = 0;
            }
        }
    }
    words
}

/// The terms of a vacancy, each once, as this back-end stores them.
pub(crate) fn stored(release_key: i64, row: &Searchable, syntax: &SearchSyntax) -> String {
    let mut terms = Vec::new();
    for word in words(&row.job_title).into_iter().chain(row.employer.as_deref().map(words).unwrap_or_default()) {
        terms.extend(beginnings(&word).map(str::to_owned));
        terms.push(word);
    }
    terms.push(release_mark(release_key));
    terms.extend((!row.excluded).then(|| COUNTED.to_owned()));
    if let Some(code) = row.soc2020.as_deref().and_then(mark_text) {
        terms.extend((1..=code.len()).map(|digits| format!("#o{}", &code[..digits])));
    }
    terms.extend(area_marks(row));
    terms.extend(open_marks(row));
    terms.extend(row.flow_month.into_iter().flat_map(flow_marks));
    terms.sort_unstable();
    terms.dedup();
    let quote = syntax.stored_quote;
    let mut text = String::new();
    for term in terms {
        text.push_str(if text.is_empty() { "" } else { " " });
        text.push_str(quote);
        text.push_str(&term);
        text.push_str(quote);
    }
    text
}

/// What a word can be found by, but for the whole of a long one.
fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().map(|(place, ch)| &word[..place + ch.len_utf8()]).take(LONGEST_BEGINNING)
}

const COUNTED: &str = "#c";

/// Open, and nothing says until when; or for longer than is worth naming every month of.
const OPEN_ENDED: &str = "#open";

fn release_mark(release_key: i64) -> String {
    format!("#r{release_key}")
}

/// A code as part of a mark; `None` for one that no official list could hold, which is found nowhere.
fn mark_text(code: &str) -> Option<String> {
    let sound = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    sound.then(|| code.to_ascii_lowercase())
}

/// The codes that stand for countries, and the countries each takes in.
const COUNTRIES: [(&str, &[&str]); 7] = [
    ("K02000001", &["England", "Scotland", "Wales", "Northern Ireland", "United Kingdom"]),
    ("K03000001", &["England", "Scotland", "Wales"]),
    ("K04000001", &["England", "Wales"]),
    ("E92000001", &["England"]),
    ("S92000003", &["Scotland"]),
    ("W92000004", &["Wales"]),
    ("N92000002", &["Northern Ireland"]),
];

fn area_marks(row: &Searchable) -> Vec<String> {
    let country = row.country.as_deref().unwrap_or_default();
    let mut codes: Vec<&str> =
        COUNTRIES.iter().filter(|(_, countries)| countries.contains(&country)).map(|(code, _)| *code).collect();
    for (code, column) in [
        (&row.lep_code, Column::Lep),
        (&row.region_code, Column::Region),
        (&row.county_code, Column::County),
        (&row.lad_code, Column::District),
    ] {
        let Some(code) = code.as_deref() else { continue };
        let is_country = COUNTRIES.iter().any(|(country, _)| *country == code);
        if !is_country && column_of(code).is_none_or(|only| only == column) {
            codes.push(code);
        }
    }
    codes.into_iter().filter_map(mark_text).map(|code| format!("#a{code}")).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Lep,
    Region,
    County,
    District,
}

/// The one column that a code counts in follows from its first three characters. A unitary authority is a district and
/// a county at once; of an unknown kind anything may be meant.
fn column_of(code: &str) -> Option<Column> {
    match code.get(..3) {
        Some("E37") => Some(Column::Lep),
        Some("E12") => Some(Column::Region),
        Some("E10" | "E11" | "E13") => Some(Column::County),
        Some("E07") => Some(Column::District),
        _ => None,
    }
}

/// The months in which a vacancy may have been open: more rather than fewer, the row itself decides.
fn open_marks(row: &Searchable) -> Vec<String> {
    let Some(first) = row.first_seen.map(|at| at.date_naive()) else { return Vec::new() };
    let last = row.closed_on.map(|at| at.date_naive()).into_iter().chain(row.date_closing).min();
    let Some(last) = last else { return vec![OPEN_ENDED.to_owned()] };
    let months = month_number(first)..=month_number(last);
    if months.clone().count() > MOST_MONTHS {
        return vec![OPEN_ENDED.to_owned()];
    }
    months.map(month_mark).collect()
}

fn month_mark(number: i64) -> String {
    format!("#m{number}")
}

fn month_number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// The years a range without a beginning or an end goes over.
const YEARS: (i64, i64) = (1990, 2099);

/// The month a vacancy counts in as new, and its year, so that a long range takes few marks.
fn flow_marks(month: Month) -> [String; 2] {
    let day = month.first_day();
    [format!("#f{}", month_number(day)), format!("#y{}", day.year())]
}

/// The marks of all months from one to another: whole years by one mark each.
fn flow_range(from: Option<Month>, to: Option<Month>) -> Vec<String> {
    let number = |month: Month| month_number(month.first_day());
    let mut next = from.map_or(YEARS.0 * 12, number).max(YEARS.0 * 12);
    let last = to.map_or(YEARS.1 * 12 + 11, number).min(YEARS.1 * 12 + 11);
    let mut marks = Vec::new();
    while next <= last {
        if next % 12 == 0 && next + 11 <= last {
            marks.push(format!("#y{}", next / 12));
            next += 12;
        } else {
            marks.push(format!("#f{next}"));
            next += 1;
        }
    }
    marks
}

/// What a row must hold to be found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted(Vec<Clause>);

#[derive(Debug, PartialEq, Eq)]
enum Clause {
    /// One of these terms.
    Any(Vec<String>),
    /// A word longer than any stored beginning, that begins so.
    Begins(String),
}

/// What a query asks of the terms; `None` where nothing can hold it.
///
/// # Errors
/// [`openvacancy_domain::StoreError::Conflict`] where there are too many words.
pub(crate) fn wanted(release_key: i64, query: &VacancyQuery) -> Result<Option<Wanted>, Trouble> {
    let mut clauses = vec![Clause::Any(vec![release_mark(release_key)])];
    for (code, letter) in [(&query.occupation, 'o'), (&query.area, 'a')] {
        if let Some(code) = code.as_deref().filter(|code| !code.is_empty()) {
            let Some(code) = mark_text(code) else { return Ok(None) };
            clauses.push(Clause::Any(vec![format!("#{letter}{code}")]));
        }
    }
    if query.flow_from.is_some() || query.flow_to.is_some() {
        let months = flow_range(query.flow_from, query.flow_to);
        if months.is_empty() {
            return Ok(None);
        }
        clauses.push(Clause::Any(months));
    }
    if let Some(text) = &query.text {
        let mut words = words(text);
        if words.len() > MOST_WORDS {
            return Err(Trouble::conflict(format!(
                "{} words are too many; search for {MOST_WORDS} at most",
                words.len()
            )));
        }
        words.sort_unstable();
        words.dedup();
        clauses.extend(words.into_iter().map(|word| {
            let is_stored = word.chars().count() <= LONGEST_BEGINNING;
            if is_stored { Clause::Any(vec![word]) } else { Clause::Begins(word) }
        }));
    }
    if let Some(at) = query.open_at {
        let month = month_mark(month_number(at.date_naive()));
        clauses.push(Clause::Any(vec![month, OPEN_ENDED.to_owned()]));
    }
    if query.counted_only {
        clauses.push(Clause::Any(vec![COUNTED.to_owned()]));
    }
    Ok(Some(Wanted(clauses)))
}

impl Wanted {
    /// As this back-end writes it. Terms hold letters, digits and `#_+`, so quoting them is safe.
    pub(crate) fn expression(&self, syntax: &SearchSyntax) -> String {
        let quoted = |term: &String| format!("{0}{term}{0}", syntax.quote);
        let clauses: Vec<String> = self
            .0
            .iter()
            .map(|clause| match clause {
                Clause::Any(terms) => {
                    let terms: Vec<String> = terms.iter().map(quoted).collect();
                    format!("({})", terms.join(syntax.or))
                }
                Clause::Begins(word) => format!("{}{}", quoted(word), syntax.prefix),
            })
            .collect();
        clauses.join(syntax.and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_folded() {
        for (text, expected) in [
            ("Night Porter", vec!["night", "porter"]),
            ("Porter's, O\u{2019}Neill", vec!["porters", "oneill"]),
            ("C++/C# (.NET)", vec!["c++", "c#", "net"]),
            ("Crèche Ångström ﬁtter Ⅳ", vec!["creche", "angstrom", "fitter", "iv"]),
            ("Straße İzmir", vec!["straße", "izmir"]),
            ("50% off_site", vec!["50", "off", "site"]),
            ("# + ' %", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(words(&"x".repeat(90)), ["x".repeat(LONGEST_WORD)]);
    }

    #[test]
    fn a_range_of_months_takes_whole_years() {
        let month = |text: &str| Some(text.parse::<Month>().unwrap());
        assert_eq!(flow_range(month("2026-10"), month("2026-10")), ["#f24321"]);
        assert_eq!(flow_range(month("2025-12"), month("2027-01")), ["#f24311", "#y2026", "#f24324"]);
        assert_eq!(flow_range(month("2026-10"), month("2026-09")), Vec::<String>::new());
        assert_eq!(flow_range(month("2098-12"), None), ["#f25187", "#y2099"]);
        assert_eq!(flow_range(None, month("1991-01")), ["#y1990", "#f23892"]);
        assert_eq!(flow_marks(month("2026-10").unwrap()), ["#f24321", "#y2026"]);
    }

    proptest! {
        #[test]
        fn a_word_is_safe_to_quote_and_folds_to_itself(text in ".{0,30}") {
            for word in words(&text) {
                prop_assert!(!word.starts_with('#') && word.chars().all(|ch| ch.is_alphanumeric() || "+#".contains(ch)), "{}", word);
                prop_assert_eq!(words(&word), [word.clone()]);
            }
        }
    }
}
