//! A store with something in every table, what it must answer after an upgrade, and further work on it.

use super::samples::{self, at, id};
use openvacancy_domain::ports::{
    Capture, Closing, CorrectionStore as _, FetchCommit, FrontierItem, FrontierStore as _, ObservationQuery, PageKind,
    PostingStore as _, ReleaseStore as _, RunLog as _, UserStore as _, VacancyQuery, VacancyStore as _,
};
use openvacancy_domain::user::Role;
use openvacancy_domain::{
    ContentHash, CorrectionTarget, NewCorrection, PortalId, Problem, Release, ReleaseId, ReleaseState, RunCounts,
    RunId, RunState, Stage, VacancyId,
};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;

/// Tables whose rows [`goes_on`] changes or replaces.
pub(crate) const CHANGES: &[&str] =
    &["portal", "round", "frontier", "vacancy_set", "vacancy", "vacancy_posting", "vacancy_link"];

const PASSWORD: &str = "a password of some length";

/// Puts something into every table.
pub(crate) fn fill(store: &SqliteStore) {
    let run = store.start_run(Stage::Collect, Some(&reed()), at(1, 0), &BTreeMap::new()).unwrap();
    store.begin_round(&reed(), at(1, 0), &[page("/1"), page("/2")]).unwrap();
    let commit = FetchCommit {
        url: "/1".to_owned(),
        capture: Some(Capture {
            portal: reed(),
            url: "/1".to_owned(),
            fetched_at: at(1, 1),
            status: 200,
            etag: Some("\"a\"".to_owned()),
            last_modified: None,
            archive_file: "reed/2026-10.warc.gz".to_owned(),
            archive_offset: 5_000_000_000,
            digest: ContentHash::of(b"/1"),
            bytes: 96_123,
        }),
        seen: vec![
            samples::seen("reed", "1", "Care Assistant", at(1, 1)),
            samples::seen("reed", "2", "Café Cook", at(1, 1)),
        ],
        closings: vec![Closing { posting: id("reed", "2"), at: at(2, 0), why: "gone".to_owned() }],
        found: vec![page("/3")],
        problems: vec![Problem::new("title_missing", "/1", "no title")],
    };
    store.commit_fetches(run, &reed(), &[commit]).unwrap();
    finish(store, run);

    let versions = samples::versions(1);
    let coded: Vec<_> = store
        .pending(&versions, 0, 10)
        .unwrap()
        .iter()
        .map(|one| samples::coded(one.key, &one.content_hash, "6135"))
        .collect();
    store.put_coded(run, &versions, &coded).unwrap();
    // A first set of two vacancies, then one that joins them: the id of the second becomes an alias.
    for records in [vec![samples::record(&["1"]), samples::record(&["2"])], vec![samples::record(&["1", "2"])]] {
        store.begin_vacancies(run).unwrap();
        store.put_vacancies(run, &records).unwrap();
        store.commit_vacancies(run).unwrap();
    }
    let decision = NewCorrection {
        target: CorrectionTarget::Posting { posting: id("reed", "1") },
        field: "soc2020".to_owned(),
        value: "6136".to_owned(),
        author: "ada".to_owned(),
        reason: "wrong_code".to_owned(),
        note: "it's \"care\"; not\nnursing".to_owned(),
    };
    store.add_corrections(at(3, 0), &[decision]).unwrap();
    store.add_user(at(1, 0), "ada", Role::Administrator, PASSWORD).unwrap();
    release(store, "2026-09");
}

/// Everything that [`fill`] put in is there and means the same.
pub(crate) fn is_there(store: &SqliteStore) {
    let posting = store.posting(&id("reed", "2")).unwrap().unwrap();
    assert_eq!(posting.posting.title, "Café Cook");
    assert_eq!(posting.posting.description, samples::posting("reed", "2", "Café Cook").description);
    assert_eq!((posting.first_seen, posting.closed_on), (Some(at(1, 1)), Some(at(2, 0))));
    assert_eq!(store.coded(0, 10).unwrap().len(), 2);
    assert_eq!(store.pending_count(&samples::versions(1)).unwrap(), 0);
    assert_eq!(store.last_capture(&reed(), "/1").unwrap().unwrap().archive_offset, 5_000_000_000);
    let joined = VacancyId::from_earliest(&id("reed", "1"));
    let vacancy = store.vacancy(&joined).unwrap().unwrap();
    assert_eq!((vacancy.postings.len(), vacancy.links.len()), (2, 1));
    assert_eq!(vacancy.vacancy.pay.wage_annual_gbp, Some(23_439.0));
    let alias = VacancyId::from_earliest(&id("reed", "2"));
    assert_eq!(store.vacancy(&alias).unwrap().unwrap().vacancy.vacancy_id, joined, "the former id leads there");
    assert_eq!(store.corrections(0, 10).unwrap()[0].decision.note, "it's \"care\"; not\nnursing");
    assert_eq!(store.authenticate("ada", PASSWORD).unwrap().map(|user| user.role), Some(Role::Administrator));
    let problems = store.problems(store.runs(10).unwrap()[0].id, 10).unwrap();
    assert_eq!(problems[0].code, "title_missing");

    let release = store.releases().unwrap().remove(0);
    assert_eq!((release.id.to_string().as_str(), release.state), ("2026-09.1", ReleaseState::Published));
    let query = VacancyQuery { area: Some("E07000189".to_owned()), limit: 10, ..VacancyQuery::default() };
    assert_eq!(store.release_vacancies(release.id, &query).unwrap().rows[0].vacancy.job_title, "Porter");
    let query = ObservationQuery { limit: 10, ..ObservationQuery::default() };
    assert_eq!(store.observations(release.id, &query).unwrap().rows[0].value, Some(12.0));
}

/// A month's work on what is there.
pub(crate) fn goes_on(store: &SqliteStore) {
    let run = store.start_run(Stage::Collect, Some(&reed()), at(20, 0), &BTreeMap::new()).unwrap();
    store.record(run, &[samples::seen("reed", "later", "Night Porter", at(20, 0))]).unwrap();
    store.end_round(&reed()).unwrap();
    finish(store, run);
    let versions = samples::versions(9);
    let pending = store.pending(&versions, 0, 100).unwrap();
    assert!(pending.iter().any(|one| one.posting.portal_posting_id.as_deref() == Some("later")));
    store.begin_vacancies(run).unwrap();
    store.put_vacancies(run, &[samples::record(&["later"])]).unwrap();
    store.commit_vacancies(run).unwrap();
    let id = release(store, "2026-11");
    assert_eq!(store.release(id).unwrap().state, ReleaseState::Published);
}

fn reed() -> PortalId {
    PortalId::from("reed")
}

fn page(url: &str) -> FrontierItem {
    FrontierItem { url: url.to_owned(), kind: PageKind::Listing, attempts: 0 }
}

fn finish(store: &SqliteStore, run: RunId) {
    store.finish_run(run, at(20, 5), RunState::Done, &RunCounts::default(), None).unwrap();
}

fn release(store: &SqliteStore, month: &str) -> ReleaseId {
    let id = store.begin_release(month.parse().unwrap()).unwrap();
    store.add_release_vacancies(id, &[samples::release_vacancy("v1", "Porter")]).unwrap();
    store.add_observations(id, &[samples::observation("vacancies_flow", "uk", "K02000001", "total")]).unwrap();
    let release = Release {
        id,
        state: ReleaseState::Published,
        as_of: at(31, 0),
        built_at: at(31, 0),
        published_at: Some(at(31, 0)),
        vacancies: 1,
        observations: 1,
        digest: "d1".to_owned(),
        versions: BTreeMap::new(),
        gate: Vec::new(),
        quality: serde_json::Value::Null,
    };
    store.finish_release(&release).unwrap();
    id
}
