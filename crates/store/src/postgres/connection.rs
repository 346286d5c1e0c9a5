//! Opening and migrating a database.

use super::address::Address;
use super::{Postgres, fault};
use crate::error::{DatabaseFault, Trouble, migration_fault};
use crate::ports::{index_missing, is_missing};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// How long a server may take to answer the first call.
const FIRST_ANSWER: Duration = Duration::from_secs(20);

/// How long a call waits for a connection, of which others of this process may hold all.
const PATIENCE: Duration = Duration::from_secs(120);

/// Connections that read, and that write, at the same time.
const READERS: u32 = 4;
const WRITERS: u32 = 4;

/// What marks a schema made by [`clear_scratch`].
const SCRATCH: &str = "scratch of OpenVacancy, cleared whenever it is made anew";

const ENCODING: &str = "SELECT current_setting('server_encoding')";
const CURRENT_SCHEMA: &str = "SELECT coalesce(current_schema(), '')";
const HAS_SCHEMA: &str = "SELECT to_regnamespace($1) IS NOT NULL";
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock($1)";
/// Tables and views here that no extension brought.
const TABLES: &str = "SELECT count(*) FROM pg_catalog.pg_class AS c \
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') \
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')";
/// A table of ours that comes with the first migration, and that nobody else would have.
const OURS: &str = "SELECT count(*) FROM pg_catalog.pg_class AS c \
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = 'posting_version'";

/// Opens the pools, and brings the schema up to date.
pub(super) async fn open(mut address: Address) -> Result<Postgres, Trouble> {
    let mut connection = connect(&address).await?;
    if let Some(schema) = address.schema() {
        make_schema(&mut connection, schema, address.lock_key(schema)).await?;
    }
    let encoding: String = sqlx::query_scalar(ENCODING).fetch_one(&mut connection).await?;
    if encoding != "UTF8" {
        return Err(DatabaseFault::Encoding(encoding).into());
    }
    address.current_schema = sqlx::query_scalar(CURRENT_SCHEMA).fetch_one(&mut connection).await?;
    if address.current_schema.is_empty() {
        return Err(DatabaseFault::NoSchema.into());
    }
    migrate(&mut connection, address.lock_key("schema")).await?;
    let _ = connection.close().await;
    let options = address.options()?;
    let pool = PgPoolOptions::new().acquire_timeout(PATIENCE).min_connections(0);
    Ok(Postgres {
        writers: pool.clone().max_connections(WRITERS).connect_lazy_with(options.clone()),
        readers: pool.max_connections(READERS).connect_lazy_with(options),
        address,
    })
}

/// A connection of its own. A pool would go on knocking where no server answers.
pub(super) async fn connect(address: &Address) -> Result<PgConnection, Trouble> {
    let options = address.options()?;
    match tokio::time::timeout(FIRST_ANSWER, PgConnection::connect_with(&options)).await {
        Ok(connection) => connection.map_err(|error| fault::at_first(error).into()),
        Err(_) => {
            let late = std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer in time");
            Err(DatabaseFault::NoServer(sqlx::Error::Io(late)).into())
        }
    }
}

/// Safe: an address takes no other name than one of small letters, digits and `_`.
async fn make_schema(connection: &mut PgConnection, schema: &str, lock: i64) -> Result<(), Trouble> {
    let mut transaction = connection.begin().await?;
    // Of two that make it at once, `IF NOT EXISTS` would let one fail.
    sqlx::query(MIGRATION_LOCK).bind(lock).execute(&mut *transaction).await?;
    let there: bool = sqlx::query_scalar(HAS_SCHEMA).bind(schema).fetch_one(&mut *transaction).await?;
    if !there {
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&mut *transaction).await?;
    }
    transaction.commit().await.map_err(Trouble::from)
}

async fn migrate(connection: &mut PgConnection, lock: i64) -> Result<(), Trouble> {
    // One lock over all steps: of two processes that open a new database, one makes the schema and the other finds it
    // made.
    let mut transaction = connection.begin().await?;
    sqlx::query(MIGRATION_LOCK).bind(lock).execute(&mut *transaction).await?;
    let ours: i64 = sqlx::query_scalar(OURS).fetch_one(&mut *transaction).await?;
    let tables: i64 = sqlx::query_scalar(TABLES).fetch_one(&mut *transaction).await?;
    if tables > 0 && ours == 0 {
        return Err(DatabaseFault::Foreign.into());
    }
    let done = MIGRATIONS.run_direct(None, &mut *transaction, false).await;
    done.map_err(|error| migration_fault(error, &MIGRATIONS, fault::of))?;
    if is_missing(&mut *transaction).await? {
        index_missing(&mut *transaction).await?;
    }
    transaction.commit().await.map_err(Trouble::from)
}

/// Drops the schema if it is one this very function made, and makes it `anew` if that is wanted.
pub(super) async fn clear_scratch(address: &Address, schema: &str, anew: bool) -> Result<(), Trouble> {
    let mut connection = connect(address).await?;
    let mut transaction = connection.begin().await?;
    let found: Option<Option<String>> = sqlx::query_scalar(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_catalog.pg_namespace WHERE nspname = $1",
    )
    .bind(schema)
    .fetch_optional(&mut *transaction)
    .await?;
    match found {
        None => {}
        Some(Some(mark)) if mark == SCRATCH => {
            sqlx::raw_sql(AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"))).execute(&mut *transaction).await?;
        }
        Some(_) => {
            return Err(Trouble::conflict(format!(
                "schema {schema} of this database holds what this program did not make, and is left alone; rename \
                 it, or name another database"
            )));
        }
    }
    if anew {
        let make = format!("CREATE SCHEMA {schema}; COMMENT ON SCHEMA {schema} IS '{SCRATCH}'");
        sqlx::raw_sql(AssertSqlSafe(make)).execute(&mut *transaction).await?;
    }
    transaction.commit().await.map_err(Trouble::from)
}
