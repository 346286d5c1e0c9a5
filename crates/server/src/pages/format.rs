//! Numbers and dates as people read them.

use chrono::{Datelike, NaiveDate};
use openvacancy_domain::clock::london_date;
use openvacancy_domain::{Month, Timestamp};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `12,345`.
pub(super) fn count(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0.0 { format!("\u{2212}{text}") } else { text }
}

/// `£31,500`, to the nearest hundred pounds: advertised pay is no finer.
pub(super) fn pay(pounds: f64) -> String {
    format!("£{}", count((pounds / 100.0).round() * 100.0))
}

/// `12.3 %` of a share of 0 to 1.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}\u{a0}%", share * 100.0)
}

/// `October 2026`.
pub(super) fn month(month: Month) -> String {
    let first = month.first_day();
    format!("{} {}", name(first), first.year())
}

/// `Oct`, and the year at January.
pub(super) fn month_short(month: Month) -> String {
    let first = month.first_day();
    name(first).chars().take(3).collect()
}

fn name(day: NaiveDate) -> &'static str {
    MONTHS.get(day.month0() as usize).copied().unwrap_or_default()
}

/// `5 November 2026`, the day in Europe/London.
pub(super) fn day(at: Timestamp) -> String {
    let day = london_date(at);
    format!("{}\u{a0}{} {}", day.day(), name(day), day.year())
}

/// A portal's id as a name: `find-a-job` is `Find a job`.
pub(super) fn portal(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::{count, pay, percent};

    #[test]
    fn numbers_are_grouped() {
        for (number, expected) in
            [(0.0, "0"), (999.0, "999"), (1000.0, "1,000"), (1_234_567.0, "1,234,567"), (-5.0, "−5")]
        {
            assert_eq!(count(number), expected);
        }
        assert_eq!(pay(31_449.0), "£31,400");
        assert_eq!(percent(0.206), "20.6\u{a0}%");
    }
}
