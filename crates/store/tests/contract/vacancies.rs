//! The present set of vacancies.

use super::samples::{assert_conflict, id, record, run};
use openvacancy_domain::ports::{Store, VacancyRecord};
use openvacancy_domain::{PostingId, RunId, Vacancy, VacancyId};
use std::collections::BTreeMap;

fn put(store: &dyn Store, records: &[VacancyRecord]) {
    let run = run(store);
    store.begin_vacancies(run).unwrap();
    store.put_vacancies(run, records).unwrap();
    store.commit_vacancies(run).unwrap();
}

fn ids(store: &dyn Store) -> Vec<VacancyId> {
    store.vacancies(None, 1_000).unwrap().into_iter().map(|vacancy| vacancy.vacancy_id).collect()
}

/// The id of the vacancy whose earliest posting is `posting` of `reed`.
fn vid(posting: &str) -> VacancyId {
    VacancyId::from_earliest(&id("reed", posting))
}

fn found(store: &dyn Store, posting: &str) -> Option<VacancyId> {
    store.vacancy(&vid(posting)).unwrap().map(|record| record.vacancy.vacancy_id)
}

pub fn a_vacancy_comes_back_as_it_was(store: &dyn Store) {
    let full = record(&["1", "2", "3"]);
    let mut bare = record(&["4"]);
    bare.vacancy = Vacancy {
        flow_month: None,
        posted_month: None,
        job_link: None,
        description_hash: None,
        employer: None,
        location: Default::default(),
        education: Default::default(),
        experience: Default::default(),
        pay: Default::default(),
        sector: Default::default(),
        skills: Vec::new(),
        date_posted: None,
        date_closing: None,
        first_seen: None,
        last_seen: None,
        excluded_reason: Some("training_course".to_owned()),
        missing: BTreeMap::new(),
        ..bare.vacancy
    };
    bare.vacancy.occupation.soc2020 = None;
    bare.vacancy.occupation.soc2020_ext = None;
    put(store, &[full.clone(), bare.clone()]);
    for expected in [&full, &bare] {
        assert_eq!(store.vacancy(&expected.vacancy.vacancy_id).unwrap().as_ref(), Some(expected));
    }
    let mut rows = [full.vacancy, bare.vacancy];
    rows.sort_by(|a, b| a.vacancy_id.cmp(&b.vacancy_id));
    assert_eq!(store.vacancies(None, 10).unwrap(), rows);
    assert_eq!(store.vacancy(&VacancyId::from("v0")).unwrap(), None);
}

pub fn a_new_set_is_seen_only_when_committed(store: &dyn Store) {
    put(store, &[record(&["1"]), record(&["2"])]);
    let before = ids(store);
    let run = run(store);
    store.begin_vacancies(run).unwrap();
    store.put_vacancies(run, &[record(&["3"])]).unwrap();
    assert_eq!(ids(store), before);
    assert_eq!(found(store, "3"), None);
    store.commit_vacancies(run).unwrap();
    assert_eq!(ids(store), [vid("3")]);
    assert_eq!(store.vacancy_links(None, 10).unwrap(), [(id("reed", "3"), vid("3"))]);
    assert_conflict(store.put_vacancies(run, &[record(&["4"])]), "begin again");
    assert_conflict(store.commit_vacancies(run), "begin again");
}

pub fn a_set_not_committed_is_given_up(store: &dyn Store) {
    put(store, &[record(&["1"])]);
    let (first, second) = (run(store), run(store));
    store.begin_vacancies(first).unwrap();
    store.put_vacancies(first, &[record(&["2"])]).unwrap();
    store.begin_vacancies(second).unwrap();
    assert_conflict(store.put_vacancies(first, &[record(&["3"])]), "begin again");
    store.put_vacancies(second, &[record(&["4"])]).unwrap();
    store.commit_vacancies(second).unwrap();
    assert_eq!(ids(store), [vid("4")]);
    // One run may begin again, and an empty set is a set.
    store.begin_vacancies(second).unwrap();
    store.commit_vacancies(second).unwrap();
    assert_eq!(ids(store), []);
    assert_conflict(store.commit_vacancies(RunId(99)), "begin again");
}

pub fn a_merged_id_becomes_an_alias(store: &dyn Store) {
    put(store, &[record(&["1"]), record(&["2", "3"]), record(&["4"])]);
    put(store, &[record(&["1", "2", "3"]), record(&["4"])]);
    assert_eq!(ids(store).len(), 2);
    assert_eq!(store.vacancy(&vid("2")).unwrap(), Some(record(&["1", "2", "3"])));
    assert_eq!(found(store, "3"), None, "which was never an id");
    // A posting that is gone altogether leaves no alias.
    put(store, &[record(&["1", "2", "3"])]);
    assert_eq!(found(store, "4"), None);
}

pub fn an_alias_follows_its_posting_and_ends_when_the_id_lives_again(store: &dyn Store) {
    put(store, &[record(&["1"]), record(&["2"]), record(&["3"])]);
    put(store, &[record(&["1"]), record(&["2", "3"])]);
    assert_eq!(found(store, "3"), Some(vid("2")));
    put(store, &[record(&["1", "2", "3"])]);
    assert_eq!((found(store, "2"), found(store, "3")), (Some(vid("1")), Some(vid("1"))), "through two mergers");
    put(store, &[record(&["1", "3"]), record(&["2"])]);
    assert_eq!((found(store, "2"), found(store, "3")), (Some(vid("2")), Some(vid("1"))));
    put(store, &[record(&["1"]), record(&["2", "3"])]);
    assert_eq!(found(store, "3"), Some(vid("2")), "the posting moved, and its alias with it");
    put(store, &[record(&["1"]), record(&["2"]), record(&["3"])]);
    assert_eq!(found(store, "3"), Some(vid("3")));
}

pub fn vacancies_and_links_page_in_order(store: &dyn Store) {
    let names: Vec<String> = (0..50).map(|n| format!("{n:02}")).collect();
    let records: Vec<VacancyRecord> =
        names.chunks(2).map(|pair| record(&[pair[1].as_str(), pair[0].as_str()])).collect();
    put(store, &records);
    let (mut met, mut after) = (Vec::new(), None);
    loop {
        let page = store.vacancies(after.as_ref(), 7).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.vacancy_id.clone());
        met.extend(page.into_iter().map(|vacancy| vacancy.vacancy_id));
    }
    let mut expected: Vec<VacancyId> = records.iter().map(|record| record.vacancy.vacancy_id.clone()).collect();
    expected.sort();
    assert_eq!(met, expected);

    let (mut met, mut after): (Vec<PostingId>, Option<PostingId>) = (Vec::new(), None);
    loop {
        let page = store.vacancy_links(after.as_ref(), 7).unwrap();
        let Some((last, _)) = page.last() else { break };
        after = Some(last.clone());
        for (posting, vacancy) in page {
            let record = records.iter().find(|record| record.postings.contains(&posting)).unwrap();
            assert_eq!(vacancy, record.vacancy.vacancy_id);
            met.push(posting);
        }
    }
    assert_eq!(met, names.iter().map(|name| id("reed", name)).collect::<Vec<_>>());
}

pub fn one_posting_cannot_be_two_vacancies(store: &dyn Store) {
    let run = run(store);
    store.begin_vacancies(run).unwrap();
    assert_conflict(store.put_vacancies(run, &[record(&["1", "2"]), record(&["3", "2"])]), "there already");
    assert_conflict(store.put_vacancies(run, &[record(&["1"]), record(&["1"])]), "there already");
    store.put_vacancies(run, &[record(&["3"])]).unwrap();
    store.commit_vacancies(run).unwrap();
    assert_eq!(ids(store), [vid("3")], "nothing of the refused batches is there");
}

pub fn a_reader_sees_one_set_or_the_other(store: &dyn Store) {
    let names = ["1", "2", "3", "4"];
    let of = |count: usize| {
        let mut record = record(&names[..count]);
        record.vacancy.postings_count = u32::try_from(count).unwrap();
        record
    };
    put(store, &[of(1)]);
    let ended = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut read = 0;
            while !ended.load(std::sync::atomic::Ordering::SeqCst) {
                let record = store.vacancy(&vid("1")).unwrap().expect("some set is always present");
                assert_eq!(record.postings.len(), record.vacancy.postings_count as usize);
                assert_eq!(record.links.len() + 1, record.postings.len());
                read += 1;
            }
            read
        });
        for round in 0..30 {
            put(store, &[of(1 + round % 4)]);
        }
        ended.store(true, std::sync::atomic::Ordering::SeqCst);
        assert!(reader.join().unwrap() > 0);
    });
}
