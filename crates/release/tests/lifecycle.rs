//! From draft to published, and what stands in the way.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod common;

use common::sample;
use openvacancy_domain::ports::{ObservationQuery, ReleaseStore as _, RunLog as _, VacancyQuery};
use openvacancy_domain::{FixedClock, Month, ReleaseState, RunCounts, RunState, Stage};
use openvacancy_release::quality::Quality;
use openvacancy_release::{BuildOptions, OverrideRequest, ReleaseError, Thresholds, build, check, failures, publish};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;

struct Office {
    _folder: tempfile::TempDir,
    store: SqliteStore,
    clock: FixedClock,
}

fn office(vacancies: &[openvacancy_domain::Vacancy]) -> Office {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.sqlite")).unwrap();
    common::fill(&store, vacancies);
    Office { _folder: folder, store, clock: FixedClock::new(sample::noon(2026, 11, 5)) }
}

#[test]
fn the_same_data_gives_the_same_digest_and_totals_that_add_up() {
    let vacancies = sample::world(3, 400, sample::noon(2026, 10, 2), 28);
    let (one, other) = (office(&vacancies), office(&vacancies));
    // Another run before, so that the second store numbers its runs otherwise.
    other.store.start_run(Stage::Collect, None, sample::noon(2026, 1, 1), &BTreeMap::new()).unwrap();
    common::fill(&other.store, &vacancies);
    let (one_release, other_release) =
        (common::built(&one.store, "2026-10", None), common::built(&other.store, "2026-10", None));
    assert_eq!(one_release.digest, other_release.digest);
    let quality = Quality::of(&one_release).unwrap();
    let excluded = vacancies.iter().filter(|vacancy| vacancy.excluded_reason.is_some()).count() as u64;
    assert_eq!(quality.rows, 400);
    assert_eq!((quality.flow, quality.counted), (400 - excluded, 400 - excluded));
    assert_eq!(quality.excluded.get("training_course"), Some(&excluded));
    let total = ObservationQuery {
        indicators: vec!["vacancies_flow".to_owned()],
        areas: vec!["K02000001".to_owned()],
        occupations: vec!["total".to_owned()],
        limit: 10,
        ..ObservationQuery::default()
    };
    let rows = one.store.observations(one_release.id, &total).unwrap().rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].value, Some((400 - excluded) as f64));
    let checked = check(&one.store, one_release.id, &common::lenient(), &[], &one.clock).unwrap();
    assert_eq!(failures(&checked).collect::<Vec<_>>(), Vec::<&openvacancy_domain::release::GateResult>::new());
}

#[test]
fn a_failed_rule_keeps_a_draft_until_a_named_person_overrides_it() {
    let mut vacancies = sample::world(4, 300, sample::noon(2026, 10, 2), 28);
    for vacancy in vacancies.iter_mut().take(150) {
        vacancy.occupation = sample::uncoded();
    }
    let Office { store, clock, _folder } = office(&vacancies);
    let id = common::built(&store, "2026-10", None).id;
    assert!(matches!(publish(&store, id, &clock), Err(ReleaseError::NotChecked { .. })));
    let draft = check(&store, id, &Thresholds::default(), &[], &clock).unwrap();
    assert_eq!(draft.state, ReleaseState::Draft);
    let failed: Vec<&str> = failures(&draft).map(|result| result.rule.as_str()).collect();
    assert_eq!(failed, ["soc2020_missing_share"]);
    let request = |rule: &str, by: &str| {
        [OverrideRequest { rule: rule.to_owned(), by: by.to_owned(), reason: "a new portal without titles".to_owned() }]
    };
    let check = |overrides: &[OverrideRequest]| check(&store, id, &Thresholds::default(), overrides, &clock);
    assert!(matches!(check(&request("soc", "Ada")), Err(ReleaseError::UnknownRule { .. })));
    assert!(matches!(check(&request("soc2020_missing_share", " ")), Err(ReleaseError::EmptyOverride { .. })));
    let checked = check(&request("soc2020_missing_share", "Ada")).unwrap();
    assert_eq!(checked.state, ReleaseState::Checked);
    // A second check keeps what was decided.
    assert_eq!(check(&[]).unwrap().state, ReleaseState::Checked);
    let published = publish(&store, id, &clock).unwrap();
    assert_eq!(published.published_at, Some(sample::noon(2026, 11, 5)));
    let kept = published.gate.iter().find_map(|result| result.overridden.clone()).unwrap();
    assert_eq!((kept.by.as_str(), kept.at), ("Ada", sample::noon(2026, 11, 5)));
    assert!(matches!(publish(&store, id, &clock), Err(ReleaseError::Published { .. })));
    assert!(matches!(check(&[]), Err(ReleaseError::Published { .. })));
    let revision = common::built(&store, "2026-10", None);
    assert_eq!((revision.id.version, revision.state), (id.version + 1, ReleaseState::Draft));
    assert_eq!(revision.digest, published.digest);
}

#[test]
fn orphan_codes_and_failed_runs_are_found() {
    let mut vacancies = sample::world(5, 120, sample::noon(2026, 10, 2), 28);
    vacancies[0].excluded_reason = None;
    vacancies[0].occupation.soc2020 = Some("9998".to_owned());
    let Office { store, clock, _folder } = office(&vacancies);
    let run = store.start_run(Stage::Collect, None, sample::noon(2026, 10, 31), &BTreeMap::new()).unwrap();
    store
        .finish_run(run, sample::noon(2026, 10, 31), RunState::Failed, &RunCounts::default(), Some("cut off"))
        .unwrap();
    let id = common::built(&store, "2026-10", None).id;
    let draft = check(&store, id, &common::lenient(), &[], &clock).unwrap();
    let failed: Vec<&str> = failures(&draft).map(|result| result.rule.as_str()).collect();
    assert_eq!(failed, ["orphan_codes", "runs_done"]);
    assert!(draft.gate.iter().any(|result| result.message.contains("soc2020 9998")), "{:?}", draft.gate);
}

#[test]
fn an_empty_month_is_a_release_that_fails_its_gate() {
    let Office { store, clock, _folder } = office(&[]);
    let release = common::built(&store, "2026-10", None);
    assert_eq!((release.vacancies, release.observations), (0, 0));
    let draft = check(&store, release.id, &Thresholds::default(), &[], &clock).unwrap();
    assert!(failures(&draft).any(|result| result.rule == "has_vacancies"));
}

#[test]
fn a_month_is_never_as_of_the_future_or_of_before_it_began() {
    let Office { store, clock, _folder } = office(&[]);
    let month: Month = "2026-10".parse().unwrap();
    let build =
        |as_of| build(&store, &BuildOptions { as_of: Some(as_of), ..BuildOptions::new(month) }, &clock, &mut |_| {});
    assert!(matches!(build(sample::noon(2026, 11, 6)), Err(ReleaseError::InFuture { .. })));
    assert!(matches!(build(month.start()), Err(ReleaseError::BeforeMonth { .. })));
    assert!(build(sample::noon(2026, 10, 15)).is_ok());
}

#[test]
fn as_of_an_earlier_instant_later_sightings_do_not_exist() {
    let vacancies = sample::world(6, 200, sample::noon(2026, 10, 1), 30);
    let Office { store, _folder, .. } = office(&vacancies);
    let as_of = sample::noon(2026, 10, 15);
    let release = common::built(&store, "2026-10", Some(as_of));
    let query = VacancyQuery { limit: 1_000, ..VacancyQuery::default() };
    let rows = store.release_vacancies(release.id, &query).unwrap().rows;
    let known = vacancies.iter().filter(|vacancy| vacancy.first_seen.unwrap() <= as_of).count();
    assert_eq!(rows.len(), known);
    assert!(rows.iter().all(|row| row.vacancy.last_seen.unwrap() <= as_of));
    assert!(!Quality::of(&release).unwrap().complete_month);
}
