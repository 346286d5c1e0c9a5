//! The log of runs.

use super::samples::{assert_not_found, at};
use openvacancy_domain::ports::Store;
use openvacancy_domain::{PortalId, Problem, RunCounts, RunId, RunState, Stage};
use std::collections::BTreeMap;

pub fn a_run_is_opened_and_closed(store: &dyn Store) {
    let portal = PortalId::from("reed");
    let versions = BTreeMap::from([("program".to_owned(), "0.1.0".to_owned())]);
    let id = store.start_run(Stage::Collect, Some(&portal), at(1, 0), &versions).unwrap();
    let open = store.run(id).unwrap();
    assert_eq!((open.id, open.stage, open.portal), (id, Stage::Collect, Some(portal)));
    assert_eq!((open.started_at, open.ended_at, open.state), (at(1, 0), None, RunState::Running));
    assert_eq!((open.counts, open.versions, open.error), (RunCounts::default(), versions, None));

    let counts = RunCounts { fetched: 9, bytes: 1 << 40, read: 6, stored: 3, unchanged: 2, rejected: 1, closed: 4 };
    store.finish_run(id, at(1, 5), RunState::Failed, &counts, Some("the portal is down")).unwrap();
    let closed = store.run(id).unwrap();
    assert_eq!((closed.ended_at, closed.state, closed.counts), (Some(at(1, 5)), RunState::Failed, counts));
    assert_eq!(closed.error.as_deref(), Some("the portal is down"));
}

pub fn an_unknown_run_is_not_found(store: &dyn Store) {
    let unknown = RunId(99);
    assert_not_found(store.run(unknown));
    assert_not_found(store.problems(unknown, 10));
    assert_not_found(store.add_problems(unknown, &[Problem::new("too_large", "a.csv:3", "the row is too large")]));
    assert_not_found(store.finish_run(unknown, at(1, 0), RunState::Done, &RunCounts::default(), None));
}

pub fn problems_are_kept_in_order(store: &dyn Store) {
    let run = super::samples::run(store);
    let problems: Vec<Problem> = (0..1_000)
        .map(|line| {
            let problem = Problem::new("title_missing", format!("ads.csv:{line}"), "the row has no title");
            if line % 2 == 0 { problem.in_field("title") } else { problem }
        })
        .collect();
    store.add_problems(run, &problems[..3]).unwrap();
    store.add_problems(run, &problems[3..]).unwrap();
    store.add_problems(run, &[]).unwrap();
    assert_eq!(store.problems(run, 5_000).unwrap(), problems);
    assert_eq!(store.problems(run, 2).unwrap(), problems[..2]);
    let other = super::samples::run(store);
    assert_eq!(store.problems(other, 10).unwrap(), []);
}

pub fn newest_runs_come_first(store: &dyn Store) {
    let ids: Vec<RunId> = (0..5).map(|_| super::samples::run(store)).collect();
    let listed: Vec<RunId> = store.runs(3).unwrap().into_iter().map(|run| run.id).collect();
    assert_eq!(listed, [ids[4], ids[3], ids[2]]);
}
