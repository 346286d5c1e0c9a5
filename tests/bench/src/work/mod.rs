//! Baselines, and our side where it is not a command of the program: each in a process of its own.

mod block_pairs;
mod look_up;
mod pages;
mod parse_page;
mod plain_table;
mod reserialise;

pub(crate) use plain_table::COLUMNS;

use clap::Subcommand;
use std::path::PathBuf;

/// One side of a measure.
#[derive(Debug, Subcommand)]
pub(crate) enum Work {
    /// Parses CSV or JSONL and inserts the rows into one SQLite table without index
    PlainTable { file: PathBuf, database: PathBuf },
    /// Inserts made-up rows of 2 KB into one SQLite table without index
    InsertRows { rows: u32, database: PathBuf },
    /// The entry of the titles table most like each title by BM25, and nothing else
    LookUp { file: PathBuf },
    /// Parses JSONL and writes it again
    Reserialise { file: PathBuf },
    /// Joins postings by comparing all pairs whose titles begin with the same word
    BlockPairs { file: PathBuf },
    /// Reads every posting page of a pretend portal as its description says
    ReadPages { portal: String, vacancies: u32, rounds: u32 },
    /// Makes the document tree of the same pages
    PageTrees { portal: String, vacancies: u32, rounds: u32 },
    /// Gets every page of the pretend portals once, and keeps none
    GetPages { vacancies: u32 },
}

pub(crate) fn run(work: Work) -> anyhow::Result<()> {
    match work {
        Work::PlainTable { file, database } => plain_table::import(&file, &database),
        Work::InsertRows { rows, database } => plain_table::insert(rows, &database),
        Work::LookUp { file } => look_up::run(&file),
        Work::Reserialise { file } => reserialise::run(&file),
        Work::BlockPairs { file } => block_pairs::run(&file),
        Work::ReadPages { portal, vacancies, rounds } => parse_page::ours(&portal, vacancies, rounds),
        Work::PageTrees { portal, vacancies, rounds } => parse_page::tree(&portal, vacancies, rounds),
        Work::GetPages { vacancies } => pages::get(vacancies),
    }
}
