//! A table with bars, its source, and where its numbers are had as data.

use super::choice::Choice;
use super::view::{Line, Shown};
use openvacancy_domain::ReleaseId;
use openvacancy_release::indicator::{TOTAL, VACANCIES_FLOW, VACANCIES_STOCK, WAGE_MEDIAN};

/// Addresses of the numbers behind a picture or table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Data {
    pub(super) csv: String,
    pub(super) json: String,
}

impl Data {
    fn of(query: &str) -> Self {
        let path = "/api/v1/observations";
        Self { csv: format!("{path}?format=csv&{query}"), json: format!("{path}?{query}&limit=1000") }
    }

    /// All indicators of the choice.
    pub(super) fn here(release: ReleaseId, choice: &Choice) -> Self {
        Self::of(&format!("release={release}&{}", selection(choice)))
    }

    /// Flow and stock of the choice in these releases.
    pub(super) fn series(releases: &[ReleaseId], choice: &Choice) -> Self {
        let names: Vec<String> = releases.iter().map(ToString::to_string).collect();
        let indicators = format!("indicator={VACANCIES_FLOW},{VACANCIES_STOCK}");
        Self::of(&format!("release={}&{indicators}&{}", names.join(","), selection(choice)))
    }
}

fn selection(choice: &Choice) -> String {
    format!("area={}&area_type={}&occupation={}", choice.area, choice.kind.as_str(), choice.occupation)
}

/// Where the numbers of a page's tables stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) release: ReleaseId,
    pub(super) measure: &'a str,
}

impl Source<'_> {
    fn query(self, rest: &str) -> Data {
        Data::of(&format!("release={}&indicator={},{WAGE_MEDIAN}&{rest}", self.release, self.measure))
    }

    /// The occupations within the chosen one; of the next level, or of `level`.
    pub(super) fn occupations(self, choice: &Choice, level: Option<usize>) -> Data {
        let all = choice.occupation == TOTAL;
        let level = level.unwrap_or(if all { 1 } else { choice.occupation.len() + 1 }).min(4);
        let within = if all { String::new() } else { format!("&occupation={}*", choice.occupation) };
        let area = format!("area={}&area_type={}", choice.area, choice.kind.as_str());
        self.query(&format!("{area}&occupation_level={level}{within}"))
    }

    /// The areas within the chosen one.
    pub(super) fn places(self, choice: &Choice) -> Data {
        let (kind, codes) = choice.parts();
        self.query(&format!("area_type={}&area={}&occupation={}", kind.as_str(), codes.join(","), choice.occupation))
    }
}

/// The table.
pub(super) struct Table {
    pub(super) id: &'static str,
    pub(super) caption: String,
    pub(super) head: &'static str,
    pub(super) measure: &'static str,
    pub(super) codes: bool,
    pub(super) lines: Vec<Line>,
    /// The marks that stand in it, and what they mean.
    pub(super) marks: Vec<(&'static str, &'static str)>,
    pub(super) data: Data,
}

impl Table {
    /// The table; `None` without lines.
    pub(super) fn new(
        id: &'static str,
        caption: &str,
        head: &'static str,
        measure: &'static str,
        codes: bool,
        lines: Vec<Line>,
        data: Data,
    ) -> Option<Self> {
        let marks = marks(lines.iter().flat_map(|line| [&line.value, &line.pay]));
        (!lines.is_empty()).then(|| Self { id, caption: caption.to_owned(), head, measure, codes, lines, marks, data })
    }
}

/// The marks of these numbers, each once.
fn marks<'a>(numbers: impl Iterator<Item = &'a Shown>) -> Vec<(&'static str, &'static str)> {
    let mut marks: Vec<_> =
        numbers.filter(|number| !number.mark.is_empty()).map(|number| (number.mark, number.explained())).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}
