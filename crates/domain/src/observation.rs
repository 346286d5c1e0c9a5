//! A published number.

use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// Status of a number, SDMX code list CL_OBS_STATUS.
    ObsStatus {
        /// Normal.
        Normal = "A",
        /// Break in the series: a portal entered or left.
        Break = "B",
        /// Provisional: the month is not over, or a portal's first month is left-censored.
        Provisional = "P",
        /// Withheld to protect an employer.
        Confidential = "C",
        /// Missing.
        Missing = "M",
    }
}

/// One published number: indicator x area x occupation x period, with unit and status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// `vacancies_flow`, `vacancies_stock`, `postings_flow`, `openings_flow`, `wage_annual_median`, ….
    pub indicator: String,
    /// ONS code of the area: `K02000001` for the UK, a country, region, county, district or LEP. `unknown` = no place read.
    pub area: String,
    /// What kind of area: `uk`, `country`, `region`, `county`, `lad`, `lep`.
    pub area_type: String,
    /// SOC 2020 code of 1 to 4 digits, `total` for all, `unknown` where no code was given.
    pub occupation: String,
    /// `YYYY-MM`.
    pub period: String,
    /// The number; absent where it is withheld or missing.
    pub value: Option<f64>,
    /// `count` or `gbp_per_year`.
    pub unit: String,
    /// Its status.
    pub status: ObsStatus,
}
