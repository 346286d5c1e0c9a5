//! How fast the store takes and gives rows, by the clock and by the processor (Linux only; a shared machine makes the
//! clock say little). `cargo run --release -p openvacancy-store --example load [--json] [ROWS]`; `--json` says one line a
//! step for `tests/bench`.

use chrono::{DateTime, Utc};
use openvacancy_domain::ports::{
    CodedPosting, ObservationQuery, PostingStore as _, ReleaseStore as _, ReleaseVacancy, RunLog as _, SeenPosting,
    StageVersions, VacancyQuery, VacancyRecord, VacancyStore as _,
};
use openvacancy_domain::terms::{ContractType, Language, Remote, WorkingHours};
use openvacancy_domain::vacancy::VacancyOccupation;
use openvacancy_domain::{
    ContentHash, Normalised, ObsStatus, Observation, OccupationCoding, OccupationMethod, Posting, PostingId, Release,
    ReleaseState, RunId, Stage, Timestamp, Vacancy, VacancyId,
};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

/// A point in time by the clock and by this process's processor seconds.
#[derive(Clone, Copy)]
struct Mark(Instant, f64);

impl Mark {
    fn now() -> Self {
        Self(Instant::now(), processor_seconds().unwrap_or(f64::NAN))
    }

    /// Seconds since, by the clock and by the processor.
    fn since(self) -> (f64, f64) {
        (self.0.elapsed().as_secs_f64(), processor_seconds().unwrap_or(f64::NAN) - self.1)
    }
}

/// User and system time of all threads, which Linux counts in hundredths of a second.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}

#[expect(clippy::print_stdout, reason = "its report")]
fn report(what: &str, count: usize, (clock, processor): (f64, f64)) {
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rows = count as f64;
    if std::env::args().any(|word| word == "--json") {
        println!("{{\"what\":\"{what}\",\"count\":{count},\"seconds\":{clock},\"processor_seconds\":{processor}}}");
        return;
    }
    println!(
        "{what:<46} {count:>8} rows {clock:>7.2} s {:>8.0} rows/s {processor:>7.2} CPU s {:>8.0} rows/CPU s",
        rows / clock,
        rows / processor
    );
}

/// Rows given to the store at once, as the importer and the pipeline do.
const BATCH: usize = 2_000;

#[expect(clippy::print_stdout, reason = "its report")]
fn main() -> Result<(), Box<dyn Error>> {
    let rows: usize = std::env::args().skip(1).find(|word| word != "--json").map_or(Ok(50_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("store.db");
    let store = SqliteStore::open(&file)?;
    let run = store.start_run(Stage::Import, None, instant(0), &BTreeMap::new())?;
    let postings: Vec<SeenPosting> =
        (0..rows).map(|n| SeenPosting { posting: posting(n), seen_at: Some(instant(0)) }).collect();
    let since = Mark::now();
    for batch in postings.chunks(BATCH) {
        store.record(run, batch)?;
    }
    report("record, new postings of 2 KB", rows, since.since());
    let again: Vec<SeenPosting> =
        postings.into_iter().map(|seen| SeenPosting { seen_at: Some(instant(1)), ..seen }).collect();
    let since = Mark::now();
    for batch in again.chunks(BATCH) {
        store.record(run, batch)?;
    }
    report("record, seen again unchanged", rows, since.since());

    let versions = StageVersions { rules: "rules-1".to_owned(), coder: "coder-1".to_owned() };
    let (mut reading, mut writing, mut after) = ((0.0, 0.0), (0.0, 0.0), 0);
    loop {
        let since = Mark::now();
        let pending = store.pending(&versions, after, u32::try_from(BATCH)?)?;
        reading = add(reading, since.since());
        let Some(last) = pending.last() else { break };
        after = last.key;
        let coded: Vec<CodedPosting> = pending.iter().map(|one| coded(one.key, &one.content_hash)).collect();
        let since = Mark::now();
        store.put_coded(run, &versions, &coded)?;
        writing = add(writing, since.since());
    }
    report("pending, read with prose", rows, reading);
    report("put_coded", rows, writing);

    let records: Vec<VacancyRecord> = (0..rows).map(record).collect();
    let since = Mark::now();
    store.begin_vacancies(run)?;
    for batch in records.chunks(BATCH) {
        store.put_vacancies(run, batch)?;
    }
    store.commit_vacancies(run)?;
    report("put_vacancies and commit, a first set", rows, since.since());
    let since = Mark::now();
    store.begin_vacancies(run)?;
    for batch in records.chunks(BATCH) {
        store.put_vacancies(run, batch)?;
    }
    store.commit_vacancies(run)?;
    report("put_vacancies and commit, in place of another", rows, since.since());

    let id = store.begin_release("2026-10".parse()?)?;
    let released: Vec<ReleaseVacancy> = records
        .into_iter()
        .map(|record| ReleaseVacancy { vacancy: record.vacancy, in_flow: true, in_stock: true })
        .collect();
    let since = Mark::now();
    for batch in released.chunks(BATCH) {
        store.add_release_vacancies(id, batch)?;
    }
    report("add_release_vacancies", rows, since.since());
    let observations: Vec<Observation> = (0..rows).map(observation).collect();
    let since = Mark::now();
    for batch in observations.chunks(BATCH) {
        store.add_observations(id, batch)?;
    }
    report("add_observations", rows, since.since());
    store.finish_release(&release(id))?;

    let since = Mark::now();
    let mut query = VacancyQuery { limit: u32::try_from(BATCH)?, ..VacancyQuery::default() };
    let mut met = 0;
    loop {
        let page = store.release_vacancies(id, &query)?;
        met += page.rows.len();
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => break,
        }
    }
    report("release_vacancies, all pages", met, since.since());
    for (what, query) in [
        ("first 50 of a district", VacancyQuery { area: Some("E07000189".into()), ..VacancyQuery::default() }),
        ("first 50 of an occupation", VacancyQuery { occupation: Some("6135".into()), ..VacancyQuery::default() }),
        ("first 50 that hold two words", VacancyQuery { text: Some("care 77".into()), ..VacancyQuery::default() }),
    ] {
        let since = Mark::now();
        let page = store.release_vacancies(id, &VacancyQuery { limit: 50, ..query })?;
        println!("{what:<44} {:>8} rows {:>7.1} ms", page.rows.len(), since.since().0 * 1000.0);
    }
    let since = Mark::now();
    let page = store.observations(
        id,
        &ObservationQuery { areas: vec!["E07000189".to_owned()], limit: 1_000, ..ObservationQuery::default() },
    )?;
    println!("{:<44} {:>8} rows {:>7.1} ms", "observations of a district", page.rows.len(), since.since().0 * 1000.0);
    drop(store);
    #[expect(clippy::cast_precision_loss, reason = "a size for people")]
    let megabytes = std::fs::metadata(&file)?.len() as f64 / 1e6;
    println!("{:<44} {megabytes:>8.1} MB", "file");
    Ok(())
}

fn add(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}

fn instant(days: i64) -> Timestamp {
    DateTime::<Utc>::from_timestamp(1_790_000_000 + days * 86_400, 0).unwrap_or_default()
}

/// About 2 KB of words, no two advertisements the same.
fn posting(n: usize) -> Posting {
    const WORDS: [&str; 16] = [
        "support",
        "residents",
        "team",
        "shift",
        "training",
        "friendly",
        "experience",
        "care",
        "driving",
        "licence",
        "weekend",
        "salary",
        "holiday",
        "pension",
        "apply",
        "today",
    ];
    let mut state = n as u64 + 1;
    let mut description = String::with_capacity(2_200);
    while description.len() < 2_000 {
        // A fixed linear congruential generator: the same text on every machine.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        description.push_str(WORDS[(state >> 60) as usize]);
        description.push(if state.is_multiple_of(11) { '\n' } else { ' ' });
    }
    Posting {
        portal: ["reed", "guardian", "nhs-jobs"][n % 3].into(),
        portal_posting_id: Some(format!("{n}")),
        url: Some(format!("https://jobs.example/{n}")),
        title: format!("Care Assistant {}", n % 500),
        employer: Some(format!("Employer {}", n % 3_000)),
        location: Some("Yeovil, Somerset".to_owned()),
        salary: Some("£24,570 a year".to_owned()),
        description: Some(description),
        date_posted: Some("2026-09-20".to_owned()),
        ..Posting::default()
    }
}

fn coded(key: i64, content_hash: &ContentHash) -> CodedPosting {
    let vacancy = vacancy(0);
    CodedPosting {
        key,
        content_hash: content_hash.clone(),
        normalised: Normalised {
            language: vacancy.language,
            location: vacancy.location,
            remote: vacancy.remote,
            skills: vacancy.skills,
            education: vacancy.education,
            experience: vacancy.experience,
            pay: vacancy.pay,
            sector: vacancy.sector,
            openings: 1,
            contract_type: vacancy.contract_type,
            working_hours: vacancy.working_hours,
            date_posted: vacancy.date_posted,
            date_closing: vacancy.date_closing,
            excluded_reason: None,
            missing: BTreeMap::new(),
            evidence: BTreeMap::from([("wage_text".to_owned(), "£24,570 a year".to_owned())]),
            rules_version: "rules-1".to_owned(),
        },
        coding: OccupationCoding::uncodable("care assistant", "no evidence", "coder-1"),
    }
}

fn record(n: usize) -> VacancyRecord {
    let posting = PostingId { portal: ["reed", "guardian", "nhs-jobs"][n % 3].into(), id: n.to_string() };
    let vacancy = Vacancy { vacancy_id: VacancyId::from_earliest(&posting), ..vacancy(n) };
    VacancyRecord { vacancy, postings: vec![posting], links: Vec::new() }
}

fn vacancy(n: usize) -> Vacancy {
    Vacancy {
        vacancy_id: VacancyId::default(),
        flow_month: "2026-10".parse().ok(),
        posted_month: "2026-09".parse().ok(),
        job_title: format!("Care Assistant {}", n % 500),
        job_link: Some(format!("https://jobs.example/{n}")),
        description_hash: Some(ContentHash::of(&n.to_le_bytes())),
        employer: Some(format!("Employer {}", n % 3_000)),
        language: Language::English,
        occupation: VacancyOccupation {
            soc2020: Some(format!("{}", 1_111 + (n % 412) * 20)),
            soc2020_title: Some("Care workers and home carers".to_owned()),
            soc2020_confidence: 0.91,
            soc2020_level: 4,
            soc2020_ext: None,
            soc2010: Some("6145".to_owned()),
            soc2010_confidence: 0.88,
            isco08: Some("5322".to_owned()),
            isco08_confidence: 0.85,
            occupation_method: OccupationMethod::ExactTitle,
        },
        location: openvacancy_domain::place::Location {
            country: Some("England".to_owned()),
            region_code: Some("E12000009".to_owned()),
            county_code: Some("E10000027".to_owned()),
            county_name: Some("Somerset".to_owned()),
            lad_code: Some(format!("E07000{:03}", n % 350)),
            lep_code: Some("E37000042".to_owned()),
            ..Default::default()
        },
        remote: Remote::OnSite,
        skills: Vec::new(),
        education: Default::default(),
        experience: Default::default(),
        pay: openvacancy_domain::pay::Pay {
            wage_min: Some(24_570.0),
            wage_max: Some(24_570.0),
            wage_annual_gbp: Some(24_570.0),
            wage_text: Some("£24,570 a year".to_owned()),
            ..Default::default()
        },
        sector: Default::default(),
        openings: 1,
        contract_type: ContractType::Permanent,
        working_hours: WorkingHours::FullTime,
        date_posted: None,
        date_closing: None,
        first_seen: Some(instant(0)),
        last_seen: Some(instant(1)),
        closed_on: None,
        closed_why: None,
        portals: vec!["reed".into()],
        postings_count: 1,
        excluded_reason: None,
        missing: BTreeMap::new(),
        coder_version: "coder-1".to_owned(),
        rules_version: "rules-1".to_owned(),
        run_id: RunId(1),
    }
}

fn observation(n: usize) -> Observation {
    Observation {
        indicator: "vacancies_flow".to_owned(),
        area: format!("E07000{:03}", n % 350),
        area_type: "lad".to_owned(),
        occupation: format!("{}", n / 350),
        period: "2026-10".to_owned(),
        value: Some(12.0),
        unit: "count".to_owned(),
        status: ObsStatus::Normal,
    }
}

fn release(id: openvacancy_domain::ReleaseId) -> Release {
    Release {
        id,
        state: ReleaseState::Draft,
        as_of: instant(2),
        built_at: instant(2),
        published_at: None,
        vacancies: 0,
        observations: 0,
        digest: String::new(),
        versions: BTreeMap::new(),
        gate: Vec::new(),
        quality: serde_json::Value::Null,
    }
}
