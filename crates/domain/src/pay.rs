//! Pay as advertised and per year.

use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// The time a pay figure is for.
    WagePeriod {
        /// Per hour.
        Hour = "hour",
        /// Per day.
        Day = "day",
        /// Per week.
        Week = "week",
        /// Per calendar month.
        Month = "month",
        /// Per year.
        Year = "year",
    }
}

/// Basic pay. One figure = both ends, 'up to' = max only, 'from' = min only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pay {
    /// Lower end as advertised, pounds per `wage_period`.
    pub wage_min: Option<f64>,
    /// Upper end as advertised.
    pub wage_max: Option<f64>,
    /// What the figures are for.
    pub wage_period: Option<WagePeriod>,
    /// Pro rata to hours below full time.
    pub wage_pro_rata: Option<bool>,
    /// The text it was read from.
    pub wage_text: Option<String>,
    /// Lower end per year, full-time equivalent, pounds.
    pub wage_annual_min: Option<f64>,
    /// Upper end per year.
    pub wage_annual_max: Option<f64>,
    /// Their middle, or the one there is.
    pub wage_annual_gbp: Option<f64>,
    /// What to know of it: `competitive`, `ote`, `band`, `foreign_currency`, `implausible`, `predicted`, `conflict`.
    pub wage_flags: Vec<String>,
}
