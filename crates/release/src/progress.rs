//! How far a build or an export has come, for whoever shows it.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading vacancies, deciding what belongs to the month, counting.
    Count,
    /// Withholding small cells.
    Protect,
    /// Writing observations.
    Observe,
    /// Writing a file.
    Export,
}

/// A step and the rows done in it so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// Rows done.
    pub done: u64,
}
