//! An imported file is a capture: its bytes are kept as they came, by their hash, before anything is read out of them.

use super::Kept;
use anyhow::Context;
use openvacancy_domain::ContentHash;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Copies the file, or all of stdin, into `folder`, under the hash of its bytes. A file that is there already stays.
pub(super) fn keep(path: &Path, folder: &Path) -> anyhow::Result<Kept> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot open {}", path.display()))?)
    };
    let part = folder.join(format!("{}.part", std::process::id()));
    let mut copy = File::create(&part).with_context(|| format!("cannot write {}", part.display()))?;
    let mut hasher = Sha256::new();
    let mut bytes = 0_u64;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = source.read(&mut buffer).with_context(|| format!("cannot read {}", path.display()))?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
        copy.write_all(&buffer[..count])?;
        bytes += count as u64;
    }
    copy.sync_all()?;
    let sha256: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = folder.join(&sha256);
    std::fs::rename(&part, &kept).with_context(|| format!("cannot write {}", kept.display()))?;
    Ok(Kept { path: kept, sha256: ContentHash(sha256), bytes })
}
