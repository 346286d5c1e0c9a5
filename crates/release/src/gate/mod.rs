//! The quality gate: named rules with named thresholds between a draft and the public.

mod rules;
mod scan;

use crate::ReleaseError;
use openvacancy_domain::ports::Store;
use openvacancy_domain::release::{GateResult, Override};
use openvacancy_domain::{Clock, Release, ReleaseId, ReleaseState};

/// What the gate asks. Shares are 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Largest share of vacancies without a SOC 2020 code.
    pub soc2020_missing_share: f64,
    /// Largest share without a county.
    pub county_missing_share: f64,
    /// Largest share without a LEP, of those in England or nowhere known.
    pub lep_missing_share: f64,
    /// Largest share without a wage.
    pub wage_missing_share: f64,
    /// Largest share of postings that are copies of another.
    pub duplicates_share: f64,
    /// The flow may be at most this many times that of the last published month, or that month's this many times it.
    pub change_factor: f64,
    /// Below this many vacancies in both months no change is judged.
    pub change_from: u64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            soc2020_missing_share: 0.20,
            county_missing_share: 0.188,
            lep_missing_share: 0.217,
            wage_missing_share: 0.60,
            duplicates_share: 0.60,
            change_factor: 2.0,
            change_from: 500,
        }
    }
}

/// A decision to let a failed rule pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverrideRequest {
    /// The rule.
    pub rule: String,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Checks a draft. Every rule's outcome is kept in the release. When each was passed or overridden the release is
/// `checked`; otherwise it stays a draft, and [`failures`] says what stands in the way. Checking again starts afresh, but
/// overrides given before still hold.
///
/// # Errors
/// [`ReleaseError::Published`]; [`ReleaseError::UnknownRule`] and [`ReleaseError::EmptyOverride`] for overrides that
/// cannot be recorded; [`ReleaseError::Store`].
pub fn check(
    store: &dyn Store,
    id: ReleaseId,
    thresholds: &Thresholds,
    overrides: &[OverrideRequest],
    clock: &dyn Clock,
) -> Result<Release, ReleaseError> {
    let mut release = store.release(id)?;
    if release.state == ReleaseState::Published {
        return Err(ReleaseError::Published { id });
    }
    let mut results = rules::results(store, &release, thresholds)?;
    for request in overrides {
        if request.by.trim().is_empty() || request.reason.trim().is_empty() {
            return Err(ReleaseError::EmptyOverride { rule: request.rule.clone() });
        }
        if !results.iter().any(|result| result.rule == request.rule) {
            let known = results.iter().map(|result| result.rule.as_str()).collect::<Vec<_>>().join(", ");
            return Err(ReleaseError::UnknownRule { rule: request.rule.clone(), known });
        }
    }
    for result in results.iter_mut().filter(|result| !result.passed) {
        let earlier = release.gate.iter().find(|old| old.rule == result.rule).and_then(|old| old.overridden.clone());
        result.overridden = overrides
            .iter()
            .find(|request| request.rule == result.rule)
            .map(|request| Override {
                rule: request.rule.clone(),
                by: request.by.clone(),
                reason: request.reason.clone(),
                at: clock.now(),
            })
            .or(earlier);
    }
    release.gate = results;
    let open = failures(&release).next().is_some();
    release.state = if open { ReleaseState::Draft } else { ReleaseState::Checked };
    store.update_release(&release)?;
    Ok(release)
}

/// The rules a release failed and nobody overrode.
pub fn failures(release: &Release) -> impl Iterator<Item = &GateResult> {
    release.gate.iter().filter(|result| !result.passed && result.overridden.is_none())
}

/// Publishes a checked release. From then on it never changes.
///
/// # Errors
/// [`ReleaseError::NotChecked`] for a draft, [`ReleaseError::Published`] where it is public already,
/// [`ReleaseError::Store`].
pub fn publish(store: &dyn Store, id: ReleaseId, clock: &dyn Clock) -> Result<Release, ReleaseError> {
    let mut release = store.release(id)?;
    match release.state {
        ReleaseState::Published => Err(ReleaseError::Published { id }),
        ReleaseState::Draft => Err(ReleaseError::NotChecked { id, month: id.month }),
        ReleaseState::Checked => {
            release.state = ReleaseState::Published;
            release.published_at = Some(clock.now());
            store.update_release(&release)?;
            Ok(release)
        }
    }
}
