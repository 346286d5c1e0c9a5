//! The second attack: all equations at once.
//!
//! The tables that agree with everything shown differ from the true one by a vector that all equations send to zero. A
//! withheld cell is disclosed exactly when every such vector is zero there. One of them is drawn at random: unknowns
//! that the equations leave free get random numbers, the others follow. Where it is zero, all are, but for a
//! coincidence of one in 10^18. Arithmetic is modulo a prime, so nothing is rounded; the random numbers bear a fixed seed,
//! so the same table always gets the same protection. Unknowns are eliminated in the order that fills the system least
//! (Markowitz 1957), as the equations of a table are many and short.

use super::unknowns::Unknowns;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Marks in `found` each withheld cell that the equations determine; answers how many were new.
pub(super) fn solve(unknowns: &Unknowns<'_>, found: &mut [bool]) -> usize {
    let mut column = vec![usize::MAX; found.len()];
    let open: Vec<usize> = unknowns.cells.iter().copied().filter(|&cell| !found[cell]).collect();
    for (number, &cell) in open.iter().enumerate() {
        column[cell] = number;
    }
    let mut system = System::new(open.len());
    for &equation in &unknowns.equations {
        let parts = unknowns.parts[equation].iter().map(|&cell| (column[cell], 1));
        let total = unknowns.total(equation).map(|cell| (column[cell], MODULUS - 1));
        system.add(parts.chain(total).filter(|(column, _)| *column != usize::MAX).collect());
    }
    let mut new = 0;
    for (&cell, value) in open.iter().zip(system.random_solution()) {
        if value == 0 {
            found[cell] = true;
            new += 1;
        }
    }
    new
}

/// The prime 2^61 - 1: products fit into 128 bits and reduce by shifting.
const MODULUS: u64 = (1 << 61) - 1;

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    #[expect(clippy::cast_possible_truncation, reason = "both halves are below 2^62")]
    let folded = (product & u128::from(MODULUS)) as u64 + (product >> 61) as u64;
    if folded >= MODULUS { folded - MODULUS } else { folded }
}

fn minus(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { a + MODULUS - b }
}

/// The inverse, by Fermat.
fn inverse(number: u64) -> u64 {
    let (mut power, mut base, mut left) = (1, number, MODULUS - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = times(power, base);
        }
        base = times(base, base);
        left >>= 1;
    }
    power
}

/// A row: columns in order, each with its factor, none of them zero.
type Row = Vec<(usize, u64)>;

/// Equations whose right sides are zero.
struct System {
    rows: Vec<Row>,
    /// Rows each column may stand in; rows it has left since are found out when asked.
    of_column: Vec<Vec<usize>>,
    /// In how many rows each column stands.
    counts: Vec<usize>,
}

impl System {
    fn new(columns: usize) -> Self {
        Self { rows: Vec::new(), of_column: vec![Vec::new(); columns], counts: vec![0; columns] }
    }

    fn add(&mut self, mut row: Row) {
        row.sort_unstable();
        for &(column, _) in &row {
            self.of_column[column].push(self.rows.len());
            self.counts[column] += 1;
        }
        self.rows.push(row);
    }

    /// A solution drawn at random from all of them.
    fn random_solution(mut self) -> Vec<u64> {
        let columns = self.counts.len();
        let mut queue: BinaryHeap<_> = (0..columns).map(|column| Reverse((self.counts[column], column))).collect();
        let mut pivots: Vec<(usize, Row)> = Vec::new();
        while let Some(Reverse((count, column))) = queue.pop() {
            // Entries whose count has changed since stand in the queue again with the new one.
            if count == 0 || count != self.counts[column] {
                continue;
            }
            let pivot = self.eliminate(column, &mut queue);
            pivots.push((column, pivot));
        }
        let mut values = random(columns);
        for (pivot, row) in pivots.iter().rev() {
            let (mut sum, mut own) = (0, 1);
            for &(column, factor) in row {
                if column == *pivot {
                    own = factor;
                } else {
                    sum = minus(sum, MODULUS - times(factor, values[column]));
                }
            }
            values[*pivot] = times(minus(0, sum), inverse(own));
        }
        values
    }

    /// Takes the shortest row with `column` out, and `column` out of all others.
    fn eliminate(&mut self, column: usize, queue: &mut BinaryHeap<Reverse<(usize, usize)>>) -> Row {
        let factor_in = |row: &Row| row.binary_search_by_key(&column, |entry| entry.0).ok().map(|at| row[at].1);
        let mut with: Vec<usize> = std::mem::take(&mut self.of_column[column]);
        with.sort_unstable();
        with.dedup();
        with.retain(|&row| factor_in(&self.rows[row]).is_some());
        let shortest = with.iter().copied().min_by_key(|&row| (self.rows[row].len(), row));
        let Some(shortest) = shortest else { return Row::new() };
        let pivot = std::mem::take(&mut self.rows[shortest]);
        let scale = inverse(factor_in(&pivot).unwrap_or(1));
        for row in with.into_iter().filter(|&row| row != shortest) {
            let old = std::mem::take(&mut self.rows[row]);
            let factor = times(factor_in(&old).unwrap_or(0), scale);
            self.rows[row] = self.subtract(row, &old, &pivot, factor, queue);
        }
        for &(other, _) in &pivot {
            self.counts[other] -= 1;
            queue.push(Reverse((self.counts[other], other)));
        }
        self.counts[column] = 0;
        pivot
    }

    /// `old - factor * pivot`, keeping count of the columns that come and go.
    fn subtract(
        &mut self,
        number: usize,
        old: &Row,
        pivot: &Row,
        factor: u64,
        queue: &mut BinaryHeap<Reverse<(usize, usize)>>,
    ) -> Row {
        let mut new = Row::with_capacity(old.len() + pivot.len());
        let (mut left, mut right) = (old.iter().peekable(), pivot.iter().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (None, None) => return new,
                (Some(&&entry), right_entry) if right_entry.is_none_or(|other| entry.0 < other.0) => {
                    new.push(entry);
                    left.next();
                }
                (left_entry, Some(&&(column, by))) => {
                    let both = left_entry.filter(|entry| entry.0 == column).map(|entry| entry.1);
                    let value = minus(both.unwrap_or(0), times(factor, by));
                    if both.is_some() {
                        left.next();
                    } else {
                        self.of_column[column].push(number);
                        self.counts[column] += 1;
                        queue.push(Reverse((self.counts[column], column)));
                    }
                    if value != 0 {
                        new.push((column, value));
                    } else {
                        self.counts[column] -= 1;
                        queue.push(Reverse((self.counts[column], column)));
                    }
                    right.next();
                }
                (Some(_), None) => {}
            }
        }
    }
}

/// Numbers from a fixed seed (SplitMix64, Steele et al. 2014).
fn random(count: usize) -> Vec<u64> {
    let mut state: u64 = 0x6f76_6163_616e_6379;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % MODULUS
    };
    (0..count).map(|_| next()).collect()
}

#[cfg(test)]
mod tests {
    use super::{MODULUS, System, inverse, minus, times};

    #[test]
    fn arithmetic_is_that_of_the_field() {
        for number in [1, 2, 3, MODULUS - 1, 123_456_789_012_345_678] {
            assert_eq!(times(number, inverse(number)), 1);
            assert_eq!(minus(0, number), MODULUS - number);
        }
    }

    #[test]
    fn what_is_determined_is_zero_and_nothing_else() {
        let check = |columns: usize, rows: &[&[(usize, u64)]], expected: &[bool]| {
            let mut system = System::new(columns);
            rows.iter().for_each(|row| system.add(row.to_vec()));
            let zero: Vec<bool> = system.random_solution().into_iter().map(|value| value == 0).collect();
            assert_eq!(zero, expected, "{rows:?}");
        };
        check(2, &[], &[false, false]);
        check(2, &[&[(0, 1)]], &[true, false]);
        check(2, &[&[(0, 1), (1, 1)]], &[false, false]);
        check(2, &[&[(0, 1), (1, 1)], &[(0, 1), (1, MODULUS - 1)]], &[true, true]);
        // Two rectangles joined by one cell: the bridge is determined.
        let rows: &[&[(usize, u64)]] = &[
            &[(0, 1), (1, 1)],
            &[(2, 1), (3, 1), (4, 1)],
            &[(5, 1), (6, 1)],
            &[(7, 1), (8, 1)],
            &[(0, 1), (2, 1)],
            &[(1, 1), (3, 1)],
            &[(4, 1), (5, 1), (7, 1)],
            &[(6, 1), (8, 1)],
        ];
        check(9, rows, &[false, false, false, false, true, false, false, false, false]);
    }
}
