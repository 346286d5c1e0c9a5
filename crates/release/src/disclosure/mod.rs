//! Disclosure control: small cells are withheld, and so many more that nobody can subtract their way back to them.
//!
//! **Primary suppression.** A count of area x occupation is sensitive when it is below the threshold, or when all its
//! vacancies come from one employer. **Secondary suppression.** The published table adds up along both hierarchies
//! (areas and occupations), so a withheld cell could often be had by subtraction. More cells are withheld until two
//! attacks find nothing: bounds (no count is negative) carried from equation to equation until they no longer
//! shrink, and linear algebra over all equations at once. What the attacks look for is any withheld cell that has only
//! one possible value.
//!
//! The attacks are given more than the public has: how many vacancies of an area bear no smaller area, and which
//! cells of the table are empty, unless an empty one was withheld itself.

mod attack;
mod bounds;
mod nullspace;

pub use attack::disclosed;

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

/// One cell of a table that adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCell {
    /// Its count; empty cells may stand in the table too and be withheld to protect others.
    pub value: u64,
    /// Must be withheld.
    pub sensitive: bool,
    /// How dear it is to withhold: cells of a higher rank are touched only where no lower one helps.
    pub rank: Rank,
}

/// How dear a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Inside of the table.
    Inner,
    /// A total of one area or one occupation: published, unless nothing else protects a sensitive cell.
    Margin,
    /// Always published: the grand total, and what is not known of any area.
    Open,
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
    /// Sensitive cells that the always published cells alone betray; they stay withheld, and whoever publishes must
    /// know of them.
    pub betrayed: usize,
}

/// Withholds cells until no sensitive one can be had by calculation.
#[must_use]
pub fn protect(table: &Table) -> Protection {
    let mut hidden: Vec<bool> = table.cells.iter().map(|cell| cell.sensitive && cell.rank == Rank::Inner).collect();
    let of_cell = equations_of_cells(table);
    let betrayed = loop {
        let found = attack::disclosed(table, &hidden);
        let exposed: Vec<usize> =
            (0..hidden.len()).filter(|&cell| found[cell] && hidden[cell] && table.cells[cell].sensitive).collect();
        let mut added = 0;
        let mut helped = vec![false; table.equations.len()];
        for &cell in &exposed {
            added += hide_a_partner(table, &of_cell[cell], &found, &mut hidden, &mut helped);
        }
        if added == 0 {
            // Who withholds what everybody can calculate protects nothing.
            for cell in 0..hidden.len() {
                hidden[cell] &= table.cells[cell].sensitive || !found[cell];
            }
            break exposed.len();
        }
    };
    let fates = table.cells.iter().zip(&hidden).map(|(cell, &hidden)| match (hidden, cell.sensitive) {
        (false, _) => Fate::Shown,
        (true, true) => Fate::Primary,
        (true, false) => Fate::Secondary,
    });
    Protection { fates: fates.collect(), betrayed }
}

fn equations_of_cells(table: &Table) -> Vec<Vec<usize>> {
    let mut of_cell = vec![Vec::new(); table.cells.len()];
    for (number, equation) in table.equations.iter().enumerate() {
        for cell in members(equation) {
            of_cell[cell].push(number);
        }
    }
    of_cell
}

fn members(equation: &Equation) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(equation.total).chain(equation.parts.iter().copied())
}

/// Withholds one more cell in each equation of an exposed cell that has no other unknown; where every equation has one
/// and the cell falls all the same, in the equation where it costs least. Answers how many were withheld.
fn hide_a_partner(
    table: &Table,
    equations: &[usize],
    found: &[bool],
    hidden: &mut [bool],
    helped: &mut [bool],
) -> usize {
    // An equation that was given a partner in this round may be mended already; the next attack will tell.
    if equations.iter().any(|&equation| helped[equation]) {
        return 1;
    }
    let lonely = |equation: usize, hidden: &[bool]| {
        members(&table.equations[equation]).filter(|&cell| hidden[cell] && !found[cell]).count() == 0
    };
    let mut added = 0;
    for &equation in equations {
        if lonely(equation, hidden)
            && let Some(partner) = cheapest(table, equation, hidden)
            // A margin helps only when nothing inside the table does.
            && (table.cells[partner].rank == Rank::Inner)
        {
            hidden[partner] = true;
            helped[equation] = true;
            added += 1;
        }
    }
    if added > 0 {
        return added;
    }
    let best = equations
        .iter()
        .filter_map(|&equation| Some((cost(table, cheapest(table, equation, hidden)?), equation)))
        .min();
    if let Some(((_, _, _, partner), equation)) = best {
        hidden[partner] = true;
        helped[equation] = true;
        added += 1;
    }
    added
}

/// Cells inside the table before margins, filled ones before empty ones, the smaller before the larger.
fn cost(table: &Table, cell: usize) -> (Rank, bool, u64, usize) {
    let TableCell { value, rank, .. } = table.cells[cell];
    (rank, value == 0, value, cell)
}

fn cheapest(table: &Table, equation: usize, hidden: &[bool]) -> Option<usize> {
    members(&table.equations[equation])
        .filter(|&cell| !hidden[cell] && table.cells[cell].rank != Rank::Open)
        .min_by_key(|&cell| cost(table, cell))
}
