//! The rules, each with what it measured and what it asked in words.

use super::{Thresholds, scan};
use crate::ReleaseError;
use crate::quality::Quality;
use openvacancy_domain::ports::Store;
use openvacancy_domain::release::GateResult;
use openvacancy_domain::{Release, ReleaseState, Run, RunState, Stage, StoreError};
use std::collections::BTreeMap;

/// Runs looked back through for failed stages.
const RUNS: u32 = 1_000;

fn result(rule: &str, passed: bool, message: String) -> GateResult {
    GateResult { rule: rule.to_owned(), passed, message, overridden: None }
}

/// The outcome of every rule, in a fixed order.
pub(super) fn results(
    store: &dyn Store,
    release: &Release,
    thresholds: &Thresholds,
) -> Result<Vec<GateResult>, ReleaseError> {
    let quality = Quality::of(release).map_err(|error| StoreError::Corrupt {
        what: format!("the quality report of release {}", release.id),
        reason: error.to_string(),
    })?;
    let mut results = vec![result(
        "has_vacancies",
        quality.counted > 0,
        format!("{} vacancies are counted; at least one is needed", quality.counted),
    )];
    for (rule, variable, limit) in [
        ("soc2020_missing_share", "soc2020", thresholds.soc2020_missing_share),
        ("county_missing_share", "county", thresholds.county_missing_share),
        ("lep_missing_share", "lep", thresholds.lep_missing_share),
        ("wage_missing_share", "wage", thresholds.wage_missing_share),
    ] {
        let found = quality.missing(variable).map_or(1.0, |row| row.share);
        let message = format!("{variable} is missing for {}; at most {} is allowed", percent(found), percent(limit));
        results.push(result(rule, found <= limit, message));
    }
    results.push(result(
        "duplicates_share",
        quality.duplicates_share <= thresholds.duplicates_share,
        format!(
            "{} of postings are copies of another; at most {} is plausible",
            percent(quality.duplicates_share),
            percent(thresholds.duplicates_share)
        ),
    ));
    results.push(change(store, release, &quality, thresholds)?);
    let scan = scan::scan(store, release)?;
    results.push(listed("orphan_codes", scan.orphans.into_iter(), "every code stands in its reference table"));
    results.push(listed("totals_consistent", scan.inconsistent.into_iter(), "all published totals add up"));
    results.push(result(
        "digest_holds",
        scan.digest == release.digest,
        if scan.digest == release.digest {
            "the stored rows are the ones that were built".to_owned()
        } else {
            format!("the stored rows have digest {}, built was {}; build the month again", scan.digest, release.digest)
        },
    ));
    results.push(runs(&store.runs(RUNS)?, release));
    Ok(results)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn listed(rule: &str, found: impl Iterator<Item = String>, fine: &str) -> GateResult {
    let all: Vec<String> = found.collect();
    let message = match all.len() {
        0 => fine.to_owned(),
        count => format!("{count} do not: {}{}", all[..count.min(5)].join("; "), if count > 5 { "; …" } else { "" }),
    };
    result(rule, all.is_empty(), message)
}

/// Compares the flow with that of the newest published release of an earlier month.
fn change(
    store: &dyn Store,
    release: &Release,
    quality: &Quality,
    thresholds: &Thresholds,
) -> Result<GateResult, ReleaseError> {
    const RULE: &str = "change_from_previous";
    let earlier = store
        .releases()?
        .into_iter()
        .find(|other| other.state == ReleaseState::Published && other.id.month < release.id.month);
    let Some(earlier) = earlier else {
        return Ok(result(RULE, true, "no earlier month is published to compare with".to_owned()));
    };
    let (now, then) = (quality.flow, Quality::of(&earlier).map(|quality| quality.flow).unwrap_or(0));
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let factor = now.max(then) as f64 / now.min(then).max(1) as f64;
    let judged = now.max(then) >= thresholds.change_from;
    Ok(result(
        RULE,
        !judged || factor <= thresholds.change_factor,
        format!(
            "{now} new vacancies, {then} in release {}: a factor of {factor:.2}; at most {:.2} is expected",
            earlier.id, thresholds.change_factor
        ),
    ))
}

/// The newest run of each stage and portal that began before the release was built must have ended well.
fn runs(runs: &[Run], release: &Release) -> GateResult {
    let mut newest: BTreeMap<_, &Run> = BTreeMap::new();
    for run in runs.iter().filter(|run| run.stage != Stage::Release && run.started_at <= release.built_at) {
        let kept = newest.entry((run.stage.as_str(), run.portal.as_ref())).or_insert(run);
        if run.id > kept.id {
            *kept = run;
        }
    }
    let bad = newest.values().filter(|run| run.state != RunState::Done).map(|run| {
        let portal = run.portal.as_ref().map_or_else(String::new, |portal| format!(" of {portal}"));
        format!("run {} ({}{portal}) is {}", run.id, run.stage, run.state)
    });
    listed("runs_done", bad.collect::<Vec<_>>().into_iter(), "the last run of every stage and portal ended well")
}
