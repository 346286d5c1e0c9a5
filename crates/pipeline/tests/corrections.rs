//! Reviewers' decisions reach the vacancies and stay there.

mod common;

use common::{Reader, World, at, posting};
use openvacancy_domain::ports::{CorrectionStore, RunLog};
use openvacancy_domain::{CorrectionTarget, NewCorrection, OccupationMethod, PortalId, PostingId, Vacancy};

fn id(portal: &str, id: &str) -> PostingId {
    PostingId { portal: PortalId::from(portal), id: id.to_owned() }
}

fn decision(target: CorrectionTarget, field: &str, value: &str) -> NewCorrection {
    NewCorrection {
        target,
        field: field.to_owned(),
        value: value.to_owned(),
        author: "reviewer".to_owned(),
        reason: "wrong_code".to_owned(),
        note: String::new(),
    }
}

fn on_posting(posting: &str, field: &str, value: &str) -> NewCorrection {
    decision(CorrectionTarget::Posting { posting: id("civic", posting) }, field, value)
}

fn on_title(title: &str, context: &str, field: &str, value: &str) -> NewCorrection {
    let target = CorrectionTarget::Title { cleaned_title: title.to_owned(), context: context.to_owned() };
    decision(target, field, value)
}

fn vacancy_of(world: &World, posting: &str) -> Vacancy {
    let record = world.vacancies().into_iter().find(|record| record.postings.contains(&id("civic", posting)));
    record.map(|record| record.vacancy).unwrap_or_else(|| panic!("no vacancy stands on {posting}"))
}

#[test]
fn a_corrected_code_brings_its_other_classifications_and_survives() {
    let mut world = World::new();
    world.see(0, &[posting("civic", "1", 1), posting("civic", "2", 2)]);
    world.process();
    world.store.add_corrections(at(1), &[on_posting("1", "soc2020", "2231")]).unwrap();
    let report = world.process();
    assert_eq!((report.coded, report.corrected), (0, 1));
    // Also after everything was coded anew.
    for version in ["rules-1", "rules-2"] {
        world.reader = Reader::new(version);
        world.process();
        let occupation = vacancy_of(&world, "1").occupation;
        assert_eq!(occupation.soc2020.as_deref(), Some("2231"));
        assert_eq!(occupation.soc2020_title.as_deref(), Some("Midwifery nurses"));
        assert_eq!((occupation.soc2020_confidence, occupation.soc2020_level), (1.0, 4));
        assert_eq!(occupation.occupation_method, OccupationMethod::Correction);
        assert_eq!((occupation.soc2010.as_deref(), occupation.isco08.as_deref()), (Some("2232"), Some("2222")));
        assert_eq!(vacancy_of(&world, "2").occupation.soc2020.as_deref(), Some("2237"), "the other is untouched");
    }
}

#[test]
fn the_posting_goes_before_the_title_and_the_newest_before_the_older() {
    let world = World::new();
    world.see(0, &[posting("civic", "1", 1), posting("harbour", "9", 2), posting("civic", "2", 3)]);
    let title = "registered baker0";
    world
        .store
        .add_corrections(
            at(1),
            &[
                on_posting("1", "contract_type", "permanent"),
                on_title(title, "", "contract_type", "temporary"),
                on_title(title, "", "working_hours", "part_time"),
                on_title(title, "", "working_hours", "full_time"),
                on_title(title, "portal=civic", "remote", "hybrid"),
                on_title(title, "", "remote", "remote"),
                on_title(title, "portal=harbour", "openings", "7"),
            ],
        )
        .unwrap();
    world.process();
    let vacancy = vacancy_of(&world, "1");
    assert_eq!(vacancy.contract_type.as_str(), "permanent", "the posting before the title");
    assert_eq!(vacancy.working_hours.as_str(), "full_time", "the newest");
    assert_eq!(vacancy.remote.as_str(), "hybrid", "the context before everywhere");
    assert_eq!(vacancy.openings, 1, "another portal's context");
}

#[test]
fn a_withdrawn_decision_no_longer_holds() {
    let world = World::new();
    world.see(0, &[posting("civic", "1", 1)]);
    let made = world.store.add_corrections(at(1), &[on_posting("1", "soc2020", "2231")]).unwrap();
    world.process();
    assert_eq!(vacancy_of(&world, "1").occupation.soc2020.as_deref(), Some("2231"));
    world.store.withdraw_correction(made[0].id).unwrap();
    world.process();
    assert_eq!(vacancy_of(&world, "1").occupation.soc2020.as_deref(), Some("2237"));
}

#[test]
fn a_corrected_place_tells_two_vacancies_apart() {
    let world = World::new();
    world.see(0, &[posting("civic", "1", 1), posting("harbour", "9", 1)]);
    world.process();
    assert_eq!(world.vacancies().len(), 1);
    world.store.add_corrections(at(1), &[on_posting("1", "lad_code", "E06000010")]).unwrap();
    world.process();
    assert_eq!(vacancy_of(&world, "1").location.lad_code.as_deref(), Some("E06000010"));
    assert_eq!(world.vacancies().len(), 2);
}

#[test]
fn links_bind() {
    let world = World::new();
    world.see(0, &[posting("civic", "1", 1), posting("harbour", "9", 1), posting("civic", "5", 5)]);
    let pair = |a: PostingId, b: PostingId, value: &str| decision(CorrectionTarget::Pair { a, b }, "link", value);
    world
        .store
        .add_corrections(
            at(1),
            &[pair(id("civic", "1"), id("harbour", "9"), "cannot"), pair(id("civic", "1"), id("civic", "5"), "must")],
        )
        .unwrap();
    world.process();
    let mut groups: Vec<Vec<PostingId>> = world.vacancies().into_iter().map(|record| record.postings).collect();
    groups.sort();
    assert_eq!(groups, [vec![id("civic", "1"), id("civic", "5")], vec![id("harbour", "9")]]);
}

#[test]
fn a_decision_that_cannot_be_read_is_a_problem_and_changes_nothing() {
    let world = World::new();
    world.see(0, &[posting("civic", "1", 1)]);
    world
        .store
        .add_corrections(
            at(1),
            &[
                on_posting("1", "soc2020", "9999"),
                on_posting("1", "shoe_size", "44"),
                on_posting("1", "wage_min", "plenty"),
                on_title("registered baker0", "moon=full", "openings", "3"),
            ],
        )
        .unwrap();
    let report = world.process();
    let problems = world.store.problems(report.run, 10).unwrap();
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.code == "correction_unreadable"));
    let vacancy = vacancy_of(&world, "1");
    assert_eq!(vacancy.occupation.soc2020.as_deref(), Some("2237"));
    assert_eq!((vacancy.pay.wage_min, vacancy.openings), (Some(30_000.0), 1));
}

#[test]
fn corrected_pay_keeps_pay_per_year_in_step() {
    let world = World::new();
    let mut unpaid = posting("civic", "1", 1);
    unpaid.salary = None;
    world.see(0, &[unpaid]);
    world
        .store
        .add_corrections(at(1), &[on_posting("1", "wage_period", "hour"), on_posting("1", "wage_min", "12.5")])
        .unwrap();
    world.process();
    let vacancy = vacancy_of(&world, "1");
    assert_eq!((vacancy.pay.wage_min, vacancy.pay.wage_annual_min), (Some(12.5), Some(24_375.0)));
    assert!(!vacancy.missing.contains_key("wage_min"));
}
