//! The world: always alike, with the proportions it promises.
#![expect(clippy::unwrap_used, reason = "a world that cannot be made or read fails its test")]

use chrono::NaiveDate;
use openvacancy_domain::ContentHash;
use openvacancy_domain::Month;
use openvacancy_domain::terms::Remote;
use openvacancy_simulator::{Fault, Portal, World, WorldConfig, postings_jsonl};
use std::collections::{BTreeMap, BTreeSet};

fn world() -> World {
    World::generate(WorldConfig::default())
}

fn small(seed: u64) -> World {
    World::generate(WorldConfig { seed, vacancies: 150, ..WorldConfig::default() })
}

fn digest(world: &World) -> String {
    let mut bytes = Vec::new();
    postings_jsonl(world, &mut bytes).unwrap();
    bytes.extend(serde_json::to_vec(world.truth()).unwrap());
    ContentHash::of(&bytes).to_string()
}

#[test]
fn one_seed_gives_one_world() {
    assert_eq!(digest(&small(1)), digest(&small(1)));
    assert_ne!(digest(&small(1)), digest(&small(2)));
}

#[test]
fn threads_do_not_matter() {
    let handles: Vec<_> = (0..4).map(|_| std::thread::spawn(|| digest(&small(9)))).collect();
    let digests: BTreeSet<String> = handles.into_iter().map(|handle| handle.join().unwrap()).collect();
    assert_eq!(digests.len(), 1);
}

#[test]
fn there_are_enough_postings_and_ids_are_unique() {
    let world = world();
    assert_eq!(world.vacancy_count(), 2000);
    assert!(world.truth().len() >= 2_000, "{} postings", world.truth().len());
    let collectable = world.truth().iter().filter(|truth| truth.is_live_on_any(&world.collection_days())).count();
    assert!(collectable >= 2_000, "{collectable} postings on the two collection days");
    let ids: BTreeSet<_> = world.truth().iter().map(|truth| &truth.posting).collect();
    assert_eq!(ids.len(), world.truth().len());
    for truth in world.truth() {
        assert_eq!(world.truth_of(&truth.posting), Some(truth));
    }
}

#[test]
fn a_fifth_of_the_vacancies_is_on_several_portals() {
    let world = world();
    let mut portals: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    let mut postings: BTreeMap<(u32, &str), u32> = BTreeMap::new();
    for truth in world.truth() {
        portals.entry(truth.vacancy).or_default().insert(truth.posting.portal.as_str());
        *postings.entry((truth.vacancy, truth.posting.portal.as_str())).or_default() += 1;
    }
    let shared = portals.values().filter(|portals| portals.len() > 1).count() as f64 / portals.len() as f64;
    assert!((0.15..0.25).contains(&shared), "{shared}");
    let reposted = postings.values().filter(|count| **count > 1).count() as f64 / portals.len() as f64;
    assert!((0.03..0.07).contains(&reposted), "{reposted}");
    for portal in Portal::ALL {
        let count = world.listings().iter().filter(|listing| listing.portal == portal).count();
        assert!(count > 300, "{}: {count}", portal.as_str());
    }
}

#[test]
fn some_pages_are_malformed_in_every_way() {
    let world = world();
    for portal in Portal::ALL {
        let listings: Vec<_> = world.listings().iter().filter(|listing| listing.portal == portal).collect();
        let faulty = listings.iter().filter(|listing| listing.fault.is_some()).count() as f64 / listings.len() as f64;
        assert!((0.005..0.04).contains(&faulty), "{}: {faulty}", portal.as_str());
    }
    let large = World::generate(WorldConfig { vacancies: 6000, huge_pages: 0, ..WorldConfig::default() });
    let faults: BTreeSet<Fault> = large.truth().iter().filter_map(|truth| truth.malformed).collect();
    assert_eq!(faults.len(), 7, "{faults:?}");
}

#[test]
fn look_alikes_are_different_vacancies() {
    let world = world();
    let mut groups: BTreeMap<u32, Vec<_>> = BTreeMap::new();
    for (number, truth) in (0_u32..).zip(world.truth()) {
        if let Some(group) = truth.group {
            groups.entry(group).or_default().push((number, truth));
        }
    }
    let (mut one_place, mut many_places) = (0, 0);
    for members in groups.values() {
        let vacancies: BTreeSet<u32> = members.iter().map(|(_, truth)| truth.vacancy).collect();
        assert_eq!(vacancies.len(), members.len());
        let texts: BTreeSet<String> = members.iter().map(|(number, _)| format!("{:?}", world.prose(*number))).collect();
        match (members.len(), texts.len()) {
            (7.., _) => one_place += 1,
            (2.., 2..) => many_places += 1,
            _ => {}
        }
    }
    assert!(one_place >= 1 && many_places >= 4, "{one_place} and {many_places} groups");
}

#[test]
fn occupations_cover_all_major_groups_as_portals_do() {
    let world = world();
    let mut majors: BTreeMap<&str, f64> = BTreeMap::new();
    for truth in world.truth() {
        *majors.entry(&truth.soc2020[..1]).or_default() += 1.0 / world.truth().len() as f64;
    }
    let check = |major: &str, from: f64, to: f64| {
        let share = majors.get(major).copied().unwrap_or_default();
        assert!((from..to).contains(&share), "major group {major}: {share}");
    };
    check("1", 0.03, 0.09);
    check("2", 0.26, 0.40);
    check("3", 0.10, 0.20);
    check("4", 0.06, 0.13);
    check("5", 0.05, 0.12);
    check("6", 0.06, 0.14);
    check("7", 0.03, 0.09);
    check("8", 0.02, 0.08);
    check("9", 0.06, 0.14);
    let titles: BTreeSet<&str> = world.listings().iter().map(|listing| listing.title.as_str()).collect();
    assert!(titles.len() > 1_000, "{} spellings of titles", titles.len());
}

#[test]
fn places_and_pay_are_mostly_said_and_always_true() {
    let world = world();
    let (mut placed, mut paid, mut remote) = (0, 0, 0);
    for truth in world.truth() {
        for code in &truth.lad_codes {
            assert_eq!(openvacancy_reference::area::district(code).map(|district| district.code), Some(*code));
        }
        placed += usize::from(!truth.lad_codes.is_empty());
        paid += usize::from(truth.wage_annual.is_some());
        remote += usize::from(matches!(truth.remote, Some(Remote::Hybrid | Remote::Remote)));
        if let Some(annual) = truth.wage_annual {
            assert!((14_000.0..160_000.0).contains(&annual), "{truth:?}");
        }
        assert!(truth.live_from <= truth.live_to);
    }
    let share = |count: usize| count as f64 / world.truth().len() as f64;
    assert!((0.75..0.95).contains(&share(placed)), "{}", share(placed));
    assert!((0.65..0.90).contains(&share(paid)), "{}", share(paid));
    assert!((0.02..0.12).contains(&share(remote)), "{}", share(remote));
}

#[test]
fn prose_is_as_long_as_prose_is() {
    let world = world();
    let mut lengths = Vec::new();
    for posting in world.postings() {
        let text = posting.description.unwrap();
        assert!(!text.contains(['{', '}', '[', ']', '|']), "{text}");
        assert!(posting.title.chars().any(char::is_alphabetic));
        lengths.push(text.len());
    }
    lengths.sort_unstable();
    let at = |share: f64| lengths[(share * (lengths.len() - 1) as f64) as usize];
    assert!((1_500..2_600).contains(&at(0.5)), "median {}", at(0.5));
    assert!(at(0.05) < 600, "5% {}", at(0.05));
    assert!(at(0.97) > 3_800, "97% {}", at(0.97));
}

#[test]
fn days_change_what_is_shown() {
    let world = world();
    assert_eq!(world.day(), world.month().first_day());
    let [first, last] = world.collection_days();
    let live = |day: NaiveDate| -> BTreeSet<_> {
        world.truth().iter().filter(|truth| truth.is_live_on_any(&[day])).map(|truth| &truth.posting).collect()
    };
    let (first, last) = (live(first), live(last));
    assert!(first.difference(&last).count() > 300);
    assert!(last.difference(&first).count() > 300);
    assert!(first.intersection(&last).count() > 20);
    let day: NaiveDate = "2026-10-17".parse().unwrap();
    world.set_day(day);
    assert_eq!(world.day(), day);
}

#[test]
fn other_months_and_sizes_work() {
    let month: Month = "2024-02".parse().unwrap();
    let world = World::generate(WorldConfig { month, vacancies: 1, ..WorldConfig::default() });
    assert!(!world.truth().is_empty());
    assert_eq!(world.day(), month.first_day());
    let none = World::generate(WorldConfig { vacancies: 0, ..WorldConfig::default() });
    assert!(none.truth().is_empty());
}
