//! `openvacancy portal`: list, check, parse one document.

use crate::args::PortalCommand;
use crate::context::Context;
use crate::failure::usage;
use crate::output;
use anyhow::{Context as _, bail};
use openvacancy_portal::{Document, Kind, PortalSpec, check, parse};
use std::io::{Read as _, Write as _};
use std::path::Path;

/// Where portal files lie in a checkout.
const PORTALS_FOLDER: &str = "portals";

pub(super) fn run(context: &Context, words: &PortalCommand) -> anyhow::Result<()> {
    match words {
        PortalCommand::List { json } => list(&context.portals()?, *json),
        PortalCommand::Check { portal } => check_samples(context, &context.portal(portal)?),
        PortalCommand::Parse { portal, file, url } => parse_one(&context.portal(portal)?, file, url.as_deref()),
    }
}

fn list(portals: &[PortalSpec], json: bool) -> anyhow::Result<()> {
    if json {
        let portals: Vec<_> = portals
            .iter()
            .map(|portal| {
                serde_json::json!({
                    "id": portal.id, "name": portal.name, "owner": portal.owner, "about": portal.about,
                    "terms": portal.terms, "publish": portal.publish, "base_url": portal.base_url().as_str(),
                })
            })
            .collect();
        return output::json(&portals);
    }
    portals.iter().try_for_each(|portal| {
        let status = serde_json::to_value(portal.terms.status)?;
        output::line(&format!(
            "{:18} {:17} terms read {}  {}",
            portal.id.as_str(),
            status.as_str().unwrap_or_default(),
            portal.terms.read_on,
            portal.about
        ))
    })
}

fn check_samples(context: &Context, portal: &PortalSpec) -> anyhow::Result<()> {
    let folder = context.portals_folder().unwrap_or(Path::new(PORTALS_FOLDER)).join(portal.id.as_str());
    if !folder.join("samples").is_dir() {
        return Err(usage(format!(
            "no samples of {} in {}; name the folder of portal files with --portals-dir",
            portal.id,
            folder.display()
        )));
    }
    output::line(check::check(portal, &folder)?.to_string().trim_end())
}

/// Reads one document. The answer is postings alone, so that it can be piped; all else goes to stderr.
fn parse_one(portal: &PortalSpec, file: &Path, url: Option<&str>) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    // One byte more than is read shows that a document is too large without holding all of it.
    let most = openvacancy_portal::MAX_BYTES as u64 + 1;
    if file.as_os_str() == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        let opened = std::fs::File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
        opened.take(most).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", file.display()))?;
    }
    let parsed = parse(portal, &Document { url, ..Document::new(&bytes) });
    let mut out = output::stdout();
    for posting in &parsed.postings {
        serde_json::to_writer(&mut out, posting)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    for problem in parsed.rejected.iter().chain(&parsed.problems) {
        output::say(&format!("openvacancy: {problem}"));
    }
    match parsed.kind {
        Kind::Gone => {
            let reason = parsed.gone.map_or_else(String::new, |gone| gone.reason);
            output::say(&format!("openvacancy: the posting is gone: {reason}"));
            Ok(())
        }
        Kind::Blocked => bail!("the portal refused: {}", parsed.blocked.unwrap_or_default()),
        Kind::Unrecognised => bail!("{} is none of the documents of {}", file.display(), portal.id),
        Kind::Listing | Kind::Posting => Ok(()),
    }
}
