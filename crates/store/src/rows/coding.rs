//! Rows of codings.

use super::cells::{ReadCells, WriteCells};
use super::posting;
use crate::error::Trouble;
use openvacancy_domain::RunId;
use openvacancy_domain::ports::{CodedPosting, StoredCoding};

/// Number of columns [`write`] fills.
pub(crate) const COLUMNS: usize = 11;

/// Writes `posting_key, version_key, stage_version, run_id`, the copied columns, `normalised, coding`.
pub(crate) fn write(run: RunId, stage: i64, version: i64, coded: &CodedPosting, cells: &mut impl WriteCells) {
    cells.int(Some(coded.key));
    cells.int(Some(version));
    cells.int(Some(stage));
    cells.int(Some(run.0));
    cells.text(Some(&coded.coding.cleaned_title));
    cells.text(coded.coding.soc2020.as_deref());
    cells.short_real(Some(coded.coding.soc2020_confidence));
    cells.text(Some(coded.coding.occupation_method.as_str()));
    cells.text(coded.normalised.location.lad_code.as_deref());
    cells.json(&coded.normalised);
    cells.json(&coded.coding);
}

/// Reads the columns of a posting, then `normalised, coding`.
pub(crate) fn read(cells: &mut impl ReadCells) -> Result<StoredCoding, Trouble> {
    Ok(StoredCoding { posting: posting::read(cells)?, normalised: cells.json()?, coding: cells.json()? })
}
