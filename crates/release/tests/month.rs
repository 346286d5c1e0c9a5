//! What belongs to a month, at its edges.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod common;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use common::sample;
use openvacancy_domain::ports::PortalSpan;
use openvacancy_domain::{Month, PortalId, Timestamp, Vacancy};
use openvacancy_release::Window;

fn at(text: &str) -> Timestamp {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn span(portal: &str, first: &str, last: &str) -> PortalSpan {
    PortalSpan { portal: PortalId::from(portal), first_seen: Some(at(first)), last_seen: Some(at(last)), postings: 1 }
}

/// The window of a month as of its end, over one portal seen from spring to the end of the year.
fn window(month: &str) -> Window {
    let month: Month = month.parse().unwrap();
    Window::new(month, month.end(), &[span("alpha", "2026-01-05T10:00:00Z", "2026-12-20T10:00:00Z")])
}

fn seen(first: &str) -> Vacancy {
    Vacancy { date_posted: None, ..sample::vacancy(1, at(first)) }
}

#[test]
fn a_month_begins_and_ends_at_midnight_in_london() {
    let check = |month: &str, first_seen: &str, expected: bool| {
        assert_eq!(window(month).in_flow(&seen(first_seen)), expected, "{first_seen} in {month}");
    };
    // Summer time: midnight in London is 23:00 UTC of the day before.
    check("2026-07", "2026-06-30T22:59:59Z", false);
    check("2026-07", "2026-06-30T23:00:00Z", true);
    check("2026-07", "2026-07-31T22:59:59Z", true);
    check("2026-07", "2026-07-31T23:00:00Z", false);
    // October ends in winter time, March in summer time.
    check("2026-10", "2026-09-30T23:00:00Z", true);
    check("2026-10", "2026-10-31T23:59:59Z", true);
    check("2026-10", "2026-11-01T00:00:00Z", false);
    check("2026-03", "2026-03-01T00:00:00Z", true);
    check("2026-03", "2026-03-31T23:00:00Z", false);
}

#[test]
fn the_stock_is_what_is_open_at_midnight_of_the_last_day() {
    let check = |what: &str, vacancy: Vacancy, expected: bool| {
        assert_eq!(window("2026-07").in_stock(&vacancy), expected, "{what}");
    };
    let open = seen("2026-05-10T09:00:00Z");
    check("seen in May, never closed", open.clone(), true);
    check("seen in the last second", seen("2026-07-31T22:59:59Z"), true);
    check("seen in the first second of August", seen("2026-07-31T23:00:00Z"), false);
    check("closed before", Vacancy { closed_on: Some(at("2026-07-31T22:59:59Z")), ..open.clone() }, false);
    check("closed at midnight", Vacancy { closed_on: Some(at("2026-07-31T23:00:00Z")), ..open.clone() }, false);
    check("closed a second later", Vacancy { closed_on: Some(at("2026-07-31T23:00:01Z")), ..open.clone() }, true);
    check("closing day is the last day", Vacancy { date_closing: Some(day("2026-07-31")), ..open.clone() }, true);
    check("closing day is the day before", Vacancy { date_closing: Some(day("2026-07-30")), ..open.clone() }, false);
    check("no sighting", Vacancy { first_seen: None, date_posted: Some(day("2026-07-02")), ..open.clone() }, false);
    check("on a portal never seen", Vacancy { portals: vec![PortalId::from("omega")], ..open }, false);
}

#[test]
fn an_import_without_sightings_flows_by_the_day_posted() {
    let import =
        |posted| Vacancy { first_seen: None, last_seen: None, date_posted: posted, ..seen("2026-07-10T09:00:00Z") };
    let window = window("2026-07");
    assert!(window.in_flow(&import(Some(day("2026-07-01")))));
    assert!(window.in_flow(&import(Some(day("2026-07-31")))));
    assert!(!window.in_flow(&import(Some(day("2026-08-01")))));
    assert!(!window.in_flow(&import(None)));
    // A sighting outranks the day posted.
    assert!(!window.in_flow(&Vacancy { date_posted: Some(day("2026-07-01")), ..seen("2026-06-10T09:00:00Z") }));
}

#[test]
fn nothing_is_known_before_it_was_seen() {
    let month: Month = "2026-07".parse().unwrap();
    let spans = [span("alpha", "2026-01-05T10:00:00Z", "2026-12-20T10:00:00Z")];
    let window = Window::new(month, at("2026-07-15T11:00:00Z"), &spans);
    assert!(!window.complete());
    assert!(window.in_flow(&seen("2026-07-15T11:00:00Z")));
    assert!(!window.in_flow(&seen("2026-07-15T11:00:01Z")));
    let mut closed = Vacancy {
        closed_on: Some(at("2026-07-20T09:00:00Z")),
        closed_why: Some("gone".to_owned()),
        last_seen: Some(at("2026-07-19T09:00:00Z")),
        ..seen("2026-07-02T09:00:00Z")
    };
    assert!(window.in_stock(&closed), "the closing was not yet known");
    window.clip(&mut closed);
    assert_eq!((closed.closed_on, closed.closed_why), (None, None));
    assert_eq!(closed.last_seen, Some(window.as_of));
}

#[test]
fn a_portal_enters_stays_and_leaves() {
    let month: Month = "2026-07".parse().unwrap();
    let window = |spans: &[PortalSpan]| Window::new(month, month.end(), spans);
    let old = span("old", "2026-01-05T10:00:00Z", "2026-08-20T10:00:00Z");
    let new = span("new", "2026-07-03T10:00:00Z", "2026-08-20T10:00:00Z");
    let gone = span("gone", "2026-01-05T10:00:00Z", "2026-06-12T10:00:00Z");
    let imported = PortalSpan { portal: PortalId::from("file"), first_seen: None, last_seen: None, postings: 9 };
    let on = |portals: &[&str]| Vacancy {
        portals: portals.iter().map(|id| PortalId::from(*id)).collect(),
        ..seen("2026-07-04T09:00:00Z")
    };
    let all = window(&[old.clone(), new.clone(), gone.clone()]);
    assert!(all.has_break());
    assert!(all.left_censored(&on(&["new"])));
    assert!(!all.left_censored(&on(&["new", "old"])));
    assert!(!all.in_stock(&Vacancy { first_seen: Some(at("2026-06-01T09:00:00Z")), ..on(&["gone"]) }));
    assert!(!window(std::slice::from_ref(&old)).has_break());
    assert!(!window(std::slice::from_ref(&new)).has_break(), "the first month of all has nothing to break with");
    assert!(window(&[old, gone]).has_break());
    assert!(!window(&[imported]).has_stock());
}

#[test]
fn clipping_leaves_what_was_known() {
    let mut vacancy = seen("2026-07-02T09:00:00Z");
    vacancy.closed_on = Some(at("2026-07-20T09:00:00Z"));
    let before = vacancy.clone();
    window("2026-07").clip(&mut vacancy);
    assert_eq!(vacancy.closed_on, before.closed_on);
    assert_eq!(
        vacancy.last_seen,
        before.last_seen.map(|seen| seen.min(before.first_seen.unwrap() + Duration::days(3)))
    );
}
