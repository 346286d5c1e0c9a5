//! A store that an earlier version wrote is opened by this one: nothing is lost, and it can be worked with.
//!
//! `tests/upgrade/schema-N.sql` holds the rows of a full store as the program with schema N wrote them. They never
//! change again. A new schema is frozen with `OPENVACANCY_FREEZE=1 cargo test -p openvacancy-store --test upgrade`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "upgrade/full.rs"]
mod full;
#[path = "contract/samples.rs"]
mod samples;

use openvacancy_store::{Database as _, SqliteStore};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// Runs `work` on the file as another program would, without foreign keys, so that the order of rows is free.
fn on_file<T>(file: &Path, work: impl AsyncFnOnce(&mut SqliteConnection) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(false);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        let done = work(&mut connection).await;
        connection.close().await.unwrap();
        done
    })
}

async fn texts(connection: &mut SqliteConnection, sql: String) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_all(connection).await.unwrap_or_else(|e| panic!("{sql}: {e}"))
}

/// The tables and their columns, in the order they were made; without the index of words, which is made anew.
async fn tables(connection: &mut SqliteConnection) -> Vec<(String, Vec<String>)> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                 AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND name NOT LIKE 'release\\_terms%' ESCAPE '\\' \
                 AND name NOT IN ('release_search', 'release_index') ORDER BY rowid";
    let mut tables = Vec::new();
    for name in texts(connection, names.to_owned()).await {
        let columns = texts(connection, format!("SELECT name FROM pragma_table_info('{name}') ORDER BY cid")).await;
        tables.push((name, columns));
    }
    tables
}

/// Every row of these columns, each as one text.
async fn rows(connection: &mut SqliteConnection, table: &str, columns: &[String]) -> Vec<String> {
    let row = columns.iter().map(|column| format!("quote(\"{column}\")")).collect::<Vec<_>>().join(" || ', ' || ");
    texts(connection, format!("SELECT {row} AS row FROM \"{table}\" ORDER BY row")).await
}

type Rows = BTreeMap<String, Vec<String>>;

async fn all_rows(connection: &mut SqliteConnection, tables: &[(String, Vec<String>)]) -> Rows {
    let mut all = Rows::new();
    for (table, columns) in tables {
        all.insert(table.clone(), rows(connection, table, columns).await);
    }
    all
}

/// Brings an empty file to the schema of `version`.
async fn migrate_to(connection: &mut SqliteConnection, version: i64) {
    let steps = Migrator::new(folder("../../migrations/sqlite")).await.unwrap();
    steps.run_to(version, connection).await.unwrap();
}

fn latest() -> i64 {
    sqlx::migrate!("../../migrations/sqlite").iter().map(|step| step.version).max().unwrap()
}

/// The frozen stores: version of the schema, and one statement a row.
fn frozen() -> Vec<(i64, Vec<String>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder("tests/upgrade")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(number) = name.strip_prefix("schema-").and_then(|rest| rest.strip_suffix(".sql")) else { continue };
        let text = std::fs::read_to_string(&path).unwrap();
        found.push((
            number.parse().unwrap(),
            text.split(";\n").map(str::to_owned).filter(|row| !row.is_empty()).collect(),
        ));
    }
    found.sort();
    found
}

#[test]
fn a_full_store_of_every_frozen_schema_is_opened_whole() {
    let frozen = frozen();
    assert!(!frozen.is_empty());
    for (version, statements) in frozen {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.db");
        let (made, before) = on_file(&file, async |connection| {
            migrate_to(connection, version).await;
            for statement in statements {
                sqlx::query(AssertSqlSafe(statement)).execute(&mut *connection).await.unwrap();
            }
            let made = tables(connection).await;
            let rows = all_rows(connection, &made).await;
            (made, rows)
        });
        for (table, rows) in &before {
            assert!(!rows.is_empty(), "schema {version}: nothing of {table} is frozen");
        }
        let store = SqliteStore::open(&file).unwrap();
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "schema {version}");
        full::is_there(&store);
        drop(store);
        let after = on_file(&file, async |connection| all_rows(connection, &made).await);
        for (table, rows) in before {
            assert_eq!(after[&table], rows, "schema {version}: {table}");
        }
        let store = SqliteStore::open(&file).unwrap();
        full::goes_on(&store);
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "schema {version}, after more work");
    }
}

/// Schemas before the first frozen one hold the same rows in those of its tables that they have.
#[test]
fn a_store_stopped_at_any_migration_is_brought_up_to_date() {
    let (_, statements) = frozen().remove(0);
    for version in 1..=latest() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.db");
        let (made, before) = on_file(&file, async |connection| {
            migrate_to(connection, version).await;
            let made = tables(connection).await;
            let is_there = |statement: &&String| made.iter().any(|(table, _)| is_of(statement, table));
            for statement in statements.iter().filter(is_there) {
                sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut *connection).await.unwrap();
            }
            let rows = all_rows(connection, &made).await;
            (made, rows)
        });
        assert!(before.values().any(|rows| !rows.is_empty()), "migration {version}");
        let store = SqliteStore::open(&file).unwrap();
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "migration {version}");
        full::goes_on(&store);
        drop(store);
        let after = on_file(&file, async |connection| all_rows(connection, &made).await);
        for (table, rows) in before {
            let kept = rows.iter().filter(|row| after[&table].contains(row)).count();
            // Work that goes on counts up a portal's postings, ends rounds and replaces the present set of vacancies.
            if !full::CHANGES.contains(&table.as_str()) {
                assert_eq!(kept, rows.len(), "migration {version}: {table}");
            }
        }
    }
}

fn is_of(statement: &str, table: &str) -> bool {
    statement.strip_prefix("INSERT INTO ").is_some_and(|rest| rest.split(' ').next() == Some(table))
}

#[test]
fn the_present_schema_is_frozen() {
    let target = folder(&format!("tests/upgrade/schema-{}.sql", latest()));
    if std::env::var_os("OPENVACANCY_FREEZE").is_some() {
        assert!(!target.exists(), "{} is frozen", target.display());
        std::fs::write(&target, full_store()).unwrap();
    }
    assert!(target.exists(), "freeze the present schema, as the head of this file says");
}

/// The rows of a full store of the present schema, a statement each.
fn full_store() -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    full::fill(&SqliteStore::open(&file).unwrap());
    on_file(&file, async |connection| {
        let mut made = tables(connection).await;
        // A published release takes no more rows, so it comes after them.
        made.sort_by_key(|(table, _)| table == "release");
        let mut statements = String::new();
        for (table, columns) in made {
            for row in rows(connection, &table, &columns).await {
                statements.push_str(&format!("INSERT INTO {table} ({}) VALUES ({row});\n", columns.join(", ")));
            }
        }
        statements
    })
}
