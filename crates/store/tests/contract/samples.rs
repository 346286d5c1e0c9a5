//! Made-up things to store.

#![allow(dead_code, unreachable_pub, reason = "each test program uses the part it needs")]

use chrono::{DateTime, NaiveDate};
use openvacancy_domain::dedup::PairDecision;
use openvacancy_domain::education::{Education, Experience, Skill};
use openvacancy_domain::normalised::Sector;
use openvacancy_domain::pay::{Pay, WagePeriod};
use openvacancy_domain::place::{Location, LocationPrecision, Place};
use openvacancy_domain::ports::{CodedPosting, ReleaseVacancy, SeenPosting, StageVersions, Store, VacancyRecord};
use openvacancy_domain::terms::{ContractType, Language, MissingReason, Remote, WorkingHours};
use openvacancy_domain::vacancy::VacancyOccupation;
use openvacancy_domain::{
    ContentHash, Normalised, ObsStatus, Observation, OccupationCoding, OccupationMethod, PortalId, Posting, PostingId,
    RunId, Stage, StoreError, Timestamp, Vacancy, VacancyId,
};
use std::collections::BTreeMap;

/// Noon of a day in October 2026, and so many minutes.
pub fn at(day: u32, minutes: i64) -> Timestamp {
    let noon = NaiveDate::from_ymd_opt(2026, 10, day).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
    noon + chrono::Duration::minutes(minutes)
}

pub fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
}

pub fn run(store: &dyn Store) -> RunId {
    store.start_run(Stage::Import, None, at(1, 0), &BTreeMap::new()).unwrap()
}

pub fn posting(portal: &str, id: &str, title: &str) -> Posting {
    Posting {
        portal: portal.into(),
        portal_posting_id: Some(id.to_owned()),
        title: title.to_owned(),
        employer: Some("Harbour & Vale Housing".to_owned()),
        description: Some(format!("We need a {title}.\nYou will work with people. Pay £24,570 a year.")),
        latitude: Some(51.507_351),
        salary_min: Some(24_570.0),
        openings: Some(2),
        fetched_at: Some("2026-10-01T12:00:00Z".to_owned()),
        extra: serde_json::from_str(r#"{"shift": "early", "grades": [1, 2]}"#).unwrap(),
        ..Posting::default()
    }
}

pub fn seen(portal: &str, id: &str, title: &str, seen_at: Timestamp) -> SeenPosting {
    SeenPosting { posting: posting(portal, id, title), seen_at: Some(seen_at) }
}

pub fn id(portal: &str, id: &str) -> PostingId {
    PostingId { portal: PortalId::from(portal), id: id.to_owned() }
}

pub fn versions(number: u32) -> StageVersions {
    StageVersions { rules: format!("rules-{number}"), coder: "coder-1".to_owned() }
}

pub fn coded(key: i64, content_hash: &ContentHash, code: &str) -> CodedPosting {
    CodedPosting { key, content_hash: content_hash.clone(), normalised: normalised(), coding: coding(code) }
}

pub fn coding(code: &str) -> OccupationCoding {
    OccupationCoding {
        soc2020: Some(code.to_owned()),
        soc2020_confidence: 0.85,
        occupation_method: OccupationMethod::Index,
        ..OccupationCoding::uncodable("care assistant", "index title \"care assistant\"", "coder-1")
    }
}

pub fn normalised() -> Normalised {
    let vacancy = vacancy("v0", "care assistant");
    Normalised {
        language: vacancy.language,
        location: vacancy.location,
        remote: vacancy.remote,
        skills: vacancy.skills,
        education: vacancy.education,
        experience: vacancy.experience,
        pay: vacancy.pay,
        sector: vacancy.sector,
        openings: vacancy.openings,
        contract_type: vacancy.contract_type,
        working_hours: vacancy.working_hours,
        date_posted: vacancy.date_posted,
        date_closing: vacancy.date_closing,
        excluded_reason: None,
        missing: vacancy.missing,
        evidence: BTreeMap::from([("wage_text".to_owned(), "£24,570 a year".to_owned())]),
        rules_version: "rules-1".to_owned(),
    }
}

/// A vacancy in which every column has a value of its own.
pub fn vacancy(id: &str, title: &str) -> Vacancy {
    Vacancy {
        vacancy_id: VacancyId::from(id),
        flow_month: Some("2026-10".parse().unwrap()),
        posted_month: Some("2026-09".parse().unwrap()),
        job_title: title.to_owned(),
        job_link: Some("https://jobs.example/1".to_owned()),
        description_hash: Some(ContentHash::of(title.as_bytes())),
        employer: Some("Harbour & Vale Housing".to_owned()),
        language: Language::English,
        occupation: VacancyOccupation {
            soc2020: Some("6135".to_owned()),
            soc2020_title: Some("Care workers and home carers".to_owned()),
            soc2020_confidence: 0.91,
            soc2020_level: 4,
            soc2020_ext: Some("6135/02".to_owned()),
            soc2010: Some("6145".to_owned()),
            soc2010_confidence: 0.88,
            isco08: Some("5322".to_owned()),
            isco08_confidence: 0.1,
            occupation_method: OccupationMethod::ExactTitle,
        },
        location: Location {
            country: Some("England".to_owned()),
            region_code: Some("E12000009".to_owned()),
            county_code: Some("E10000027".to_owned()),
            county_name: Some("Somerset".to_owned()),
            ceremonial_county: Some("Somerset".to_owned()),
            lad_code: Some("E07000189".to_owned()),
            lep_code: Some("E37000042".to_owned()),
            lep_name: Some("Heart of the South West".to_owned()),
            precision: LocationPrecision::Place,
            method: "gazetteer".to_owned(),
            places: vec![Place {
                name: "Yeovil".to_owned(),
                lad_code: Some("E07000189".to_owned()),
                county_code: None,
                lep_code: None,
                precision: LocationPrecision::Place,
            }],
        },
        remote: Remote::OnSite,
        skills: vec![Skill { id: "s1".to_owned(), label: "give care".to_owned(), matched: "caring".to_owned() }],
        education: Education {
            education_gcse: Some(true),
            education_alevel: Some(false),
            education_apprenticeship: None,
            education_hnc_hnd: Some(true),
            education_degree: Some(false),
            education_postgraduate: None,
            education_professional: Some(true),
            education_rqf_min: Some(2),
        },
        experience: Experience { experience: 1, experience_years_min: Some(1.5) },
        pay: Pay {
            wage_min: Some(11.44),
            wage_max: Some(12.6),
            wage_period: Some(WagePeriod::Hour),
            wage_pro_rata: Some(false),
            wage_text: Some("£11.44 to £12.60 an hour".to_owned()),
            wage_annual_min: Some(22_308.0),
            wage_annual_max: Some(24_570.0),
            wage_annual_gbp: Some(23_439.0),
            wage_flags: vec!["band".to_owned()],
        },
        sector: Sector { sic_section: Some("Q".to_owned()), sic_division: Some("87".to_owned()) },
        openings: 3,
        contract_type: ContractType::Permanent,
        working_hours: WorkingHours::Either,
        date_posted: Some(day(2)),
        date_closing: Some(day(30)),
        first_seen: Some(at(3, 0)),
        last_seen: Some(at(20, 5)),
        closed_on: None,
        closed_why: None,
        portals: vec![PortalId::from("reed")],
        postings_count: 1,
        excluded_reason: None,
        missing: BTreeMap::from([("education_degree".to_owned(), MissingReason::Ambiguous)]),
        coder_version: "coder-1".to_owned(),
        rules_version: "rules-1".to_owned(),
        run_id: RunId(7),
    }
}

/// A vacancy with these postings of portal `reed`; its id comes from the first of them.
pub fn record(postings: &[&str]) -> VacancyRecord {
    let postings: Vec<PostingId> = postings.iter().map(|posting| id("reed", posting)).collect();
    let vacancy_id = VacancyId::from_earliest(&postings[0]);
    let links = postings
        .windows(2)
        .map(|pair| PairDecision {
            a: pair[0].clone(),
            b: pair[1].clone(),
            score: 0.97,
            same: true,
            reasons: vec!["same text 0.97".to_owned(), "3 days apart".to_owned()],
        })
        .collect();
    VacancyRecord { vacancy: Vacancy { vacancy_id, ..vacancy("", "care assistant") }, postings, links }
}

pub fn release_vacancy(id: &str, title: &str) -> ReleaseVacancy {
    ReleaseVacancy { vacancy: vacancy(id, title), in_flow: true, in_stock: false }
}

pub fn observation(indicator: &str, area_type: &str, area: &str, occupation: &str) -> Observation {
    Observation {
        indicator: indicator.to_owned(),
        area: area.to_owned(),
        area_type: area_type.to_owned(),
        occupation: occupation.to_owned(),
        period: "2026-10".to_owned(),
        value: Some(12.0),
        unit: "count".to_owned(),
        status: ObsStatus::Normal,
    }
}

#[track_caller]
pub fn assert_conflict<T: std::fmt::Debug>(answer: Result<T, StoreError>, says: &str) {
    match answer {
        Err(StoreError::Conflict { message }) if message.contains(says) => {}
        other => panic!("expected a conflict that says '{says}', got {other:?}"),
    }
}

#[track_caller]
pub fn assert_not_found<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::NotFound { .. })), "expected not found, got {answer:?}");
}

/// An instant as the store keeps it.
pub fn millis(at: Timestamp) -> Timestamp {
    DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap()
}
