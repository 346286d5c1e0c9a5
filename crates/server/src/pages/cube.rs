//! The observations a page needs, asked for at once.

use super::choice::Choice;
use crate::{ApiError, AppState};
use openvacancy_domain::ports::{ObservationQuery, Store};
use openvacancy_domain::{Month, ObsStatus, Observation, Release, ReleaseId, StoreError};
use openvacancy_release::indicator;
use std::collections::BTreeMap;

/// Months shown in the series.
const MONTHS: usize = 24;
const BATCH: u32 = 1_000;

/// A published number, or that it is withheld.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) value: Option<f64>,
    pub(super) status: ObsStatus,
}

type Key = (String, String, String);

/// Numbers by indicator, area, occupation; and the series of months.
#[derive(Debug, Default)]
pub(super) struct Cube {
    numbers: BTreeMap<Key, Number>,
    pub(super) series: Vec<(Month, Option<Number>, Option<Number>)>,
    /// The releases of the series.
    pub(super) versions: Vec<ReleaseId>,
}

impl Cube {
    /// A number; `None` where nothing was counted.
    pub(super) fn get(&self, indicator: &str, area: &str, occupation: &str) -> Option<Number> {
        self.numbers.get(&(indicator.to_owned(), area.to_owned(), occupation.to_owned())).copied()
    }

    /// Occupation codes with a number in an area, in order.
    pub(super) fn occupations(&self, indicator: &str, area: &str) -> Vec<&str> {
        let of = self.numbers.keys().filter(|(i, a, _)| i == indicator && a == area);
        of.map(|(_, _, occupation)| occupation.as_str()).collect()
    }

    fn take(&mut self, rows: Vec<Observation>) {
        for row in rows {
            let number = Number { value: row.value, status: row.status };
            self.numbers.insert((row.indicator, row.area, row.occupation), number);
        }
    }

    /// Reads what the page of `choice` shows.
    pub(super) async fn load(
        state: &AppState,
        releases: &[Release],
        release: ReleaseId,
        choice: &Choice,
    ) -> Result<Self, ApiError> {
        let mut months: Vec<ReleaseId> = Vec::new();
        for id in releases.iter().map(|release| release.id) {
            if id.month <= release.month && months.last().is_none_or(|last| last.month != id.month) {
                // The month looked at is shown in the version looked at.
                months.push(if id.month == release.month { release } else { id });
            }
        }
        months.truncate(MONTHS);
        months.reverse();
        let choice = choice.clone();
        state.ask(move |store| read(store, release, &months, &choice)).await
    }
}

fn read(store: &dyn Store, release: ReleaseId, months: &[ReleaseId], choice: &Choice) -> Result<Cube, StoreError> {
    let mut cube = Cube::default();
    let wanted = [
        indicator::VACANCIES_FLOW,
        indicator::VACANCIES_STOCK,
        indicator::OPENINGS_FLOW,
        indicator::WAGE_MEDIAN,
        indicator::WAGE_P25,
        indicator::WAGE_P75,
    ];
    let here = ObservationQuery {
        indicators: wanted.map(str::to_owned).to_vec(),
        areas: vec![choice.area.clone()],
        area_types: vec![choice.kind.as_str().to_owned()],
        limit: BATCH,
        ..ObservationQuery::default()
    };
    cube.take(all(store, release, here.clone())?);
    let (kind, parts) = choice.parts();
    if !parts.is_empty() {
        let parts = ObservationQuery {
            areas: parts,
            area_types: vec![kind.as_str().to_owned()],
            occupations: vec![choice.occupation.clone()],
            ..here.clone()
        };
        cube.take(all(store, release, parts)?);
    }
    cube.versions = months.to_vec();
    for month in months {
        let query = ObservationQuery { occupations: vec![choice.occupation.clone()], ..here.clone() };
        let rows = all(store, *month, query)?;
        let find = |name: &str| {
            let row = rows.iter().find(|row| row.indicator == name)?;
            Some(Number { value: row.value, status: row.status })
        };
        cube.series.push((month.month, find(indicator::VACANCIES_FLOW), find(indicator::VACANCIES_STOCK)));
    }
    Ok(cube)
}

fn all(store: &dyn Store, id: ReleaseId, mut query: ObservationQuery) -> Result<Vec<Observation>, StoreError> {
    let mut rows = Vec::new();
    loop {
        let page = store.observations(id, &query)?;
        rows.extend(page.rows);
        query.cursor = page.next;
        if query.cursor.is_none() {
            return Ok(rows);
        }
    }
}
