//! What can be wrong with a PostgreSQL store. The server looks after its pages; what is looked at here is whether what
//! protects the data is there, and the one reference it does not watch.

use crate::error::Trouble;
use crate::rows::cells::ReadCells as _;
use crate::session::Session;
use sqlx::PgConnection;

const INVALID_INDEXES: &str = "SELECT c.relname::text FROM pg_catalog.pg_index AS i \
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid \
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready) ORDER BY 1";
const DISABLED_TRIGGERS: &str = "SELECT t.tgname::text FROM pg_catalog.pg_trigger AS t \
    JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid \
    WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled = 'D' ORDER BY 1";
const UNCHECKED: &str = "SELECT conname::text FROM pg_catalog.pg_constraint \
    WHERE connamespace = current_schema()::regnamespace AND NOT convalidated ORDER BY 1";
const LOST_VERSIONS: &str = "SELECT count(*) FROM posting AS p \
    WHERE NOT EXISTS (SELECT 1 FROM posting_version AS v WHERE v.key = p.version_key)";

pub(super) async fn check(connection: &mut PgConnection) -> Result<Vec<String>, Trouble> {
    let mut wrong = Vec::new();
    for (sql, what) in [
        (INVALID_INDEXES, "is an index that was not finished; REINDEX it"),
        (DISABLED_TRIGGERS, "is a trigger that was switched off; ALTER TABLE ... ENABLE TRIGGER it"),
        (UNCHECKED, "is a constraint that was never checked; ALTER TABLE ... VALIDATE CONSTRAINT it"),
    ] {
        let names = connection.all(sql, &[], |cells| cells.must_text()).await?;
        wrong.extend(names.into_iter().map(|name| format!("{name} {what}")));
    }
    let lost = connection.first(LOST_VERSIONS, &[], |cells| cells.must_int()).await?.unwrap_or_default();
    if lost > 0 {
        wrong.push(format!("{lost} rows of posting refer to rows that are gone"));
    }
    Ok(wrong)
}
