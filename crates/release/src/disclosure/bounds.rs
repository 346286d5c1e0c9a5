//! The first attack: no count is negative, so each sum bounds its parts, and each part its sum.

use super::{Table, members};
use std::collections::VecDeque;

/// Carries bounds from equation to equation until none shrinks; marks in `found` each hidden cell whose bounds meet.
pub(super) fn tighten(table: &Table, hidden: &[bool], found: &mut [bool]) {
    let mut low: Vec<i64> = Vec::with_capacity(hidden.len());
    let mut high: Vec<i64> = Vec::with_capacity(hidden.len());
    for (cell, &hidden) in table.cells.iter().zip(hidden) {
        let value = i64::try_from(cell.value).unwrap_or(i64::MAX / 4);
        let unknown = hidden && !found[low.len()];
        low.push(if unknown { 0 } else { value });
        high.push(if unknown { i64::MAX / 4 } else { value });
    }
    let rests: Vec<i64> = table.equations.iter().map(|equation| rest(table, equation)).collect();
    let mut of_cell = vec![Vec::new(); hidden.len()];
    for (number, equation) in table.equations.iter().enumerate() {
        for cell in members(equation).filter(|&cell| hidden[cell]) {
            of_cell[cell].push(number);
        }
    }
    let mut queue: VecDeque<usize> = (0..table.equations.len()).collect();
    let mut queued = vec![true; table.equations.len()];
    // Each visit shrinks some bound or puts nothing back; the cap only guards against very slow shrinking, and
    // leaves bounds that are true but wide.
    let mut visits = table.equations.len().saturating_mul(64);
    while let Some(number) = queue.pop_front() {
        queued[number] = false;
        visits = match visits.checked_sub(1) {
            Some(left) => left,
            None => break,
        };
        for cell in tighten_one(table, number, rests[number], &mut low, &mut high) {
            for &other in &of_cell[cell] {
                if !queued[other] {
                    queued[other] = true;
                    queue.push_back(other);
                }
            }
        }
    }
    for cell in (0..hidden.len()).filter(|&cell| hidden[cell]) {
        found[cell] |= low[cell] == high[cell];
    }
}

/// What a total holds beyond its parts.
fn rest(table: &Table, equation: &super::Equation) -> i64 {
    let sum: u64 = equation.parts.iter().map(|&cell| table.cells[cell].value).sum();
    let total = table.cells[equation.total].value;
    i64::try_from(total).unwrap_or(i64::MAX / 4) - i64::try_from(sum).unwrap_or(i64::MAX / 4)
}

/// One equation: `total - parts - rest = 0`. Answers the cells whose bounds shrank.
fn tighten_one(table: &Table, number: usize, rest: i64, low: &mut [i64], high: &mut [i64]) -> Vec<usize> {
    let equation = &table.equations[number];
    let mut shrank = Vec::new();
    let sum = |bound: &[i64]| equation.parts.iter().fold(rest, |sum, &cell| sum.saturating_add(bound[cell]));
    let (mut sum_low, mut sum_high) = (sum(low), sum(high));
    let total = equation.total;
    if low[total] < sum_low || high[total] > sum_high {
        low[total] = low[total].max(sum_low);
        high[total] = high[total].min(sum_high);
        shrank.push(total);
    }
    let unbounded = |sum: i64| sum >= i64::MAX / 8;
    let open_parts = equation.parts.iter().filter(|&&cell| unbounded(high[cell])).count();
    for &cell in &equation.parts {
        if low[cell] == high[cell] {
            continue;
        }
        let new_high = high[total].saturating_sub(sum_low - low[cell]);
        // Without an upper bound for some other part there is no lower bound for this one.
        let others_open = open_parts > usize::from(unbounded(high[cell]));
        let new_low = if others_open || unbounded(sum_high.saturating_sub(high[cell])) {
            low[cell]
        } else {
            let others = equation.parts.iter().filter(|&&other| other != cell).fold(rest, |sum, &c| sum + high[c]);
            low[total] - others
        };
        if new_high < high[cell] || new_low > low[cell] {
            sum_low -= low[cell];
            high[cell] = high[cell].min(new_high);
            low[cell] = low[cell].max(new_low);
            sum_low += low[cell];
            sum_high = sum(high);
            shrank.push(cell);
        }
    }
    shrank
}
