//! Place: from any way employers write it to district, county, LEP, region and country.

use crate::cue::Hit;
use openvacancy_domain::Posting;
use openvacancy_domain::place::Location;
use openvacancy_domain::terms::MissingReason;

/// A place as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct LocationReading {
    pub location: Location,
    pub missing: Vec<(&'static str, MissingReason)>,
    pub evidence: Option<String>,
    pub foreign: bool,
}

#[derive(Debug)]
pub(crate) struct LocationReader;

impl LocationReader {
    pub(crate) fn new() -> Self {
        Self
    }
    pub(crate) fn read(&self, _posting: &Posting, _title_hits: &[Hit], _prose_hits: &[Hit]) -> LocationReading {
        LocationReading::default()
    }
}
