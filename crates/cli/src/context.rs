//! What a command works with: the data folder, the store, the clock, the portals.

use crate::args::Place;
use crate::config::Config;
use crate::failure::usage;
use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use openvacancy_domain::{Clock, FixedClock, SystemClock, Timestamp};
use openvacancy_portal::PortalSpec;
use openvacancy_store::{Database, PgStore, SqliteStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DEFAULT_DATA_DIR: &str = "openvacancy-data";
const DATABASE_FILE: &str = "openvacancy.db";

/// The schema of a PostgreSQL database that is the demo's own.
const DEMO_SCHEMA: &str = "openvacancy_demo";

/// Where the database is. It has no `Debug`: an address may hold a password.
enum Location {
    File(PathBuf),
    Server(String),
    /// The demo's own schema there.
    DemoOnServer(String),
}

/// What a command works with. Nothing is opened or written before it is asked for.
pub(crate) struct Context {
    pub(crate) data_dir: PathBuf,
    database: Location,
    pub(crate) config: Config,
    pub(crate) clock: Arc<dyn Clock>,
    portals_dir: Option<PathBuf>,
}

impl Context {
    pub(crate) fn new(place: Place) -> anyhow::Result<Self> {
        let mut config = Config::read(place.config.as_deref())?;
        config.contact = place.contact.or(config.contact);
        let data_dir =
            place.data_dir.or_else(|| config.data_dir.clone()).unwrap_or_else(|| PathBuf::from(DEFAULT_DATA_DIR));
        let database = match place.database.as_deref().or(config.database.as_deref()) {
            Some(url) => location(url)?,
            None => Location::File(data_dir.join(DATABASE_FILE)),
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
        let database = match &self.database {
            Location::File(_) => Location::File(data_dir.join(DATABASE_FILE)),
            Location::Server(url) | Location::DemoOnServer(url) => Location::DemoOnServer(url.clone()),
        };
        Self { database, data_dir, config: Config::default(), clock, portals_dir: None }
    }

    /// Whether there is a database to look at; on a server that is only known by asking.
    pub(crate) fn may_have_data(&self) -> bool {
        match &self.database {
            Location::File(file) => file.is_file(),
            Location::Server(_) | Location::DemoOnServer(_) => true,
        }
    }

    /// Opens the store, making folder and tables where they are missing.
    pub(crate) fn store(&self) -> anyhow::Result<Arc<dyn Database>> {
        Ok(match &self.database {
            Location::File(file) => Arc::new(open_file(file)?),
            Location::Server(url) => Arc::new(PgStore::open(url)?),
            Location::DemoOnServer(url) => Arc::new(PgStore::open_in_schema(url, DEMO_SCHEMA)?),
        })
    }

    /// Opens the demo's store, empty; its folder is fresh already, and so is then its schema.
    pub(crate) fn fresh_demo_store(&self) -> anyhow::Result<Arc<dyn Database>> {
        match &self.database {
            Location::DemoOnServer(url) => Ok(Arc::new(PgStore::open_scratch(url, DEMO_SCHEMA)?)),
            Location::File(_) | Location::Server(_) => self.store(),
        }
    }

    /// Opens a store that must be there already, for commands that only read.
    pub(crate) fn existing_store(&self) -> anyhow::Result<Arc<dyn Database>> {
        match &self.database {
            Location::File(file) if !file.is_file() => Err(usage(format!(
                "there is no data yet in {}; start with `openvacancy import FILE`, `collect` or `demo`, or name the \
                 folder with --data-dir",
                file.display()
            ))),
            _ => self.store(),
        }
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

fn location(url: &str) -> anyhow::Result<Location> {
    match url.split_once(':') {
        Some(("sqlite", path)) => Ok(Location::File(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))),
        Some(("postgres" | "postgresql", _)) => Ok(Location::Server(url.to_owned())),
        // The address is not shown: it may hold a password.
        _ => Err(usage(
            "the database is none this program knows: give --database sqlite:FILE or \
             --database postgres://USER@HOST/DATABASE, or --data-dir DIR",
        )),
    }
}

fn open_file(file: &Path) -> anyhow::Result<SqliteStore> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| {
            format!("cannot make the data folder {}; name another with --data-dir", folder.display())
        })?;
    }
    Ok(SqliteStore::open(file)?)
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
