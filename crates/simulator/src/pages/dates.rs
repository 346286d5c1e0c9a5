//! Dates as the portals write them.

use chrono::{Datelike, NaiveDate};

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

/// `07 November 2026`.
pub(crate) fn long(day: NaiveDate) -> String {
    format!("{:02} {} {}", day.day(), MONTHS[day.month0() as usize % 12], day.year())
}

/// A date that does not exist, near `day`.
pub(crate) fn absurd(day: NaiveDate) -> String {
    format!("31/02/{}", day.year())
}

/// An instant of that day in working hours, ISO 8601 with the offset of Europe/London.
pub(crate) fn instant(day: NaiveDate, variant: u32) -> String {
    let offset = if is_summer_time(day) { "+01:00" } else { "Z" };
    format!("{day}T{:02}:{:02}:00{offset}", 8 + variant % 10, (variant / 10) % 60)
}

/// Whether working hours of `day` are in British Summer Time: last Sunday of March to last Sunday of October.
fn is_summer_time(day: NaiveDate) -> bool {
    match day.month() {
        4..=9 => true,
        3 => !before_last_sunday(day),
        10 => before_last_sunday(day),
        _ => false,
    }
}

fn before_last_sunday(day: NaiveDate) -> bool {
    // Both months have 31 days, so the last Sunday is from the 25th to the 31st.
    let sunday_after = day.day() + (7 - day.weekday().num_days_from_sunday());
    day.day() < 25 || (day.weekday() != chrono::Weekday::Sun && sunday_after <= 31)
}

#[cfg(test)]
mod tests {
    use super::{instant, long};
    use chrono::NaiveDate;

    #[test]
    fn dates_are_written_as_portals_write_them() {
        let check = |text: &str, written: &str, at: &str| {
            let day: NaiveDate = text.parse().unwrap();
            assert_eq!((long(day).as_str(), instant(day, 31).as_str()), (written, at));
        };
        check("2026-11-07", "07 November 2026", "2026-11-07T09:03:00Z");
        check("2026-10-24", "24 October 2026", "2026-10-24T09:03:00+01:00");
        check("2026-10-25", "25 October 2026", "2026-10-25T09:03:00Z");
        check("2026-03-28", "28 March 2026", "2026-03-28T09:03:00Z");
        check("2026-03-29", "29 March 2026", "2026-03-29T09:03:00+01:00");
        check("2026-03-31", "31 March 2026", "2026-03-31T09:03:00+01:00");
    }
}
