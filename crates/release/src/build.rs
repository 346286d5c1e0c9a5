//! Builds the draft of a month from the present vacancies.

use crate::cells::{Membership, Tally};
use crate::digest::Digest;
use crate::disclosure::Options;
use crate::membership::Window;
use crate::observe;
use crate::progress::{Progress, Step};
use crate::quality::{Missing, PortalQuality, Quality, share};
use crate::{ReleaseError, codes};
use chrono::SubsecRound as _;
use openvacancy_domain::place::LocationPrecision;
use openvacancy_domain::ports::{PortalSpan, ReleaseVacancy, Store};
use openvacancy_domain::{Clock, Month, PortalId, Release, ReleaseState, Timestamp, Vacancy};
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

/// The quality report under construction.
#[derive(Default)]
struct Report {
    quality: Quality,
    missing: Missing,
    portals: BTreeMap<PortalId, (PortalCounts, Missing)>,
    confidence_sum: f64,
    stock: u64,
}

#[derive(Default)]
struct PortalCounts {
    vacancies: u64,
    flow: u64,
    only_here: u64,
}

impl Report {
    fn add(&mut self, row: &ReleaseVacancy) {
        let vacancy = &row.vacancy;
        self.quality.rows += 1;
        if let Some(reason) = &vacancy.excluded_reason {
            *self.quality.excluded.entry(reason.clone()).or_default() += 1;
            return;
        }
        self.quality.counted += 1;
        self.quality.flow += u64::from(row.in_flow);
        self.stock += u64::from(row.in_stock);
        self.quality.openings_flow += if row.in_flow { u64::from(vacancy.openings) } else { 0 };
        self.quality.postings += u64::from(vacancy.postings_count);
        self.missing.add(vacancy);
        for portal in &vacancy.portals {
            let (counts, missing) = self.portals.entry(portal.clone()).or_default();
            counts.vacancies += 1;
            counts.flow += u64::from(row.in_flow);
            counts.only_here += u64::from(vacancy.portals.len() == 1);
            missing.add(vacancy);
        }
        let occupation = &vacancy.occupation;
        if codes::soc2020(vacancy).is_some() {
            self.quality.soc2020_confidence.resize(10, 0);
            let confidence = f64::from(occupation.soc2020_confidence).clamp(0.0, 1.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=9")]
            let bin = (confidence * 10.0).min(9.0) as usize;
            self.quality.soc2020_confidence[bin] += 1;
            self.confidence_sum += confidence;
        }
        let method = occupation.occupation_method.to_string();
        *self.quality.occupation_method.entry(method).or_default() += 1;
        let precision = vacancy.location.precision.to_string();
        *self.quality.location_precision.entry(precision).or_default() += 1;
    }

    fn finish(
        self,
        window: &Window,
        spans: &[PortalSpan],
        disclosure: Vec<crate::quality::DisclosureReport>,
    ) -> Quality {
        let Self { mut quality, missing, portals, confidence_sum, stock } = self;
        quality.stock = window.has_stock().then_some(stock);
        quality.duplicates_share = share(quality.postings.saturating_sub(quality.counted), quality.postings);
        quality.complete_month = window.complete();
        quality.completeness = missing.report();
        let coded: u64 = quality.soc2020_confidence.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let mean = (coded > 0).then(|| (confidence_sum / coded as f64 * 1e4).round() / 1e4);
        quality.soc2020_confidence_mean = mean;
        quality.portals = portals
            .into_iter()
            .map(|(portal, (counts, missing))| {
                let span = spans.iter().find(|span| span.portal == portal);
                PortalQuality {
                    vacancies: counts.vacancies,
                    flow: counts.flow,
                    only_here: counts.only_here,
                    first_seen: span.and_then(|span| span.first_seen),
                    last_seen: span.and_then(|span| span.last_seen).map(|seen| seen.min(window.as_of)),
                    left_censored: window.entered().contains(&portal),
                    completeness: missing.report(),
                    portal,
                }
            })
            .collect();
        quality.notes = notes(&quality, window, &disclosure);
        quality.disclosure = disclosure;
        quality
    }
}

/// What a reader must know, in sentences.
fn notes(quality: &Quality, window: &Window, disclosure: &[crate::quality::DisclosureReport]) -> Vec<String> {
    let mut notes = Vec::new();
    let list = |portals: &std::collections::BTreeSet<PortalId>| {
        portals.iter().map(PortalId::as_str).collect::<Vec<_>>().join(", ")
    };
    if !window.complete() {
        let at = window.as_of.with_timezone(&chrono_tz::Europe::London).format("%-d %B %Y, %H:%M");
        notes.push(format!("The month was not over when this release was made ({at}): every number is provisional."));
    }
    if !window.entered().is_empty() {
        notes.push(format!(
            "First month of {}: what a portal shows when it is first read may have stood there for long, so the flow from it \
             is left-censored and provisional.",
            list(window.entered())
        ));
    }
    if !window.left().is_empty() {
        notes.push(format!(
            "No longer seen since the month before: {}. Counts break with that month; its advertisements are not in the stock.",
            list(window.left())
        ));
    }
    if !window.has_stock() {
        notes.push(
            "No portal was seen in this month, only files imported without a day of sighting: there is no stock."
                .to_owned(),
        );
    }
    if quality.undated > 0 {
        notes.push(format!(
            "{} vacancies have neither a sighting nor a day posted and belong to no month.",
            quality.undated
        ));
    }
    let (primary, secondary) =
        disclosure.iter().fold((0, 0), |(p, s), report| (p + report.primary, s + report.secondary));
    if primary + secondary > 0 {
        notes.push(format!(
            "{} counts of area by occupation are withheld: {primary} are small or come from one employer, {secondary} would betray those.",
            primary + secondary
        ));
    }
    notes
}
