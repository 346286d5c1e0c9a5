//! Months begin and end at midnight in London, whatever the clocks do.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use openvacancy_domain::{Month, ReleaseId, Timestamp, clock::london_date};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

#[test]
fn a_summer_month_ends_an_hour_before_midnight_utc() {
    assert_eq!(month("2026-07").end(), at("2026-07-31T23:00:00Z"));
    assert_eq!(month("2026-07").start(), at("2026-06-30T23:00:00Z"));
}

#[test]
fn october_begins_in_summer_time_and_ends_in_winter_time() {
    assert_eq!(month("2026-10").start(), at("2026-09-30T23:00:00Z"));
    assert_eq!(month("2026-10").end(), at("2026-11-01T00:00:00Z"));
    assert_eq!(Month::of(at("2026-09-30T23:30:00Z")), month("2026-10"));
    assert_eq!(Month::of(at("2026-10-31T23:30:00Z")), month("2026-10"));
}

#[test]
fn days_are_london_days() {
    assert_eq!(london_date(at("2026-06-30T23:30:00Z")).to_string(), "2026-07-01");
    assert_eq!(london_date(at("2026-12-31T23:30:00Z")).to_string(), "2026-12-31");
}

#[test]
fn months_follow_one_another_over_the_year() {
    assert_eq!(month("2026-12").next(), month("2027-01"));
    assert_eq!(month("2027-01").previous(), month("2026-12"));
    assert_eq!(month("2028-02").last_day().to_string(), "2028-02-29");
}

#[test]
fn names_are_read_back_and_wrong_ones_refused() {
    for text in ["2026-10.1", "0001-01.4294967295"] {
        assert_eq!(text.parse::<ReleaseId>().unwrap().to_string(), text);
    }
    for text in ["2026-13", "2026-1", "26-10", "2026/10", "", "2026-10-01", "+026-10"] {
        assert!(text.parse::<Month>().is_err(), "{text}");
    }
    for text in ["2026-10", "2026-10.0", "2026-10.x", "2026-10.-1", ".1"] {
        assert!(text.parse::<ReleaseId>().is_err(), "{text}");
    }
}
