//! Job titles to SOC 2020, SOC 2010 and ISCO-08: cleaning, index, classifier, crosswalks, evaluation.
//!
//! A title goes through four steps, each in its own module:
//!
//! 1. [`clean`](mod@clean) takes pay, places, contract words, reference numbers and the like off the title and names what it took;
//! 2. [`table`] looks the cleaned title, its parts and its phrases up in the titles table, and [`index`] retrieves the
//!    entries most like it by BM25;
//! 3. [`classifier`] scores every unit group from words and letter sequences, and from the context where there is one;
//! 4. [`rank`] weighs what the three say about each candidate and states a probability.
//!
//! [`Coder`] puts them together behind the port [`openvacancy_domain::ports::CodeOccupation`]. [`mod@train`] makes the
//! weights, [`mod@evaluate`] measures.

pub mod classifier;
pub mod clean;
mod coder;
mod context;
mod crosswalk;
mod error;
pub mod evaluate;
pub mod index;
pub mod rank;
pub mod table;
pub mod train;
mod words;

pub use clean::{CleanTitle, clean};
pub use coder::Coder;
pub use error::OccupationError;
pub use evaluate::{Evaluation, LabelledRow, evaluate};
pub use table::Title;
pub use train::{ModelCard, TrainConfig, train};
