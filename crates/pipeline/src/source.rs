//! One posting as a source of a vacancy's fields: all that building needs, without the prose.

use openvacancy_domain::ports::StoredCoding;
use openvacancy_domain::{ContentHash, Normalised, OccupationCoding, PortalId, PostingId, Timestamp};

/// One posting behind a vacancy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Source {
    pub(crate) id: PostingId,
    pub(crate) title: String,
    pub(crate) link: Option<String>,
    pub(crate) employer: Option<String>,
    /// Placed by an agency or a board, not by the employer.
    pub(crate) agency: bool,
    pub(crate) prose: Option<ContentHash>,
    /// Length of the prose in bytes.
    pub(crate) prose_length: usize,
    pub(crate) predicted_pay: bool,
    pub(crate) first_seen: Option<Timestamp>,
    pub(crate) last_seen: Option<Timestamp>,
    pub(crate) closed_on: Option<Timestamp>,
    pub(crate) closed_why: Option<String>,
    pub(crate) normalised: Normalised,
    pub(crate) coding: OccupationCoding,
}

/// Beginnings of words in the names of agencies and boards.
const AGENCY_WORDS: &[&str] = &[
    "agency",
    "appointments",
    "careers",
    "headhunt",
    "jobs",
    "personnel",
    "recruit",
    "resourcing",
    "staffing",
    "talent",
];

impl Source {
    pub(crate) fn of(coded: StoredCoding) -> Self {
        let StoredCoding { posting: stored, normalised, coding } = coded;
        let id = stored.posting.id();
        let posting = stored.posting;
        let prose = posting.description.as_deref().filter(|text| !text.is_empty());
        Self {
            id,
            agency: is_agency(posting.employer.as_deref(), normalised.sector.sic_division.as_deref()),
            prose: prose.map(|text| ContentHash::of(text.as_bytes())),
            prose_length: prose.map_or(0, str::len),
            predicted_pay: posting.salary_predicted == Some(true)
                || normalised.pay.wage_flags.iter().any(|flag| flag == "predicted"),
            title: posting.title,
            link: posting.url,
            employer: posting.employer,
            first_seen: stored.first_seen,
            last_seen: stored.last_seen,
            closed_on: stored.closed_on,
            closed_why: stored.closed_why,
            normalised,
            coding,
        }
    }

    pub(crate) fn portal(&self) -> &PortalId {
        &self.id.portal
    }
}

/// Division 78 of SIC 2007 is employment activities; without it the name must tell.
fn is_agency(employer: Option<&str>, sic_division: Option<&str>) -> bool {
    sic_division == Some("78")
        || employer.is_some_and(|name| {
            name.to_lowercase()
                .split(|ch: char| !ch.is_alphanumeric())
                .any(|word| AGENCY_WORDS.iter().any(|mark| word.starts_with(mark)))
        })
}
