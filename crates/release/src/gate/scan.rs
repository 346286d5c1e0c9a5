//! Reads a release back from the store, as everybody will, to see that it is what was built.

use crate::digest::Digest;
use crate::indicator::{self, TOTAL, UK, UNKNOWN};
use crate::{ReleaseError, codes};
use openvacancy_domain::ports::{ObservationQuery, Store, VacancyQuery};
use openvacancy_domain::{Observation, Release, Scheme, Vacancy};
use openvacancy_reference::{area, occupation, sic};
use std::collections::{BTreeMap, BTreeSet};

const BATCH: u32 = 1_000;

/// What the scan found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The digest over the stored rows.
    pub(super) digest: String,
    /// Codes that stand in no reference table: `soc2020 9999`.
    pub(super) orphans: BTreeSet<String>,
    /// Totals that do not add up, in words.
    pub(super) inconsistent: Vec<String>,
    /// Rows counted in the flow.
    flow: u64,
}

pub(super) fn scan(store: &dyn Store, release: &Release) -> Result<Scan, ReleaseError> {
    let mut scan = Scan::default();
    let mut digest = Digest::default();
    let mut query = VacancyQuery { limit: BATCH, ..VacancyQuery::default() };
    loop {
        let page = store.release_vacancies(release.id, &query)?;
        for row in &page.rows {
            digest
                .vacancy(row)
                .map_err(|source| ReleaseError::Row { row: row.vacancy.vacancy_id.to_string(), source })?;
            scan.flow += u64::from(row.in_flow);
            orphans(&row.vacancy, &mut scan.orphans);
        }
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    let mut sums = Sums::default();
    let mut query = ObservationQuery { limit: BATCH, ..ObservationQuery::default() };
    loop {
        let page = store.observations(release.id, &query)?;
        for row in &page.rows {
            digest.observation(row).map_err(|source| ReleaseError::Row { row: row.indicator.clone(), source })?;
            sums.add(row);
        }
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    scan.inconsistent = sums.check(scan.flow);
    scan.digest = digest.finish();
    Ok(scan)
}

fn orphans(vacancy: &Vacancy, found: &mut BTreeSet<String>) {
    let mut need = |name: &str, code: Option<&str>, known: &dyn Fn(&str) -> bool| {
        if let Some(code) = code.filter(|code| !known(code)) {
            found.insert(format!("{name} {code}"));
        }
    };
    let place = &vacancy.location;
    let coded = &vacancy.occupation;
    let group = |scheme| move |code: &str| occupation::group(scheme, code).is_some();
    let kind = |kind| move |code: &str| area::area_of_kind(code, kind).is_some();
    need("soc2020", coded.soc2020.as_deref(), &group(Scheme::Soc2020));
    need("soc2010", coded.soc2010.as_deref(), &group(Scheme::Soc2010));
    need("isco08", coded.isco08.as_deref(), &group(Scheme::Isco08));
    need("lad", place.lad_code.as_deref(), &kind(area::AreaKind::Lad));
    need("county", place.county_code.as_deref(), &kind(area::AreaKind::County));
    need("region", place.region_code.as_deref(), &|code| area::area(code).is_some());
    let lep = place.lep_code.as_deref().filter(|code| *code != openvacancy_domain::place::LEP_NOT_APPLICABLE);
    need("lep", lep, &kind(area::AreaKind::Lep));
    need("sic_section", vacancy.sector.sic_section.as_deref(), &|code| sic::section(code).is_some());
    need("sic_division", vacancy.sector.sic_division.as_deref(), &|code| sic::division(code).is_some());
}

/// Sums of published totals, by indicator and kind of area, and of the UK by level of occupation.
#[derive(Default)]
struct Sums {
    by_area: BTreeMap<(String, String), Option<f64>>,
    by_level: BTreeMap<(String, usize), Option<f64>>,
    unknown: BTreeMap<String, f64>,
    totals: BTreeMap<String, f64>,
}

impl Sums {
    fn add(&mut self, row: &Observation) {
        if row.unit != indicator::COUNT {
            return;
        }
        let add = |sum: &mut Option<f64>| *sum = sum.zip(row.value).map(|(sum, value)| sum + value);
        let indicator = row.indicator.clone();
        if row.area == UK && row.area_type == "uk" {
            match row.occupation.as_str() {
                TOTAL => _ = self.totals.insert(indicator, row.value.unwrap_or(f64::NAN)),
                UNKNOWN => _ = self.unknown.insert(indicator, row.value.unwrap_or(f64::NAN)),
                code => add(self.by_level.entry((indicator, codes::level(code))).or_insert(Some(0.0))),
            }
        } else if row.occupation == TOTAL {
            add(self.by_area.entry((indicator, row.area_type.clone())).or_insert(Some(0.0)));
        }
    }

    fn check(&self, flow: u64) -> Vec<String> {
        let mut wrong = Vec::new();
        let differ = |a: f64, b: f64| (a - b).abs() > 0.5;
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let flow = flow as f64;
        let total = self.totals.get(indicator::VACANCIES_FLOW).copied().unwrap_or(0.0);
        if differ(total, flow) {
            wrong.push(format!("the UK's flow is {total}, but {flow} vacancies are in it"));
        }
        for ((indicator, kind), sum) in &self.by_area {
            // LEPs cover England only; a sum with a withheld part cannot be compared.
            let (Some(sum), Some(total)) = (sum, self.totals.get(indicator)) else { continue };
            if kind != "lep" && differ(*sum, *total) {
                wrong.push(format!("{indicator} over {kind} is {sum}, the UK's is {total}"));
            }
        }
        for ((indicator, level), sum) in &self.by_level {
            let (Some(sum), Some(total)) = (sum, self.totals.get(indicator)) else { continue };
            let unknown = self.unknown.get(indicator).copied().unwrap_or(0.0);
            if differ(*sum + unknown, *total) {
                wrong.push(format!("{indicator} over {level}-digit occupations is {sum}, the UK's is {total}"));
            }
        }
        wrong
    }
}
