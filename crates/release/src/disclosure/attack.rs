//! What an attacker finds out with all published numbers.

use super::{Table, bounds, nullspace};

/// Which hidden cells have only one possible value, given all that is shown. Bounds and linear algebra take turns,
/// each using what the other found, until neither finds more.
#[must_use]
pub fn disclosed(table: &Table, hidden: &[bool]) -> Vec<bool> {
    let mut found = vec![false; hidden.len()];
    loop {
        let before = found.iter().filter(|found| **found).count();
        bounds::tighten(table, hidden, &mut found);
        nullspace::solve(table, hidden, &mut found);
        if found.iter().filter(|found| **found).count() == before {
            return found;
        }
    }
}
