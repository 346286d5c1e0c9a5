//! One gzip member a record, so that each can be read by its offset alone.

use super::warc::{Exchange, response};
use flate2::{Compression, GzBuilder};
use std::io::Write as _;

/// The record of `exchange` as a gzip member.
///
/// # Errors
/// None in practice: writing to memory. Kept, because the encoder's interface says so.
pub(crate) fn member(exchange: &Exchange<'_>) -> std::io::Result<Vec<u8>> {
    compressed(&response(exchange))
}

/// Without a time or name in its header: the same record gives the same bytes.
pub(super) fn compressed(record: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::with_capacity(record.len() / 3 + 64), Compression::new(4));
    encoder.write_all(record)?;
    encoder.finish()
}
