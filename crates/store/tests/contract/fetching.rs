//! The frontier, captures, and what follows from fetched pages.

use super::samples::{assert_not_found, at, id, millis, run, seen};
use openvacancy_domain::ports::{Capture, Closing, FetchCommit, FrontierItem, PageKind, RecordOutcome, Store};
use openvacancy_domain::{ContentHash, PortalId, Problem, RunId};

fn reed() -> PortalId {
    PortalId::from("reed")
}

fn page(url: &str, kind: PageKind) -> FrontierItem {
    FrontierItem { url: url.to_owned(), kind, attempts: 0 }
}

fn listing(url: &str) -> FrontierItem {
    page(url, PageKind::Listing)
}

fn capture(url: &str, status: u16, minutes: i64) -> Capture {
    Capture {
        portal: reed(),
        url: url.to_owned(),
        fetched_at: at(2, minutes),
        status,
        etag: Some("\"abc\"".to_owned()),
        last_modified: None,
        archive_file: "reed/2026-10.warc.gz".to_owned(),
        archive_offset: 5_000_000_000,
        digest: ContentHash::of(url.as_bytes()),
        bytes: 96_123,
    }
}

fn fetched(url: &str) -> FetchCommit {
    FetchCommit {
        url: url.to_owned(),
        capture: None,
        seen: Vec::new(),
        closings: Vec::new(),
        found: Vec::new(),
        problems: Vec::new(),
    }
}

fn queue(store: &dyn Store) -> Vec<String> {
    store.queued(&reed(), 100).unwrap().into_iter().map(|item| item.url).collect()
}

fn closing(name: &str, day: u32) -> Closing {
    Closing { posting: id("reed", name), at: at(day, 0), why: "gone".to_owned() }
}

pub fn a_round_begins_and_is_resumed(store: &dyn Store) {
    let precise = at(2, 0) + chrono::Duration::nanoseconds(123_456_789);
    let began = store.begin_round(&reed(), precise, &[listing("/1"), listing("/1"), listing("/2")]).unwrap();
    assert_eq!(began, (false, millis(precise)));
    assert_eq!(queue(store), ["/1", "/2"]);
    let resumed = store.begin_round(&reed(), at(3, 0), &[listing("/other")]).unwrap();
    assert_eq!(resumed, (true, millis(precise)), "the round that did not end goes on");
    assert_eq!(queue(store), ["/1", "/2"], "and its seeds are passed over");
    store.end_round(&reed()).unwrap();
    assert!(queue(store).is_empty());
    assert_eq!(store.begin_round(&reed(), at(4, 0), &[listing("/1")]).unwrap(), (false, at(4, 0)));
    assert_eq!(queue(store), ["/1"]);
}

pub fn listings_come_first_and_a_failed_try_goes_to_the_end(store: &dyn Store) {
    let seeds = [page("/ad/1", PageKind::Posting), listing("/1"), page("/ad/2", PageKind::Posting), listing("/2")];
    store.begin_round(&reed(), at(2, 0), &seeds).unwrap();
    assert_eq!(queue(store), ["/1", "/2", "/ad/1", "/ad/2"]);
    assert_eq!(store.queued(&reed(), 1).unwrap(), [listing("/1")]);
    store.retry_later(&reed(), "/1").unwrap();
    store.retry_later(&reed(), "/ad/1").unwrap();
    store.retry_later(&reed(), "/1").unwrap();
    store.retry_later(&reed(), "/unknown").unwrap();
    assert_eq!(queue(store), ["/2", "/1", "/ad/2", "/ad/1"]);
    let attempts: Vec<u32> = store.queued(&reed(), 9).unwrap().iter().map(|item| item.attempts).collect();
    assert_eq!(attempts, [0, 2, 0, 1]);
}

pub fn a_fetched_page_leaves_the_queue_and_never_returns(store: &dyn Store) {
    let run = run(store);
    store.begin_round(&reed(), at(2, 0), &[listing("/1")]).unwrap();
    let found = vec![listing("/1"), listing("/2"), page("/ad/1", PageKind::Posting)];
    store.commit_fetches(run, &reed(), &[FetchCommit { found, ..fetched("/1") }]).unwrap();
    assert_eq!(queue(store), ["/2", "/ad/1"]);
    let found = vec![listing("/1"), listing("/2"), listing("/3"), listing("/3")];
    store.commit_fetches(run, &reed(), &[FetchCommit { found, ..fetched("/2") }]).unwrap();
    store.retry_later(&reed(), "/1").unwrap();
    assert_eq!(queue(store), ["/3", "/ad/1"]);
    store.end_round(&reed()).unwrap();
    store.begin_round(&reed(), at(3, 0), &[listing("/1")]).unwrap();
    assert_eq!(queue(store), ["/1"], "the next round begins anew");
}

pub fn all_that_follows_from_a_page_is_kept(store: &dyn Store) {
    let run = run(store);
    store.begin_round(&reed(), at(2, 0), &[listing("/1"), listing("/2")]).unwrap();
    store.record(run, &[seen("reed", "old", "Cook", at(1, 0))]).unwrap();
    let problem = Problem::new("title_missing", "/1", "a posting has no title");
    let first = FetchCommit {
        capture: Some(capture("/1", 200, 0)),
        seen: vec![seen("reed", "a", "Cook", at(2, 0)), seen("reed", "old", "Cook", at(2, 0))],
        problems: vec![problem.clone()],
        ..fetched("/1")
    };
    let second = FetchCommit {
        capture: Some(capture("/2", 404, 1)),
        seen: vec![seen("reed", "a", "Head Cook", at(2, 1))],
        closings: vec![closing("old", 3)],
        ..fetched("/2")
    };
    let outcomes = store.commit_fetches(run, &reed(), &[first, fetched("/3"), second]).unwrap();
    use RecordOutcome::{New, NewVersion, Unchanged};
    assert_eq!(outcomes, [vec![New, Unchanged], vec![], vec![NewVersion]]);
    assert!(queue(store).is_empty());
    assert_eq!(store.problems(run, 10).unwrap(), [problem]);
    let captures: Vec<Capture> = store.captures(&reed(), 0, 10).unwrap().into_iter().map(|(_, one)| one).collect();
    assert_eq!(captures, [capture("/1", 200, 0), capture("/2", 404, 1)]);
    assert_eq!(store.posting(&id("reed", "old")).unwrap().unwrap().closed_on, Some(at(3, 0)));
}

pub fn the_order_of_pages_decides_between_shown_and_gone(store: &dyn Store) {
    let run = run(store);
    store.record(run, &[seen("reed", "a", "Cook", at(1, 0)), seen("reed", "b", "Cook", at(1, 0))]).unwrap();
    let fetches = [
        FetchCommit { seen: vec![seen("reed", "a", "Cook", at(2, 0))], ..fetched("/1") },
        FetchCommit { closings: vec![closing("a", 2), closing("b", 2)], ..fetched("/2") },
        FetchCommit { seen: vec![seen("reed", "b", "Cook", at(2, 1))], ..fetched("/3") },
    ];
    store.commit_fetches(run, &reed(), &fetches).unwrap();
    assert_eq!(store.posting(&id("reed", "a")).unwrap().unwrap().closed_on, Some(at(2, 0)));
    assert_eq!(store.posting(&id("reed", "b")).unwrap().unwrap().closed_on, None);
}

pub fn a_commit_that_fails_leaves_no_trace(store: &dyn Store) {
    store.begin_round(&reed(), at(2, 0), &[listing("/1")]).unwrap();
    // Problems need a run: this one fails at its last step, when all else was written.
    let commit = FetchCommit {
        capture: Some(capture("/1", 200, 0)),
        seen: vec![seen("reed", "a", "Cook", at(2, 0))],
        found: vec![listing("/2")],
        problems: vec![Problem::new("title_missing", "/1", "a posting has no title")],
        ..fetched("/1")
    };
    assert_not_found(store.commit_fetches(RunId(99), &reed(), &[commit]));
    assert_eq!(queue(store), ["/1"]);
    assert_eq!(store.posting(&id("reed", "a")).unwrap(), None);
    assert_eq!(store.captures(&reed(), 0, 10).unwrap(), []);
    assert_eq!(store.portal_spans().unwrap(), []);
}

pub fn rounds_of_portals_are_apart(store: &dyn Store) {
    let other = PortalId::from("guardian");
    store.begin_round(&reed(), at(2, 0), &[listing("/1")]).unwrap();
    assert_eq!(store.begin_round(&other, at(3, 0), &[listing("/1"), listing("/2")]).unwrap(), (false, at(3, 0)));
    store.commit_fetches(run(store), &reed(), &[fetched("/1")]).unwrap();
    store.end_round(&reed()).unwrap();
    assert_eq!(store.queued(&other, 10).unwrap(), [listing("/1"), listing("/2")]);
}

pub fn captures_page_in_order(store: &dyn Store) {
    let run = run(store);
    let urls: Vec<String> = (0..7).map(|n| format!("/{n}")).collect();
    for url in &urls {
        let commit = FetchCommit { capture: Some(capture(url, 200, 0)), ..fetched(url) };
        store.commit_fetches(run, &reed(), &[commit]).unwrap();
    }
    let (mut met, mut after) = (Vec::new(), 0);
    loop {
        let page = store.captures(&reed(), after, 3).unwrap();
        let Some((number, _)) = page.last() else { break };
        after = *number;
        met.extend(page.into_iter().map(|(_, capture)| capture.url));
    }
    assert_eq!(met, urls);
    assert_eq!(store.captures(&PortalId::from("guardian"), 0, 3).unwrap(), []);
}

pub fn the_last_capture_has_a_body(store: &dyn Store) {
    let run = run(store);
    assert_eq!(store.last_capture(&reed(), "/1").unwrap(), None);
    for made in [capture("/1", 200, 0), capture("/1", 200, 5), capture("/1", 304, 9), capture("/2", 200, 12)] {
        let commit = FetchCommit { url: made.url.clone(), capture: Some(made), ..fetched("") };
        store.commit_fetches(run, &reed(), &[commit]).unwrap();
    }
    assert_eq!(store.last_capture(&reed(), "/1").unwrap(), Some(capture("/1", 200, 5)));
    assert_eq!(store.last_capture(&PortalId::from("guardian"), "/1").unwrap(), None);
}
