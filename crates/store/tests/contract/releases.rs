//! Releases and questions to them.

use super::samples::{assert_conflict, assert_not_found, at, day, observation, release_vacancy};
use openvacancy_domain::ports::{ObservationQuery, ReleaseVacancy, Store, VacancyQuery};
use openvacancy_domain::release::{GateResult, Override};
use openvacancy_domain::{Month, ObsStatus, Observation, Release, ReleaseId, ReleaseState};
use std::collections::BTreeMap;

pub fn october() -> Month {
    "2026-10".parse().unwrap()
}

pub fn release(id: ReleaseId) -> Release {
    Release {
        id,
        state: ReleaseState::Draft,
        as_of: at(31, 720),
        built_at: at(31, 800),
        published_at: None,
        vacancies: 1,
        observations: 1,
        digest: "d1".to_owned(),
        versions: BTreeMap::from([("program".to_owned(), "0.1.0".to_owned())]),
        gate: Vec::new(),
        quality: serde_json::json!({"soc2020_missing": 0.125, "portals": ["reed"]}),
    }
}

fn published(id: ReleaseId) -> Release {
    Release { state: ReleaseState::Published, published_at: Some(at(31, 900)), ..release(id) }
}

pub fn build(store: &dyn Store, rows: &[ReleaseVacancy], observations: &[Observation]) -> ReleaseId {
    let id = store.begin_release(october()).unwrap();
    store.add_release_vacancies(id, rows).unwrap();
    store.add_observations(id, observations).unwrap();
    store.finish_release(&release(id)).unwrap();
    id
}

fn rows(count: usize) -> Vec<ReleaseVacancy> {
    (0..count).map(|n| release_vacancy(&format!("v{n:03}"), "Porter")).collect()
}

pub fn all() -> VacancyQuery {
    VacancyQuery { limit: 1_000, ..VacancyQuery::default() }
}

pub fn found(store: &dyn Store, id: ReleaseId, query: &VacancyQuery) -> Vec<String> {
    let page = store.release_vacancies(id, query).unwrap();
    assert_eq!(store.count_release_vacancies(id, query).unwrap(), page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.vacancy.vacancy_id.0).collect()
}

pub fn a_release_is_unseen_until_finished(store: &dyn Store) {
    let id = store.begin_release(october()).unwrap();
    assert_eq!(id.to_string(), "2026-10.1");
    store.add_release_vacancies(id, &rows(1)).unwrap();
    assert_eq!(store.releases().unwrap(), []);
    assert_not_found(store.release(id));
    assert_not_found(store.release_vacancies(id, &all()));
    assert_not_found(store.count_release_vacancies(id, &all()));
    assert_not_found(store.observations(id, &ObservationQuery::default()));
    assert_not_found(store.update_release(&release(id)));
    store.finish_release(&release(id)).unwrap();
    assert_eq!(store.release(id).unwrap(), release(id));
    assert_eq!(store.releases().unwrap(), [release(id)]);
    assert_eq!(found(store, id, &all()), ["v000"]);
}

pub fn a_draft_is_replaced_and_a_published_one_has_a_successor(store: &dyn Store) {
    let first = build(store, &rows(3), &[observation("vacancies_flow", "uk", "K02000001", "total")]);
    let again = build(store, &rows(1), &[]);
    assert_eq!(again, first, "an unpublished draft gives its number back");
    assert_eq!(found(store, again, &all()), ["v000"]);
    let numbers = ObservationQuery { limit: 9, ..ObservationQuery::default() };
    assert_eq!(store.observations(again, &numbers).unwrap().rows, []);
    store.update_release(&published(again)).unwrap();
    let second = build(store, &rows(2), &[]);
    assert_eq!(second.to_string(), "2026-10.2");
    let november = store.begin_release(october().next()).unwrap();
    store.finish_release(&release(november)).unwrap();
    let listed: Vec<String> = store.releases().unwrap().iter().map(|release| release.id.to_string()).collect();
    assert_eq!(listed, ["2026-11.1", "2026-10.2", "2026-10.1"]);
    assert_eq!(found(store, first, &all()).len(), 1, "the published one is as it was");
}

pub fn a_published_release_never_changes(store: &dyn Store) {
    let id = build(store, &rows(1), &[]);
    let gate = vec![GateResult {
        rule: "soc2020_missing_share".to_owned(),
        passed: false,
        message: "0.31 > 0.25".to_owned(),
        overridden: Some(Override {
            rule: "soc2020_missing_share".to_owned(),
            by: "ada".to_owned(),
            reason: "a new portal without titles".to_owned(),
            at: at(31, 850),
        }),
    }];
    let checked = Release { state: ReleaseState::Checked, gate: gate.clone(), ..release(id) };
    store.update_release(&checked).unwrap();
    assert_eq!(store.release(id).unwrap(), checked);
    let out = Release { gate, ..published(id) };
    store.update_release(&out).unwrap();
    assert_conflict(store.update_release(&checked), "never changes");
    assert_conflict(store.update_release(&out), "never changes");
    assert_conflict(store.finish_release(&release(id)), "not under way");
    assert_conflict(store.add_release_vacancies(id, &rows(2)), "not under way");
    assert_conflict(store.add_observations(id, &[]), "not under way");
    assert_eq!(store.release(id).unwrap(), out);
    assert_eq!(found(store, id, &all()).len(), 1);
}

pub fn a_release_under_way_takes_rows_and_another_does_not(store: &dyn Store) {
    let id = store.begin_release(october()).unwrap();
    let other = ReleaseId { month: october(), version: 2 };
    assert_conflict(store.add_release_vacancies(other, &rows(1)), "not under way");
    assert_conflict(store.finish_release(&release(other)), "not under way");
    store.add_release_vacancies(id, &rows(1)).unwrap();
    assert_conflict(store.add_release_vacancies(id, &rows(3)), "there already");
    store.finish_release(&release(id)).unwrap();
    assert_eq!(found(store, id, &all()), ["v000"], "nothing of the refused batch is there");
}

pub fn the_former_draft_stays_while_its_successor_is_built(store: &dyn Store) {
    let id = build(store, &rows(3), &[]);
    assert_eq!(store.begin_release(october()).unwrap(), id);
    store.add_release_vacancies(id, &rows(1)).unwrap();
    assert_eq!(found(store, id, &all()).len(), 3);
    // Another build begins: what the first left is cleared, and the draft is still in view.
    assert_eq!(store.begin_release(october()).unwrap(), id);
    assert_eq!(found(store, id, &all()).len(), 3);
    // Published meanwhile, it is not overwritten.
    store.update_release(&published(id)).unwrap();
    assert_conflict(store.finish_release(&release(id)), "build again");
    assert_eq!(found(store, id, &all()).len(), 3);
    assert_eq!(store.begin_release(october()).unwrap().version, 2);
}

pub fn vacancies_come_back_as_they_were(store: &dyn Store) {
    let mut second = release_vacancy("v2", "Cook");
    (second.in_flow, second.in_stock) = (false, true);
    let rows = [release_vacancy("v1", "Porter"), second];
    let id = build(store, &rows, &[]);
    assert_eq!(store.release_vacancies(id, &all()).unwrap().rows, rows);
}

pub fn vacancy_pages_are_complete_and_stable(store: &dyn Store) {
    let id = build(store, &rows(53), &[]);
    for limit in [1, 7, 52, 53, 54] {
        let mut query = VacancyQuery { limit, ..VacancyQuery::default() };
        let mut met = Vec::new();
        loop {
            let page = store.release_vacancies(id, &query).unwrap();
            assert!(page.rows.len() <= limit as usize);
            met.extend(page.rows.into_iter().map(|row| row.vacancy.vacancy_id.0));
            assert_eq!(store.count_release_vacancies(id, &query).unwrap(), 53, "whatever cursor and limit");
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(met, (0..53).map(|n| format!("v{n:03}")).collect::<Vec<_>>(), "limit {limit}");
    }
    let none = store.release_vacancies(id, &VacancyQuery::default()).unwrap();
    assert_eq!((none.rows.len(), none.next), (0, None));
}

pub fn vacancies_are_filtered(store: &dyn Store) {
    let mut rows: Vec<ReleaseVacancy> = ["Night Porter", "Cook", "Software Engineer", "Nurse"]
        .iter()
        .enumerate()
        .map(|(n, title)| release_vacancy(&format!("v{n}"), title))
        .collect();
    rows[1].vacancy.employer = Some("Porter's Kitchen".to_owned());
    rows[1].vacancy.occupation.soc2020 = Some("5434".to_owned());
    rows[1].vacancy.excluded_reason = Some("training_course".to_owned());
    rows[2].vacancy.occupation.soc2020 = Some("2134".to_owned());
    rows[2].vacancy.location.country = Some("Scotland".to_owned());
    rows[2].vacancy.location.region_code = Some("S92000003".to_owned());
    rows[2].vacancy.location.county_code = Some("S12000036".to_owned());
    rows[2].vacancy.location.lad_code = Some("S12000036".to_owned());
    rows[2].vacancy.location.lep_code = Some("not_applicable".to_owned());
    rows[2].vacancy.closed_on = Some(at(10, 0));
    rows[2].vacancy.flow_month = Some("2026-09".parse().unwrap());
    rows[3].vacancy.occupation.soc2020 = None;
    rows[3].vacancy.employer = None;
    rows[3].vacancy.first_seen = None;
    rows[3].vacancy.flow_month = None;
    rows[3].vacancy.location.country = Some("France".to_owned());
    rows[3].vacancy.location.region_code = None;
    rows[3].vacancy.location.lad_code = None;
    rows[3].vacancy.date_closing = Some(day(15));
    rows[0].vacancy.date_closing = Some(day(15));
    let id = build(store, &rows, &[]);
    let check = |query: VacancyQuery, expected: &[&str]| {
        assert_eq!(found(store, id, &VacancyQuery { limit: 10, ..query.clone() }), expected, "{query:?}");
    };
    let occupation = |code: &str| VacancyQuery { occupation: Some(code.to_owned()), ..VacancyQuery::default() };
    check(occupation("6135"), &["v0"]);
    check(occupation("2"), &["v2"]);
    check(occupation("543"), &["v1"]);
    check(occupation("54341"), &[]);
    check(occupation("é"), &[]);
    check(occupation(""), &["v0", "v1", "v2", "v3"]);
    let area = |code: &str| VacancyQuery { area: Some(code.to_owned()), ..VacancyQuery::default() };
    check(area("E92000001"), &["v0", "v1"]);
    check(area("S92000003"), &["v2"]);
    check(area("K02000001"), &["v0", "v1", "v2"]);
    check(area("E12000009"), &["v0", "v1"]);
    check(area("E10000027"), &["v0", "v1", "v3"]);
    check(area("E07000189"), &["v0", "v1"]);
    check(area("E37000042"), &["v0", "v1", "v3"]);
    check(area("S12000036"), &["v2"]);
    check(area("X"), &[]);
    let text = |text: &str| VacancyQuery { text: Some(text.to_owned()), ..VacancyQuery::default() };
    check(text("porter"), &["v0", "v1"]);
    check(text("  NIGHT  porter "), &["v0"]);
    check(text("harbour nurse"), &[]);
    check(text("nurse"), &["v3"]);
    check(text(" "), &["v0", "v1", "v2", "v3"]);
    assert_conflict(store.release_vacancies(id, &text(&"word ".repeat(33))), "too many");
    let open = |at| VacancyQuery { open_at: Some(at), ..VacancyQuery::default() };
    check(open(at(2, 0)), &[]);
    check(open(at(3, 0)), &["v0", "v1", "v2"]);
    check(open(at(10, 0)), &["v0", "v1"]);
    check(open(at(16, 0)), &["v1"]);
    let flow = |from: Option<&str>, to: Option<&str>| VacancyQuery {
        flow_from: from.map(|month| month.parse().unwrap()),
        flow_to: to.map(|month| month.parse().unwrap()),
        ..VacancyQuery::default()
    };
    check(flow(Some("2026-10"), Some("2026-10")), &["v0", "v1"]);
    check(flow(None, Some("2026-09")), &["v2"]);
    check(flow(Some("2026-09"), None), &["v0", "v1", "v2"]);
    check(flow(Some("1999-01"), Some("1999-12")), &[]);
    let counted = VacancyQuery { counted_only: true, ..VacancyQuery::default() };
    check(counted.clone(), &["v0", "v2", "v3"]);
    check(VacancyQuery { text: Some("porter".to_owned()), area: Some("E12000009".to_owned()), ..counted }, &["v0"]);
}

fn numbers() -> Vec<Observation> {
    let mut numbers = Vec::new();
    for indicator in ["vacancies_flow", "postings_flow"] {
        for (area_type, area) in [("uk", "K02000001"), ("lad", "E07000189"), ("lad", "unknown")] {
            for occupation in ["total", "unknown", "6", "61", "613", "6135", "2134"] {
                numbers.push(observation(indicator, area_type, area, occupation));
            }
        }
    }
    numbers[0].value = None;
    numbers[0].status = ObsStatus::Confidential;
    numbers[1].value = Some(0.1 + 0.2);
    numbers
}

fn key(row: &Observation) -> [&str; 4] {
    [&row.indicator, &row.area_type, &row.area, &row.occupation]
}

pub fn observations_come_in_order(store: &dyn Store) {
    let mut numbers = numbers();
    let id = build(store, &[], &numbers);
    numbers.sort_by(|a, b| key(a).cmp(&key(b)));
    let query = ObservationQuery { limit: 100, ..ObservationQuery::default() };
    let page = store.observations(id, &query).unwrap();
    assert_eq!(page.rows, numbers);
    assert_eq!(page.next, None);
}

pub fn observation_pages_are_complete(store: &dyn Store) {
    let mut numbers = numbers();
    let id = build(store, &[], &numbers);
    numbers.sort_by(|a, b| key(a).cmp(&key(b)));
    for limit in [1, 5, 41, 42] {
        let mut query = ObservationQuery { limit, ..ObservationQuery::default() };
        let mut met = Vec::new();
        loop {
            let page = store.observations(id, &query).unwrap();
            met.extend(page.rows);
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(met, numbers, "limit {limit}");
    }
}

pub fn observations_are_filtered(store: &dyn Store) {
    let id = build(store, &[], &numbers());
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let count =
        |query: ObservationQuery| store.observations(id, &ObservationQuery { limit: 100, ..query }).unwrap().rows.len();
    let none = ObservationQuery::default;
    assert_eq!(count(none()), 42);
    assert_eq!(count(ObservationQuery { indicators: texts(&["vacancies_flow"]), ..none() }), 21);
    assert_eq!(count(ObservationQuery { areas: texts(&["unknown", "K02000001"]), ..none() }), 28);
    assert_eq!(count(ObservationQuery { area_types: texts(&["lad"]), ..none() }), 28);
    assert_eq!(count(ObservationQuery { occupations: texts(&["6", "total", "x' OR '1'='1"]), ..none() }), 12);
    assert_eq!(count(ObservationQuery { occupation_level: Some(4), ..none() }), 12);
    assert_eq!(count(ObservationQuery { occupation_level: Some(5), ..none() }), 0, "'total' is no code");
    assert_eq!(count(ObservationQuery { occupation_level: Some(7), ..none() }), 0, "nor is 'unknown'");
    let narrow = ObservationQuery {
        indicators: texts(&["vacancies_flow", "nothing"]),
        areas: texts(&["E07000189"]),
        area_types: texts(&["lad"]),
        occupations: texts(&["6135"]),
        occupation_level: Some(4),
        ..none()
    };
    assert_eq!(count(narrow.clone()), 1);
    assert_eq!(count(ObservationQuery { area_types: texts(&["uk"]), ..narrow }), 0);
}

pub fn a_malformed_cursor_is_a_conflict(store: &dyn Store) {
    let id = build(store, &rows(2), &numbers());
    let vacancies = store.release_vacancies(id, &VacancyQuery { limit: 1, ..VacancyQuery::default() }).unwrap();
    for cursor in ["", "x", "v1.", "v1.zz", "v2.5b5d", "v1.5b5d", &format!("{}0", vacancies.next.clone().unwrap())] {
        let query = VacancyQuery { cursor: Some(cursor.to_owned()), ..all() };
        assert_conflict(store.release_vacancies(id, &query), "is no cursor");
        let query = ObservationQuery { cursor: Some(cursor.to_owned()), limit: 1, ..ObservationQuery::default() };
        assert_conflict(store.observations(id, &query), "is no cursor");
    }
    let query = ObservationQuery { cursor: vacancies.next, limit: 1, ..ObservationQuery::default() };
    assert_conflict(store.observations(id, &query), "is no cursor");
}

pub fn the_same_number_twice_is_refused_whole(store: &dyn Store) {
    let id = store.begin_release(october()).unwrap();
    let numbers = numbers();
    let twice: Vec<Observation> = numbers.iter().chain(&numbers[..1]).cloned().collect();
    assert_conflict(store.add_observations(id, &twice), "there already");
    store.finish_release(&release(id)).unwrap();
    let query = ObservationQuery { limit: 100, ..ObservationQuery::default() };
    assert_eq!(store.observations(id, &query).unwrap().rows, []);
}
