//! The table of published numbers.

use super::columns::{self, Column};
use super::output::Output;
use super::{ExportOptions, ExportSummary, Format, flat};
use crate::ReleaseError;
use crate::progress::{Progress, Step};
use openvacancy_domain::ports::{ObservationQuery, Store};
use openvacancy_domain::{Observation, ReleaseId};
use serde_json::Value;

const BATCH: u32 = 1_000;

pub(super) fn write(
    store: &dyn Store,
    id: ReleaseId,
    options: &ExportOptions,
    output: &mut Output,
    progress: &mut dyn FnMut(Progress),
) -> Result<(ExportSummary, Vec<Column>), ReleaseError> {
    let columns = columns::observations();
    if options.format == Format::Csv {
        output.record(columns.iter().map(|column| column.name.as_str()))?;
    }
    let mut rows = 0;
    each(store, id, &mut |observation| {
        let value = serde_json::to_value(observation)
            .map_err(|source| ReleaseError::Row { row: observation.indicator.clone(), source })?;
        if options.format == Format::Csv {
            let fields: Vec<String> = columns
                .iter()
                .map(|column| flat::text(&column.name, value.get(&column.name).unwrap_or(&Value::Null)))
                .collect();
            output.record(fields.iter().map(String::as_str))?;
        } else {
            output.write(format!("{value}\n").as_bytes())?;
        }
        rows += 1;
        if rows % u64::from(BATCH) == 0 {
            progress(Progress { step: Step::Export, done: rows });
        }
        Ok(())
    })?;
    Ok((ExportSummary { rows, columns: columns.len() }, columns))
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
