//! Opening, migrating, copying and checking a database file.

use super::{Sqlite, fault};
use crate::error::{DatabaseFault, Trouble, migration_fault};
use crate::ports::{index_missing, is_missing};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, SqliteConnection, SqlitePool};
use std::path::Path;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// What `PRAGMA application_id` answers for a file of ours ('OVac', set by the first migration).
const APPLICATION_ID: i64 = 0x4F56_6163;

/// How long one writer waits for another before it gives up: longer than any one transaction takes.
const PATIENCE: Duration = Duration::from_secs(600);

/// Connections that read at the same time.
const READERS: u32 = 4;

/// Opens the writer and the readers, and brings the schema up to date.
pub(super) async fn open(options: SqliteConnectOptions) -> Result<Sqlite, DatabaseFault> {
    let in_memory = options.get_filename().as_os_str().is_empty() || is_memory(options.get_filename());
    if !in_memory {
        make_folder(options.get_filename())?;
    }
    let file = options.get_filename().to_path_buf();
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged outlives a power cut. NORMAL would outlive only a killed process; on batches the
        // difference is a few milliseconds each.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-65536")
        // Folding the log into the file every 32 MB and not every 4 MB writes each page of a bulk load less often.
        .pragma("wal_autocheckpoint", "8192")
        // A long transaction makes a long log; it is cut back afterwards.
        .pragma("journal_size_limit", "67108864")
        .row_buffer_size(512)
        .command_buffer_size(64);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE)
        .connect_with(options.clone())
        .await
        .map_err(fault::of)?;
    migrate(&writer).await?;
    if in_memory {
        // Each connection to memory would be a database of its own.
        return Ok(Sqlite { readers: writer.clone(), writer, file: None });
    }
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .min_connections(0)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options.create_if_missing(false).pragma("query_only", "on"));
    Ok(Sqlite { writer, readers, file: Some(file) })
}

fn is_memory(filename: &Path) -> bool {
    filename.to_str().is_some_and(|name| name == ":memory:" || name.starts_with("file:sqlx-in-memory"))
}

fn make_folder(file: &Path) -> Result<(), DatabaseFault> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => Ok(std::fs::create_dir_all(folder)?),
        _ => Ok(()),
    }
}

async fn migrate(writer: &SqlitePool) -> Result<(), DatabaseFault> {
    let mut connection = writer.acquire().await.map_err(fault::of)?;
    // One lock over all steps: of two processes that open a new file, one makes the schema and the other finds it made.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(fault::of)?;
    let ours: i64 = scalar("PRAGMA application_id", &mut transaction).await?;
    let tables: i64 = scalar("SELECT count(*) FROM sqlite_schema", &mut transaction).await?;
    if tables > 0 && ours != APPLICATION_ID {
        return Err(DatabaseFault::Foreign);
    }
    let done = MIGRATIONS.run_direct(None, &mut *transaction, false).await;
    done.map_err(|error| migration_fault(error, &MIGRATIONS, fault::of))?;
    if is_missing(&mut *transaction).await.map_err(fault_of)? {
        index_missing(&mut *transaction).await.map_err(fault_of)?;
    }
    transaction.commit().await.map_err(fault::of)
}

/// The fault behind trouble with the index.
fn fault_of(trouble: Trouble) -> DatabaseFault {
    match trouble {
        Trouble::Sql(error) => fault::of(error),
        Trouble::Fault(fault) => fault,
        Trouble::Said(error) => DatabaseFault::Content(error.to_string()),
    }
}

async fn scalar(sql: &'static str, connection: &mut SqliteConnection) -> Result<i64, DatabaseFault> {
    sqlx::query_scalar(sql).fetch_one(connection).await.map_err(fault::of)
}

/// Writes a copy of the database to a new file.
pub(super) async fn copy_into(connection: &mut SqliteConnection, to: &Path) -> Result<(), Trouble> {
    let Some(to) = to.to_str() else {
        return Err(Trouble::conflict("the name of a backup must be Unicode text"));
    };
    // A connection that only reads may not even write another file.
    sqlx::query("PRAGMA query_only = off").execute(&mut *connection).await?;
    let copied = sqlx::query("VACUUM INTO ?1").bind(to).execute(&mut *connection).await;
    sqlx::query("PRAGMA query_only = on").execute(&mut *connection).await?;
    copied?;
    Ok(())
}

/// What is wrong with the database.
pub(super) async fn integrity(connection: &mut SqliteConnection) -> Result<Vec<String>, Trouble> {
    let mut wrong: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    wrong.retain(|line| line != "ok");
    let orphans: Vec<(String, i64)> =
        sqlx::query_as("SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1")
            .fetch_all(connection)
            .await?;
    wrong
        .extend(orphans.into_iter().map(|(table, rows)| format!("{rows} rows of {table} refer to rows that are gone")));
    Ok(wrong)
}
