//! Two handles on one store, as two processes have them.

use super::samples::{assert_conflict, at, id, posting, record, release_vacancy, run, seen};
use openvacancy_domain::ports::{
    FetchCommit, FrontierItem, PageKind, RecordOutcome, SeenPosting, Store, StoredPosting,
};
use openvacancy_domain::{CorrectionTarget, NewCorrection, PortalId};
use openvacancy_store::Database;
use std::collections::BTreeSet;

fn all(store: &dyn Store) -> Vec<StoredPosting> {
    store.postings(0, 10_000).unwrap()
}

pub fn overlapping_postings_are_recorded_as_if_in_order(one: &dyn Database, other: &dyn Database) {
    let run = run(one);
    // Both record the same postings, in opposite order, with contents of their own.
    let batch = |title: &str, backwards: bool| {
        let mut batch: Vec<SeenPosting> =
            (0..200).map(|n| seen("reed", &n.to_string(), title, at(2, i64::from(n)))).collect();
        if backwards {
            batch.reverse();
        }
        batch
    };
    let outcomes: Vec<Vec<RecordOutcome>> = std::thread::scope(|scope| {
        let threads: Vec<_> = [(one, "Cook", false), (other, "Head Cook", true)]
            .into_iter()
            .map(|(store, title, backwards)| {
                let batch = batch(title, backwards);
                scope.spawn(move || {
                    (0..5)
                        .flat_map(|_| batch.chunks(40).collect::<Vec<_>>())
                        .flat_map(|part| store.record(run, part).unwrap())
                        .collect()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let stored = all(one);
    assert_eq!(stored, all(other));
    assert_eq!(stored.len(), 200);
    let new = outcomes.iter().flatten().filter(|outcome| **outcome == RecordOutcome::New).count();
    assert_eq!(new, 200, "each posting was new to exactly one of them");
    assert!(stored.iter().all(|stored| stored.content_hash == stored.posting.content_hash()));
    assert_eq!(one.portal_spans().unwrap()[0].postings, 200);
    assert_eq!(one.integrity().unwrap(), Vec::<String>::new());
}

pub fn a_reader_by_key_misses_nothing(one: &dyn Database, other: &dyn Database) {
    let run = run(one);
    let met: Vec<i64> = std::thread::scope(|scope| {
        let writers: Vec<_> = [(one, "reed"), (other, "guardian")]
            .into_iter()
            .map(|(store, portal)| {
                scope.spawn(move || {
                    for round in 0..20 {
                        let batch: Vec<_> =
                            (0..10).map(|n| seen(portal, &format!("{round}-{n}"), "Cook", at(2, 0))).collect();
                        store.record(run, &batch).unwrap();
                    }
                })
            })
            .collect();
        let mut met = Vec::new();
        loop {
            let ended = writers.iter().all(|writer| writer.is_finished());
            let page = one.postings(met.last().copied().unwrap_or_default(), 50).unwrap();
            if page.is_empty() && ended {
                break met;
            }
            met.extend(page.into_iter().map(|stored| stored.key));
        }
    });
    assert_eq!(met, all(one).iter().map(|stored| stored.key).collect::<Vec<_>>());
    assert_eq!(met.len(), 400);
}

pub fn two_collectors_share_a_frontier(one: &dyn Database, other: &dyn Database) {
    let run = run(one);
    let page =
        |portal: &str, n: usize| FrontierItem { url: format!("/{portal}/{n}"), kind: PageKind::Listing, attempts: 0 };
    std::thread::scope(|scope| {
        for (store, name) in [(one, "reed"), (other, "guardian")] {
            scope.spawn(move || {
                let portal = PortalId::from(name);
                store.begin_round(&portal, at(2, 0), &[page(name, 0)]).unwrap();
                for n in 0..15 {
                    store.retry_later(&portal, &format!("/{name}/{n}")).unwrap();
                    let commit = FetchCommit {
                        url: format!("/{name}/{n}"),
                        capture: None,
                        seen: vec![seen(name, &n.to_string(), "Cook", at(2, 0))],
                        closings: Vec::new(),
                        found: vec![page(name, n + 1), page(name, n)],
                        problems: Vec::new(),
                    };
                    store.commit_fetches(run, &portal, &[commit]).unwrap();
                }
            });
        }
    });
    for name in ["reed", "guardian"] {
        assert_eq!(one.queued(&PortalId::from(name), 10).unwrap(), [page(name, 15)]);
    }
    assert_eq!(all(other).len(), 30);
}

pub fn a_set_begun_meanwhile_ends_the_other(one: &dyn Database, other: &dyn Database) {
    let (first, second) = (run(one), run(other));
    one.begin_vacancies(first).unwrap();
    one.put_vacancies(first, &[record(&["1"])]).unwrap();
    other.begin_vacancies(second).unwrap();
    assert_conflict(one.put_vacancies(first, &[record(&["2"])]), "another run began one");
    assert_conflict(one.commit_vacancies(first), "another run began one");
    other.put_vacancies(second, &[record(&["3"])]).unwrap();
    other.commit_vacancies(second).unwrap();
    assert_eq!(one.vacancies(None, 10).unwrap(), other.vacancies(None, 10).unwrap());
    assert_eq!(one.vacancies(None, 10).unwrap().len(), 1);
}

pub fn a_build_begun_meanwhile_ends_the_other(one: &dyn Database, other: &dyn Database) {
    let month = "2026-10".parse().unwrap();
    let id = one.begin_release(month).unwrap();
    one.add_release_vacancies(id, &[release_vacancy("v1", "Cook")]).unwrap();
    assert_eq!(other.begin_release(month).unwrap(), id);
    // The draft has the same name; its rows are those of the later build.
    other.add_release_vacancies(id, &[release_vacancy("v1", "Porter")]).unwrap();
    other.finish_release(&super::releases::release(id)).unwrap();
    assert_conflict(one.finish_release(&super::releases::release(id)), "not under way");
    let query = super::releases::all();
    assert_eq!(one.release_vacancies(id, &query).unwrap().rows[0].vacancy.job_title, "Porter");
}

pub fn the_same_decision_of_two_reviewers_is_kept_once(one: &dyn Database, other: &dyn Database) {
    let decisions: Vec<NewCorrection> = (0..50)
        .map(|n| NewCorrection {
            target: CorrectionTarget::Posting { posting: id("reed", &n.to_string()) },
            field: "soc2020".to_owned(),
            value: "5434".to_owned(),
            author: "ada".to_owned(),
            reason: "cook".to_owned(),
            note: String::new(),
        })
        .collect();
    std::thread::scope(|scope| {
        for store in [one, other] {
            let decisions = &decisions;
            scope.spawn(move || {
                for part in decisions.chunks(5) {
                    store.add_corrections(at(2, 0), part).unwrap();
                }
            });
        }
    });
    let kept = one.corrections(0, 1_000).unwrap();
    assert_eq!(kept.len(), 50);
    assert_eq!(kept.iter().map(|kept| kept.id).collect::<BTreeSet<_>>().len(), 50);
}

pub fn a_claim_is_held_by_one(one: &dyn Database, other: &dyn Database) {
    let held = one.claim("process").unwrap();
    assert_conflict(other.claim("process"), "another process is at 'process'");
    assert_conflict(one.claim("process"), "another process is at 'process'");
    let collecting = other.claim("collect reed").unwrap();
    // The store stays open to everybody.
    other.record(run(other), &[SeenPosting { posting: posting("reed", "1", "Cook"), seen_at: None }]).unwrap();
    drop(held);
    let held = other.claim("process").unwrap();
    drop((held, collecting));
    drop(one.claim("process").unwrap());
}

pub fn a_round_of_one_is_resumed_by_the_other(one: &dyn Database, other: &dyn Database) {
    let portal = PortalId::from("reed");
    let seed = [FrontierItem { url: "/1".to_owned(), kind: PageKind::Listing, attempts: 0 }];
    let began: Vec<bool> = std::thread::scope(|scope| {
        let threads: Vec<_> = [one, other]
            .map(|store| scope.spawn(|| store.begin_round(&PortalId::from("reed"), at(2, 0), &seed).unwrap().0))
            .into();
        threads.into_iter().map(|thread: std::thread::ScopedJoinHandle<'_, bool>| thread.join().unwrap()).collect()
    });
    assert_eq!(began.iter().filter(|resumed| !**resumed).count(), 1, "one began it and the other resumed it");
    assert_eq!(one.queued(&portal, 10).unwrap(), seed);
}
