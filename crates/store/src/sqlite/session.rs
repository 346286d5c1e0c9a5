//! What SQLite does within a transaction.

use super::cells::Values;
use super::{bulk, statements};
use crate::error::Trouble;
use crate::session::{Bulk, Question, Session, Statements, Value};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, AssertSqlSafe, SqliteConnection};

impl Session for SqliteConnection {
    type Row = SqliteRow;
    type Values = Values;

    const SQL: &'static Statements = &statements::SQLITE;

    async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Trouble> {
        Ok(sqlx::query_with(sql, arguments(values)?).execute(self).await?.rows_affected())
    }

    async fn rows(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<SqliteRow>, Trouble> {
        Ok(sqlx::query_with(sql, arguments(values)?).fetch_all(self).await?)
    }

    async fn rows_of(&mut self, question: Question<'_>) -> Result<Vec<SqliteRow>, Trouble> {
        let arguments = arguments(&question.values)?;
        // Safe: a question is made of fixed pieces and the places of values.
        let query = sqlx::query_with(AssertSqlSafe(question.sql), arguments).persistent(false);
        Ok(query.fetch_all(self).await?)
    }

    async fn insert<T>(&mut self, bulk: &Bulk, rows: &[T], write: impl Fn(&T, &mut Values)) -> Result<u64, Trouble> {
        bulk::insert(self, bulk, rows, write).await
    }
}

fn arguments(values: &[Value<'_>]) -> Result<SqliteArguments, Trouble> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        let added = match value {
            Value::Int(number) => arguments.add(*number),
            Value::Text(text) => arguments.add(text.as_deref()),
        };
        added.map_err(|error| Trouble::corrupt("value to be bound", error))?;
    }
    Ok(arguments)
}
