//! `openvacancy backup`: a copy of the database, consistent, while it is in use.

use crate::context::Context;
use crate::failure::usage;
use crate::output;
use std::path::Path;

pub(super) fn run(context: &Context, file: &Path) -> anyhow::Result<()> {
    if file.exists() {
        return Err(usage(format!("{} exists; name a new file", file.display())));
    }
    let store = context.existing_store()?;
    store.backup(file)?;
    output::line(&format!(
        "database {} copied to {}; captures lie in {} and are copied as files",
        store.name(),
        file.display(),
        context.archive_dir().display()
    ))
}
