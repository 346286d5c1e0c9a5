//! How fast the store takes and gives rows, by the clock and by the processor (Linux only; a shared machine makes the
//! clock say little), on SQLite and, where DATABASE_URL names a server, on PostgreSQL.
//! `cargo run --release -p openvacancy-store --example load [ROWS] [release|all] [postgres]`: with `release` a release
//! alone and the pages of it, with `postgres` that database alone.

use chrono::{DateTime, Utc};
use openvacancy_domain::ports::{
    CodedPosting, ObservationQuery, ReleaseVacancy, SeenPosting, StageVersions, Store, VacancyQuery, VacancyRecord,
};
use openvacancy_domain::terms::{ContractType, Language, Remote, WorkingHours};
use openvacancy_domain::vacancy::VacancyOccupation;
use openvacancy_domain::{
    ContentHash, Normalised, ObsStatus, Observation, OccupationCoding, OccupationMethod, Posting, PostingId, Release,
    ReleaseId, ReleaseState, RunId, Stage, Timestamp, Vacancy, VacancyId,
};
use openvacancy_store::{PgStore, SqliteStore};
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
    println!(
        "{what:<46} {count:>8} rows {clock:>7.2} s {:>8.0} rows/s {processor:>7.2} CPU s {:>8.0} rows/CPU s",
        rows / clock,
        rows / processor
    );
}

/// Rows given to the store at once, as the importer and the pipeline do.
const BATCH: usize = 2_000;

/// How often each page is asked for; the median is told.
const ASKED: usize = 7;

#[expect(clippy::print_stdout, reason = "its report")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let rows: usize = words.next().map_or(Ok(50_000), |text| text.parse())?;
    let only_release = words.next().is_some_and(|word| word == "release");
    let only = words.next().unwrap_or_default();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("store.db");
    if only != "postgres" {
        println!("--- SQLite");
        measure(&SqliteStore::open(&file)?, rows, only_release)?;
        #[expect(clippy::cast_precision_loss, reason = "a size for people")]
        let megabytes = std::fs::metadata(&file)?.len() as f64 / 1e6;
        println!("{:<44} {megabytes:>8.1} MB", "file");
    }
    match std::env::var("OPENVACANCY_TEST_POSTGRES").or_else(|_| std::env::var("DATABASE_URL")) {
        Ok(url) => {
            const SCHEMA: &str = "openvacancy_load";
            println!("--- PostgreSQL");
            measure(&PgStore::open_scratch(&url, SCHEMA)?, rows, only_release)?;
            PgStore::drop_scratch(&url, SCHEMA)?;
        }
        Err(_) => println!("--- PostgreSQL is not measured: name a server in DATABASE_URL"),
    }
    Ok(())
}

fn measure(store: &dyn Store, rows: usize, only_release: bool) -> Result<(), Box<dyn Error>> {
    if !only_release {
        let run = store.start_run(Stage::Import, None, instant(0), &BTreeMap::new())?;
        postings(store, run, rows)?;
        vacancies(store, run, rows)?;
    }
    released(store, rows)
}

fn postings(store: &dyn Store, run: RunId, rows: usize) -> Result<(), Box<dyn Error>> {
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
    Ok(())
}

fn vacancies(store: &dyn Store, run: RunId, rows: usize) -> Result<(), Box<dyn Error>> {
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
    Ok(())
}

#[expect(clippy::print_stdout, reason = "its report")]
fn released(store: &dyn Store, rows: usize) -> Result<(), Box<dyn Error>> {
    let id = store.begin_release("2026-10".parse()?)?;
    let mut writing = (0.0, 0.0);
    let mut ids: Vec<(VacancyId, usize)> = (0..rows).map(|n| (record(n).vacancy.vacancy_id, n)).collect();
    ids.sort();
    for part in ids.chunks(BATCH) {
        let batch: Vec<ReleaseVacancy> = part
            .iter()
            .map(|(_, n)| ReleaseVacancy { vacancy: record(*n).vacancy, in_flow: true, in_stock: true })
            .collect();
        let since = Mark::now();
        store.add_release_vacancies(id, &batch)?;
        writing = add(writing, since.since());
    }
    report("add_release_vacancies", rows, writing);
    let observations: Vec<Observation> = (0..rows).map(observation).collect();
    let since = Mark::now();
    for batch in observations.chunks(BATCH) {
        store.add_observations(id, batch)?;
    }
    report("add_observations", rows, since.since());
    let since = Mark::now();
    store.finish_release(&release(id))?;
    report("finish_release, with its search index", rows, since.since());

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
    pages(store, id)?;
    let since = Mark::now();
    let page = store.observations(
        id,
        &ObservationQuery { areas: vec!["E07000189".to_owned()], limit: 1_000, ..ObservationQuery::default() },
    )?;
    println!("{:<44} {:>8} rows {:>7.1} ms", "observations of a district", page.rows.len(), since.since().0 * 1000.0);
    Ok(())
}

/// First pages of 50 for one filter and for several, and a page in the middle.
#[expect(clippy::print_stdout, reason = "its report")]
fn pages(store: &dyn Store, id: ReleaseId) -> Result<(), Box<dyn Error>> {
    let all = VacancyQuery { limit: 50, ..VacancyQuery::default() };
    let text = |words: &str| VacancyQuery { text: Some(words.to_owned()), ..all.clone() };
    let area = |code: &str| VacancyQuery { area: Some(code.to_owned()), ..all.clone() };
    let occupation = |code: &str| VacancyQuery { occupation: Some(code.to_owned()), ..all.clone() };
    let mixed = VacancyQuery {
        area: Some("E12000007".to_owned()),
        open_at: Some(instant(1)),
        counted_only: true,
        ..occupation("21")
    };
    let mut slowest: f64 = 0.0;
    for (what, query) in [
        ("no filter", all.clone()),
        ("a district", area("E07000189")),
        ("a region", area("E12000007")),
        ("a country", area("E92000001")),
        ("an occupation", occupation("2131")),
        ("a major group", occupation("2")),
        ("a rare word", text("zoologist")),
        ("a common word", text("assistant")),
        ("a beginning of three letters", text("car")),
        ("one letter", text("a")),
        ("a beginning of six letters", text("assist")),
        ("two words", text("care employer77")),
        ("words nobody has together", text("zoologist plumber")),
        ("open at an instant", VacancyQuery { open_at: Some(instant(1)), ..all.clone() }),
        ("open years later", VacancyQuery { open_at: Some(instant(2_000)), ..all.clone() }),
        ("occupation, region, open, counted", mixed.clone()),
        ("the same and a word", VacancyQuery { text: Some("care".to_owned()), ..mixed }),
        (
            "district and major group and a letter",
            VacancyQuery { area: area("E07000189").area, text: Some("e".to_owned()), ..occupation("3") },
        ),
    ] {
        let middle = VacancyQuery { cursor: middle(store, id)?, ..query.clone() };
        for (where_, query) in [("", query), (", from the middle", middle)] {
            let mut times = Vec::new();
            let mut found = 0;
            for _ in 0..ASKED {
                let since = Instant::now();
                found = store.release_vacancies(id, &query)?.rows.len();
                times.push(since.elapsed().as_secs_f64() * 1000.0);
            }
            let first = times[0];
            times.sort_by(f64::total_cmp);
            let median = times[ASKED / 2];
            slowest = slowest.max(median);
            println!(
                "page: {:<50} {found:>3} rows {first:>8.1} ms first {median:>8.1} ms median",
                format!("{what}{where_}")
            );
        }
    }
    println!("the slowest median is {slowest:.1} ms");
    Ok(())
}

/// The cursor of a page in the middle of the release: ids are hashes.
fn middle(store: &dyn Store, id: ReleaseId) -> Result<Option<String>, Box<dyn Error>> {
    static CURSOR: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    if let Some(cursor) = CURSOR.get() {
        return Ok(cursor.clone());
    }
    let mut query = VacancyQuery { limit: u32::try_from(BATCH)?, ..VacancyQuery::default() };
    let all = store.count_release_vacancies(id, &query)?;
    let mut met = 0;
    while met < all / 2 {
        let page = store.release_vacancies(id, &query)?;
        met += page.rows.len() as u64;
        query.cursor = page.next;
    }
    Ok(CURSOR.get_or_init(|| query.cursor).clone())
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

/// Some words are in every tenth title, some in one of thousands.
fn title(n: usize) -> String {
    const FIRST: [&str; 10] =
        ["Care", "Senior", "Night", "Head", "Trainee", "Chief", "Staff", "Sales", "Warehouse", "Regional"];
    const SECOND: [&str; 12] = [
        "Assistant",
        "Manager",
        "Engineer",
        "Nurse",
        "Porter",
        "Cook",
        "Driver",
        "Teacher",
        "Cleaner",
        "Adviser",
        "Carpenter",
        "Plumber",
    ];
    if n.is_multiple_of(25_000) {
        return format!("Zoologist {}", n % 500);
    }
    format!("{} {} {}", FIRST[n % 10], SECOND[n / 10 % 12], n % 500)
}

fn vacancy(n: usize) -> Vacancy {
    Vacancy {
        vacancy_id: VacancyId::default(),
        flow_month: "2026-10".parse().ok(),
        posted_month: "2026-09".parse().ok(),
        job_title: title(n),
        job_link: Some(format!("https://jobs.example/{n}")),
        description_hash: Some(ContentHash::of(&n.to_le_bytes())),
        employer: Some(format!("Employer{} Group", n % 3_000)),
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
            region_code: Some(format!("E120000{:02}", 1 + n % 9)),
            county_code: Some(format!("E10000{:03}", n % 70)),
            county_name: Some("Somerset".to_owned()),
            lad_code: Some(format!("E07000{:03}", n * 7 % 350)),
            lep_code: Some(format!("E370000{:02}", n % 38)),
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
        date_closing: (!n.is_multiple_of(7)).then(|| instant(i64::try_from(n % 50).unwrap_or_default()).date_naive()),
        first_seen: Some(instant(0)),
        last_seen: Some(instant(1)),
        closed_on: n.is_multiple_of(3).then(|| instant(i64::try_from(n % 40).unwrap_or_default())),
        closed_why: n.is_multiple_of(3).then(|| "unlisted".to_owned()),
        portals: vec!["reed".into()],
        postings_count: 1,
        excluded_reason: n.is_multiple_of(11).then(|| "training_course".to_owned()),
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

fn release(id: ReleaseId) -> Release {
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
