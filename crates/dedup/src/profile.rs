//! A posting cut down to what comparing needs.

use crate::employer::Employer;
use crate::link::{reference_key, reference_series, url_key};
use crate::pay::Range;
use crate::place::Place;
use crate::prose::Prose;
use crate::title::Title;
use openvacancy_domain::{DedupRecord, PostingId};

/// A posting cut down to what comparing needs: about a kilobyte, whatever the length of its prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The posting.
    pub(crate) id: PostingId,
    pub(crate) url: Option<u64>,
    pub(crate) reference: Option<u64>,
    /// The numbering its reference comes from.
    pub(crate) series: Option<u64>,
    pub(crate) title: Title,
    pub(crate) employer: Option<Employer>,
    pub(crate) place: Place,
    pub(crate) pay: Option<Range>,
    pub(crate) prose: Option<Prose>,
    /// SOC 2020 code as a number.
    pub(crate) soc: Option<u16>,
    /// Day it appeared, in days since 1970.
    pub(crate) day: Option<i32>,
    /// Seconds since 1970 of the first and last sighting.
    pub(crate) seen: (Option<i64>, Option<i64>),
}

impl Profile {
    /// Reads a record.
    #[must_use]
    pub fn of(record: &DedupRecord) -> Self {
        let location = record.location.as_deref();
        let employer = record.employer.as_deref();
        Self {
            id: record.id.clone(),
            url: record.url.as_deref().and_then(url_key),
            reference: record.reference.as_deref().and_then(reference_key),
            series: record.reference.as_deref().and_then(|text| reference_series(text, &record.id.id)),
            title: Title::of(&record.title, location, employer),
            employer: employer.and_then(Employer::of),
            place: Place::of(&record.lad_codes, location, record.postcode.as_deref()),
            pay: Range::of(record.wage_annual_min, record.wage_annual_max),
            prose: record.description.as_deref().and_then(Prose::of),
            soc: record.soc2020.as_deref().and_then(|code| code.parse().ok()),
            day: record.appeared().map(|day| day.to_epoch_days()),
            seen: (record.first_seen.map(|at| at.timestamp()), record.last_seen.map(|at| at.timestamp())),
        }
    }

    /// The order of age: first sighting, then the day it appeared, then the id. Unknown comes last.
    pub(crate) fn age(&self) -> (i64, i32, &PostingId) {
        (self.seen.0.unwrap_or(i64::MAX), self.day.unwrap_or(i32::MAX), &self.id)
    }

    /// Days between the days two postings appeared.
    pub(crate) fn days_apart(&self, other: &Self) -> Option<u32> {
        Some(self.day?.abs_diff(other.day?))
    }
}
