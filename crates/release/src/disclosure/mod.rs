//! Disclosure control: small cells are withheld, and so many more that nobody can subtract their way back to them.
//!
//! **Primary suppression.** A count of area x occupation is sensitive when it is below the threshold, or when all its
//! vacancies come from one employer. **Secondary suppression.** The published table adds up along both hierarchies
//! (areas and occupations), so a withheld cell could often be had by subtraction. More cells are withheld until two
//! attacks find nothing: bounds (no count is negative) carried from equation to equation until they no longer
//! shrink, and linear algebra over all equations at once. What the attacks look for is any withheld cell that has only
//! one possible value. Totals of areas and of occupations are always published; where they imply a small count by
//! themselves, it is shown as well, for there is nothing left to protect.
//!
//! The attacks are given more than the public has: how many vacancies of an area bear no smaller area, and which
//! cells of the table are empty, unless an empty one was withheld itself.

mod attack;
mod bounds;
mod mend;
mod nullspace;
mod unknowns;

use mend::Mend;
use unknowns::Unknowns;

/// The rules' numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Counts below this are withheld.
    pub threshold: u64,
    /// Cells with fewer employers than this are withheld.
    pub employers: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { threshold: 3, employers: 2 }
    }
}

impl Options {
    /// Whether a count of so many vacancies of so many employers must be withheld.
    #[must_use]
    pub fn sensitive(&self, value: u64, employers: u64) -> bool {
        value > 0 && (value < self.threshold || employers < self.employers)
    }
}

/// One cell of a table that adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCell {
    /// Its count; empty cells may stand in the table too and be withheld to protect others.
    pub value: u64,
    /// Must be withheld.
    pub sensitive: bool,
    /// What kind of cell it is.
    pub rank: Rank,
}

/// What kind of cell it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Inside of the table: an area by an occupation.
    Inner,
    /// A total of one area or one occupation: always published.
    Total,
}

/// `total = parts + rest`, where everybody is taken to know the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    /// Index of the cell that is the sum.
    pub total: usize,
    /// Indices of the cells it is the sum of.
    pub parts: Vec<usize>,
}

/// A table that adds up.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The cells.
    pub cells: Vec<TableCell>,
    /// How they add up.
    pub equations: Vec<Equation>,
}

/// What becomes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Published.
    Shown,
    /// Withheld because it is sensitive.
    Primary,
    /// Withheld because it would betray a sensitive one.
    Secondary,
}

/// The outcome.
#[derive(Debug, Clone)]
pub struct Protection {
    /// One for each cell.
    pub fates: Vec<Fate>,
    /// Sensitive cells that the totals imply by themselves, whatever else is withheld. There is nothing left to protect
    /// in them, so they are shown.
    pub implied: usize,
}

/// Withholds cells until no sensitive one can be had by calculation.
#[must_use]
pub fn protect(table: &Table) -> Protection {
    let mut unknowns = Unknowns::new(table);
    for (cell, _) in table.cells.iter().enumerate().filter(|(_, cell)| cell.sensitive && cell.rank == Rank::Inner) {
        unknowns.hide(cell);
    }
    let mut mend = Mend::new(table);
    loop {
        // Bounds are quick and find most; only what they do not find is worth all equations at once.
        let bounded = attack::bounded(&unknowns);
        if mend.round(&exposed_cells(&unknowns, &bounded), &bounded, &mut unknowns) {
            continue;
        }
        let found = attack::disclosed(&unknowns);
        if !mend.round(&exposed_cells(&unknowns, &found), &found, &mut unknowns) {
            return outcome(&unknowns, &found);
        }
    }
}

/// What becomes of each cell once nothing more can be withheld. Who withholds what everybody can calculate protects
/// nothing, so what the attacks still find is shown.
fn outcome(unknowns: &Unknowns<'_>, found: &[bool]) -> Protection {
    let fate =
        |(number, cell): (usize, &TableCell)| match (unknowns.is_hidden(number) && !found[number], cell.sensitive) {
            (false, _) => Fate::Shown,
            (true, true) => Fate::Primary,
            (true, false) => Fate::Secondary,
        };
    let fates = unknowns.table.cells.iter().enumerate().map(fate).collect();
    Protection { fates, implied: exposed_cells(unknowns, found).len() }
}

/// Sensitive cells that an attack found.
fn exposed_cells(unknowns: &Unknowns<'_>, found: &[bool]) -> Vec<usize> {
    let sensitive = |cell: &usize| found[*cell] && unknowns.table.cells[*cell].sensitive;
    let mut exposed: Vec<usize> = unknowns.cells.iter().copied().filter(sensitive).collect();
    exposed.sort_unstable();
    exposed
}

fn members(equation: &Equation) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(equation.total).chain(equation.parts.iter().copied())
}
