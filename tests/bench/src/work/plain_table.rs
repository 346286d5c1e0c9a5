//! What loading costs when nothing is checked, hashed, compressed, indexed or compared: rows into one table of text.
//!
//! The only SQL outside the store, because it is what the store is held against.

use anyhow::Context as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, QueryBuilder, Sqlite, SqliteConnection};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// Rows in one statement: the fastest of those tried when the store was built.
const ROWS: usize = 400;

/// The columns of a posting that are kept.
pub(crate) const COLUMNS: [&str; 13] = [
    "portal",
    "portal_posting_id",
    "url",
    "title",
    "description",
    "employer",
    "location",
    "salary",
    "contract",
    "hours",
    "category",
    "date_posted",
    "date_closing",
];

type Row = Vec<Option<String>>;

pub(super) fn import(file: &Path, database: &Path) -> anyhow::Result<()> {
    let csv = file.extension().is_some_and(|extension| extension == "csv");
    let open = || File::open(file).with_context(|| format!("cannot read {}", file.display()));
    if csv {
        let mut reader = csv::Reader::from_reader(open()?);
        let width = reader.headers()?.len();
        let rows = reader
            .into_records()
            .map(|record| Ok(record?.iter().map(|field| (!field.is_empty()).then(|| field.to_owned())).collect()));
        return on_database(database, async |connection| load(connection, width, rows).await.map(|_| ()));
    }
    let rows = BufReader::new(open()?).lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        Ok(COLUMNS.iter().map(|column| value.get(column).and_then(|field| field.as_str()).map(str::to_owned)).collect())
    });
    on_database(database, async |connection| load(connection, COLUMNS.len(), rows).await.map(|_| ()))
}

pub(super) fn insert(rows: u32, database: &Path) -> anyhow::Result<()> {
    let made: Vec<Row> = (0..rows).map(made_up).collect();
    on_database(database, async |connection| {
        let (begun, busy) = crate::sample::now()?;
        let count = load(connection, COLUMNS.len(), made.into_iter().map(Ok)).await?;
        crate::sample::say("insert", count, begun, busy)
    })
}

/// Runs `work` on a new database that keeps what it was given as safely as the store does.
fn on_database(path: &Path, work: impl AsyncFnOnce(&mut SqliteConnection) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        work(&mut connection).await?;
        Ok(connection.close().await?)
    })
}

async fn load(
    connection: &mut SqliteConnection,
    width: usize,
    rows: impl Iterator<Item = anyhow::Result<Row>>,
) -> anyhow::Result<u64> {
    let columns: Vec<String> = (0..width).map(|column| format!("c{column} TEXT")).collect();
    let mut table = QueryBuilder::<Sqlite>::new(format!("CREATE TABLE posting ({})", columns.join(", ")));
    table.build().execute(&mut *connection).await?;
    let mut transaction = connection.begin().await?;
    let (mut batch, mut count) = (Vec::with_capacity(ROWS), 0);
    for row in rows {
        batch.push(row?);
        if batch.len() == ROWS {
            count += insert_batch(&mut transaction, std::mem::take(&mut batch)).await?;
        }
    }
    if !batch.is_empty() {
        count += insert_batch(&mut transaction, batch).await?;
    }
    transaction.commit().await?;
    Ok(count)
}

async fn insert_batch(connection: &mut SqliteConnection, rows: Vec<Row>) -> anyhow::Result<u64> {
    let mut statement = QueryBuilder::<Sqlite>::new("INSERT INTO posting ");
    statement.push_values(rows, |mut values, row| {
        for field in row {
            values.push_bind(field);
        }
    });
    Ok(statement.build().execute(connection).await?.rows_affected())
}

/// A row of about 2 KB of words, no two alike, as the store's own measure makes them.
fn made_up(n: u32) -> Row {
    const WORDS: [&str; 8] = ["support", "residents", "team", "training", "experience", "driving", "salary", "apply"];
    let mut state = u64::from(n) + 1;
    let mut description = String::with_capacity(2_200);
    while description.len() < 2_000 {
        // A fixed linear congruential generator: the same text on every machine.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        description.push_str(WORDS[(state >> 61) as usize]);
        description.push(' ');
    }
    let field = |text: String| Some(text);
    vec![
        field("reed".to_owned()),
        field(n.to_string()),
        field(format!("https://jobs.example/{n}")),
        field(format!("Care Assistant {}", n % 500)),
        field(description),
        field(format!("Employer {}", n % 3_000)),
        field("Yeovil, Somerset".to_owned()),
        field("£24,570 a year".to_owned()),
        None,
        None,
        None,
        field("2026-09-20".to_owned()),
        None,
    ]
}
