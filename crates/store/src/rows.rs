//! How a row and a type are turned into each other, cell by cell in the order of the columns, for every back-end.

pub(crate) mod cells;
pub(crate) mod coding;
pub(crate) mod correction;
pub(crate) mod posting;
pub(crate) mod release;
pub(crate) mod run;
pub(crate) mod vacancy;
