//! Rows of releases, their vacancies and observations.

use super::cells::{ReadCells, WriteCells};
use super::vacancy;
use crate::error::Trouble;
use openvacancy_domain::ports::ReleaseVacancy;
use openvacancy_domain::{Observation, Release, ReleaseId};

/// Number of columns [`write_vacancy`] fills.
pub(crate) const VACANCY_COLUMNS: usize = vacancy::COLUMNS + 3;

/// Number of columns [`write_observation`] fills.
pub(crate) const OBSERVATION_COLUMNS: usize = 9;

/// Reads `month, version, state, as_of, built_at, published_at, vacancies, observations, digest, versions, gate,
/// quality`.
pub(crate) fn read(cells: &mut impl ReadCells) -> Result<Release, Trouble> {
    Ok(Release {
        id: ReleaseId { month: cells.must_parse()?, version: cells.number()? },
        state: cells.must_parse()?,
        as_of: cells.must_time()?,
        built_at: cells.must_time()?,
        published_at: cells.time()?,
        vacancies: cells.number()?,
        observations: cells.number()?,
        digest: cells.must_text()?,
        versions: cells.json()?,
        gate: cells.json()?,
        quality: cells.json()?,
    })
}

/// Writes `release_key`, the columns of a vacancy, `in_flow, in_stock`.
pub(crate) fn write_vacancy(release_key: i64, row: &ReleaseVacancy, cells: &mut impl WriteCells) {
    cells.int(Some(release_key));
    vacancy::write(&row.vacancy, cells);
    cells.flag(Some(row.in_flow));
    cells.flag(Some(row.in_stock));
}

/// Reads them back, without the release.
pub(crate) fn read_vacancy(cells: &mut impl ReadCells) -> Result<ReleaseVacancy, Trouble> {
    Ok(ReleaseVacancy {
        vacancy: vacancy::read(cells)?,
        in_flow: cells.flag()?.unwrap_or_default(),
        in_stock: cells.flag()?.unwrap_or_default(),
    })
}

/// Writes `release_key, indicator, area_type, area, occupation, period, value, unit, status`.
pub(crate) fn write_observation(release_key: i64, row: &Observation, cells: &mut impl WriteCells) {
    cells.int(Some(release_key));
    cells.text(Some(&row.indicator));
    cells.text(Some(&row.area_type));
    cells.text(Some(&row.area));
    cells.text(Some(&row.occupation));
    cells.text(Some(&row.period));
    cells.real(row.value);
    cells.text(Some(&row.unit));
    cells.text(Some(row.status.as_str()));
}

/// Reads them back, without the release.
pub(crate) fn read_observation(cells: &mut impl ReadCells) -> Result<Observation, Trouble> {
    Ok(Observation {
        indicator: cells.must_text()?,
        area_type: cells.must_text()?,
        area: cells.must_text()?,
        occupation: cells.must_text()?,
        period: cells.must_text()?,
        value: cells.real()?,
        unit: cells.must_text()?,
        status: cells.must_parse()?,
    })
}
