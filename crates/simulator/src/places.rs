//! Real places in natural proportions, and how employers write them.

mod book;
mod write;

pub(crate) use book::{Book, Spot};
pub(crate) use write::{Written, write};
