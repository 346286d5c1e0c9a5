//! The score, on cases worked out by hand.
#![expect(clippy::unwrap_used, reason = "the hand-made cases are whole")]

use openvacancy_domain::coding::OccupationCoding;
use openvacancy_domain::education::{Education, Experience};
use openvacancy_domain::normalised::{Normalised, Sector};
use openvacancy_domain::pay::{Pay, WagePeriod};
use openvacancy_domain::place::{Location, LocationPrecision, Place};
use openvacancy_domain::terms::{ContractType, Language, Remote, WorkingHours};
use openvacancy_domain::{PortalId, PostingId, VacancyId};
use openvacancy_simulator::{Fault, TruthPosting, score};
use std::collections::BTreeMap;

fn id(number: u32) -> PostingId {
    PostingId { portal: PortalId::from("pretend-feed"), id: number.to_string() }
}

fn truth(number: u32, vacancy: u32) -> TruthPosting {
    let day = "2026-10-01".parse().unwrap();
    TruthPosting {
        posting: id(number),
        vacancy,
        group: None,
        soc2020: "6135",
        lad_codes: vec!["E08000035", "E08000032"],
        county_code: Some("E08000035"),
        precision: LocationPrecision::Place,
        wage_min: Some(12.0),
        wage_max: Some(13.0),
        wage_period: Some(WagePeriod::Hour),
        wage_annual: Some(12.5 * 1955.0),
        contract: Some(ContractType::Permanent),
        hours: None,
        remote: None,
        openings: Some(3),
        education: Some(Education { education_gcse: Some(true), ..Education::default() }),
        experience: Some(Experience { experience: 1, experience_years_min: Some(2.0) }),
        date_posted: Some(day),
        date_closing: None,
        malformed: None,
        live_from: day,
        live_to: day,
    }
}

/// What a faultless reader gives for [`truth`].
fn right() -> Normalised {
    let place = |lad: &str| Place {
        name: String::new(),
        lad_code: Some(lad.to_owned()),
        county_code: None,
        lep_code: None,
        precision: LocationPrecision::Place,
    };
    Normalised {
        language: Language::English,
        location: Location {
            lad_code: Some("E08000035".to_owned()),
            county_code: Some("E08000035".to_owned()),
            places: vec![place("E08000032"), place("E08000035")],
            ..Location::default()
        },
        remote: Remote::Unknown,
        skills: Vec::new(),
        education: Education { education_gcse: Some(true), ..Education::default() },
        experience: Experience { experience: 1, experience_years_min: Some(2.0) },
        pay: Pay {
            wage_min: Some(12.0),
            wage_max: Some(13.0),
            wage_period: Some(WagePeriod::Hour),
            wage_annual_gbp: Some(12.5 * 1950.0),
            ..Pay::default()
        },
        sector: Sector::default(),
        openings: 3,
        contract_type: ContractType::Permanent,
        working_hours: WorkingHours::Unknown,
        date_posted: "2026-10-01".parse().ok(),
        date_closing: None,
        excluded_reason: None,
        missing: BTreeMap::new(),
        evidence: BTreeMap::new(),
        rules_version: String::new(),
    }
}

fn coded(code: Option<&str>) -> OccupationCoding {
    OccupationCoding { soc2020: code.map(str::to_owned), ..OccupationCoding::uncodable("", "", "") }
}

#[test]
fn right_answers_count_as_right_and_wrong_ones_against_precision() {
    let truths = [truth(1, 1), truth(2, 2), truth(3, 3)];
    let mut wrong = right();
    wrong.location.lad_code = Some("E09000001".to_owned());
    wrong.location.places.truncate(1);
    wrong.pay.wage_period = Some(WagePeriod::Year);
    wrong.pay.wage_annual_gbp = Some(12.5);
    wrong.contract_type = ContractType::Unknown;
    let (good, fair) = (coded(Some("6135")), coded(Some("6136")));
    let read = right();
    let days = ["2026-10-01".parse().unwrap()];
    let score = score(&truths, &days, [(id(1), &read, &good), (id(2), &wrong, &fair)].into_iter(), &[]);
    let check = |stage: &str, name: &str, expected: (u64, u64, u64)| {
        let measure = score.get(stage, name).unwrap();
        assert_eq!((measure.of, measure.given, measure.right), expected, "{stage} {name}");
    };
    check("collect", "sound postings found", (3, 2, 2));
    check("place", "district", (2, 2, 1));
    check("place", "county", (2, 2, 2));
    check("place", "all of several places", (2, 1, 1));
    check("pay", "lower figure", (2, 2, 2));
    check("pay", "period", (2, 2, 1));
    check("pay", "annual, within 3%", (2, 2, 1));
    check("pay", "unstated left empty", (0, 0, 0));
    check("occupation", "SOC 2020, 4 digits", (2, 2, 1));
    check("occupation", "SOC 2020, 3 digits", (2, 2, 2));
    check("terms", "contract", (2, 1, 1));
    check("terms", "hours", (0, 0, 0));
    check("terms", "several openings", (2, 2, 2));
    check("requirements", "education, all seven", (2, 2, 2));
    check("requirements", "years of experience", (2, 2, 2));
    check("dates", "posted", (2, 2, 2));
    let table = score.to_string();
    assert!(table.contains("66.7%") && table.lines().all(|line| line.chars().count() < 100), "{table}");
}

#[test]
fn unusable_pages_should_be_rejected_and_are_not_judged() {
    let mut truths = [truth(1, 1), truth(2, 2), truth(3, 3), truth(4, 4)];
    truths[1].malformed = Some(Fault::MissingTitle);
    truths[2].malformed = Some(Fault::MissingTitle);
    truths[3].malformed = Some(Fault::AbsurdDate);
    let (read, code) = (right(), coded(None));
    let days = ["2026-10-01".parse().unwrap()];
    let given = [(id(1), &read, &code), (id(2), &read, &code), (id(4), &read, &code)];
    let score = score(&truths, &days, given.into_iter(), &[]);
    let get = |name: &str| score.get("collect", name).unwrap();
    assert_eq!((get("unusable pages rejected").of, get("unusable pages rejected").right), (2, 1));
    assert_eq!((get("damaged pages still used").of, get("damaged pages still used").right), (1, 1));
    assert_eq!(score.get("occupation", "SOC 2020, 4 digits").unwrap().of, 1);
}

#[test]
fn pairs_are_counted_as_pairs() {
    // One vacancy shown three times, one shown once, two look-alikes.
    let mut truths = [truth(1, 1), truth(2, 1), truth(3, 1), truth(4, 2), truth(5, 3), truth(6, 4)];
    truths[4].group = Some(1);
    truths[5].group = Some(1);
    // The third is missed; the fourth is wrongly joined to it; the look-alikes are joined.
    let links: Vec<(PostingId, VacancyId)> = [(1, "a"), (2, "a"), (3, "b"), (4, "b"), (5, "c"), (6, "c")]
        .map(|(number, vacancy)| (id(number), VacancyId::from(vacancy)))
        .to_vec();
    let score = score(&truths, &[], std::iter::empty(), &links);
    let pairs = score.get("duplicates", "pairs of one vacancy").unwrap();
    assert_eq!((pairs.of, pairs.given, pairs.right), (3, 3, 1));
    assert_eq!(pairs.recall(), Some(1.0 / 3.0));
    let apart = score.get("duplicates", "look-alikes kept apart").unwrap();
    assert_eq!((apart.of, apart.right), (1, 0));
    assert_eq!(score.get("collect", "sound postings found").unwrap().recall(), None);
}

#[test]
fn strangers_do_not_count() {
    let (read, code) = (right(), coded(Some("6135")));
    let links = [(id(9), VacancyId::from("a")), (id(8), VacancyId::from("a"))];
    let score = score(&[truth(1, 1)], &[], [(id(9), &read, &code)].into_iter(), &links);
    assert!(score.measures.iter().all(|measure| measure.of == 0), "{score}");
}
