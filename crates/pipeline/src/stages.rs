//! The stages a run is wired from.

use openvacancy_domain::place::Location;
use openvacancy_domain::ports::{CodeOccupation, FindDuplicates, Normalise};

/// What follows from a SOC 2020 unit group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crosswalk {
    /// Official title of the group; `None` where there is no such group.
    pub title: Option<String>,
    /// Likeliest SOC 2010 code with its share.
    pub soc2010: Option<(String, f32)>,
    /// Likeliest ISCO-08 code with its share.
    pub isco08: Option<(String, f32)>,
}

/// The stages, and the look-ups that corrections need.
#[derive(Clone, Copy)]
pub struct Stages<'a> {
    /// Reads postings.
    pub normalise: &'a dyn Normalise,
    /// Codes titles.
    pub code: &'a dyn CodeOccupation,
    /// Finds duplicates.
    pub duplicates: &'a dyn FindDuplicates,
    /// What follows from a corrected SOC 2020 code: [`crate::lookups::crosswalk`] unless a test needs another.
    pub crosswalk: &'a (dyn Fn(&str) -> Crosswalk + Sync),
    /// The whole location of a corrected district code, `None` where there is no such district:
    /// [`crate::lookups::location`].
    pub location: &'a (dyn Fn(&str) -> Option<Location> + Sync),
}
