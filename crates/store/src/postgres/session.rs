//! What PostgreSQL does within a transaction.

use super::cells::Values;
use super::columns::Columns;
use super::lines::Lines;
use super::statements;
use crate::error::Trouble;
use crate::session::{Bulk, Question, Session, Statements, Value};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{Arguments as _, AssertSqlSafe, PgConnection};

/// Lines are sent whenever there is this much of them, bytes.
const SEND_AT: usize = 1 << 18;

/// Rows in one statement that takes arrays.
const MOST_ROWS: usize = 5_000;

impl Session for PgConnection {
    type Row = PgRow;
    type Values = Values;

    const SQL: &'static Statements = &statements::POSTGRES;

    async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Trouble> {
        Ok(sqlx::query_with(sql, arguments(values)?).execute(self).await?.rows_affected())
    }

    async fn rows(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<PgRow>, Trouble> {
        Ok(sqlx::query_with(sql, arguments(values)?).fetch_all(self).await?)
    }

    async fn rows_of(&mut self, question: Question<'_>) -> Result<Vec<PgRow>, Trouble> {
        let arguments = arguments(&question.values)?;
        // Safe: a question is made of fixed pieces and the places of values.
        let query = sqlx::query_with(AssertSqlSafe(question.sql), arguments).persistent(false);
        Ok(query.fetch_all(self).await?)
    }

    async fn insert<T>(&mut self, bulk: &Bulk, rows: &[T], write: impl Fn(&T, &mut Values)) -> Result<u64, Trouble> {
        match (rows.is_empty(), bulk.tail.is_empty()) {
            (true, _) => Ok(0),
            (false, true) => copy(self, bulk, rows, write).await,
            (false, false) => unnest(self, bulk, rows, write).await,
        }
    }
}

/// By COPY, the quickest way, which knows no `ON CONFLICT`.
async fn copy<T>(
    connection: &mut PgConnection,
    bulk: &Bulk,
    rows: &[T],
    write: impl Fn(&T, &mut Values),
) -> Result<u64, Trouble> {
    let sql = format!("COPY {} ({}) FROM STDIN", bulk.table, bulk.columns);
    let mut copy = connection.copy_in_raw(&sql).await?;
    let mut rows = rows.iter().peekable();
    while rows.peek().is_some() {
        let mut values = Values::Lines(Lines::default());
        let mut expected = 0;
        for row in rows.by_ref() {
            write(row, &mut values);
            expected += bulk.count;
            let Values::Lines(lines) = &mut values else { break };
            lines.end_row();
            if lines.len() >= SEND_AT {
                break;
            }
        }
        let Values::Lines(lines) = values else { break };
        let (text, cells) = lines.finish();
        if cells != expected {
            let reason = format!("{cells} cells where there should be {expected}");
            let _ = copy.abort(reason.as_str()).await;
            return Err(Trouble::corrupt("row to be written", reason));
        }
        copy.send(text.into_bytes()).await?;
    }
    Ok(copy.finish().await?)
}

async fn unnest<T>(
    connection: &mut PgConnection,
    bulk: &Bulk,
    rows: &[T],
    write: impl Fn(&T, &mut Values),
) -> Result<u64, Trouble> {
    let mut changed = 0;
    for chunk in rows.chunks(MOST_ROWS) {
        let mut values = Values::Columns(Columns::new(bulk.count));
        for row in chunk {
            write(row, &mut values);
        }
        let Values::Columns(columns) = values else { break };
        let (places, arguments) = columns.finish(chunk.len())?;
        let Bulk { table, columns, tail, .. } = bulk;
        // Safe: made of constants and the places of values.
        let sql = AssertSqlSafe(format!("INSERT INTO {table} ({columns}) SELECT * FROM unnest({places}) {tail}"));
        changed += sqlx::query_with(sql, arguments).execute(&mut *connection).await?.rows_affected();
    }
    Ok(changed)
}

fn arguments(values: &[Value<'_>]) -> Result<PgArguments, Trouble> {
    let mut arguments = PgArguments::default();
    for value in values {
        let added = match value {
            Value::Int(number) => arguments.add(*number),
            Value::Text(text) => arguments.add(text.as_deref()),
        };
        added.map_err(|error| Trouble::corrupt("value to be bound", error))?;
    }
    Ok(arguments)
}
