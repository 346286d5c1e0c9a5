//! Many rows in one statement. Measured on this schema and driver, several hundred rows in one `VALUES` list load an
//! order of magnitude faster than row by row, since each statement crosses to the connection's own thread.

use super::cells::Values;
use crate::error::Trouble;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::sync::Arc;

/// SQLite takes at most so many parameters in one statement.
const MOST_PARAMETERS: usize = 32_766;

/// More rows than this in one statement bring nothing more.
const MOST_ROWS: usize = 400;

/// A multi-row insert.
pub(super) struct Bulk {
    /// `INSERT INTO table (columns) VALUES`, and nothing after.
    pub(super) head: &'static str,
    /// Number of columns.
    pub(super) columns: usize,
    /// What follows the values: empty, or `ON CONFLICT …`.
    pub(super) tail: &'static str,
}

impl Bulk {
    /// Inserts all rows; answers how many the database changed.
    pub(super) async fn insert<T>(
        &self,
        connection: &mut SqliteConnection,
        rows: &[T],
        write: impl Fn(&T, &mut Values),
    ) -> Result<u64, Trouble> {
        let at_once = (MOST_PARAMETERS / self.columns).clamp(1, MOST_ROWS);
        let full = Arc::new(if rows.len() < at_once { String::new() } else { self.sql(at_once) });
        let mut changed = 0;
        for chunk in rows.chunks(at_once) {
            let mut values = Values::with_capacity(chunk.len() * self.columns);
            for row in chunk {
                write(row, &mut values);
            }
            let arguments = values.finish(chunk.len() * self.columns)?;
            let is_full = chunk.len() == at_once;
            let sql = if is_full { Arc::clone(&full) } else { Arc::new(self.sql(chunk.len())) };
            // Safe: made of the constants above and question marks. A rest of odd length is not worth keeping prepared.
            let query = sqlx::query_with(AssertSqlSafe(sql), arguments).persistent(is_full || chunk.len() == 1);
            changed += query.execute(&mut *connection).await?.rows_affected();
        }
        Ok(changed)
    }

    fn sql(&self, rows: usize) -> String {
        let mut sql = String::with_capacity(self.head.len() + self.tail.len() + rows * (2 * self.columns + 2) + 2);
        sql.push_str(self.head);
        for row in 0..rows {
            sql.push_str(if row == 0 { " (" } else { ",(" });
            for column in 0..self.columns {
                sql.push_str(if column == 0 { "?" } else { ",?" });
            }
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(self.tail);
        sql
    }
}

#[cfg(test)]
mod tests {
    use super::Bulk;

    #[test]
    fn sql_of_several_rows() {
        let bulk = Bulk { head: "INSERT INTO t (a, b) VALUES", columns: 2, tail: "ON CONFLICT DO NOTHING" };
        assert_eq!(bulk.sql(2), "INSERT INTO t (a, b) VALUES (?,?),(?,?) ON CONFLICT DO NOTHING");
    }
}
