//! What the duplicate search sees of a posting.

use openvacancy_domain::posting::Posting;
use openvacancy_domain::{DedupRecord, Normalised, OccupationCoding, Timestamp};

/// Flags of pay that no advertiser stated, or that cannot be meant as read: two such figures say nothing of likeness.
const NOT_STATED: &[&str] = &["predicted", "implausible", "conflict", "foreign_currency"];

/// What the duplicate search sees of a posting. The instant of fetching is its only sighting; a store that knows more
/// puts its own in place.
#[must_use]
pub fn dedup_record(posting: &Posting, normalised: &Normalised, coding: &OccupationCoding) -> DedupRecord {
    let mut lad_codes: Vec<String> = Vec::new();
    let places = normalised.location.places.iter().filter_map(|place| place.lad_code.as_ref());
    for code in normalised.location.lad_code.iter().chain(places) {
        if !lad_codes.contains(code) {
            lad_codes.push(code.clone());
        }
    }
    let pay = &normalised.pay;
    let stated = posting.salary_predicted != Some(true)
        && !pay.wage_flags.iter().any(|flag| NOT_STATED.contains(&flag.as_str()));
    DedupRecord {
        id: posting.id(),
        url: posting.url.clone(),
        reference: posting.reference.clone(),
        title: posting.title.clone(),
        employer: posting.employer.clone(),
        description: posting.description.clone(),
        location: posting.location.clone(),
        postcode: posting.postcode.as_ref().map(|code| code.trim().to_uppercase()),
        lad_codes,
        wage_annual_min: pay.wage_annual_min.filter(|_| stated),
        wage_annual_max: pay.wage_annual_max.filter(|_| stated),
        soc2020: coding.soc2020.clone(),
        date_posted: normalised.date_posted,
        first_seen: posting.fetched_at.as_deref().and_then(instant),
        last_seen: None,
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    chrono::DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| at.to_utc())
}
