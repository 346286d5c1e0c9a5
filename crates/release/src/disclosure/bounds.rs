//! The first attack: no count is negative, so each sum bounds its parts, and each part its sum.

use super::unknowns::Unknowns;
use std::collections::VecDeque;

/// Stands for no upper bound.
const OPEN: i64 = i64::MAX / 4;

/// Carries bounds from equation to equation until none shrinks; marks in `found` each withheld cell whose bounds meet.
pub(super) fn tighten(unknowns: &Unknowns<'_>, found: &mut [bool]) {
    let mut bounds = Bounds { low: vec![0; found.len()], high: vec![OPEN; found.len()] };
    for &cell in unknowns.cells.iter().filter(|&&cell| found[cell]) {
        bounds.low[cell] = unknowns.value(cell);
        bounds.high[cell] = unknowns.value(cell);
    }
    let mut queue: VecDeque<usize> = unknowns.equations.iter().copied().collect();
    let mut queued = vec![false; unknowns.table.equations.len()];
    for &equation in &unknowns.equations {
        queued[equation] = true;
    }
    // Bounds of whole numbers shrink by one at least, so this ends; the cap guards against very slow shrinking, and
    // leaves bounds that are true but wide.
    let mut visits = unknowns.equations.len().saturating_mul(64);
    let mut shrank = Vec::new();
    while let Some(equation) = queue.pop_front() {
        queued[equation] = false;
        if visits == 0 {
            break;
        }
        visits -= 1;
        shrank.clear();
        bounds.tighten(unknowns, equation, &mut shrank);
        for &other in shrank.iter().flat_map(|&cell| &unknowns.of_cell[cell]) {
            if !queued[other] {
                queued[other] = true;
                queue.push_back(other);
            }
        }
    }
    for &cell in &unknowns.cells {
        found[cell] |= bounds.low[cell] == bounds.high[cell];
    }
}

struct Bounds {
    low: Vec<i64>,
    high: Vec<i64>,
}

impl Bounds {
    /// One equation, `parts + constant = total`; notes the cells whose bounds shrank.
    fn tighten(&mut self, unknowns: &Unknowns<'_>, equation: usize, shrank: &mut Vec<usize>) {
        let parts = &unknowns.parts[equation];
        let constant = unknowns.constant(equation);
        let (mut low, mut high, mut open) = (constant, constant, 0usize);
        for &cell in parts {
            low += self.low[cell];
            if self.high[cell] == OPEN {
                open += 1;
            } else {
                high += self.high[cell];
            }
        }
        let (total_low, total_high) = match unknowns.total(equation) {
            Some(total) => {
                self.narrow(total, low, if open == 0 { high } else { OPEN }, shrank);
                (self.low[total], self.high[total])
            }
            None => (0, 0),
        };
        for &cell in parts {
            let (cell_low, cell_high) = (self.low[cell], self.high[cell]);
            if cell_low == cell_high {
                continue;
            }
            let is_open = cell_high == OPEN;
            // What the other parts can come to.
            let others_low = low - cell_low;
            let others_high = (open == usize::from(is_open)).then(|| if is_open { high } else { high - cell_high });
            let new_high = if total_high == OPEN { OPEN } else { total_high - others_low };
            let new_low = others_high.map_or(cell_low, |others| total_low - others);
            self.narrow(cell, new_low, new_high, shrank);
            low += self.low[cell] - cell_low;
            match (is_open, self.high[cell] == OPEN) {
                (true, false) => {
                    open -= 1;
                    high += self.high[cell];
                }
                (false, _) => high += self.high[cell] - cell_high,
                (true, true) => {}
            }
        }
    }

    fn narrow(&mut self, cell: usize, low: i64, high: i64, shrank: &mut Vec<usize>) {
        if low > self.low[cell] || high < self.high[cell] {
            self.low[cell] = self.low[cell].max(low);
            self.high[cell] = self.high[cell].min(high);
            shrank.push(cell);
        }
    }
}
