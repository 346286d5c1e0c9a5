//! The ports of the domain, written once for every back-end.

mod coded;
mod corrections;
mod frontier;
mod lives;
mod observations;
mod postings;
mod record;
mod released;
mod releases;
mod runs;
mod search_index;
mod users;
mod vacancies;

pub(crate) use search_index::{index_missing, is_missing};
