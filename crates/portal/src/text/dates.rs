//! Dates as portals write them, to ISO 8601.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use openvacancy_domain::clock::london_date;
use regex::{Captures, Regex};
use std::sync::LazyLock;

#[expect(clippy::unwrap_used, reason = "constant patterns, each compiled by the tests")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)\b(\d{4})-(\d{1,2})-(\d{1,2})
      (?:[T\ ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    )
});
static BASIC: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{4})(\d{2})(\d{2})$"));
static SLASHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b"));
static DAY_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})\b"));
static MONTH_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"));

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The calendar day a text names, in Europe/London where it names an instant. Numbers are read day first.
///
/// # Errors
/// In words: why no day can be read.
pub fn iso_date(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    let found = if let Some(parts) = ISO.captures(text) {
        instant(&parts)
    } else if let Some(parts) = BASIC.captures(text) {
        day(number(&parts, 1), number(&parts, 2), number(&parts, 3))
    } else if let Some(parts) = SLASHED.captures(text) {
        day(full_year(number(&parts, 3)), number(&parts, 2), number(&parts, 1))
    } else if let Some(parts) = DAY_FIRST.captures(text) {
        month(&parts[2]).and_then(|month| day(full_year(number(&parts, 3)), month, number(&parts, 1)))
    } else if let Some(parts) = MONTH_FIRST.captures(text) {
        month(&parts[1]).and_then(|month| day(number(&parts, 3), month, number(&parts, 2)))
    } else {
        return Err(format!("'{}' is not a date", shown(text)));
    };
    match found {
        Some(day) if (1990..=2100).contains(&day.year()) => Ok(day),
        Some(_) => Err(format!("'{}' is a day of no plausible year", shown(text))),
        None => Err(format!("'{}' is a day that does not exist", shown(text))),
    }
}

/// The calendar day of an instant in seconds since 1970.
pub(crate) fn epoch_date(seconds: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp(seconds, 0).map(london_date)
}

fn instant(parts: &Captures<'_>) -> Option<NaiveDate> {
    let day = day(number(parts, 1), number(parts, 2), number(parts, 3))?;
    let (Some(hour), Some(minute), Some(zone)) = (parts.get(4), parts.get(5), parts.get(7)) else {
        return Some(day);
    };
    let time = NaiveTime::from_hms_opt(hour.as_str().parse().ok()?, minute.as_str().parse().ok()?, 0);
    let (Some(time), Some(zone)) = (time, offset(zone.as_str())) else { return Some(day) };
    let local = zone.from_local_datetime(&NaiveDateTime::new(day, time)).single()?;
    Some(london_date(local.with_timezone(&Utc)))
}

fn offset(zone: &str) -> Option<FixedOffset> {
    let Some(sign) = zone.chars().next().filter(|sign| "+-".contains(*sign)) else { return FixedOffset::east_opt(0) };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let seconds = hours.parse::<i32>().ok()? * 3_600 + minutes.parse::<i32>().ok()? * 60;
    FixedOffset::east_opt(if sign == '-' { -seconds } else { seconds })
}

fn number(parts: &Captures<'_>, group: usize) -> i32 {
    parts.get(group).and_then(|digits| digits.as_str().parse().ok()).unwrap_or(-1)
}

fn full_year(year: i32) -> i32 {
    if (0..100).contains(&year) { 2000 + year } else { year }
}

fn month(name: &str) -> Option<i32> {
    let name = name.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| month.starts_with(&name) || (name == "sept" && *month == "september"))?;
    i32::try_from(at + 1).ok()
}

fn day(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn shown(text: &str) -> String {
    if text.chars().count() <= 60 {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(60).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::iso_date;

    #[test]
    fn dates_are_read() {
        let check = |text: &str, expected: &str| assert_eq!(iso_date(text).unwrap().to_string(), expected, "{text}");
        check("2026-11-07", "2026-11-07");
        check("2026-11-07T09:03:00Z", "2026-11-07");
        check("2026-11-30T23:59", "2026-11-30");
        check("2019-08-09T13:00:25+0100", "2019-08-09");
        check("2023-03-08T23:55:00.0000000", "2023-03-08");
        check("2026-08-05 09:41:37 UTC", "2026-08-05");
        // Half past eleven at night in UTC is the next day in British Summer Time.
        check("2026-07-01T23:30:00Z", "2026-07-02");
        check("2026-12-01T23:30:00Z", "2026-12-01");
        check("07 November 2026", "2026-11-07");
        check("The closing date is 1st of Sept 2026", "2026-09-01");
        check("Monday, 9 Nov 26", "2026-11-09");
        check("Nov 7, 2026", "2026-11-07");
        check("7-Nov-2026", "2026-11-07");
        check("07/11/2026", "2026-11-07");
        check("7.11.26", "2026-11-07");
        check("20261107", "2026-11-07");
        check("Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20");
    }

    #[test]
    fn absurd_dates_are_refused() {
        for text in [
            "31/02/2026",
            "",
            "soon",
            "0000-00-00",
            "2026-13-01",
            "12 Foo 2026",
            "9999-01-01",
            "00000000",
            "99999999999",
        ] {
            assert!(iso_date(text).is_err(), "{text}");
        }
    }
}
