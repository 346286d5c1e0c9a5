//! Rows of the run log.

use super::cells::{ReadCells, WriteCells};
use crate::error::Trouble;
use openvacancy_domain::{PortalId, Problem, Run, RunCounts, RunId};

/// Reads `id, stage, portal, started_at, ended_at, state`, the seven counts, `versions, error`.
pub(crate) fn read_run(cells: &mut impl ReadCells) -> Result<Run, Trouble> {
    Ok(Run {
        id: RunId(cells.must_int()?),
        stage: cells.must_parse()?,
        portal: cells.owned()?.map(PortalId),
        started_at: cells.must_time()?,
        ended_at: cells.time()?,
        state: cells.must_parse()?,
        counts: RunCounts {
            fetched: cells.number()?,
            bytes: cells.number()?,
            read: cells.number()?,
            stored: cells.number()?,
            unchanged: cells.number()?,
            rejected: cells.number()?,
            closed: cells.number()?,
        },
        versions: cells.json()?,
        error: cells.owned()?,
    })
}

/// Writes `run_id, code, place, field, message`.
pub(crate) fn write_problem(run: RunId, problem: &Problem, cells: &mut impl WriteCells) {
    cells.int(Some(run.0));
    cells.text(Some(&problem.code));
    cells.text(Some(&problem.place));
    cells.text(problem.field.as_deref());
    cells.text(Some(&problem.message));
}

/// Reads `code, place, field, message`.
pub(crate) fn read_problem(cells: &mut impl ReadCells) -> Result<Problem, Trouble> {
    Ok(Problem {
        code: cells.must_text()?,
        place: cells.must_text()?,
        field: cells.owned()?,
        message: cells.must_text()?,
    })
}
