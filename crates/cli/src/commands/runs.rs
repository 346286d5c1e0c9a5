//! `openvacancy runs`: what ran, when, and how it ended.

use crate::args::RunsCommand;
use crate::context::Context;
use crate::output;
use openvacancy_domain::{Run, RunId};

pub(super) fn run(context: &Context, words: &RunsCommand) -> anyhow::Result<()> {
    let store = context.existing_store()?;
    match words {
        RunsCommand::List { limit, json } => {
            let runs = store.runs(*limit)?;
            if *json {
                return output::json(&runs);
            }
            output::line(&format!(
                "{:>5}  {:8} {:16} {:16} {:11} {:>8} {:>8} {:>9} {:>8}",
                "run", "stage", "portal", "started (UTC)", "state", "read", "stored", "unchanged", "rejected"
            ))?;
            runs.iter().try_for_each(|run| output::line(&row(run)))
        }
        RunsCommand::Show { run, limit, json } => {
            let found = store.run(RunId(*run))?;
            let problems = store.problems(found.id, *limit)?;
            if *json {
                return output::json(&serde_json::json!({ "run": found, "problems": problems }));
            }
            output::line(&row(&found))?;
            for (name, value) in &found.versions {
                output::line(&format!("  {name}: {value}"))?;
            }
            if let Some(error) = &found.error {
                output::line(&format!("  failed: {error}"))?;
            }
            problems.iter().try_for_each(|problem| output::line(&format!("  {problem}")))
        }
    }
}

fn row(run: &Run) -> String {
    let counts = &run.counts;
    format!(
        "{:>5}  {:8} {:16} {:16} {:11} {:>8} {:>8} {:>9} {:>8}",
        run.id.0,
        run.stage,
        run.portal.as_ref().map_or("-", |portal| portal.as_str()),
        run.started_at.format("%Y-%m-%d %H:%M"),
        run.state,
        counts.read,
        counts.stored,
        counts.unchanged,
        counts.rejected
    )
}
