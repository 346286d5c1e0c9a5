//! What an attacker finds out with all published numbers.

use super::unknowns::Unknowns;
use super::{bounds, nullspace};

/// Which withheld cells have only one possible value, given all that is shown. Bounds and linear algebra take turns,
/// each using what the other found, until neither finds more.
pub(super) fn disclosed(unknowns: &Unknowns<'_>) -> Vec<bool> {
    let mut found = vec![false; unknowns.table.cells.len()];
    loop {
        bounds::tighten(unknowns, &mut found);
        if nullspace::solve(unknowns, &mut found) == 0 {
            return found;
        }
    }
}

/// Which withheld cells the bounds alone betray: quicker, and never more than [`disclosed`] finds.
pub(super) fn bounded(unknowns: &Unknowns<'_>) -> Vec<bool> {
    let mut found = vec![false; unknowns.table.cells.len()];
    bounds::tighten(unknowns, &mut found);
    found
}
