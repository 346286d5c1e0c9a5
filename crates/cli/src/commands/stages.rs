//! What several commands need of the pure stages.

use crate::context::Context;
use openvacancy_domain::{Posting, Problem};
use openvacancy_occupation::{Coder, Title};
use openvacancy_reference::official::{self, ImportedTitle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Rows read before they are worked on together.
const CHUNK: usize = 4096;

/// Reads rows and works on them a chunk at a time, so that memory stays constant and every core has work.
pub(super) fn in_chunks<T>(
    mut next: impl FnMut() -> anyhow::Result<Option<T>>,
    mut work: impl FnMut(Vec<T>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut chunk = Vec::with_capacity(CHUNK);
    while let Some(row) = next()? {
        chunk.push(row);
        if chunk.len() == CHUNK {
            work(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK)))?;
        }
    }
    if chunk.is_empty() { Ok(()) } else { work(chunk) }
}

/// The posting on one line of a JSONL file that messages call `place`.
pub(super) fn posting_of(place: &str, line: u64, text: &str) -> Result<Posting, Problem> {
    let at = || format!("{place}:{line}");
    let value = serde_json::from_str(text).map_err(|error| Problem::new("not_json", at(), error.to_string()))?;
    Posting::from_json(value)
        .map_err(|error| Problem::new(error.code, at(), error.message.clone()).in_field(&error.field))
}

/// The occupation coder, with the official index beside the built-in titles where it was imported.
pub(super) fn coder(context: &Context) -> anyhow::Result<Coder> {
    let imported = official::load_titles(&context.reference_dir())?;
    Ok(Coder::with_titles(imported.into_iter().map(title).collect())?)
}

fn title(imported: ImportedTitle) -> Title {
    Title {
        title: imported.title,
        qualifier: imported.qualifier,
        industry: imported.industry,
        soc2020: imported.soc2020,
        soc2020_ext: imported.soc2020_ext,
        soc2010: imported.soc2010,
        isco08: imported.isco08,
        curated: false,
        default: imported.default,
    }
}

/// A flag that Ctrl-C sets, for work that stops at the next safe point. A second Ctrl-C ends the program at once: what
/// was acknowledged is durable all the same.
pub(super) fn interrupt() -> Arc<AtomicBool> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let flag = FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let set = Arc::clone(&flag);
        std::thread::spawn(move || wait_for_interrupts(&set));
        flag
    });
    Arc::clone(flag)
}

fn wait_for_interrupts(flag: &AtomicBool) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    runtime.block_on(async {
        while tokio::signal::ctrl_c().await.is_ok() {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::abort();
            }
            crate::output::say("stopping at the next safe point; Ctrl-C again ends at once");
        }
    });
}
