//! The file itself: opening, refusing, copying, checking, and what a reader of it finds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail like the test")]

use openvacancy_domain::ports::{ReleaseStore as _, RunLog as _, VacancyStore as _};
use openvacancy_domain::{ReleaseState, Stage, StoreError};
use openvacancy_store::{Database as _, DatabaseFault, SqliteStore};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;

#[path = "contract/samples.rs"]
mod samples;

/// Runs SQL on the file as another program would.
fn sql<T: Send + Unpin + 'static>(file: &Path, text: &'static str) -> Result<Vec<T>, sqlx::Error>
where
    (T,): for<'row> sqlx::FromRow<'row, sqlx::sqlite::SqliteRow>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(false);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        let rows: Result<Vec<(T,)>, _> = sqlx::query_as(text).fetch_all(&mut connection).await;
        connection.close().await?;
        Ok(rows?.into_iter().map(|(value,)| value).collect())
    })
}

fn fault(answer: Result<SqliteStore, StoreError>) -> String {
    let error = answer.expect_err("it must be refused");
    assert!(DatabaseFault::of(&error).is_some(), "{error:?}");
    error.to_string()
}

#[test]
fn a_store_is_made_with_its_folder_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep/er/store.db");
    let store = SqliteStore::open(&file).unwrap();
    let run = store.start_run(Stage::Import, None, samples::at(1, 0), &BTreeMap::new()).unwrap();
    drop(store);
    assert!(!folder.path().join("deep/er/store.db-wal").exists(), "a closed store is one file");
    let store = SqliteStore::open_url(&format!("sqlite:{}", file.display())).unwrap();
    assert_eq!(store.run(run).unwrap().id, run);
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn a_second_store_on_one_file_sees_what_the_first_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let stores: Vec<SqliteStore> = std::thread::scope(|scope| {
        let opening: Vec<_> = (0..4).map(|_| scope.spawn(|| SqliteStore::open(&file).unwrap())).collect();
        opening.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for store in &stores {
        store.start_run(Stage::Import, None, samples::at(1, 0), &BTreeMap::new()).unwrap();
    }
    for store in &stores {
        assert_eq!(store.runs(10).unwrap().len(), 4);
    }
}

#[test]
fn what_is_no_store_of_ours_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "these are notes, and quite long ones at that. ".repeat(100)).unwrap();
    let before = std::fs::read(&text).unwrap();
    let said = fault(SqliteStore::open(&text));
    assert!(said.contains("not an OpenVacancy database") && said.contains("notes.txt"), "{said}");
    assert_eq!(std::fs::read(&text).unwrap(), before);

    let other = folder.path().join("other.db");
    sql::<i64>(&other, "CREATE TABLE recipe (id INTEGER PRIMARY KEY)").unwrap();
    assert!(fault(SqliteStore::open(&other)).contains("another program"));

    assert!(fault(SqliteStore::open(folder.path())).contains("cannot be opened"));
    std::fs::write(folder.path().join("plain"), "x").unwrap();
    assert!(SqliteStore::open(&folder.path().join("plain/store.db")).is_err());
    for url in ["postgres://localhost/x", "sqlite", ""] {
        assert!(matches!(SqliteStore::open_url(url), Err(StoreError::Conflict { .. })), "{url}");
    }
}

#[test]
fn a_newer_schema_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    drop(SqliteStore::open(&file).unwrap());
    sql::<i64>(
        &file,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, 'x', 1, x'00', 0)",
    )
    .unwrap();
    let said = fault(SqliteStore::open(&file));
    assert!(said.contains("made by a newer OpenVacancy") && said.contains("9000"), "{said}");
    sql::<i64>(&file, "DELETE FROM _sqlx_migrations WHERE version = 9000").unwrap();
    sql::<i64>(&file, "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1").unwrap();
    assert!(fault(SqliteStore::open(&file)).contains("development version"));
}

#[test]
fn a_backup_is_whole_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let store = SqliteStore::open(&file).unwrap();
    let run = store.start_run(Stage::Import, None, samples::at(1, 0), &BTreeMap::new()).unwrap();
    let copy = folder.path().join("copy.db");
    std::fs::write(folder.path().join("copy.db.unfinished"), "what an interrupted backup left").unwrap();
    store.backup(&copy).unwrap();
    assert!(matches!(store.backup(&copy), Err(StoreError::Conflict { .. })));
    assert!(store.backup(&folder.path().join("nowhere/copy.db")).is_err());
    let restored = SqliteStore::open(&copy).unwrap();
    assert_eq!(restored.run(run).unwrap(), store.run(run).unwrap());
    assert_eq!(restored.integrity().unwrap(), Vec::<String>::new());
    assert!(!folder.path().join("copy.db.unfinished").exists());
}

#[test]
fn damage_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let store = SqliteStore::open(&file).unwrap();
    let run = store.start_run(Stage::Import, None, samples::at(1, 0), &BTreeMap::new()).unwrap();
    store.add_problems(run, &[openvacancy_domain::Problem::new("x", "a:1", "b")]).unwrap();
    drop(store);
    sql::<i64>(&file, "DELETE FROM run").unwrap();
    let store = SqliteStore::open(&file).unwrap();
    assert_eq!(store.integrity().unwrap(), ["1 rows of problem refer to rows that are gone"]);
    drop(store);
    // The first page holds the schema, without which nothing opens; every other one is made nonsense of.
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[4096..].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    let found = SqliteStore::open(&file).and_then(|store| store.integrity());
    assert!(found.as_ref().map_or(true, |wrong| !wrong.is_empty()), "{found:?}");
}

#[test]
fn a_published_release_resists_sql_of_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let store = SqliteStore::open(&file).unwrap();
    let id = store.begin_release("2026-10".parse().unwrap()).unwrap();
    store.add_release_vacancies(id, &[samples::release_vacancy("v1", "Porter")]).unwrap();
    store.add_observations(id, &[samples::observation("vacancies_flow", "uk", "K02000001", "total")]).unwrap();
    let release = openvacancy_domain::Release {
        id,
        state: ReleaseState::Published,
        as_of: samples::at(31, 0),
        built_at: samples::at(31, 0),
        published_at: Some(samples::at(31, 0)),
        vacancies: 1,
        observations: 1,
        digest: String::new(),
        versions: BTreeMap::new(),
        gate: Vec::new(),
        quality: serde_json::Value::Null,
    };
    store.finish_release(&release).unwrap();
    for text in [
        "UPDATE release SET state = 'draft'",
        "DELETE FROM release",
        "UPDATE release_vacancy SET job_title = 'x'",
        "DELETE FROM release_vacancy",
        "INSERT INTO release_vacancy SELECT * FROM release_vacancy",
        "UPDATE observation SET value = 0",
        "DELETE FROM observation",
        "INSERT INTO observation SELECT release_key, 'x', area_type, area, occupation, period, 1, unit, status FROM observation",
    ] {
        let error = sql::<i64>(&file, text).expect_err(text).to_string();
        assert!(error.contains("never changes"), "{text}: {error}");
    }
    assert_eq!(store.release(id).unwrap(), release);
}

#[test]
fn a_reader_of_the_file_finds_typed_columns_and_views() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let store = SqliteStore::open(&file).unwrap();
    let run = store.start_run(Stage::Process, None, samples::at(1, 0), &BTreeMap::new()).unwrap();
    store.begin_vacancies(run).unwrap();
    store.put_vacancies(run, &[samples::record(&["1", "2"])]).unwrap();
    assert_eq!(sql::<i64>(&file, "SELECT count(*) FROM current_vacancies").unwrap(), [0]);
    store.commit_vacancies(run).unwrap();
    let columns: Vec<String> = sql(&file, "SELECT name FROM pragma_table_info('current_vacancies')").unwrap();
    let expected: Vec<&str> = openvacancy_domain::vacancy::COLUMNS
        .iter()
        .map(|column| if *column == "description" { "description_hash" } else { column })
        .collect();
    assert_eq!(columns, expected);
    let shown: Vec<String> = sql(
        &file,
        "SELECT soc2020_confidence || ' ' || wage_annual_gbp || ' ' || first_seen || ' ' || education_gcse || ' ' || \
         (places ->> '$[0].name') || ' ' || flow_month FROM current_vacancies",
    )
    .unwrap();
    assert_eq!(shown, ["0.91 23439.0 2026-10-03T12:00:00.000Z 1 Yeovil 2026-10"]);

    use openvacancy_domain::ports::PostingStore as _;
    store.record(run, &[samples::seen("reed", "1", "Cook", samples::at(2, 0))]).unwrap();
    let sightings: Vec<String> = sql(&file, "SELECT portal || posting_id || seen_at FROM sightings").unwrap();
    assert_eq!(sightings, ["reed12026-10-02T12:00:00.000Z"]);
    assert_eq!(sql::<String>(&file, "SELECT title FROM current_postings").unwrap(), ["Cook"]);
    for view in ["SELECT count(*) FROM released_vacancies", "SELECT count(*) FROM published_observations"] {
        assert_eq!(sql::<i64>(&file, view).unwrap(), [0], "{view}");
    }
}
