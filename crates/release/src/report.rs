//! The quality report and its notes, gathered while a release is built.

use crate::codes;
use crate::indicator::AreaType;
use crate::membership::Window;
use crate::quality::{DisclosureReport, Missing, PortalQuality, Quality, share};
use openvacancy_domain::PortalId;
use openvacancy_domain::ports::{PortalSpan, ReleaseVacancy};
use std::collections::BTreeMap;

/// The quality report under construction.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) quality: Quality,
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
    /// Takes a row of the release in.
    pub(crate) fn add(&mut self, row: &ReleaseVacancy) {
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

    /// The report, with what is known of portals and of what was withheld.
    pub(crate) fn finish(self, window: &Window, spans: &[PortalSpan], disclosure: Vec<DisclosureReport>) -> Quality {
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
fn notes(quality: &Quality, window: &Window, disclosure: &[DisclosureReport]) -> Vec<String> {
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
            "{} counts of area by occupation are withheld: {} are small or come from one employer, {} would betray those.",
            grouped(primary + secondary),
            grouped(primary),
            grouped(secondary)
        ));
    }
    let shallow: Vec<String> = disclosure
        .iter()
        .filter(|report| report.indicator == crate::indicator::VACANCIES_FLOW)
        .flat_map(|report| &report.depths)
        .filter(|(kind, depth)| {
            let full = AreaType::ALL.iter().find(|area| area.as_str() == *kind).map(|area| area.occupation_depth());
            full.is_some_and(|full| **depth < full as u64)
        })
        .map(|(kind, depth)| format!("{kind} {depth}"))
        .collect();
    if !shallow.is_empty() && quality.flow > 0 {
        notes.push(format!(
            "New vacancies are too few to be published by every digit of the occupation; digits published by kind of area: {}.",
            shallow.join(", ")
        ));
    }
    notes
}

/// `12,345`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
