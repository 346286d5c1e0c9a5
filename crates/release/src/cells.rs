//! Counts vacancies by area and occupation.

use crate::codes;
use crate::indicator::AreaType;
use openvacancy_domain::Vacancy;
use std::collections::{BTreeMap, HashMap};

/// What one cell of the cube counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub(crate) flow: u64,
    pub(crate) stock: u64,
    pub(crate) postings_flow: u64,
    pub(crate) openings_flow: u64,
    pub(crate) openings_stock: u64,
    pub(crate) flow_employers: Employers,
    pub(crate) stock_employers: Employers,
    /// Vacancies of the flow whose portals are all in their first month.
    pub(crate) censored: u64,
    /// Annual pay of the flow.
    pub(crate) wages: Vec<f32>,
    pub(crate) wage_employers: Employers,
}

/// How many different employers stand behind a cell: none, one, two, or more. One without a name counts as
/// another employer each time, for nothing ties it to one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Employers {
    first: Option<u32>,
    second: Option<u32>,
    more: u8,
}

impl Employers {
    fn add(&mut self, employer: Option<u32>) {
        let Some(employer) = employer else {
            self.more = self.more.saturating_add(1);
            return;
        };
        match (self.first, self.second) {
            (None, _) => self.first = Some(employer),
            (Some(first), _) if first == employer => {}
            (_, None) => self.second = Some(employer),
            (_, Some(second)) if second == employer => {}
            _ => self.more = self.more.saturating_add(1),
        }
    }

    /// At most the true number; exact up to three.
    pub(crate) fn count(&self) -> u64 {
        u64::from(self.first.is_some()) + u64::from(self.second.is_some()) + u64::from(self.more)
    }
}

/// A cell's coordinates; areas and occupations by number.
pub(crate) type Key = (AreaType, u32, u32);

/// Texts by number, in the order they were met.
#[derive(Debug, Default)]
pub(crate) struct Names {
    texts: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

impl Names {
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        // More than four thousand million different codes would need more rows than any store holds.
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }
}

/// The cube under construction.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) areas: Names,
    pub(crate) occupations: Names,
    employers: Names,
    cells: HashMap<Key, Cell>,
    /// Which larger areas each area was met in, by kind.
    parents: BTreeMap<(AreaType, u32), BTreeMap<AreaType, Option<u32>>>,
}

/// What a vacancy counts as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Membership {
    pub(crate) in_flow: bool,
    pub(crate) in_stock: bool,
    pub(crate) censored: bool,
}

impl Tally {
    /// Counts one vacancy.
    pub(crate) fn add(&mut self, vacancy: &Vacancy, as_what: Membership) {
        if !as_what.in_flow && !as_what.in_stock {
            return;
        }
        let employer = vacancy
            .employer
            .as_deref()
            .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
            .filter(|name| !name.is_empty())
            .map(|name| self.employers.number(&name));
        let wage = wage(vacancy);
        let occupations: Vec<u32> =
            codes::occupations(vacancy).into_iter().map(|code| self.occupations.number(code)).collect();
        let areas: Vec<(AreaType, u32)> =
            codes::areas(vacancy).into_iter().map(|(kind, code)| (kind, self.areas.number(code))).collect();
        self.note_parents(&areas);
        for &(kind, area) in &areas {
            for &occupation in occupations.iter().take(kind.occupation_depth() + 1) {
                let cell = self.cells.entry((kind, area, occupation)).or_default();
                count(cell, vacancy, as_what, employer, wage);
            }
        }
    }

    /// Notes which area lies in which. One met in two of a kind lies in neither: its parts do not add up to either.
    fn note_parents(&mut self, areas: &[(AreaType, u32)]) {
        for &(kind, area) in areas {
            for parent_kind in kind.parents() {
                let Some(&(_, parent)) = areas.iter().find(|(other, _)| other == parent_kind) else { continue };
                let noted = self.parents.entry((kind, area)).or_default().entry(*parent_kind).or_insert(Some(parent));
                if *noted != Some(parent) {
                    *noted = None;
                }
            }
        }
    }

    /// The cube: cells in coordinate order, and the area each area lies in, one for each kind of parent.
    pub(crate) fn finish(self) -> Cube {
        let mut cells: Vec<(Key, Cell)> = self.cells.into_iter().collect();
        cells.sort_by_key(|(key, _)| *key);
        let mut parents = BTreeMap::new();
        for ((kind, area), of_kind) in self.parents {
            let found = of_kind.into_iter().filter_map(|(kind, area)| Some((kind, area?))).collect();
            parents.insert((kind, area), found);
        }
        Cube { areas: self.areas, occupations: self.occupations, cells, parents }
    }
}

/// The finished cube.
#[derive(Debug)]
pub(crate) struct Cube {
    pub(crate) areas: Names,
    pub(crate) occupations: Names,
    pub(crate) cells: Vec<(Key, Cell)>,
    pub(crate) parents: BTreeMap<(AreaType, u32), Vec<(AreaType, u32)>>,
}

/// Annual pay that may enter a median: stated by the employer, in pounds, and plausible.
fn wage(vacancy: &Vacancy) -> Option<f32> {
    const UNFIT: &[&str] = &["implausible", "predicted", "foreign_currency", "conflict"];
    let flags = &vacancy.pay.wage_flags;
    let wage = vacancy.pay.wage_annual_gbp.filter(|wage| wage.is_finite() && *wage > 0.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "pay needs no more than seven digits")]
    (!flags.iter().any(|flag| UNFIT.contains(&flag.as_str()))).then_some(wage as f32)
}

fn count(cell: &mut Cell, vacancy: &Vacancy, as_what: Membership, employer: Option<u32>, wage: Option<f32>) {
    if as_what.in_flow {
        cell.flow += 1;
        cell.postings_flow += u64::from(vacancy.postings_count);
        cell.openings_flow += u64::from(vacancy.openings);
        cell.flow_employers.add(employer);
        cell.censored += u64::from(as_what.censored);
        if let Some(wage) = wage {
            cell.wages.push(wage);
            cell.wage_employers.add(employer);
        }
    }
    if as_what.in_stock {
        cell.stock += 1;
        cell.openings_stock += u64::from(vacancy.openings);
        cell.stock_employers.add(employer);
    }
}
