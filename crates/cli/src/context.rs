//! What a command works with: the data folder, the store, the clock, the portals.

use crate::args::Place;
use crate::config::Config;
use crate::failure::usage;
use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use openvacancy_domain::{Clock, FixedClock, SystemClock, Timestamp};
use openvacancy_portal::PortalSpec;
use openvacancy_store::SqliteStore;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DEFAULT_DATA_DIR: &str = "openvacancy-data";
const DATABASE_FILE: &str = "openvacancy.db";

/// What a command works with. Nothing is opened or written before it is asked for.
pub(crate) struct Context {
    pub(crate) data_dir: PathBuf,
    database: PathBuf,
    pub(crate) config: Config,
    pub(crate) clock: Arc<dyn Clock>,
    portals_dir: Option<PathBuf>,
}

impl Context {
    pub(crate) fn new(place: Place) -> anyhow::Result<Self> {
        let config = Config::read(place.config.as_deref())?;
        let data_dir =
            place.data_dir.or_else(|| config.data_dir.clone()).unwrap_or_else(|| PathBuf::from(DEFAULT_DATA_DIR));
        let database = match place.database.as_deref().or(config.database.as_deref()) {
            Some(url) => database_path(url)?,
            None => data_dir.join(DATABASE_FILE),
        };
        let clock: Arc<dyn Clock> = match place.now {
            Some(text) => Arc::new(FixedClock::new(instant(&text)?)),
            None => Arc::new(SystemClock),
        };
        let portals_dir = place.portals_dir.or_else(|| config.portals_dir.clone());
        Ok(Self { data_dir, database, config, clock, portals_dir })
    }

    /// The same context with another folder and clock, for the demo.
    pub(crate) fn with_clock(&self, data_dir: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { database: data_dir.join(DATABASE_FILE), data_dir, config: Config::default(), clock, portals_dir: None }
    }

    /// Where the database is.
    pub(crate) fn database(&self) -> &Path {
        &self.database
    }

    /// Opens the store, making folder and tables where they are missing.
    pub(crate) fn store(&self) -> anyhow::Result<Arc<SqliteStore>> {
        if let Some(folder) = self.database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| {
                format!("cannot make the data folder {}; name another with --data-dir", folder.display())
            })?;
        }
        Ok(Arc::new(SqliteStore::open(&self.database)?))
    }

    /// Opens a store that must be there already, for commands that only read.
    pub(crate) fn existing_store(&self) -> anyhow::Result<Arc<SqliteStore>> {
        if !self.database.is_file() {
            return Err(usage(format!(
                "there is no data yet in {}; start with `openvacancy import FILE`, `collect` or `demo`, or name the \
                 folder with --data-dir",
                self.database.display()
            )));
        }
        self.store()
    }

    /// The folder of captures.
    pub(crate) fn archive_dir(&self) -> PathBuf {
        self.data_dir.join("archive")
    }

    /// The folder of imported official tables.
    pub(crate) fn reference_dir(&self) -> PathBuf {
        self.data_dir.join("reference")
    }

    /// The folder of portal files, where one was named.
    pub(crate) fn portals_folder(&self) -> Option<&Path> {
        self.portals_dir.as_deref()
    }

    /// Every portal: the built-in ones, and those of the portals folder in place of or beside them.
    pub(crate) fn portals(&self) -> anyhow::Result<Vec<PortalSpec>> {
        let loaded = openvacancy_portal::portals(self.portals_dir.as_deref());
        if loaded.errors.is_empty() {
            return Ok(loaded.portals);
        }
        let errors: Vec<String> = loaded.errors.iter().map(ToString::to_string).collect();
        anyhow::bail!("portal files that cannot be used: {}", errors.join("; "))
    }

    /// One portal by id.
    pub(crate) fn portal(&self, id: &str) -> anyhow::Result<PortalSpec> {
        let portals = self.portals()?;
        let known: Vec<String> = portals.iter().map(|portal| portal.id.to_string()).collect();
        portals
            .into_iter()
            .find(|portal| portal.id.as_str() == id)
            .ok_or_else(|| usage(format!("no portal '{id}'; there are {}", known.join(", "))))
    }
}

fn database_path(url: &str) -> anyhow::Result<PathBuf> {
    match url.strip_prefix("sqlite:") {
        Some(path) => Ok(PathBuf::from(path.strip_prefix("//").unwrap_or(path))),
        None => Err(usage("this version keeps its data in SQLite: give --database sqlite:FILE, or --data-dir DIR")),
    }
}

/// Reads an instant (`2026-10-31T18:00:00Z`) or a day (`2026-10-31`: its noon, which is the same day in London).
pub(crate) fn instant(text: &str) -> anyhow::Result<Timestamp> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.with_timezone(&Utc));
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map(|day| day.and_time(noon).and_utc())
        .map_err(|_| usage(format!("'{text}' is neither a day (2026-10-31) nor an instant (2026-10-31T18:00:00Z)")))
}
