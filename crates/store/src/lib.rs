//! The store: everything that is kept, behind the ports of the domain. The only room with SQL.
//!
//! [`SqliteStore`] keeps all of it in one SQLite file, [`PgStore`] in one schema of a PostgreSQL database; to the ports
//! they are equal. What the store does is written once, in `ports`, upon what a database must be able to do
//! (`session`): run a statement, answer a query, insert many rows. A back-end (`sqlite`, `postgres`) is its
//! connections, its bulk loading, its error codes, and the few statements it says in its own way. What has nothing to
//! do with a database serves both: how a row and a type are turned into each other (`rows`), how prose is packed
//! (`prose`), the words one can search for (`search`), where a page begins (`cursor`), passwords (`password`), and how
//! a blocking port runs asynchronous database code (`blocking`). The tests in `tests/contract` run on each.
//!
//! # What is promised
//!
//! Each call is one transaction: when it returns `Ok`, what it was given is on the disk (SQLite with
//! `synchronous=FULL`, PostgreSQL as its `synchronous_commit` says: it outlives a power cut, not only a killed process);
//! when it does not, nothing of it is there. Instants are kept to the millisecond. Readers never wait for a writer;
//! writers, of this process or another, wait for each other (on PostgreSQL only those of the same area, such as postings
//! or releases). So keys rise in the order of commits, and a reader who pages by key misses nothing.
//!
//! The character NUL, which PostgreSQL cannot keep, is taken out of whatever is stored or asked for.
//!
//! The ports block. They may be called from any thread: from a rayon worker, from `spawn_blocking`, and, though it
//! holds up the executor, from an async task.

mod backup;
mod blocking;
mod claim;
mod cursor;
mod error;
mod hash;
mod nul;
mod parallel;
mod password;
mod ports;
mod postgres;
mod prose;
mod rows;
mod search;
mod session;
mod sqlite;
mod store;

pub use claim::Claim;
pub use error::DatabaseFault;
pub use postgres::PgStore;
pub use sqlite::SqliteStore;
pub use store::{Database, SqlStore};
