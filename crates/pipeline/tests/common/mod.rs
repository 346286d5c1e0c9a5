//! A store on disk, small stages that count their calls, invented postings.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part; a test may stop on what cannot be")]

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use openvacancy_dedup::Deduplicator;
use openvacancy_domain::education::{Education, Experience};
use openvacancy_domain::normalised::Sector;
use openvacancy_domain::pay::{Pay, WagePeriod};
use openvacancy_domain::place::{Location, LocationPrecision, Place};
use openvacancy_domain::ports::{
    CodeOccupation, Normalise, PostingStore, RunLog, SeenPosting, VacancyRecord, VacancyStore,
};
use openvacancy_domain::terms::{ContractType, Language, MissingReason, Remote, WorkingHours};
use openvacancy_domain::{
    CodingContext, FixedClock, Normalised, OccupationCoding, OccupationMethod, PortalId, Posting, Stage, Timestamp,
};
use openvacancy_pipeline::{Crosswalk, Options, Report, Silent, Stages, process};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Reads what the tests write: `Leeds` or `Hull`, one pay figure, ISO dates.
pub(crate) struct Reader {
    pub(crate) version: String,
    pub(crate) calls: AtomicU64,
    /// Set when that many postings have been read.
    pub(crate) stop_after: Option<(u64, std::sync::Arc<AtomicBool>)>,
}

impl Reader {
    pub(crate) fn new(version: &str) -> Self {
        Self { version: version.to_owned(), calls: AtomicU64::new(0), stop_after: None }
    }

    pub(crate) fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }
}

impl Normalise for Reader {
    fn normalise(&self, posting: &Posting) -> Normalised {
        let calls = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some((after, flag)) = &self.stop_after
            && calls >= *after
        {
            flag.store(true, Ordering::SeqCst);
        }
        assert!(posting.title != "BREAKS THE STAGE", "a stage that breaks, for the test");
        let figure: Option<f64> = posting.salary.as_deref().and_then(|text| text.parse().ok());
        let mut missing = BTreeMap::new();
        if figure.is_none() {
            missing.insert("wage_min".to_owned(), MissingReason::NotStated);
        }
        Normalised {
            language: Language::English,
            location: place(posting.location.as_deref()),
            remote: Remote::Unknown,
            skills: Vec::new(),
            education: Education::default(),
            experience: Experience::default(),
            pay: Pay {
                wage_min: figure,
                wage_max: figure,
                wage_period: figure.map(|_| WagePeriod::Year),
                wage_annual_min: figure,
                wage_annual_max: figure,
                wage_annual_gbp: figure,
                ..Pay::default()
            },
            sector: Sector::default(),
            openings: posting.openings.unwrap_or(1),
            contract_type: posting
                .contract
                .as_deref()
                .and_then(|text| text.parse().ok())
                .unwrap_or(ContractType::Unknown),
            working_hours: WorkingHours::Unknown,
            date_posted: posting.date_posted.as_deref().and_then(|text| text.parse().ok()),
            date_closing: None,
            excluded_reason: None,
            missing,
            evidence: BTreeMap::new(),
            rules_version: self.version.clone(),
        }
    }

    fn version(&self) -> &str {
        &self.version
    }
}

fn place(location: Option<&str>) -> Location {
    let Some((name, lad)) = [("Leeds", "E08000035"), ("Hull", "E06000010")]
        .into_iter()
        .find(|(name, _)| location.is_some_and(|text| text.contains(name)))
    else {
        return Location::default();
    };
    Location {
        lad_code: Some(lad.to_owned()),
        precision: LocationPrecision::Place,
        method: "gazetteer".to_owned(),
        places: vec![Place {
            name: name.to_owned(),
            lad_code: Some(lad.to_owned()),
            county_code: None,
            lep_code: None,
            precision: LocationPrecision::Place,
        }],
        ..Location::default()
    }
}

/// Codes every title 2237 with a confidence of the length of its prose.
pub(crate) struct Coder;

impl CodeOccupation for Coder {
    fn code(&self, title: &str, context: &CodingContext<'_>) -> OccupationCoding {
        OccupationCoding {
            soc2020: Some("2237".to_owned()),
            soc2020_title: Some("Other registered nursing professionals".to_owned()),
            soc2020_confidence: context.description.map_or(0.3, |text| (text.len() as f32 / 10_000.0).min(0.9)),
            soc2020_level: 4,
            occupation_method: OccupationMethod::ExactTitle,
            ..OccupationCoding::uncodable(&title.to_lowercase(), "made for a test", self.version())
        }
    }

    fn version(&self) -> &str {
        "coder-1"
    }
}

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: SqliteStore,
    pub(crate) clock: FixedClock,
    pub(crate) reader: Reader,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("test.sqlite")).unwrap();
        Self { folder, store, clock: FixedClock::new(at(100)), reader: Reader::new("rules-1") }
    }

    pub(crate) fn see(&self, day: i64, postings: &[Posting]) {
        let run = self.store.start_run(Stage::Import, None, at(day), &BTreeMap::new()).unwrap();
        let batch: Vec<SeenPosting> =
            postings.iter().map(|posting| SeenPosting { posting: posting.clone(), seen_at: Some(at(day)) }).collect();
        self.store.record(run, &batch).unwrap();
    }

    pub(crate) fn process(&self) -> Report {
        self.process_with(&Options { chunk: 7, ..Options::default() })
    }

    pub(crate) fn process_with(&self, options: &Options) -> Report {
        let duplicates = Deduplicator::default();
        let crosswalk = |code: &str| Crosswalk {
            title: (code == "2231").then(|| "Midwifery nurses".to_owned()),
            soc2010: Some(("2232".to_owned(), 0.9)),
            isco08: Some(("2222".to_owned(), 0.8)),
        };
        let location = |code: &str| {
            (code == "E06000010").then(|| Location { method: "correction".to_owned(), ..place(Some("Hull")) })
        };
        let stages = Stages {
            normalise: &self.reader,
            code: &Coder,
            duplicates: &duplicates,
            crosswalk: &crosswalk,
            location: &location,
        };
        process(&self.store, &stages, &self.clock, options, &Silent).unwrap()
    }

    /// The present set, by id.
    pub(crate) fn vacancies(&self) -> Vec<VacancyRecord> {
        let rows = self.store.vacancies(None, 10_000).unwrap();
        rows.iter().map(|row| self.store.vacancy(&row.vacancy_id).unwrap().unwrap()).collect()
    }
}

pub(crate) fn at(day: i64) -> Timestamp {
    let start: DateTime<Utc> = Utc.with_ymd_and_hms(2026, 9, 1, 9, 0, 0).unwrap();
    start + TimeDelta::days(day)
}

/// A posting of `portal`; prose and title depend on `job` alone, so that two portals can show one job.
pub(crate) fn posting(portal: &str, id: &str, job: usize) -> Posting {
    let trades = ["nurse", "baker", "weaver", "glazier", "roofer", "tiler", "welder", "joiner", "printer", "cooper"];
    let trade = format!("{}{}", trades[job % trades.len()], job / trades.len());
    let prose: Vec<String> = (0..80).map(|word| format!("{trade}word{}", (word * 7919 + job * 31) % 997)).collect();
    Posting {
        portal: PortalId::from(portal),
        portal_posting_id: Some(id.to_owned()),
        url: Some(format!("https://{portal}.example.org/{id}")),
        title: format!("Registered {trade}"),
        description: Some(prose.join(" ")),
        employer: Some(format!("{trade} Works")),
        location: Some("Leeds".to_owned()),
        salary: Some("30000".to_owned()),
        date_posted: Some("2026-09-01".to_owned()),
        ..Posting::default()
    }
}
