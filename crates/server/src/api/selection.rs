//! Which releases a request means: by name, by month, by a range of months.

use crate::error::shown;
use crate::params::Params;
use crate::state::find;
use crate::{ApiError, cache};
use openvacancy_domain::{Month, Release};

/// Releases of one request, at most: twenty years of months.
const MOST: usize = 240;

/// The releases meant, the oldest first, and whether they are named by version, so that they never change.
pub(super) struct Selection<'a> {
    pub(super) releases: Vec<&'a Release>,
    pub(super) pinned: bool,
}

impl<'a> Selection<'a> {
    /// Reads `release`, `month`, `from` and `to`; without any of them, the latest release.
    pub(super) fn read(params: &Params, published: &'a [Release]) -> Result<Self, ApiError> {
        let given = |name: &&str| params.get(name).is_some();
        let range = ["from", "to"].iter().any(given);
        if [given(&"release"), given(&"month"), range].into_iter().filter(|given| *given).count() > 1 {
            return Err(ApiError::bad("month", "give either release, or month, or from and to"));
        }
        let names = if given(&"release") { params.list("release") } else { months(params)? };
        let mut releases: Vec<&Release> = if range {
            between(params, published)?
        } else if names.is_empty() {
            vec![find(published, "latest")?]
        } else {
            names.iter().map(|name| find(published, name)).collect::<Result<_, _>>()?
        };
        releases.sort_by_key(|release| release.id);
        releases.dedup_by_key(|release| release.id);
        if releases.len() > MOST {
            return Err(ApiError::bad("release", &format!("at most {MOST} releases at a time")));
        }
        let pinned = given(&"release")
            && names.iter().all(|name| releases.iter().any(|release| cache::pinned(Some(name), release)));
        Ok(Self { releases, pinned })
    }

    /// The releases as `release` names them.
    pub(super) fn names(&self) -> String {
        self.releases.iter().map(|release| release.id.to_string()).collect::<Vec<_>>().join(",")
    }

    /// What an answer over these releases depends on.
    pub(super) fn digests(&self) -> String {
        self.releases.iter().map(|release| format!("{}={};", release.id, release.digest)).collect()
    }
}

/// The months named, each `YYYY-MM` or `latest`.
fn months(params: &Params) -> Result<Vec<String>, ApiError> {
    let months = params.list("month");
    for month in months.iter().filter(|month| month.as_str() != "latest") {
        parsed("month", month)?;
    }
    Ok(months)
}

/// The newest version of every month in the range that has one.
fn between<'a>(params: &Params, published: &'a [Release]) -> Result<Vec<&'a Release>, ApiError> {
    let (from, to) = range(params)?;
    let mut releases: Vec<&Release> = Vec::new();
    // The newest version of a month stands first.
    for release in published {
        let month = release.id.month;
        let within = from.is_none_or(|from| from <= month) && to.is_none_or(|to| month <= to);
        if within && releases.last().is_none_or(|last| last.id.month != month) {
            releases.push(release);
        }
    }
    if releases.is_empty() {
        let end = |name| params.get(name).unwrap_or("…").to_owned();
        return Err(ApiError::no_release(&format!("{} to {}", end("from"), end("to"))));
    }
    Ok(releases)
}

/// `from` and `to`, either of which may be left out.
pub(super) fn range(params: &Params) -> Result<(Option<Month>, Option<Month>), ApiError> {
    let end = |name| params.get(name).map(|text| parsed(name, text)).transpose();
    let (from, to) = (end("from")?, end("to")?);
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(ApiError::bad("from", "must not be later than to"));
    }
    Ok((from, to))
}

/// A month that a parameter names.
pub(super) fn parsed(name: &str, text: &str) -> Result<Month, ApiError> {
    let wrong = |_: String| ApiError::bad(name, &format!("'{}' is no month: expected as 2026-10", shown(text)));
    text.parse().map_err(wrong)
}
