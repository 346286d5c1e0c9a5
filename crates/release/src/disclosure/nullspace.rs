//! The second attack: all equations at once.
//!
//! The tables that agree with everything shown differ from the true one by a vector that all equations send to zero. A
//! hidden cell is disclosed exactly when every such vector is zero there. A random vector, projected on the space
//! of those vectors, is with probability one non-zero wherever any of them is; the projection is a least-squares
//! problem, solved by conjugate gradients (Hestenes and Stiefel 1952, in the CGLS form of Björck). The random
//! numbers bear a fixed seed, so that the same table always gets the same protection.

use super::{Table, members};

/// Entries below this are zero: the solution is exact to about 1e-12, and a cell that can move moves by far more.
const ZERO: f64 = 1e-7;
/// Residual at which the projection is exact enough.
const EXACT: f64 = 1e-13;

/// Marks in `found` each hidden cell that the equations determine.
pub(super) fn solve(table: &Table, hidden: &[bool], found: &mut [bool]) {
    let mut column = vec![usize::MAX; hidden.len()];
    let mut unknown = Vec::new();
    for cell in 0..hidden.len() {
        if hidden[cell] && !found[cell] {
            column[cell] = unknown.len();
            unknown.push(cell);
        }
    }
    let mut matrix = Matrix::default();
    for equation in &table.equations {
        for cell in members(equation).filter(|&cell| column[cell] != usize::MAX) {
            let sign = if cell == equation.total { -1.0 } else { 1.0 };
            matrix.entries.push((column[cell], sign));
        }
        matrix.end_row();
    }
    let moved = matrix.project(random(unknown.len()));
    for (&cell, value) in unknown.iter().zip(moved) {
        found[cell] = value.abs() < ZERO;
    }
}

/// Rows of a sparse matrix, one after the other.
#[derive(Default)]
struct Matrix {
    entries: Vec<(usize, f64)>,
    ends: Vec<usize>,
}

impl Matrix {
    fn end_row(&mut self) {
        // An equation without unknowns says nothing.
        if self.ends.last().copied().unwrap_or(0) < self.entries.len() {
            self.ends.push(self.entries.len());
        }
    }

    fn rows(&self) -> impl Iterator<Item = &[(usize, f64)]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.entries[start..end])
    }

    fn times(&self, x: &[f64]) -> Vec<f64> {
        self.rows().map(|row| row.iter().map(|&(column, sign)| sign * x[column]).sum()).collect()
    }

    fn transposed_times(&self, y: &[f64], columns: usize) -> Vec<f64> {
        let mut x = vec![0.0; columns];
        for (row, &factor) in self.rows().zip(y) {
            for &(column, sign) in row {
                x[column] += sign * factor;
            }
        }
        x
    }

    /// The part of `random` that every row sends to zero: `random - A' y` for the `y` that makes it smallest.
    fn project(&self, random: Vec<f64>) -> Vec<f64> {
        let columns = random.len();
        let mut rest = random;
        let mut gradient = self.times(&rest);
        let mut direction = gradient.clone();
        let mut size = square(&gradient);
        let goal = size * EXACT * EXACT;
        for _ in 0..4 * (columns + 10) {
            if size <= goal || size == 0.0 {
                break;
            }
            let step_vector = self.transposed_times(&direction, columns);
            let step = size / square(&step_vector);
            for (rest, by) in rest.iter_mut().zip(&step_vector) {
                *rest -= step * by;
            }
            gradient = self.times(&rest);
            let next = square(&gradient);
            for (direction, gradient) in direction.iter_mut().zip(&gradient) {
                *direction = gradient + next / size * *direction;
            }
            size = next;
        }
        rest
    }
}

fn square(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum()
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
