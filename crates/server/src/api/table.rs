//! Observations as one table (CSV), sent while it is read, so that a whole release needs no memory to speak of.

use super::rows::ObservationRow;
use crate::{ApiError, AppState};
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use openvacancy_domain::ReleaseId;
use openvacancy_domain::ports::ObservationQuery;

/// Rows read at a time.
const BATCH: u32 = 5_000;
const HEADER: &[&str] = &[
    "release",
    "period",
    "indicator",
    "area_type",
    "area",
    "area_name",
    "occupation",
    "occupation_title",
    "value",
    "unit",
    "status",
];

/// What is still to be sent.
struct Reading {
    state: AppState,
    /// Releases to come, the next one last.
    ids: Vec<ReleaseId>,
    query: ObservationQuery,
    begun: bool,
}

/// Every row of the query in these releases.
pub(super) fn observations(state: AppState, mut ids: Vec<ReleaseId>, query: ObservationQuery) -> Response {
    let name = match ids.as_slice() {
        [only] => only.to_string(),
        [first, .., last] => format!("{first}-to-{last}"),
        [] => String::new(),
    };
    ids.reverse();
    let reading = Reading { state, ids, query: ObservationQuery { limit: BATCH, ..query }, begun: false };
    let mut answer = Body::from_stream(stream::try_unfold(reading, next)).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"observations-{name}.csv\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}

/// The next piece of the table. A failure on the way breaks the connection off, so that nobody takes half a table for
/// the whole.
async fn next(mut reading: Reading) -> Result<Option<(Bytes, Reading)>, ApiError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if !reading.begun {
        reading.begun = true;
        writer.write_record(HEADER).map_err(failed)?;
    } else if let Some(id) = reading.ids.last().copied() {
        let query = reading.query.clone();
        let page = reading.state.ask(move |store| store.observations(id, &query)).await?;
        for row in page.rows {
            write(&mut writer, &ObservationRow::of(id, row)).map_err(failed)?;
        }
        reading.query.cursor = page.next;
        if reading.query.cursor.is_none() {
            reading.ids.pop();
        }
    } else {
        return Ok(None);
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.into_error().into()))?;
    Ok(Some((Bytes::from(bytes), reading)))
}

fn write(writer: &mut csv::Writer<Vec<u8>>, row: &ObservationRow) -> csv::Result<()> {
    let value = row.value.map(|value| value.to_string()).unwrap_or_default();
    let status = format!("{:?}", row.status);
    writer.write_record([
        &row.release,
        &row.period,
        &row.indicator,
        &row.area_type,
        &row.area,
        &row.area_name,
        &row.occupation,
        &row.occupation_title,
        &value,
        &row.unit,
        &status,
    ])
}

fn failed(error: csv::Error) -> ApiError {
    tracing::error!(%error, "a table could not be written");
    ApiError::internal()
}
