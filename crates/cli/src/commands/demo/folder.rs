//! The demo's own folder, made anew for each run. Nothing is deleted that the demo did not make.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

/// The file that says whose folder it is.
const MARK: &str = "made-by-openvacancy-demo";

/// An empty folder `demo` inside the data folder.
pub(super) fn fresh(data_dir: &Path) -> anyhow::Result<PathBuf> {
    let folder = data_dir.join("demo");
    if folder.join(MARK).is_file() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot clear the former demo in {}", folder.display()))?;
    } else if folder.exists() {
        bail!("{} is not a folder of the demo; move it away, or name another with --data-dir", folder.display());
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    std::fs::write(folder.join(MARK), "This folder is cleared by the next `openvacancy demo`.\n")?;
    Ok(folder)
}
