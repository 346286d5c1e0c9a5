//! A run from postings to vacancies, against the real store.

mod common;

use common::{Reader, World, at, posting};
use openvacancy_domain::ports::{PostingStore, RunLog, VacancyStore};
use openvacancy_domain::{Month, Posting, RunState, Timestamp, Vacancy, VacancyId};
use openvacancy_pipeline::Options;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn without_run(mut vacancies: Vec<Vacancy>) -> Vec<Vacancy> {
    vacancies.iter_mut().for_each(|vacancy| vacancy.run_id.0 = 0);
    vacancies
}

#[test]
fn postings_become_vacancies() {
    let world = World::new();
    // Twenty jobs on one portal; the first five on another as well.
    let first: Vec<Posting> = (0..20).map(|job| posting("civic", &job.to_string(), job)).collect();
    let second: Vec<Posting> = (0..5).map(|job| posting("harbour", &format!("h{job}"), job)).collect();
    world.see(0, &first);
    world.see(3, &second);
    let report = world.process();
    assert_eq!((report.state, report.coded, report.unchanged), (RunState::Done, 25, 0));
    assert_eq!((report.postings, report.vacancies, report.rejected), (25, 20, 0));

    let records = world.vacancies();
    assert_eq!(records.len(), 20);
    let joined: Vec<_> = records.iter().filter(|record| record.postings.len() == 2).collect();
    assert_eq!(joined.len(), 5);
    for record in joined {
        let vacancy = &record.vacancy;
        assert_eq!(vacancy.vacancy_id, VacancyId::from_earliest(&record.postings[0]));
        assert_eq!(record.postings[0].portal.as_str(), "civic", "the earliest comes first");
        assert_eq!(vacancy.portals.len(), 2);
        assert_eq!(vacancy.postings_count, 2);
        assert_eq!((vacancy.first_seen, vacancy.last_seen), (Some(at(0)), Some(at(3))));
        assert_eq!(vacancy.flow_month, Some(Month::of(at(0))));
        assert!(record.links[0].reasons.iter().any(|reason| reason == "same title"), "{:?}", record.links);
    }

    let run = world.store.run(report.run).unwrap();
    assert_eq!((run.state, run.counts.read, run.counts.stored), (RunState::Done, 25, 25));
    assert_eq!(run.versions["rules"], "rules-1");
    assert_eq!(run.versions["coder"], "coder-1");
    assert!(run.versions["dedup"].starts_with("dedup-"));
}

#[test]
fn running_again_changes_nothing_and_codes_nothing() {
    let world = World::new();
    let all: Vec<Posting> = (0..30).map(|job| posting("civic", &job.to_string(), job % 25)).collect();
    world.see(0, &all);
    let first = world.process();
    let before = without_run(world.store.vacancies(None, 1000).unwrap());
    let calls = world.reader.calls();
    let second = world.process();
    assert_eq!(world.reader.calls(), calls, "nothing is read again");
    assert_eq!((second.coded, second.unchanged), (0, 30));
    assert_eq!(second.vacancies, first.vacancies);
    assert_eq!(without_run(world.store.vacancies(None, 1000).unwrap()), before);
}

#[test]
fn only_what_is_new_is_coded_and_a_new_version_codes_all() {
    let mut world = World::new();
    let mut all: Vec<Posting> = (0..10).map(|job| posting("civic", &job.to_string(), job)).collect();
    world.see(0, &all);
    world.process();
    all[3].salary = Some("31000".to_owned());
    all.push(posting("civic", "10", 10));
    world.see(1, &all);
    assert_eq!(world.process().coded, 2, "one changed, one new");
    world.reader = Reader::new("rules-2");
    assert_eq!(world.process().coded, 11);
    assert!(world.store.vacancies(None, 100).unwrap().iter().all(|vacancy| vacancy.rules_version == "rules-2"));
}

#[test]
fn a_stopped_run_is_taken_up_where_it_stopped() {
    let whole = World::new();
    let all: Vec<Posting> = (0..60).map(|job| posting("civic", &job.to_string(), job)).collect();
    whole.see(0, &all);
    whole.process();

    let mut world = World::new();
    world.see(0, &all);
    let cancel = Arc::new(AtomicBool::new(false));
    world.reader.stop_after = Some((20, Arc::clone(&cancel)));
    let report = world.process_with(&Options { chunk: 7, cancel });
    assert_eq!(report.state, RunState::Interrupted);
    assert!((20..60).contains(&report.coded), "{report:?}");
    assert!(world.store.vacancies(None, 10).unwrap().is_empty(), "readers see no half set");
    assert_eq!(world.store.run(report.run).unwrap().state, RunState::Interrupted);

    world.reader.stop_after = None;
    let rest = world.process();
    assert_eq!(rest.state, RunState::Done);
    assert_eq!(rest.coded, 60 - report.coded, "only what the stopped run left is coded");
    assert_eq!(
        without_run(world.store.vacancies(None, 1000).unwrap()),
        without_run(whole.store.vacancies(None, 1000).unwrap())
    );
}

#[test]
fn merged_vacancies_keep_their_ids_as_aliases() {
    let world = World::new();
    let shown = posting("harbour", "h1", 1);
    world.see(5, std::slice::from_ref(&shown));
    world.process();
    let alone = world.vacancies()[0].vacancy.vacancy_id.clone();
    // An earlier posting of the same job comes to light; it gives the vacancy its id from now on.
    let earlier: Timestamp = at(2);
    assert!(earlier < at(5));
    world.see(2, &[posting("civic", "c1", 1)]);
    world.process();
    let records = world.vacancies();
    assert_eq!(records.len(), 1);
    assert_ne!(records[0].vacancy.vacancy_id, alone);
    assert_eq!(world.store.vacancy(&alone).unwrap().unwrap().vacancy.vacancy_id, records[0].vacancy.vacancy_id);
}

#[test]
fn a_posting_that_breaks_a_stage_is_a_problem_and_the_rest_go_on() {
    let world = World::new();
    let mut all: Vec<Posting> = (0..9).map(|job| posting("civic", &job.to_string(), job)).collect();
    all[4].title = "BREAKS THE STAGE".to_owned();
    world.see(0, &all);
    let report = world.process();
    assert_eq!((report.coded, report.rejected, report.vacancies), (8, 1, 8));
    let problems = world.store.problems(report.run, 10).unwrap();
    assert_eq!((problems[0].code.as_str(), problems[0].place.as_str()), ("stage_failed", "civic|4"));
    let counts = world.store.run(report.run).unwrap().counts;
    assert_eq!(counts.read, counts.stored + counts.unchanged + counts.rejected);
}

#[test]
fn an_empty_store_gives_an_empty_set() {
    let world = World::new();
    let report = world.process();
    assert_eq!((report.state, report.postings, report.vacancies), (RunState::Done, 0, 0));
    assert_eq!(world.store.portal_spans().unwrap().len(), 0);
}
