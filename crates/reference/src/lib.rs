//! Built-in classifications, geography and code lists, and the import of official files.
//!
//! Every table is a CSV file under `data/`, in our own schema, compiled into the program and read once, when it is
//! first asked for. What is compiled from official files is written by the example `compile_tables` and never edited by
//! hand; what people decide (curated skills, aliases, hints) lies in its own small files under `data/curated/`.
//!
//! Nothing here interprets an advertisement: the tables say what is, the rooms that use them decide what is meant.

pub mod area;
pub mod beside;
pub mod gazetteer;
pub mod occupation;
pub mod official;
pub mod sic;
pub mod skills;
mod table;
pub mod titles;

/// The version of the built-in tables: the month the sources were taken and a number that rises with every change of
/// content. It goes into every release, so that a changed code can be traced to a changed table.
#[must_use]
pub const fn version() -> &'static str {
    "2026-11.1"
}
