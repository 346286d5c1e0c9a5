//! What can go wrong with a release.

use openvacancy_domain::{Month, ReleaseId, StoreError, Timestamp};
use std::path::PathBuf;

/// Why a release could not be built, checked, published or exported. Each message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The release would be as of an instant before its month, when nothing of the month is known.
    #[error("release {month} cannot be as of {as_of}: the month begins later; choose a later --at or an earlier month")]
    BeforeMonth {
        /// The month asked for.
        month: Month,
        /// The instant asked for.
        as_of: Timestamp,
    },
    /// The release would be as of an instant still to come.
    #[error("release {month} cannot be as of {as_of}: it is now {now}; nothing is known of later")]
    InFuture {
        /// The month asked for.
        month: Month,
        /// The instant asked for.
        as_of: Timestamp,
        /// The present instant.
        now: Timestamp,
    },
    /// A release that was published cannot be checked again.
    #[error("release {id} is published and immutable; build the month again to get its next version")]
    Published {
        /// The release.
        id: ReleaseId,
    },
    /// Only a checked release can be published.
    #[error("release {id} is a draft; run `release check {month}` first, and mend or override what fails")]
    NotChecked {
        /// The release.
        id: ReleaseId,
        /// Its month.
        month: Month,
    },
    /// An override names no rule of the gate.
    #[error("there is no rule '{rule}' to override; the rules are {known}")]
    UnknownRule {
        /// What was named.
        rule: String,
        /// The names there are.
        known: String,
    },
    /// An override must say who decided and why.
    #[error("an override of '{rule}' must say who decided and why: --by WHO --reason TEXT")]
    EmptyOverride {
        /// The rule.
        rule: String,
    },
    /// A table cannot be written in a format.
    #[error("the table {table} cannot be written as {format}; {format} is for {instead}")]
    Format {
        /// The table.
        table: String,
        /// The format.
        format: String,
        /// What the format is for.
        instead: String,
    },
    /// A file could not be written.
    #[error("writing {path} failed: {source}; what was there before is unchanged")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's own error.
        #[source]
        source: std::io::Error,
    },
    /// A Parquet file could not be written.
    #[error("writing {path} failed: {source}; what was there before is unchanged")]
    Parquet {
        /// The file.
        path: PathBuf,
        /// The encoder's own error.
        #[source]
        source: parquet::errors::ParquetError,
    },
    /// A value is not of its column's type; the release is damaged.
    #[error(
        "row {row} could not be written: column {column} cannot hold {value}; export it as jsonl to see the row whole"
    )]
    Value {
        /// Which row.
        row: String,
        /// Which column.
        column: String,
        /// The value.
        value: String,
    },
    /// The store gave rows out of their order, which a Parquet file promises.
    #[error(
        "row {row} came out of order, so that no file can be made that promises the order; run `openvacancy doctor`"
    )]
    Order {
        /// Which row.
        row: String,
    },
    /// A row could not be turned into text; the release is damaged.
    #[error("row {row} could not be written: {source}")]
    Row {
        /// Which row.
        row: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}
