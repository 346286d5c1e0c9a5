//! Attacks on protected tables, written apart from the protection itself.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod common;

use common::sample;
use openvacancy_domain::ports::{ObservationQuery, ReleaseStore as _};
use openvacancy_domain::{ObsStatus, Observation};
use openvacancy_release::disclosure::{Equation, Fate, Rank, Table, TableCell, protect};
use openvacancy_release::quality::Quality;
use openvacancy_store::SqliteStore;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A prime below 2^61, so that products fit into 128 bits: what is determined over the rationals is so modulo it, but
/// for coincidences of one in 10^18.
const PRIME: u128 = (1 << 61) - 1;

fn inverse(number: u128) -> u128 {
    let (mut power, mut base, mut left) = (1, number, PRIME - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = power * base % PRIME;
        }
        base = base * base % PRIME;
        left >>= 1;
    }
    power
}

/// Unknowns that a system of equations determines, by Gauss and Jordan.
fn determined(rows: &[BTreeMap<usize, i8>]) -> BTreeSet<usize> {
    let mut reduced: Vec<(usize, BTreeMap<usize, u128>)> = Vec::new();
    for row in rows {
        let mut row: BTreeMap<usize, u128> =
            row.iter().map(|(cell, sign)| (*cell, if *sign > 0 { 1 } else { PRIME - 1 })).collect();
        for (pivot, other) in &reduced {
            if let Some(factor) = row.get(pivot).copied() {
                subtract(&mut row, other, factor);
            }
        }
        let Some((&pivot, &lead)) = row.iter().next() else { continue };
        let scale = inverse(lead);
        row.values_mut().for_each(|value| *value = *value * scale % PRIME);
        for (_, other) in &mut reduced {
            if let Some(factor) = other.get(&pivot).copied() {
                subtract(other, &row, factor);
            }
        }
        reduced.push((pivot, row));
    }
    reduced.into_iter().filter(|(_, row)| row.len() == 1).map(|(pivot, _)| pivot).collect()
}

fn subtract(row: &mut BTreeMap<usize, u128>, other: &BTreeMap<usize, u128>, factor: u128) {
    for (cell, value) in other {
        let old = row.get(cell).copied().unwrap_or(0);
        let new = (old + (PRIME - factor) * value) % PRIME;
        if new == 0 {
            row.remove(cell)
        } else {
            row.insert(*cell, new)
        };
    }
}

/// A table of `areas` in two levels by occupations in two levels, with counts for its leaves.
fn hierarchy(leaves: &[Vec<u64>]) -> Table {
    let (areas, occupations) = (leaves.len(), leaves[0].len());
    // Lines: 0 the whole, then pairs, then leaves.
    let lines = |count: usize| 1 + count / 2 + count;
    let children = |line: usize, count: usize| -> Vec<usize> {
        let pairs = count / 2;
        if line == 0 {
            (1..=pairs).collect()
        } else if line <= pairs {
            vec![pairs + 2 * line - 1, pairs + 2 * line]
        } else {
            Vec::new()
        }
    };
    let leaves_of = |line: usize, count: usize| -> Vec<usize> {
        let pairs = count / 2;
        if line == 0 {
            (0..count).collect()
        } else if line <= pairs {
            vec![2 * line - 2, 2 * line - 1]
        } else {
            vec![line - pairs - 1]
        }
    };
    let width = lines(occupations);
    let mut table = Table::default();
    for area in 0..lines(areas) {
        for occupation in 0..width {
            let value = leaves_of(area, areas)
                .iter()
                .flat_map(|a| leaves_of(occupation, occupations).into_iter().map(move |o| (*a, o)))
                .map(|(a, o)| leaves[a][o])
                .sum();
            let rank = match (area, occupation) {
                (0, _) | (_, 0) => Rank::Total,
                _ => Rank::Inner,
            };
            table.cells.push(TableCell { value, sensitive: (1..3).contains(&value) && rank == Rank::Inner, rank });
        }
    }
    for area in 0..lines(areas) {
        for occupation in 0..width {
            let total = area * width + occupation;
            for parts in [
                children(area, areas).into_iter().map(|child| child * width + occupation).collect::<Vec<_>>(),
                children(occupation, occupations).into_iter().map(|child| area * width + child).collect(),
            ] {
                if !parts.is_empty() {
                    table.equations.push(Equation { total, parts });
                }
            }
        }
    }
    table
}

/// The equations as an attacker has them: unknown cells only, each with its sign.
fn unknowns(table: &Table, hidden: impl Fn(usize) -> bool) -> Vec<BTreeMap<usize, i8>> {
    table
        .equations
        .iter()
        .map(|equation| {
            let parts = equation.parts.iter().map(|cell| (*cell, 1));
            parts.chain([(equation.total, -1)]).filter(|(cell, _)| hidden(*cell)).collect()
        })
        .collect()
}

fn counts() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let count = prop_oneof![3 => Just(0u64), 3 => 1u64..3, 2 => 3u64..9, 1 => 9u64..60];
    proptest::collection::vec(proptest::collection::vec(count, 4), 4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sensitive_cell_follows_from_the_sums(leaves in counts()) {
        let table = hierarchy(&leaves);
        let protection = protect(&table);
        let found = determined(&unknowns(&table, |cell| protection.fates[cell] != Fate::Shown));
        prop_assert!(found.is_empty(), "{} withheld cells can be calculated", found.len());
        for (cell, fate) in table.cells.iter().zip(&protection.fates) {
            prop_assert!(cell.rank != Rank::Total || *fate == Fate::Shown);
            prop_assert!(cell.sensitive || *fate != Fate::Primary);
        }
        // What is sensitive and shown is implied by the totals alone: withholding all else would not hide it.
        let shown: Vec<usize> = (0..table.cells.len())
            .filter(|&cell| table.cells[cell].sensitive && protection.fates[cell] == Fate::Shown)
            .collect();
        prop_assert_eq!(shown.len(), protection.implied);
    }

    #[test]
    fn a_flat_table_withstands_trying_every_filling(leaves in proptest::collection::vec(proptest::collection::vec(0u64..5, 3), 3)) {
        let table = flat(&leaves);
        let protection = protect(&table);
        let hidden: Vec<usize> = (0..table.cells.len()).filter(|&cell| protection.fates[cell] != Fate::Shown).collect();
        let fillings_of_hidden = fillings(&table, &hidden);
        for (cell, values) in &fillings_of_hidden {
            prop_assert!(values.len() > 1, "cell {cell} can only be {values:?}: {:?}", protection.fates);
        }
        // What is sensitive and shown is implied by the totals alone: withholding the whole inside would not hide it.
        let inside: Vec<usize> = (0..table.cells.len()).filter(|&cell| table.cells[cell].rank == Rank::Inner).collect();
        let freest = fillings(&table, &inside);
        for cell in inside.into_iter().filter(|&cell| table.cells[cell].sensitive && protection.fates[cell] == Fate::Shown) {
            prop_assert!(freest[&cell].len() == 1, "cell {cell} is shown and could be any of {:?}", freest[&cell]);
        }
    }
}

/// Three areas by three occupations with their totals.
fn flat(leaves: &[Vec<u64>]) -> Table {
    let mut table = Table::default();
    for area in 0..4 {
        for occupation in 0..4 {
            let rows = if area == 0 { &leaves[0..3] } else { &leaves[area - 1..area] };
            let value = rows
                .iter()
                .flat_map(|row| if occupation == 0 { &row[0..3] } else { &row[occupation - 1..occupation] })
                .sum();
            let rank = match (area, occupation) {
                (0, _) | (_, 0) => Rank::Total,
                _ => Rank::Inner,
            };
            table.cells.push(TableCell { value, sensitive: (1..3).contains(&value) && rank == Rank::Inner, rank });
        }
    }
    for line in 0..4 {
        table.equations.push(Equation { total: line * 4, parts: (1..4).map(|o| line * 4 + o).collect() });
        table.equations.push(Equation { total: line, parts: (1..4).map(|a| a * 4 + line).collect() });
    }
    table
}

/// Every value each hidden cell takes in some filling of the table with whole numbers that keeps all sums.
fn fillings(table: &Table, hidden: &[usize]) -> BTreeMap<usize, BTreeSet<u64>> {
    let mut values: Vec<u64> = table.cells.iter().map(|cell| cell.value).collect();
    let mut found: BTreeMap<usize, BTreeSet<u64>> = hidden.iter().map(|cell| (*cell, BTreeSet::new())).collect();
    // Inner cells first, then totals: a total follows from its parts.
    let mut order = hidden.to_vec();
    order.sort_by_key(|cell| (table.cells[*cell].rank != Rank::Inner, *cell));
    let most = table.cells[0].value;
    search(table, &order, 0, most, &mut values, &mut found);
    found
}

fn search(
    table: &Table,
    order: &[usize],
    at: usize,
    most: u64,
    values: &mut Vec<u64>,
    found: &mut BTreeMap<usize, BTreeSet<u64>>,
) {
    let open: BTreeSet<usize> = order[at..].iter().copied().collect();
    for equation in &table.equations {
        let settled: u64 = equation.parts.iter().filter(|cell| !open.contains(cell)).map(|cell| values[*cell]).sum();
        let whole = equation.parts.iter().all(|cell| !open.contains(cell));
        if !open.contains(&equation.total) {
            let total = values[equation.total];
            if settled > total || (whole && settled != total) {
                return;
            }
        }
    }
    let Some(&cell) = order.get(at) else {
        for (cell, seen) in found {
            seen.insert(values[*cell]);
        }
        return;
    };
    // Two values for each cell are all that is wanted.
    if found.values().all(|seen| seen.len() > 1) {
        return;
    }
    let kept = values[cell];
    for value in 0..=most {
        values[cell] = value;
        search(table, order, at + 1, most, values, found);
    }
    values[cell] = kept;
}

#[test]
fn a_known_table_is_protected_as_by_hand() {
    // One small cell: its row and its column each need a partner, and the partners one for each other.
    let table = flat(&[vec![1, 20, 30], vec![40, 50, 60], vec![70, 80, 90]]);
    let protection = protect(&table);
    let hidden: Vec<usize> = (0..16).filter(|&cell| protection.fates[cell] != Fate::Shown).collect();
    assert_eq!(hidden, [5, 6, 9, 10], "the small cell and the cheapest rectangle through it");
    assert_eq!(protection.fates[5], Fate::Primary);
    assert_eq!(protection.implied, 0);
}

/// Every published number of a release.
fn observations(store: &SqliteStore, release: &openvacancy_domain::Release) -> Vec<Observation> {
    let query = ObservationQuery { limit: 1_000_000, ..ObservationQuery::default() };
    store.observations(release.id, &query).unwrap().rows
}

#[test]
fn a_release_keeps_what_it_withholds() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.sqlite")).unwrap();
    let vacancies = sample::world(7, 1_500, sample::noon(2026, 10, 1), 29);
    common::fill(&store, &vacancies);
    let release = common::built(&store, "2026-10", None);
    let rows = observations(&store, &release);
    for indicator in ["vacancies_flow", "vacancies_stock"] {
        let rows: Vec<&Observation> = rows.iter().filter(|row| row.indicator == indicator).collect();
        let number: BTreeMap<(&str, &str, &str), usize> = rows
            .iter()
            .enumerate()
            .map(|(number, row)| ((row.area_type.as_str(), row.area.as_str(), row.occupation.as_str()), number))
            .collect();
        let withheld = rows.iter().filter(|row| row.status == ObsStatus::Confidential).count();
        assert!(withheld > 100, "{indicator}: only {withheld} cells withheld, the test would prove little");
        assert!(rows.iter().all(|row| (row.status == ObsStatus::Confidential) == row.value.is_none()));
        let system = attacker(&rows, &number);
        let found = determined(&system);
        let exposed: Vec<_> = found.iter().map(|&cell| rows[cell]).collect();
        assert!(exposed.is_empty(), "{indicator}: {} exposed, such as {:?}", exposed.len(), exposed.first());
        // Counted again from the vacancies themselves: what is shown is right, and hardly any of it is small.
        let truth = truth(&vacancies, &release, indicator);
        let mut small = 0;
        for row in rows.iter().filter(|row| row.occupation != "total" && row.occupation != "unknown") {
            let key = (row.area_type.clone(), row.area.clone(), row.occupation.clone());
            let Some(count) = truth.get(&key) else { continue };
            assert!(row.value.is_none_or(|value| value == *count as f64), "{row:?} is {count}");
            small += u64::from(*count < 3 && row.value.is_some());
        }
        let report = Quality::of(&release).unwrap().disclosure;
        let report = report.into_iter().find(|report| report.indicator == indicator).unwrap();
        assert!(small <= report.implied, "{small} small counts are shown, {} implied", report.implied);
        assert!(report.implied * 20 < report.primary, "{report:?}");
    }
}

/// The sums an attacker knows to hold among withheld cells, from published codes and official geography.
fn attacker(rows: &[&Observation], number: &BTreeMap<(&str, &str, &str), usize>) -> Vec<BTreeMap<usize, i8>> {
    let mut sums: BTreeMap<(usize, &str), BTreeMap<usize, i8>> = BTreeMap::new();
    for (cell, row) in rows.iter().enumerate() {
        let code = row.occupation.as_str();
        let above = match code {
            "total" => None,
            "unknown" => Some("total"),
            code if code.len() == 1 => Some("total"),
            code => Some(&code[..code.len() - 1]),
        };
        let by_occupation = above.map(|above| ("occupation", (row.area_type.as_str(), row.area.as_str(), above)));
        let by_area = parents(row).into_iter().map(|(kind, area)| (row.area_type.as_str(), (kind, area, code)));
        for (dimension, key) in by_occupation.into_iter().chain(by_area) {
            // Occupations below the depth of a kind of area have no line there.
            let Some(total) = number.get(&key) else { continue };
            sums.entry((*total, dimension)).or_insert_with(|| BTreeMap::from([(*total, -1)])).insert(cell, 1);
        }
    }
    let withheld = |cell: &usize| rows[*cell].status == ObsStatus::Confidential;
    sums.into_values().map(|sum| sum.into_iter().filter(|(cell, _)| withheld(cell)).collect()).collect()
}

fn parents(row: &Observation) -> Vec<(&'static str, &'static str)> {
    use openvacancy_reference::area;
    match (row.area_type.as_str(), row.area.as_str()) {
        (_, "unknown") => Vec::new(),
        ("country", _) => vec![("uk", "K02000001")],
        ("region", code) if code.starts_with('E') => vec![("country", "E92000001")],
        ("region", code) => vec![("country", area::area(code).unwrap().code)],
        ("lep", _) => vec![("country", "E92000001")],
        ("county", code) => {
            let district = area::districts().iter().find(|district| district.county_code == code).unwrap();
            vec![("region", district.region_code)]
        }
        ("lad", code) => {
            let district = area::district(code).unwrap();
            let lep = district.leps.first().map(|lep| ("lep", lep.code));
            [Some(("county", district.county_code)), lep].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// Counts of area x occupation straight from the vacancies.
fn truth(
    vacancies: &[openvacancy_domain::Vacancy],
    release: &openvacancy_domain::Release,
    indicator: &str,
) -> BTreeMap<(String, String, String), u64> {
    let end = release.id.month.end();
    let mut counts = BTreeMap::new();
    for vacancy in vacancies.iter().filter(|vacancy| vacancy.excluded_reason.is_none()) {
        let open = vacancy.closed_on.is_none_or(|closed| closed > end);
        if indicator == "vacancies_stock" && !open {
            continue;
        }
        let place = &vacancy.location;
        let areas = [
            ("county", &place.county_code),
            ("lad", &place.lad_code),
            ("region", &place.region_code),
            ("lep", &place.lep_code),
        ];
        let Some(code) = &vacancy.occupation.soc2020 else { continue };
        for (kind, area) in areas {
            let Some(area) = area else { continue };
            for digits in 1..=4 {
                *counts.entry((kind.to_owned(), area.clone(), code[..digits].to_owned())).or_insert(0) += 1;
            }
        }
    }
    counts
}
