//! The store: everything that is kept, behind the ports of the domain. The only room with SQL.
//!
//! [`SqliteStore`] keeps all of it in one SQLite file. What does not depend on the database lies beside it and serves
//! every back-end: how a row and a type are turned into each other (`rows`), how prose is packed (`prose`), where a
//! page begins (`cursor`), passwords (`password`), and how a blocking port runs asynchronous database code
//! (`blocking`). A second back-end is a second module like `sqlite`: its SQL, its bulk loading, its error codes, and
//! nothing else; the tests in `tests/contract` run on each.
//!
//! # What is promised
//!
//! Each call is one transaction: when it returns `Ok`, what it was given is on the disk (`synchronous=FULL`: it
//! outlives a power cut, not only a killed process); when it does not, nothing of it is there. Instants are kept to the
//! millisecond. Readers never wait for a writer; writers, of this process or another, wait for each other.
//!
//! The ports block. They may be called from any thread: from a rayon worker, from `spawn_blocking`, and, though it
//! holds up the executor, from an async task.

mod blocking;
mod cursor;
mod error;
mod hash;
mod parallel;
mod password;
mod prose;
mod rows;
mod sqlite;

pub use error::DatabaseFault;
pub use sqlite::SqliteStore;
