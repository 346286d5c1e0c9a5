//! HTTP as a guest behaves: robots.txt, a rate per host, patience, and one honest name.

mod fetch;
mod host;
mod retry;
mod robots;

pub(crate) use fetch::{Client, Conditions, Fetched, Outcome, is_loopback};
pub use retry::{Retry, classify};
pub use robots::{Robots, RobotsAnswer};
