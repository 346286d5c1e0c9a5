//! `openvacancy release`: build, check, publish, list.

use crate::args::ReleaseCommand;
use crate::context::{Context, instant};
use crate::failure::usage;
use crate::output;
use crate::progress::Work;
use openvacancy_domain::ports::Store;
use openvacancy_domain::{Month, Release, ReleaseId, ReleaseState, Timestamp};
use openvacancy_release::{BuildOptions, OverrideRequest, Thresholds};

pub(super) fn run(context: &Context, words: ReleaseCommand) -> anyhow::Result<()> {
    let store = context.existing_store()?;
    match words {
        ReleaseCommand::Build { month, at } => {
            let at = at.as_deref().map(instant).transpose()?;
            let release = build(context, store.as_ref(), month, at)?;
            output::line(&format!(
                "{}: draft with {} vacancies and {} observations, as of {}; next: openvacancy release check {month}",
                release.id,
                release.vacancies,
                release.observations,
                release.as_of.format("%Y-%m-%d %H:%M UTC")
            ))
        }
        ReleaseCommand::Check { month, overrides, by, reason } => {
            let by = by.unwrap_or_default();
            let reason = reason.unwrap_or_default();
            let overrides: Vec<OverrideRequest> = overrides
                .into_iter()
                .map(|rule| OverrideRequest { rule, by: by.clone(), reason: reason.clone() })
                .collect();
            let release = check(context, store.as_ref(), month, &overrides)?;
            release.gate.iter().try_for_each(|result| {
                let mark = match (result.passed, &result.overridden) {
                    (true, _) => "passed    ",
                    (false, Some(_)) => "overridden",
                    (false, None) => "FAILED    ",
                };
                output::line(&format!("{mark}  {:24} {}", result.rule, result.message))
            })?;
            if release.state == ReleaseState::Draft {
                anyhow::bail!(
                    "{} stays a draft: mend what failed and build it again, or pass a rule in spite of it with \
                     --override RULE --by WHO --reason TEXT",
                    release.id
                );
            }
            output::line(&format!("{}: checked; next: openvacancy release publish {month}", release.id))
        }
        ReleaseCommand::Publish { month } => {
            let release = publish(context, store.as_ref(), month)?;
            output::line(&format!("{}: published; it will never change (digest {})", release.id, release.digest))
        }
        ReleaseCommand::List { json } => {
            let releases = store.releases()?;
            if json {
                return output::json(&releases);
            }
            releases.iter().try_for_each(|release| {
                output::line(&format!(
                    "{:12} {:10} {:>9} vacancies {:>8} observations  as of {}",
                    release.id.to_string(),
                    release.state,
                    release.vacancies,
                    release.observations,
                    release.as_of.format("%Y-%m-%d %H:%M UTC")
                ))
            })
        }
    }
}

/// Builds the month's next version.
pub(super) fn build(
    context: &Context,
    store: &dyn Store,
    month: Month,
    as_of: Option<Timestamp>,
) -> anyhow::Result<Release> {
    let mut options = BuildOptions::new(month);
    options.as_of = as_of;
    options.versions = [("program", env!("CARGO_PKG_VERSION")), ("reference", openvacancy_reference::version())]
        .map(|(name, version)| (name.to_owned(), version.to_owned()))
        .into();
    let work = Work::start("release");
    let mut show = |progress: openvacancy_release::Progress| work.set(progress.done, 0);
    Ok(openvacancy_release::build(store, &options, context.clock.as_ref(), &mut show)?)
}

/// Puts the month's draft through the gate.
pub(super) fn check(
    context: &Context,
    store: &dyn Store,
    month: Month,
    overrides: &[OverrideRequest],
) -> anyhow::Result<Release> {
    let id = unpublished(store, month)?;
    Ok(openvacancy_release::check(store, id, &Thresholds::default(), overrides, context.clock.as_ref())?)
}

/// Publishes the month's checked draft.
pub(super) fn publish(context: &Context, store: &dyn Store, month: Month) -> anyhow::Result<Release> {
    let id = unpublished(store, month)?;
    Ok(openvacancy_release::publish(store, id, context.clock.as_ref())?)
}

fn unpublished(store: &dyn Store, month: Month) -> anyhow::Result<ReleaseId> {
    store
        .releases()?
        .into_iter()
        .find(|release| release.id.month == month && release.state != ReleaseState::Published)
        .map(|release| release.id)
        .ok_or_else(|| usage(format!("{month} has no draft; make one with `openvacancy release build {month}`")))
}
