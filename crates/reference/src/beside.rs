//! Data that is not part of the repository and may lie beside it.

use std::path::{Path, PathBuf};

/// The place of `relative` (such as `reference/soc/soc2020_structure.csv`) in the shared data folder, or `None` where
/// that is absent. The folder is named by the environment variable `OPENVACANCY_SHARED`; without it, it is `shared`
/// beside the workspace. For training and for tests that hold the tables against their sources, never for the running
/// system.
#[must_use]
pub fn shared(relative: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("OPENVACANCY_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?.join("shared"),
    };
    let path = root.join(relative);
    path.exists().then_some(path)
}
