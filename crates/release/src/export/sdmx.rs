//! Observations as SDMX-CSV 2.0.
//!
//! Code ids are never purely numeric, because clients take such columns for numbers and lose leading zeros. The kind of
//! area is a dimension of its own: a unitary authority is county and district under one ONS code.

use super::columns::Column;
use super::observations;
use super::output::Output;
use crate::ReleaseError;
use crate::indicator::{GBP_PER_YEAR, TOTAL, UNKNOWN};
use crate::progress::{Progress, Step};
use openvacancy_domain::ReleaseId;
use openvacancy_domain::ports::Store;

/// The dataflow every row belongs to.
const FLOW: &str = "OPENVACANCY:DF_VACANCIES(1.0.0)";

const HEADER: &[(&str, &str)] = &[
    ("STRUCTURE", "Kind of structure the row follows: dataflow."),
    ("STRUCTURE_ID", "The dataflow."),
    ("ACTION", "I: information."),
    ("FREQ", "M: monthly."),
    ("INDICATOR", "Indicator, in capitals."),
    ("AREA_TYPE", "Kind of area: UK, COUNTRY, REGION, COUNTY, LAD, LEP."),
    ("REF_AREA", "ONS code of the area; AREA_U where no place was read."),
    ("OCCUPATION", "SOC20_ and 1 to 4 digits of SOC 2020; SOC20_T for all, SOC20_U where no code was given."),
    ("TIME_PERIOD", "Month."),
    ("OBS_VALUE", "The number; empty where it is withheld."),
    ("UNIT_MEASURE", "COUNT, or GBP_PER_YEAR."),
    ("OBS_STATUS", "A normal, B break, P provisional, C withheld."),
];

pub(super) fn write(
    store: &dyn Store,
    id: ReleaseId,
    mut output: Output,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Output, Vec<Column>, u64), ReleaseError> {
    output.record(HEADER.iter().map(|(name, _)| *name))?;
    let mut rows = 0;
    observations::each(store, id, &mut |row| {
        let area = if row.area == UNKNOWN { "AREA_U" } else { &row.area };
        let occupation = match row.occupation.as_str() {
            TOTAL => "SOC20_T".to_owned(),
            UNKNOWN => "SOC20_U".to_owned(),
            code => format!("SOC20_{code}"),
        };
        let unit = if row.unit == GBP_PER_YEAR { "GBP_PER_YEAR" } else { "COUNT" };
        output.record([
            "dataflow",
            FLOW,
            "I",
            "M",
            &row.indicator.to_uppercase(),
            &row.area_type.to_uppercase(),
            area,
            &occupation,
            &row.period,
            &row.value.map(|value| value.to_string()).unwrap_or_default(),
            unit,
            row.status.as_str(),
        ])?;
        rows += 1;
        progress(Progress { step: Step::Export, done: rows });
        Ok(())
    })?;
    let kind = |name: &str| match name {
        "OBS_VALUE" => "number",
        "TIME_PERIOD" => "month",
        _ => "text",
    };
    let columns = HEADER.iter().map(|(name, text)| Column::new(name, kind(name), "", text, "")).collect();
    Ok((output, columns, rows))
}
