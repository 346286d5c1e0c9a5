//! From counted cells to observations: protection, status, quantiles.

use crate::cells::{Cell, Cube, Key};
use crate::codes;
use crate::disclosure::{self, Equation, Fate, Options, Rank, Table, TableCell};
use crate::indicator::{self, AreaType, COUNT, GBP_PER_YEAR, TOTAL, UNKNOWN};
use crate::membership::Window;
use crate::quality::DisclosureReport;
use openvacancy_domain::{ObsStatus, Observation};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fewest stated wages behind a published quantile.
pub(crate) const WAGES_MIN: usize = 10;

/// The observations of a month in the order they are kept, and what was withheld.
pub(crate) fn observations(
    cube: &Cube,
    window: &Window,
    options: Options,
) -> (Vec<Observation>, Vec<DisclosureReport>) {
    let observer = Observer { cube, window };
    let mut rows = Vec::new();
    let (flow, flow_report) =
        observer.protect(indicator::VACANCIES_FLOW, options, |cell| (cell.flow, cell.flow_employers.count()));
    observer.counts(indicator::VACANCIES_FLOW, &flow, |cell| cell.flow, &mut rows);
    observer.margins(indicator::POSTINGS_FLOW, &flow, |cell| cell.postings_flow, &mut rows);
    observer.margins(indicator::OPENINGS_FLOW, &flow, |cell| cell.openings_flow, &mut rows);
    observer.wages(&flow, options, &mut rows);
    let mut reports = vec![flow_report];
    if window.has_stock() {
        let (stock, report) =
            observer.protect(indicator::VACANCIES_STOCK, options, |cell| (cell.stock, cell.stock_employers.count()));
        observer.counts(indicator::VACANCIES_STOCK, &stock, |cell| cell.stock, &mut rows);
        observer.margins(indicator::OPENINGS_STOCK, &stock, |cell| cell.openings_stock, &mut rows);
        reports.push(report);
    }
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    (rows, reports)
}

/// The order observations are kept in.
pub(crate) fn order(row: &Observation) -> (&str, &str, &str, &str) {
    (&row.indicator, &row.area_type, &row.area, &row.occupation)
}

/// What becomes of each cell, empty ones that were withheld included.
type Fates = HashMap<Key, Fate>;

struct Observer<'a> {
    cube: &'a Cube,
    window: &'a Window,
}

impl Observer<'_> {
    fn status(&self, cell: Option<&Cell>, is_flow: bool) -> ObsStatus {
        let censored = is_flow && cell.is_some_and(|cell| cell.censored > 0);
        if !self.window.complete() || censored {
            ObsStatus::Provisional
        } else if self.window.has_break() {
            ObsStatus::Break
        } else {
            ObsStatus::Normal
        }
    }

    fn row(
        &self,
        indicator: &str,
        (kind, area, occupation): Key,
        value: f64,
        unit: &str,
        status: ObsStatus,
    ) -> Observation {
        Observation {
            indicator: indicator.to_owned(),
            area: self.cube.areas.text(area).to_owned(),
            area_type: kind.as_str().to_owned(),
            occupation: self.cube.occupations.text(occupation).to_owned(),
            period: self.window.month.to_string(),
            value: (status != ObsStatus::Confidential).then_some(value),
            unit: unit.to_owned(),
            status,
        }
    }

    /// The UK's occupations and every area's total are totals; so is all of an area that holds every vacancy there is. What
    /// bears no area tells nothing of one.
    fn rank(&self, (kind, area, occupation): Key, whole: &BTreeSet<(AreaType, u32)>) -> Rank {
        let total = kind == AreaType::Uk
            || whole.contains(&(kind, area))
            || self.cube.areas.text(area) == UNKNOWN
            || self.cube.occupations.text(occupation) == TOTAL;
        if total { Rank::Total } else { Rank::Inner }
    }

    /// Withholds cells of one count of area x occupation.
    fn protect(
        &self,
        indicator: &str,
        options: Options,
        measure: impl Fn(&Cell) -> (u64, u64),
    ) -> (Fates, DisclosureReport) {
        let values: BTreeMap<Key, (u64, u64)> = self
            .cube
            .cells
            .iter()
            .map(|(key, cell)| (*key, measure(cell)))
            .filter(|(_, (value, _))| *value > 0)
            .collect();
        let depths = self.depths(&values, options);
        let deep =
            |&(kind, _, occupation): &Key| codes::level(self.cube.occupations.text(occupation)) <= depth(&depths, kind);
        let values: BTreeMap<Key, (u64, u64)> = values.into_iter().filter(|(key, _)| deep(key)).collect();
        let (keys, table) = self.table(&values, &depths, options);
        let protection = disclosure::protect(&table);
        let count = |fate| protection.fates.iter().filter(|&&other| other == fate).count() as u64;
        let report = DisclosureReport {
            indicator: indicator.to_owned(),
            threshold: options.threshold,
            employers: options.employers,
            cells: values.len() as u64,
            primary: count(Fate::Primary),
            secondary: count(Fate::Secondary),
            implied: protection.implied as u64,
            depths: depths.iter().map(|(kind, depth)| (kind.as_str().to_owned(), *depth as u64)).collect(),
        };
        let shown_or_empty = |&(key, fate): &(Key, Fate)| fate != Fate::Shown || values.contains_key(&key);
        (keys.into_iter().zip(protection.fates).filter(shown_or_empty).collect(), report)
    }

    /// How many digits of the occupation each kind of area is crossed with: as many as leave half of its vacancies in
    /// cells that need not be withheld, one at least. A table of withheld cells would serve nobody.
    fn depths(&self, values: &BTreeMap<Key, (u64, u64)>, options: Options) -> BTreeMap<AreaType, usize> {
        let mut sums: BTreeMap<(AreaType, usize), (u64, u64)> = BTreeMap::new();
        for (&(kind, area, occupation), &(value, employers)) in values {
            let level = codes::level(self.cube.occupations.text(occupation));
            if level > 0 && self.cube.areas.text(area) != UNKNOWN {
                let (shown, all) = sums.entry((kind, level)).or_default();
                *all += value;
                *shown += if options.sensitive(value, employers) { 0 } else { value };
            }
        }
        let enough = |kind, level| sums.get(&(kind, level)).is_some_and(|(shown, all)| shown * 2 >= *all);
        let depth = |kind: AreaType| match kind {
            AreaType::Uk => kind.occupation_depth(),
            _ => (2..=kind.occupation_depth()).take_while(|&level| enough(kind, level)).last().unwrap_or(1),
        };
        AreaType::ALL.iter().map(|&kind| (kind, depth(kind))).collect()
    }

    /// The table with its empty cells: every area met by every occupation met, as deep as that kind of area goes.
    fn table(
        &self,
        values: &BTreeMap<Key, (u64, u64)>,
        depths: &BTreeMap<AreaType, usize>,
        options: Options,
    ) -> (Vec<Key>, Table) {
        let places: BTreeSet<(AreaType, u32)> = values.keys().map(|(kind, area, _)| (*kind, *area)).collect();
        let occupations: BTreeSet<u32> = values.keys().map(|(_, _, occupation)| *occupation).collect();
        let most = values.values().map(|(value, _)| *value).max();
        let all = values.iter().filter(|((_, _, occupation), (value, _))| {
            self.cube.occupations.text(*occupation) == TOTAL && Some(*value) == most
        });
        let whole: BTreeSet<(AreaType, u32)> = all.map(|((kind, area, _), _)| (*kind, *area)).collect();
        let mut keys = Vec::new();
        let mut table = Table::default();
        let mut index = HashMap::new();
        for &(kind, area) in &places {
            for &occupation in &occupations {
                if codes::level(self.cube.occupations.text(occupation)) > depth(depths, kind) {
                    continue;
                }
                let key = (kind, area, occupation);
                let (value, employers) = values.get(&key).copied().unwrap_or((0, 0));
                let rank = self.rank(key, &whole);
                index.insert(key, keys.len());
                keys.push(key);
                table.cells.push(TableCell {
                    value,
                    sensitive: options.sensitive(value, employers) && rank == Rank::Inner,
                    rank,
                });
            }
        }
        table.equations = self.equations(&keys, &index);
        (keys, table)
    }

    /// How the cells add up: by occupation within each area, by area within each occupation.
    fn equations(&self, keys: &[Key], index: &HashMap<Key, usize>) -> Vec<Equation> {
        let mut parts: BTreeMap<(usize, Option<AreaType>), Vec<usize>> = BTreeMap::new();
        for (cell, &(kind, area, occupation)) in keys.iter().enumerate() {
            let above = codes::parent(self.cube.occupations.text(occupation));
            let above = above.and_then(|code| self.cube.occupations.find(code));
            if let Some(total) = above.and_then(|above| index.get(&(kind, area, above))) {
                parts.entry((*total, None)).or_default().push(cell);
            }
            if self.cube.areas.text(area) == UNKNOWN {
                continue;
            }
            for &(parent_kind, parent) in self.cube.parents.get(&(kind, area)).into_iter().flatten() {
                if self.cube.areas.text(parent) == UNKNOWN {
                    continue;
                }
                if let Some(total) = index.get(&(parent_kind, parent, occupation)) {
                    parts.entry((*total, Some(kind))).or_default().push(cell);
                }
            }
        }
        parts.into_iter().map(|((total, _), parts)| Equation { total, parts }).collect()
    }

    /// Every cell of a count.
    fn counts(&self, indicator: &str, fates: &Fates, value: impl Fn(&Cell) -> u64, rows: &mut Vec<Observation>) {
        let is_flow = indicator == indicator::VACANCIES_FLOW;
        let empty = Cell::default();
        let known: HashMap<Key, &Cell> = self.cube.cells.iter().map(|(key, cell)| (*key, cell)).collect();
        let mut fates: Vec<(Key, Fate)> = fates.iter().map(|(key, fate)| (*key, *fate)).collect();
        fates.sort_by_key(|(key, _)| *key);
        for (key, fate) in fates {
            let cell = known.get(&key).copied().unwrap_or(&empty);
            let status = if fate == Fate::Shown { self.status(Some(cell), is_flow) } else { ObsStatus::Confidential };
            rows.push(self.row(indicator, key, number(value(cell)), COUNT, status));
        }
    }

    /// Only the totals of areas and the occupations of the UK: crossed, these counts would betray the cells withheld.
    fn margins(&self, indicator: &str, fates: &Fates, value: impl Fn(&Cell) -> u64, rows: &mut Vec<Observation>) {
        let is_flow = indicator != indicator::OPENINGS_STOCK;
        for (key, cell) in &self.cube.cells {
            let margin = key.0 == AreaType::Uk || self.cube.occupations.text(key.2) == TOTAL;
            if let Some(fate) = fates.get(key).filter(|_| margin) {
                let status =
                    if *fate == Fate::Shown { self.status(Some(cell), is_flow) } else { ObsStatus::Confidential };
                rows.push(self.row(indicator, *key, number(value(cell)), COUNT, status));
            }
        }
    }

    /// Quartiles of pay where enough advertisements of enough employers state it.
    fn wages(&self, fates: &Fates, options: Options, rows: &mut Vec<Observation>) {
        for (key, cell) in &self.cube.cells {
            if cell.wages.len() < WAGES_MIN {
                continue;
            }
            let Some(fate) = fates.get(key) else { continue };
            let shown = *fate == Fate::Shown && cell.wage_employers.count() >= options.employers;
            let status = if shown { self.status(Some(cell), true) } else { ObsStatus::Confidential };
            let mut wages = cell.wages.clone();
            wages.sort_by(f32::total_cmp);
            for (indicator, share) in
                [(indicator::WAGE_P25, 0.25), (indicator::WAGE_MEDIAN, 0.5), (indicator::WAGE_P75, 0.75)]
            {
                rows.push(self.row(indicator, *key, quantile(&wages, share).round(), GBP_PER_YEAR, status));
            }
        }
    }
}

fn depth(depths: &BTreeMap<AreaType, usize>, kind: AreaType) -> usize {
    depths.get(&kind).copied().unwrap_or(1)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

/// Linear between the two nearest ranks (Hyndman and Fan 1996, type 7). `sorted` holds at least one.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "ranks stay far below 2^53 and are never negative"
)]
fn quantile(sorted: &[f32], share: f64) -> f64 {
    let rank = share * (sorted.len().saturating_sub(1)) as f64;
    let at = |rank: f64| sorted.get(rank as usize).copied().map_or(0.0, f64::from);
    at(rank.floor()) + (at(rank.ceil()) - at(rank.floor())) * rank.fract()
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_lie_between_ranks() {
        let check = |values: &[f32], share, expected: f64| assert!((quantile(values, share) - expected).abs() < 1e-9);
        check(&[10.0, 20.0, 30.0, 40.0], 0.5, 25.0);
        check(&[10.0, 20.0, 30.0, 40.0], 0.25, 17.5);
        check(&[10.0, 20.0, 30.0], 0.5, 20.0);
        check(&[7.0], 0.75, 7.0);
    }
}
