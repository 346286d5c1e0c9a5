//! `openvacancy doctor`: says what is missing or wrong, and the mend.

use crate::context::Context;
use crate::output;
use anyhow::bail;
use openvacancy_domain::{ReleaseState, RunState};
use std::path::Path;

/// Runs looked at for ones that did not end.
const RUNS: u32 = 200;

pub(super) fn run(context: &Context) -> anyhow::Result<()> {
    let mut findings = Findings::default();
    folder(context, &mut findings);
    portals(context, &mut findings);
    if context.may_have_data() {
        database(context, &mut findings)?;
    } else {
        findings.note("database", "none yet", "start with `openvacancy import FILE`, `collect` or `demo`");
    }
    findings.show()
}

/// What was found, in the order it was looked at.
#[derive(Default)]
struct Findings {
    lines: Vec<String>,
    wrong: usize,
}

impl Findings {
    fn good(&mut self, subject: &str, state: &str) {
        self.lines.push(format!("ok     {subject:12} {state}"));
    }

    fn note(&mut self, subject: &str, state: &str, next: &str) {
        self.lines.push(format!("note   {subject:12} {state}: {next}"));
    }

    fn wrong(&mut self, subject: &str, state: &str, mend: &str) {
        self.wrong += 1;
        self.lines.push(format!("WRONG  {subject:12} {state}: {mend}"));
    }

    fn show(&self) -> anyhow::Result<()> {
        self.lines.iter().try_for_each(|line| output::line(line))?;
        if self.wrong > 0 { bail!("{} of these need mending", self.wrong) } else { Ok(()) }
    }
}

fn folder(context: &Context, findings: &mut Findings) {
    let dir = &context.data_dir;
    if !dir.exists() {
        return findings.note("data folder", &format!("{} is not there yet", dir.display()), "it is made when needed");
    }
    match writable(dir) {
        Ok(()) => findings.good("data folder", &dir.display().to_string()),
        Err(error) => findings.wrong(
            "data folder",
            &format!("{} cannot be written ({error})", dir.display()),
            "give its rights to the user who runs this",
        ),
    }
}

fn writable(dir: &Path) -> std::io::Result<()> {
    let probe = dir.join(format!(".probe-{}", std::process::id()));
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(&probe)
}

fn portals(context: &Context, findings: &mut Findings) {
    match context.portals() {
        Ok(portals) => findings.good("portals", &format!("{} read", portals.len())),
        Err(error) => findings.wrong("portals", &error.to_string(), "mend the file at the line named"),
    }
}

fn database(context: &Context, findings: &mut Findings) -> anyhow::Result<()> {
    let store = match context.store() {
        Ok(store) => store,
        Err(error) => {
            findings.wrong("database", &error.to_string(), "then run doctor again");
            return Ok(());
        }
    };
    let faults = store.integrity()?;
    if faults.is_empty() {
        findings.good("database", store.name());
    } else {
        findings.wrong("database", &faults.join("; "), "restore the last backup");
    }
    let stuck: Vec<String> = store
        .runs(RUNS)?
        .iter()
        .filter(|run| run.state == RunState::Running)
        .map(|run| format!("{} ({})", run.id, run.stage))
        .collect();
    if stuck.is_empty() {
        findings.good("runs", "every run ended");
    } else {
        findings.note(
            "runs",
            &format!("did not end, or are under way: {}", stuck.join(", ")),
            "run the same command again, it goes on where it stopped",
        );
    }
    let releases = store.releases()?;
    match releases.iter().find(|release| release.state == ReleaseState::Published) {
        Some(release) => findings.good("releases", &format!("{} is the newest published", release.id)),
        None => findings.note("releases", "none published yet", "openvacancy release build YYYY-MM"),
    }
    Ok(())
}
