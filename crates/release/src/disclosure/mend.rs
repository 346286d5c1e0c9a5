//! What to withhold next, when an attack has found sensitive cells.

use super::unknowns::Unknowns;
use super::{Rank, Table, members};

/// Mends round by round.
pub(super) struct Mend {
    /// Equations that were given a partner in this round: what they betrayed may be mended, the next attack will tell.
    helped: Vec<bool>,
    /// In how many rounds each cell was given partners and fell again.
    tries: Vec<u32>,
}

/// Rounds in which a cell gets one partner more; a stubborn one gets twice as many each time after.
const PATIENCE: u32 = 3;

impl Mend {
    pub(super) fn new(table: &Table) -> Self {
        Self { helped: vec![false; table.equations.len()], tries: vec![0; table.cells.len()] }
    }

    /// Withholds what may hide these exposed cells of an attack that found `found`. Answers whether there was anything.
    pub(super) fn round(&mut self, exposed: &[usize], found: &[bool], unknowns: &mut Unknowns<'_>) -> bool {
        self.helped.fill(false);
        exposed.iter().filter(|&&cell| self.hide_partners(cell, found, unknowns)).count() > 0
    }

    /// Withholds what may hide one exposed cell. Answers whether anything was, or had been in this round.
    fn hide_partners(&mut self, cell: usize, found: &[bool], unknowns: &mut Unknowns<'_>) -> bool {
        let own = unknowns.of_cell[cell].clone();
        let mut near = own.clone();
        let mut alone = true;
        for &equation in &own {
            for other in hidden(unknowns, equation).filter(|&other| other != cell && found[other]) {
                near.extend(&unknowns.of_cell[other]);
                alone = false;
            }
        }
        near.sort_unstable();
        near.dedup();
        if near.iter().any(|&equation| self.helped[equation]) {
            return true;
        }
        self.tries[cell] += 1;
        // Alone in its equations, a cell needs a partner in each of them.
        if alone {
            let mut any = false;
            for equation in own {
                let lonely = hidden(unknowns, equation).all(|other| other == cell);
                if let Some(partner) = if lonely { best(&[equation], unknowns) } else { None } {
                    self.hide(partner, unknowns);
                    any = true;
                }
            }
            if any {
                return true;
            }
        }
        // Its partners fell with it: another cell must close the circle. Where no count is left to withhold, nobody
        // may know which cells are empty.
        let mut any = false;
        for _ in 0..1u32 << self.tries[cell].saturating_sub(PATIENCE).min(16) {
            let Some(partner) = best(&near, unknowns) else { break };
            self.hide(partner, unknowns);
            any = true;
        }
        if !any {
            for partner in empty(&near, unknowns) {
                self.hide(partner, unknowns);
                any = true;
            }
        }
        any
    }

    fn hide(&mut self, cell: usize, unknowns: &mut Unknowns<'_>) {
        for &equation in &unknowns.of_cell[cell] {
            self.helped[equation] = true;
        }
        unknowns.hide(cell);
    }
}

/// The withheld cells of an equation.
fn hidden<'a>(unknowns: &'a Unknowns<'_>, equation: usize) -> impl Iterator<Item = usize> + 'a {
    unknowns.parts[equation].iter().copied().chain(unknowns.total(equation))
}

/// The cells inside the table that these equations show.
fn shown<'a>(equations: &'a [usize], unknowns: &'a Unknowns<'_>) -> impl Iterator<Item = usize> + 'a {
    let all = equations.iter().flat_map(|&equation| members(&unknowns.table.equations[equation]));
    all.filter(|&cell| !unknowns.is_hidden(cell) && unknowns.table.cells[cell].rank == Rank::Inner)
}

/// The count that costs least: the smaller the better, and one that stands in two of the equations may be three times
/// as large, because it closes a circle.
fn best(equations: &[usize], unknowns: &Unknowns<'_>) -> Option<usize> {
    let filled = shown(equations, unknowns).filter(|&cell| unknowns.table.cells[cell].value > 0);
    filled.min_by_key(|&cell| {
        let met = unknowns.of_cell[cell].iter().filter(|equation| equations.binary_search(equation).is_ok()).count();
        let value = unknowns.table.cells[cell].value;
        (if met < 2 { value.saturating_mul(3) } else { value }, cell)
    })
}

/// The empty cells. One alone is of little use, as its other sums would show it to be empty.
fn empty(equations: &[usize], unknowns: &Unknowns<'_>) -> Vec<usize> {
    let mut cells: Vec<usize> =
        shown(equations, unknowns).filter(|&cell| unknowns.table.cells[cell].value == 0).collect();
    cells.sort_unstable();
    cells.dedup();
    cells
}
