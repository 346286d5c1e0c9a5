//! The two schemas are one, and a store made by an older version is brought up to date with all that is in it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail like the test")]

use contract::opened::{Opened, Place};
use contract::{releases, samples};
use openvacancy_domain::ports::{Store, VacancyQuery};
use openvacancy_domain::{Release, ReleaseState};
use openvacancy_store::SqliteStore;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use std::path::Path;

#[allow(dead_code, reason = "the samples serve several test programs")]
mod contract;

/// Runs SQL on the file as another program would, and answers the first column of its rows.
fn sql(file: &Path, text: &str) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(file);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        let rows = sqlx::query_scalar(AssertSqlSafe(text.to_owned())).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows
    })
}

#[test]
fn both_have_the_same_tables_and_columns() {
    let Some(schema) = contract::server::Schema::new() else { return };
    drop(schema.open());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    drop(SqliteStore::open(&file).unwrap());
    let sqlite = sql(
        &file,
        "SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c \
         WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
         AND t.name NOT LIKE 'release_terms%' ORDER BY t.name, c.cid",
    );
    let postgres = schema
        .sql(
            "SELECT table_name || '.' || column_name FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%' \
             AND table_name <> 'release_terms' ORDER BY table_name COLLATE \"C\", ordinal_position",
        )
        .unwrap();
    assert!(sqlite.len() > 200, "{sqlite:?}");
    assert_eq!(sqlite, postgres);
    // The index of terms is made in each database's own way; it has the same columns by name.
    assert_eq!(sql(&file, "SELECT name FROM pragma_table_info('release_terms')"), ["terms"]);

    // Whatever is compared or sorted goes by its bytes.
    let loose = schema
        .sql(
            "SELECT table_name || '.' || column_name FROM information_schema.columns AS c \
             JOIN information_schema.tables AS t USING (table_schema, table_name) \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_sqlx%' \
             AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
        )
        .unwrap();
    assert_eq!(loose, Vec::<String>::new());
    let numbers = |folder: &str| -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(folder);
        let mut names: Vec<String> =
            std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(numbers("sqlite"), numbers("postgres"));
}

/// What the last migration added, taken away again.
const BEFORE_SEARCH: [&str; 5] = [
    "DROP INDEX observation_of_area",
    "DROP TABLE release_terms",
    "DROP TABLE release_search",
    "DROP TABLE release_index",
    "DELETE FROM _sqlx_migrations WHERE version = 5",
];
const INDEXES: [&str; 2] = [
    "CREATE INDEX release_vacancy_soc2020 ON release_vacancy (release_key, soc2020, vacancy_id)",
    "CREATE INDEX release_vacancy_lad ON release_vacancy (release_key, lad_code, vacancy_id)",
];

fn fill(store: &dyn Store) -> Release {
    let rows: Vec<_> = (0..30)
        .map(|n| samples::release_vacancy(&format!("v{n:02}"), if n % 3 == 0 { "Cook" } else { "Porter" }))
        .collect();
    let id = releases::build(store, &rows, &[]);
    let release =
        Release { state: ReleaseState::Published, published_at: Some(samples::at(31, 0)), ..releases::release(id) };
    store.update_release(&release).unwrap();
    release
}

fn look(store: &dyn Store, release: &Release) {
    assert_eq!(store.release(release.id).unwrap(), *release);
    let query = VacancyQuery { text: Some("cook".to_owned()), ..releases::all() };
    assert_eq!(releases::found(store, release.id, &query).len(), 10);
}

#[test]
fn a_published_release_of_an_older_version_becomes_searchable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let store = SqliteStore::open(&file).unwrap();
    let release = fill(&store);
    drop(store);
    for text in BEFORE_SEARCH.iter().chain(&INDEXES) {
        sql(&file, text);
    }
    look(&SqliteStore::open(&file).unwrap(), &release);
    look(&SqliteStore::open(&file).unwrap(), &release);
    // A copy is searched like the original.
    use openvacancy_store::Database as _;
    let copy = folder.path().join("copy.db");
    SqliteStore::open(&file).unwrap().backup(&copy).unwrap();
    look(&SqliteStore::open(&copy).unwrap(), &release);

    let Some(schema) = contract::server::Schema::new() else { return };
    let store = schema.open();
    let release = fill(&store);
    drop(store);
    for text in BEFORE_SEARCH.iter().chain(&INDEXES) {
        schema.sql(text).unwrap();
    }
    look(&schema.open(), &release);
}

#[test]
fn many_may_open_a_new_store_at_once() {
    for place in [Some(Place::file()), Place::schema()].into_iter().flatten() {
        std::thread::scope(|scope| {
            let opening: Vec<_> = (0..4).map(|_| scope.spawn(|| place.open())).collect();
            for (number, thread) in opening.into_iter().enumerate() {
                let store = thread.join().unwrap();
                samples::run(&*store);
                assert_eq!(store.runs(10).unwrap().len(), number + 1);
            }
        });
        let opened = Opened::at(place);
        assert_eq!(opened.runs(10).unwrap().len(), 4);
    }
}
