//! The cells withheld so far, and what each equation says of them.

use super::Table;

/// What the public does not know. Only equations with a withheld cell matter, and of them only the withheld cells: with
/// the true values of those, all that is shown adds up to a constant.
pub(super) struct Unknowns<'a> {
    pub(super) table: &'a Table,
    /// Equations each cell stands in.
    pub(super) of_cell: Vec<Vec<usize>>,
    hidden: Vec<bool>,
    /// Withheld cells in the order they were withheld.
    pub(super) cells: Vec<usize>,
    /// Withheld parts of each equation.
    pub(super) parts: Vec<Vec<usize>>,
    /// Equations with a withheld cell.
    pub(super) equations: Vec<usize>,
    active: Vec<bool>,
}

impl<'a> Unknowns<'a> {
    pub(super) fn new(table: &'a Table) -> Self {
        let mut of_cell = vec![Vec::new(); table.cells.len()];
        for (number, equation) in table.equations.iter().enumerate() {
            for cell in super::members(equation) {
                of_cell[cell].push(number);
            }
        }
        Self {
            table,
            of_cell,
            hidden: vec![false; table.cells.len()],
            cells: Vec::new(),
            parts: vec![Vec::new(); table.equations.len()],
            equations: Vec::new(),
            active: vec![false; table.equations.len()],
        }
    }

    pub(super) fn hide(&mut self, cell: usize) {
        if std::mem::replace(&mut self.hidden[cell], true) {
            return;
        }
        self.cells.push(cell);
        for &equation in &self.of_cell[cell] {
            if self.table.equations[equation].total != cell {
                self.parts[equation].push(cell);
            }
            if !std::mem::replace(&mut self.active[equation], true) {
                self.equations.push(equation);
            }
        }
    }

    pub(super) fn is_hidden(&self, cell: usize) -> bool {
        self.hidden[cell]
    }

    /// The withheld total of an equation.
    pub(super) fn total(&self, equation: usize) -> Option<usize> {
        Some(self.table.equations[equation].total).filter(|&total| self.hidden[total])
    }

    pub(super) fn value(&self, cell: usize) -> i64 {
        // A count beyond 2^60 could not be stored.
        i64::try_from(self.table.cells[cell].value).unwrap_or(i64::MAX / 8)
    }

    /// What stands on the other side of the withheld parts of an equation: `parts + constant = withheld total or 0`.
    pub(super) fn constant(&self, equation: usize) -> i64 {
        let parts: i64 = self.parts[equation].iter().map(|&cell| self.value(cell)).sum();
        self.total(equation).map_or(0, |total| self.value(total)) - parts
    }
}
