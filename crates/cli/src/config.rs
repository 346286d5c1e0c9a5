//! The configuration file `openvacancy.toml`. Every key can be given by the environment as well; none is needed.

use anyhow::Context;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What the file may say. A key it does not know is an error with its line, so that a slip of the pen is noticed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Folder of database, archive and rejects.
    pub(crate) data_dir: Option<PathBuf>,
    /// Database URL, where it is not the one in the folder.
    pub(crate) database: Option<String>,
    /// Address and port of the server.
    pub(crate) listen: Option<String>,
    /// How portals can reach whoever collects: an e-mail address or a page, sent with every request.
    pub(crate) contact: Option<String>,
    /// Folder of portal files that add to the built-in ones or replace them.
    pub(crate) portals_dir: Option<PathBuf>,
}

/// Where the file is looked for when `--config` does not say.
const DEFAULT_FILE: &str = "openvacancy.toml";

impl Config {
    /// Reads the file: the one named, or `openvacancy.toml` here where it exists.
    pub(crate) fn read(named: Option<&Path>) -> anyhow::Result<Self> {
        let path = named.unwrap_or(Path::new(DEFAULT_FILE));
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("{} cannot be used", path.display())),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }
}
