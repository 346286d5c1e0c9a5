//! The second attack: all equations at once.
//!
//! The tables that agree with everything shown differ from the true one by a vector that all equations send to zero. A
//! hidden cell is disclosed exactly when every such vector is zero there. A random vector, projected on the space
//! of those vectors, is with probability one non-zero wherever any of them is; the projection is a least-squares
//! problem, solved by conjugate gradients (Hestenes and Stiefel 1952, in the CGLS form of Björck). The random
//! numbers bear a fixed seed, so that the same table always gets the same protection.

use super::unknowns::Unknowns;

/// Entries below this are zero: the solution is exact to about 1e-9, and a cell that can move moves by far more.
const ZERO: f64 = 1e-6;
/// Residual at which the projection is exact enough.
const EXACT: f64 = 1e-10;

/// Marks in `found` each withheld cell that the equations determine; answers how many were new.
pub(super) fn solve(unknowns: &Unknowns<'_>, found: &mut [bool]) -> usize {
    let mut column = vec![usize::MAX; found.len()];
    let open: Vec<usize> = unknowns.cells.iter().copied().filter(|&cell| !found[cell]).collect();
    for (number, &cell) in open.iter().enumerate() {
        column[cell] = number;
    }
    let mut matrix = Matrix::default();
    for &equation in &unknowns.equations {
        let parts = unknowns.parts[equation].iter().map(|&cell| (column[cell], 1.0));
        let total = unknowns.total(equation).map(|cell| (column[cell], -1.0));
        matrix.row(parts.chain(total).filter(|(column, _)| *column != usize::MAX));
    }
    let moved = matrix.project(random(open.len()));
    let mut new = 0;
    for (&cell, value) in open.iter().zip(moved) {
        if value.abs() < ZERO {
            found[cell] = true;
            new += 1;
        }
    }
    new
}

/// Rows of a sparse matrix, one after the other, each scaled to length one, which lets the gradients converge soon.
#[derive(Default)]
struct Matrix {
    columns: Vec<usize>,
    factors: Vec<f64>,
    ends: Vec<usize>,
}

impl Matrix {
    fn row(&mut self, entries: impl Iterator<Item = (usize, f64)>) {
        let start = self.columns.len();
        for (column, factor) in entries {
            self.columns.push(column);
            self.factors.push(factor);
        }
        let length = square(&self.factors[start..]).sqrt();
        // An equation without unknowns says nothing.
        if length > 0.0 {
            self.factors[start..].iter_mut().for_each(|factor| *factor /= length);
            self.ends.push(self.columns.len());
        }
    }

    // Plain loops: this is where the time goes.
    fn times(&self, x: &[f64], y: &mut [f64]) {
        let mut start = 0;
        for (row, &end) in self.ends.iter().enumerate() {
            let mut sum = 0.0;
            for at in start..end {
                sum += self.factors[at] * x[self.columns[at]];
            }
            y[row] = sum;
            start = end;
        }
    }

    fn transposed_times(&self, y: &[f64], x: &mut [f64]) {
        x.fill(0.0);
        let mut start = 0;
        for (row, &end) in self.ends.iter().enumerate() {
            for at in start..end {
                x[self.columns[at]] += self.factors[at] * y[row];
            }
            start = end;
        }
    }

    /// The part of `rest` that every row sends to zero: `rest - A' y` for the `y` that makes it smallest.
    fn project(&self, mut rest: Vec<f64>) -> Vec<f64> {
        let rows = self.ends.len();
        let (mut gradient, mut direction, mut step_vector) = (vec![0.0; rows], vec![0.0; rows], vec![0.0; rest.len()]);
        self.times(&rest, &mut gradient);
        direction.copy_from_slice(&gradient);
        let mut size = square(&gradient);
        let goal = size * EXACT * EXACT;
        // Exact arithmetic would end after as many steps as there are rows.
        for _ in 0..2 * rows {
            if size <= goal {
                break;
            }
            self.transposed_times(&direction, &mut step_vector);
            let step = size / square(&step_vector);
            for (at, by) in step_vector.iter().enumerate() {
                rest[at] -= step * by;
            }
            self.times(&rest, &mut gradient);
            let next = square(&gradient);
            let keep = next / size;
            for (at, by) in gradient.iter().enumerate() {
                direction[at] = by + keep * direction[at];
            }
            size = next;
        }
        rest
    }
}

fn square(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in x {
        sum += x * x;
    }
    sum
}

/// Numbers between -1 and 1, never near zero, from a fixed seed (SplitMix64, Steele et al. 2014).
fn random(count: usize) -> Vec<f64> {
    let mut state: u64 = 0x6f76_6163_616e_6379;
    (0..count)
        .map(|_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            #[expect(clippy::cast_precision_loss, reason = "53 bits of a 64-bit number are kept")]
            let unit = (z >> 11) as f64 / (1u64 << 53) as f64;
            if z & 1 == 0 { 0.5 + 0.5 * unit } else { -0.5 - 0.5 * unit }
        })
        .collect()
}
