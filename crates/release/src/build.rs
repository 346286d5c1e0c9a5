//! Builds the draft of a month from the present vacancies.

use crate::ReleaseError;
use crate::cells::{Membership, Tally};
use crate::digest::Digest;
use crate::disclosure::Options;
use crate::membership::Window;
use crate::observe;
use crate::progress::{Progress, Step};
use crate::report::Report;
use chrono::SubsecRound as _;
use openvacancy_domain::place::LocationPrecision;
use openvacancy_domain::ports::{ReleaseVacancy, Store};
use openvacancy_domain::{Clock, Month, Release, ReleaseState, Timestamp, Vacancy};
use std::collections::BTreeMap;

/// Rows read and written at a time.
const BATCH: u32 = 2_000;

/// What to build.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The month.
    pub month: Month,
    /// The instant the data is as of. By default the month's end, or now while the month is not over: what was
    /// collected later does not change the month any more.
    pub as_of: Option<Timestamp>,
    /// Versions of everything that made the vacancies: `program`, `rules`, `coder`, `dedup`, `reference`.
    pub versions: BTreeMap<String, String>,
    /// Which cells are withheld.
    pub disclosure: Options,
}

impl BuildOptions {
    /// The month with default rules.
    #[must_use]
    pub fn new(month: Month) -> Self {
        Self { month, as_of: None, versions: BTreeMap::new(), disclosure: Options::default() }
    }
}

/// Builds the next version of a month as a draft: vacancies, observations, quality report. A draft of the
/// month that was not published is replaced.
///
/// # Errors
/// [`ReleaseError::BeforeMonth`], [`ReleaseError::InFuture`]; [`ReleaseError::Store`] where the store fails, and then
/// nobody sees the draft.
pub fn build(
    store: &dyn Store,
    options: &BuildOptions,
    clock: &dyn Clock,
    progress: &mut dyn FnMut(Progress),
) -> Result<Release, ReleaseError> {
    let (month, now) = (options.month, clock.now());
    // Stores keep milliseconds: an instant finer than that would not come back as it was put in.
    let as_of = options.as_of.unwrap_or_else(|| now.min(month.end())).trunc_subsecs(3);
    if as_of > now {
        return Err(ReleaseError::InFuture { month, as_of, now });
    }
    if as_of <= month.start() {
        return Err(ReleaseError::BeforeMonth { month, as_of });
    }
    let spans = store.portal_spans()?;
    let window = Window::new(month, as_of, &spans);
    let id = store.begin_release(month)?;
    let mut count = Count::new(window);
    let mut after = None;
    let mut done = 0;
    loop {
        let page = store.vacancies(after.as_ref(), BATCH)?;
        let Some(last) = page.last() else { break };
        after = Some(last.vacancy_id.clone());
        done += page.len() as u64;
        let rows = count.take(page)?;
        if !rows.is_empty() {
            store.add_release_vacancies(id, &rows)?;
        }
        progress(Progress { step: Step::Count, done });
    }
    let Count { window, tally, mut digest, report, .. } = count;
    progress(Progress { step: Step::Protect, done: 0 });
    let (observations, disclosure) = observe::observations(&tally.finish(), &window, options.disclosure);
    for (number, batch) in observations.chunks(BATCH as usize).enumerate() {
        store.add_observations(id, batch)?;
        progress(Progress { step: Step::Observe, done: (number * BATCH as usize + batch.len()) as u64 });
    }
    for row in &observations {
        digest.observation(row).map_err(|source| ReleaseError::Row { row: row.indicator.clone(), source })?;
    }
    let quality = report.finish(&window, &spans, disclosure);
    let mut versions = options.versions.clone();
    versions.insert("release_rules".to_owned(), crate::RULES_VERSION.to_owned());
    versions.entry("reference".to_owned()).or_insert_with(|| openvacancy_reference::version().to_owned());
    let release = Release {
        id,
        state: ReleaseState::Draft,
        as_of,
        built_at: now,
        published_at: None,
        vacancies: quality.rows,
        observations: observations.len() as u64,
        digest: digest.finish(),
        versions,
        gate: Vec::new(),
        quality: serde_json::to_value(&quality)
            .map_err(|source| ReleaseError::Row { row: "the quality report".to_owned(), source })?,
    };
    store.finish_release(&release)?;
    Ok(release)
}

/// Everything that is counted while vacancies pass by once.
struct Count {
    window: Window,
    tally: Tally,
    digest: Digest,
    report: Report,
}

impl Count {
    fn new(window: Window) -> Self {
        Self { window, tally: Tally::default(), digest: Digest::default(), report: Report::default() }
    }

    /// Takes a page in, answers the rows that belong to the release.
    fn take(&mut self, page: Vec<Vacancy>) -> Result<Vec<ReleaseVacancy>, ReleaseError> {
        let mut rows = Vec::with_capacity(page.len());
        for mut vacancy in page {
            if Window::flow_month(&vacancy).is_none() {
                self.report.quality.undated += 1;
            }
            let (in_flow, in_stock) = (self.window.in_flow(&vacancy), self.window.in_stock(&vacancy));
            if !in_flow && !in_stock {
                continue;
            }
            self.window.clip(&mut vacancy);
            // An advertisement for work abroad is no UK vacancy, whichever stage noticed.
            if vacancy.location.precision == LocationPrecision::Foreign && vacancy.excluded_reason.is_none() {
                vacancy.excluded_reason = Some("foreign".to_owned());
            }
            let counts = vacancy.excluded_reason.is_none();
            let censored = in_flow && self.window.left_censored(&vacancy);
            if counts {
                self.tally.add(&vacancy, Membership { in_flow, in_stock, censored });
            }
            let row = ReleaseVacancy { in_flow: in_flow && counts, in_stock: in_stock && counts, vacancy };
            self.report.add(&row);
            self.digest
                .vacancy(&row)
                .map_err(|source| ReleaseError::Row { row: row.vacancy.vacancy_id.to_string(), source })?;
            rows.push(row);
        }
        Ok(rows)
    }
}
