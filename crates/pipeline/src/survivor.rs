//! The surviving record: which posting a vacancy takes each field from.
//!
//! Sources are ranked: a direct employer before an agency, then the longer prose, then the earlier posting. Then
//!
//! | fields | taken from |
//! |---|---|
//! | title, employer, sector, remote, contract, hours | the first by rank that states it |
//! | link | the first by rank that is still open, else the first |
//! | prose, language, skills, education, experience, exclusion | the longest prose that has it |
//! | occupation | a correction, else the highest confidence |
//! | place | a correction, else the most precise |
//! | pay | stated before predicted, both ends before one, then rank |
//! | openings | the most stated |
//! | posted, first seen | the earliest; closing date, last seen: the latest |
//! | closed | when the last was closed, and only if all are |
//! | missing | the first by rank that gives a reason, for fields that stayed empty |
//!
//! The other postings stay behind the vacancy, so nothing is lost.

use crate::source::Source;
use openvacancy_domain::coding::OccupationMethod;
use openvacancy_domain::education::Education;
use openvacancy_domain::pay::Pay;
use openvacancy_domain::place::LocationPrecision;
use openvacancy_domain::ports::VacancyRecord;
use openvacancy_domain::terms::{ContractType, Remote, WorkingHours};
use openvacancy_domain::vacancy::VacancyOccupation;
use openvacancy_domain::{Month, PairDecision, PortalId, PostingId, RunId, Vacancy, VacancyId};
use std::cmp::Reverse;

/// The method a corrected place bears.
pub(crate) const CORRECTED: &str = "correction";

/// Builds the vacancy behind which `sources` stand; `None` where there are none.
pub(crate) fn survivor(mut sources: Vec<Source>, links: Vec<PairDecision>, run: RunId) -> Option<VacancyRecord> {
    sources.sort_by(|a, b| age(a).cmp(&age(b)));
    let postings: Vec<PostingId> = sources.iter().map(|source| source.id.clone()).collect();
    let vacancy_id = VacancyId::from_earliest(postings.first()?);

    // Both sorts are stable: what is equal stays in the order of age.
    let mut ranked: Vec<&Source> = sources.iter().collect();
    ranked.sort_by_key(|source| (source.agency, Reverse(source.prose_length)));
    let mut by_prose: Vec<&Source> = ranked.clone();
    by_prose.sort_by_key(|source| Reverse(source.prose_length));
    let (best, fullest) = (*ranked.first()?, *by_prose.first()?);

    let occupation = best_by(&ranked, |source| {
        let confidence = source.coding.soc2020_confidence;
        let corrected = source.coding.occupation_method == OccupationMethod::Correction;
        (!corrected, Reverse(if confidence.is_finite() { (confidence * 10_000.0) as u32 } else { 0 }))
    })
    .map(|source| &source.coding)?;
    let location = best_by(&ranked, |source| {
        let place = &source.normalised.location;
        (place.method != CORRECTED, vagueness(place.precision))
    })
    .map(|source| source.normalised.location.clone())?;
    let paying = best_by(&ranked, |source| {
        (lacking(&source.normalised.pay) == 3, source.predicted_pay, lacking(&source.normalised.pay))
    })?;
    let educating =
        by_prose.iter().find(|source| source.normalised.education != Education::default()).unwrap_or(&fullest);
    let seasoned = by_prose.iter().find(|source| source.normalised.experience.experience != 2).unwrap_or(&fullest);
    let sector = ranked.iter().find(|source| source.normalised.sector.sic_section.is_some()).unwrap_or(&best);

    let first_seen = sources.iter().filter_map(|source| source.first_seen).min();
    let date_posted = sources.iter().filter_map(|source| source.normalised.date_posted).min();
    let last_closed = if sources.iter().all(|source| source.closed_on.is_some()) {
        sources.iter().max_by_key(|source| source.closed_on)
    } else {
        None
    };
    let mut portals: Vec<PortalId> = sources.iter().map(|source| source.portal().clone()).collect();
    portals.sort_unstable();
    portals.dedup();

    let mut vacancy = Vacancy {
        vacancy_id,
        flow_month: first_seen.map(Month::of).or_else(|| date_posted.map(Month::of_date)),
        posted_month: date_posted.map(Month::of_date),
        job_title: best.title.clone(),
        job_link: first(ranked.iter().filter(|source| source.closed_on.is_none()), |source| source.link.clone())
            .or_else(|| first(ranked.iter(), |source| source.link.clone())),
        description_hash: first(by_prose.iter(), |source| source.prose.clone()),
        employer: first(ranked.iter(), |source| source.employer.clone()),
        language: fullest.normalised.language,
        occupation: VacancyOccupation {
            soc2020: occupation.soc2020.clone(),
            soc2020_title: occupation.soc2020_title.clone(),
            soc2020_confidence: occupation.soc2020_confidence,
            soc2020_level: occupation.soc2020_level,
            soc2020_ext: occupation.soc2020_ext.clone(),
            soc2010: occupation.soc2010.clone(),
            soc2010_confidence: occupation.soc2010_confidence,
            isco08: occupation.isco08.clone(),
            isco08_confidence: occupation.isco08_confidence,
            occupation_method: occupation.occupation_method,
        },
        location,
        remote: first(ranked.iter(), |source| stated(source.normalised.remote, Remote::Unknown))
            .unwrap_or(Remote::Unknown),
        skills: first(by_prose.iter(), |source| {
            (!source.normalised.skills.is_empty()).then(|| source.normalised.skills.clone())
        })
        .unwrap_or_default(),
        education: educating.normalised.education,
        experience: seasoned.normalised.experience,
        pay: paying.normalised.pay.clone(),
        sector: sector.normalised.sector.clone(),
        openings: sources.iter().map(|source| source.normalised.openings).max().unwrap_or(1),
        contract_type: first(ranked.iter(), |source| stated(source.normalised.contract_type, ContractType::Unknown))
            .unwrap_or(ContractType::Unknown),
        working_hours: first(ranked.iter(), |source| stated(source.normalised.working_hours, WorkingHours::Unknown))
            .unwrap_or(WorkingHours::Unknown),
        date_posted,
        date_closing: sources.iter().filter_map(|source| source.normalised.date_closing).max(),
        first_seen,
        last_seen: sources.iter().filter_map(|source| source.last_seen).max(),
        closed_on: last_closed.and_then(|source| source.closed_on),
        closed_why: last_closed.and_then(|source| source.closed_why.clone()),
        portals,
        postings_count: u32::try_from(sources.len()).unwrap_or(u32::MAX),
        excluded_reason: fullest.normalised.excluded_reason.clone(),
        missing: best.normalised.missing.clone(),
        coder_version: best.coding.coder_version.clone(),
        rules_version: best.normalised.rules_version.clone(),
        run_id: run,
    };
    if sources.len() > 1 {
        for source in &ranked[1..] {
            for (field, reason) in &source.normalised.missing {
                vacancy.missing.entry(field.clone()).or_insert(*reason);
            }
        }
        forget_filled(&mut vacancy);
    }
    Some(VacancyRecord { vacancy, postings, links })
}

/// The order of age: first sighting, then day posted, then id; unknown comes last.
fn age(source: &Source) -> (bool, Option<openvacancy_domain::Timestamp>, bool, Option<chrono::NaiveDate>, &PostingId) {
    let posted = source.normalised.date_posted;
    (source.first_seen.is_none(), source.first_seen, posted.is_none(), posted, &source.id)
}

fn best_by<'a, K: Ord>(ranked: &[&'a Source], key: impl Fn(&Source) -> K) -> Option<&'a Source> {
    ranked.iter().copied().min_by_key(|source| key(source))
}

fn first<'a, T>(mut sources: impl Iterator<Item = &'a &'a Source>, of: impl Fn(&Source) -> Option<T>) -> Option<T> {
    sources.find_map(|source| of(source))
}

fn stated<T: PartialEq>(value: T, unknown: T) -> Option<T> {
    (value != unknown).then_some(value)
}

/// From the most precise reading to none.
fn vagueness(precision: LocationPrecision) -> u8 {
    match precision {
        LocationPrecision::Postcode => 0,
        LocationPrecision::Place => 1,
        LocationPrecision::District => 2,
        LocationPrecision::County => 3,
        LocationPrecision::Region => 4,
        LocationPrecision::Remote => 5,
        LocationPrecision::Country => 6,
        LocationPrecision::Foreign => 7,
        LocationPrecision::None => 8,
    }
}

/// 0 both ends per year, 1 one of them, 2 none but figures as advertised, 3 nothing.
fn lacking(pay: &Pay) -> u8 {
    match (pay.wage_annual_min, pay.wage_annual_max) {
        (Some(_), Some(_)) => 0,
        (None, None) if pay.wage_min.is_none() && pay.wage_max.is_none() => 3,
        (None, None) => 2,
        _ => 1,
    }
}

/// A field that another source filled is not missing.
fn forget_filled(vacancy: &mut Vacancy) {
    // A plain struct of text, numbers and lists always serialises; were it not so, every reason would be kept.
    let row = serde_json::to_value(&*vacancy).unwrap_or_default();
    vacancy.missing.retain(|field, _| match row.get(field) {
        None | Some(serde_json::Value::Null) => true,
        Some(serde_json::Value::String(text)) => text.is_empty() || text == "unknown" || text == "none",
        Some(serde_json::Value::Array(items)) => items.is_empty(),
        Some(_) => false,
    });
}
