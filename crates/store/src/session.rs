//! What a back-end must be able to do within a transaction. Everything the store does is written once upon this.
//!
//! The SQL of the ports is the same for every back-end: parameters are `$1`, `$2`, …, which both understand, and types
//! are whole numbers, reals, text and bytes. What a database says in its own way stands in its [`Statements`].

use crate::error::Trouble;
use crate::rows::cells::{Cells, Row, WriteCells};
use std::borrow::Cow;

/// A connection within a transaction.
pub(crate) trait Session {
    type Row: Row;
    type Values: WriteCells;

    /// What this database says in its own way.
    const SQL: &'static Statements;

    /// Runs a statement; answers how many rows it changed.
    async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Trouble>;

    /// The rows of a query whose text is fixed; it is kept prepared.
    async fn rows(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Self::Row>, Trouble>;

    /// The rows of a query that was put together; planned anew with its values.
    async fn rows_of(&mut self, question: Question<'_>) -> Result<Vec<Self::Row>, Trouble>;

    /// Inserts many rows; answers how many the database changed.
    async fn insert<T>(
        &mut self,
        bulk: &Bulk,
        rows: &[T],
        write: impl Fn(&T, &mut Self::Values),
    ) -> Result<u64, Trouble>;

    /// Every row, read.
    async fn all<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(&mut Cells<'_, Self::Row>) -> Result<T, Trouble>,
    ) -> Result<Vec<T>, Trouble> {
        read_all(&self.rows(sql, values).await?, read)
    }

    /// The first row, read.
    async fn first<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(&mut Cells<'_, Self::Row>) -> Result<T, Trouble>,
    ) -> Result<Option<T>, Trouble> {
        self.rows(sql, values).await?.first().map(|row| read(&mut Cells::of(row))).transpose()
    }
}

/// Reads every row.
pub(crate) fn read_all<R: Row, T>(
    rows: &[R],
    read: impl Fn(&mut Cells<'_, R>) -> Result<T, Trouble>,
) -> Result<Vec<T>, Trouble> {
    rows.iter().map(|row| read(&mut Cells::of(row))).collect()
}

/// A multi-row insert.
pub(crate) struct Bulk {
    pub(crate) table: &'static str,
    /// The columns, as SQL.
    pub(crate) columns: &'static str,
    /// Their number.
    pub(crate) count: usize,
    /// Empty, or `ON CONFLICT …`. Without it a back-end may have a quicker way.
    pub(crate) tail: &'static str,
}

/// A value to be bound.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Int(i64),
    Text(Option<Cow<'a, str>>),
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Some(crate::nul::without(value)))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::from(value.as_str())
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::Text(Some(Cow::Owned(crate::nul::removed(value))))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(value: Option<&'a str>) -> Self {
        Self::Text(value.map(crate::nul::without))
    }
}

impl From<Option<String>> for Value<'_> {
    fn from(value: Option<String>) -> Self {
        Self::Text(value.map(|text| Cow::Owned(crate::nul::removed(text))))
    }
}

/// A query that is put together from fixed pieces. Whatever a user types is bound, never put into its text.
#[derive(Debug, Default)]
pub(crate) struct Question<'a> {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value<'a>>,
}

impl<'a> Question<'a> {
    pub(crate) fn new(sql: &'static str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new() }
    }

    /// Goes on with a fixed piece.
    pub(crate) fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Goes on with the place of a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value<'a>>) -> &mut Self {
        self.values.push(value.into());
        let place = self.values.len();
        self.sql.push_str(&format!("${place}"));
        self
    }
}

/// What each database says in its own way. A list of texts or of tuples is bound as one JSON text.
pub(crate) struct Statements {
    /// `$1` list of [portal, id]; answers place in the list, key, content hash and version key of the posting's newest
    /// version, first and last seen, closed on and why.
    pub(crate) known_postings: &'static str,
    /// `$1` list of [posting key, content hash as hexadecimal]; answers posting key, content hash, version key.
    pub(crate) known_versions: &'static str,
    /// `$1` list of hashes as hexadecimal; answers hash and key of the prose.
    pub(crate) known_prose: &'static str,
    /// `$1` list of hashes as hexadecimal; answers hash, length and packed text.
    pub(crate) prose: &'static str,
    /// Answers the last key given of postings, versions, prose: of rows that are gone too.
    pub(crate) last_keys: &'static str,
    /// Where the database does not see by itself which keys were given: `$1` to `$3` the last of postings, versions, prose.
    pub(crate) note_last_keys: Option<&'static str>,
    /// `$1` list of [portal, id, instant, why], `$2` run: logs the closing of those that are open.
    pub(crate) log_closings: &'static str,
    /// `$1` the same list: closes them.
    pub(crate) close: &'static str,
    /// `$1` list of posting keys; answers posting key, content hash, key of all their versions.
    pub(crate) all_versions: &'static str,
    /// `$1` portal, `$2` address: a failed try goes to the end of the queue.
    pub(crate) retry: &'static str,
    /// `$1` portal, `$2` list of addresses: they are done.
    pub(crate) done: &'static str,
    /// `$1` list of [target, field]; answers the decisions on them that were not withdrawn, in order.
    pub(crate) standing: &'static str,
    /// What stands before and after a bound list of texts, to make it the rows of a subquery.
    pub(crate) texts: [&'static str; 2],
    /// What stands before and after a bound search expression.
    pub(crate) matching: [&'static str; 2],
    /// How a search expression is written.
    pub(crate) search: SearchSyntax,
    /// Run before a release is indexed, for that transaction alone.
    pub(crate) prepare_index: &'static [&'static str],
    /// Run after a release was indexed: whatever makes the index quick to use.
    pub(crate) settle_index: &'static [&'static str],
}

/// How terms are stored and searched for.
pub(crate) struct SearchSyntax {
    /// Around each stored term.
    pub(crate) stored_quote: &'static str,
    /// Around each term of an expression.
    pub(crate) quote: &'static str,
    pub(crate) and: &'static str,
    pub(crate) or: &'static str,
    /// After a term that may go on.
    pub(crate) prefix: &'static str,
}
