//! A fresh store of either kind, and the place where it is.

#![allow(dead_code, unreachable_pub, reason = "each test program uses the part it needs")]

use super::server::Schema;
use openvacancy_store::{Database, SqliteStore};
use std::ops::Deref;
use std::path::PathBuf;

/// Where a store is; it goes with the test.
pub enum Place {
    File { folder: tempfile::TempDir },
    Schema(Schema),
}

impl Place {
    pub fn file() -> Self {
        Self::File { folder: tempfile::tempdir().unwrap() }
    }

    /// `None` where there is no server.
    pub fn schema() -> Option<Self> {
        Schema::new().map(Self::Schema)
    }

    /// Opens the store there.
    pub fn open(&self) -> Box<dyn Database> {
        match self {
            Self::File { folder } => Box::new(SqliteStore::open(&path(folder)).unwrap()),
            Self::Schema(schema) => Box::new(schema.open()),
        }
    }
}

fn path(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("store.db")
}

/// A store and its place.
pub struct Opened {
    // Declared first: closed before its place goes.
    store: Box<dyn Database>,
    place: Place,
}

impl Opened {
    pub fn at(place: Place) -> Self {
        Self { store: place.open(), place }
    }

    /// The same store, opened once more, as another process would.
    pub fn again(&self) -> Box<dyn Database> {
        self.place.open()
    }
}

impl Deref for Opened {
    type Target = dyn Database;

    fn deref(&self) -> &(dyn Database + 'static) {
        &*self.store
    }
}
