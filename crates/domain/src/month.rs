//! A calendar month in Europe/London, the period of every release.

use crate::Timestamp;
use crate::clock::london_date;
use chrono::{Datelike, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar month, shown `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// The month a day falls in.
    #[must_use]
    pub fn of_date(date: NaiveDate) -> Self {
        // Day 1 exists in every month.
        Self { first: date.with_day(1).unwrap_or(date) }
    }

    /// The month an instant falls in, in Europe/London.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self::of_date(london_date(at))
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { first: self.first.checked_add_months(chrono::Months::new(1)).unwrap_or(self.first) }
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { first: self.first.checked_sub_months(chrono::Months::new(1)).unwrap_or(self.first) }
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first.pred_opt().unwrap_or(self.first)
    }

    /// The instant it begins in Europe/London, in UTC.
    #[must_use]
    pub fn start(self) -> Timestamp {
        midnight(self.first)
    }

    /// The instant it ends: 24:00 Europe/London on its last day, which is the start of the next month.
    #[must_use]
    pub fn end(self) -> Timestamp {
        midnight(self.next().first)
    }
}

/// Midnight at the start of a day in Europe/London. The clocks never change at midnight there.
fn midnight(day: NaiveDate) -> Timestamp {
    let local = day.and_time(chrono::NaiveTime::MIN);
    chrono_tz::Europe::London
        .from_local_datetime(&local)
        .earliest()
        .map_or_else(|| Utc.from_utc_datetime(&local), |at| at.with_timezone(&Utc))
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl std::str::FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("'{text}' is not a month: expected YYYY-MM, such as 2026-10");
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            return Err(wrong());
        }
        let (year, month) = (year.parse().map_err(|_| wrong())?, month.parse().map_err(|_| wrong())?);
        NaiveDate::from_ymd_opt(year, month, 1).map(|first| Self { first }).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}
