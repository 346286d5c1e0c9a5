//! Dates as advertisements write them, read to calendar days in Europe/London.
//!
//! Instants with an offset become the London day they fall on; a date without one is that day. Dates without a year
//! and relative dates count from the day the advertisement was fetched.

mod absolute;
mod relative;

use crate::text::fold;
use chrono::{Datelike, Months, NaiveDate};
use openvacancy_domain::terms::MissingReason;

/// What a date is for: it decides to which side a date without a year falls, and what is absurd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// The day the advertisement was posted: on or before the day it was fetched.
    Posted,
    /// The last day to apply.
    Closing,
}

/// Reads one date. `fetched` is the day the advertisement was fetched, in Europe/London, where it is known.
///
/// # Errors
/// Why there is no date: nothing is said ('until filled'), or what is said cannot be read or is absurd.
pub fn read_date(text: &str, kind: DateKind, fetched: Option<NaiveDate>) -> Result<NaiveDate, MissingReason> {
    let folded = fold(text.get(..200).unwrap_or(text));
    let folded = folded.trim();
    if folded.is_empty() || says_nothing(folded) {
        return Err(MissingReason::NotStated);
    }
    let day = absolute::read(folded, kind, fetched)
        .or_else(|| fetched.and_then(|fetched| relative::read(folded, kind, fetched)))
        .ok_or(MissingReason::Unreadable)?;
    if is_absurd(day, kind, fetched) { Err(MissingReason::Unreadable) } else { Ok(day) }
}

/// The day of an instant or date such as `fetched_at` bears; nothing relative.
#[must_use]
pub fn read_day(text: &str) -> Option<NaiveDate> {
    absolute::read(fold(text).trim(), DateKind::Posted, None).filter(|day| !is_absurd(*day, DateKind::Posted, None))
}

fn says_nothing(text: &str) -> bool {
    matches!(
        text,
        "none"
            | "n/a"
            | "-"
            | "null"
            | "nan"
            | "unknown"
            | "not specified"
            | "ongoing"
            | "recently"
            | "asap"
            | "tbc"
            | "rolling"
            | "open"
    ) || text.contains("until filled")
        || text.contains("no closing")
        || text.contains("open ended")
}

/// Advertisements in this data are of this century; none is posted after it was fetched (a day is allowed for clocks)
/// or open for more than two years.
fn is_absurd(day: NaiveDate, kind: DateKind, fetched: Option<NaiveDate>) -> bool {
    if !(2000..=2100).contains(&day.year()) {
        return true;
    }
    let Some(fetched) = fetched else { return false };
    match kind {
        DateKind::Posted => fetched.succ_opt().is_some_and(|tomorrow| day > tomorrow),
        DateKind::Closing => fetched.checked_add_months(Months::new(24)).is_some_and(|latest| day > latest),
    }
}
