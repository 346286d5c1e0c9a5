//! The table of published numbers.

use super::output::Output;
use super::rows::{Heading, Rows};
use super::{ExportOptions, columns};
use crate::ReleaseError;
use crate::progress::{Progress, Step};
use openvacancy_domain::ports::{ObservationQuery, Store};
use openvacancy_domain::{Observation, Release, ReleaseId};
use serde_json::Value;

const BATCH: u32 = 1_000;

pub(super) fn write(
    store: &dyn Store,
    release: &Release,
    options: &ExportOptions,
    output: Output,
    progress: &mut dyn FnMut(Progress),
) -> Result<Rows, ReleaseError> {
    let columns = columns::observations();
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let heading = Heading { release, table: options.table, key: columns::OBSERVATION_KEY };
    let mut rows = Rows::begin(output, columns, &heading, options.format, options.spreadsheet_safe)?;
    each(store, release.id, &mut |observation| {
        let mut value = serde_json::to_value(observation)
            .map_err(|source| ReleaseError::Row { row: observation.indicator.clone(), source })?;
        rows.add(names.iter().map(|name| value.get_mut(name).map_or(Value::Null, Value::take)).collect())?;
        if rows.count() % u64::from(BATCH) == 0 {
            progress(Progress { step: Step::Export, done: rows.count() });
        }
        Ok(())
    })?;
    Ok(rows)
}

/// Hands over every observation of a release in order.
pub(super) fn each(
    store: &dyn Store,
    id: ReleaseId,
    take: &mut dyn FnMut(&Observation) -> Result<(), ReleaseError>,
) -> Result<(), ReleaseError> {
    let mut query = ObservationQuery { limit: BATCH, ..ObservationQuery::default() };
    loop {
        let page = store.observations(id, &query)?;
        for row in &page.rows {
            take(row)?;
        }
        query.cursor = page.next;
        if query.cursor.is_none() {
            return Ok(());
        }
    }
}
