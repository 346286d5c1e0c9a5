//! A vacancy as the generator means it, before any portal shows it.

use crate::employers::EmployerRef;
use crate::pay::Offer;
use crate::places::Spot;
use chrono::NaiveDate;
use openvacancy_domain::terms::{ContractType, Remote, WorkingHours};

/// What an advertisement says of the experience asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExperienceAsked {
    /// Explicitly none.
    None,
    /// Required, without years.
    Required,
    /// At least so many years.
    Years(u8),
    /// Not mentioned.
    Unsaid,
}

/// How long the prose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// A few lines.
    Short,
    /// About 2 kB.
    Usual,
    /// 4 to 7 kB.
    Long,
}

/// One job opening.
#[derive(Debug, Clone)]
pub(crate) struct Vacancy {
    pub(crate) occupation: usize,
    /// The title before any portal decorates it.
    pub(crate) title: String,
    pub(crate) employer: EmployerRef,
    /// The agency that advertises for the employer from the start.
    pub(crate) agency: Option<EmployerRef>,
    pub(crate) spot: Spot,
    pub(crate) also: Vec<Spot>,
    pub(crate) offer: Offer,
    pub(crate) contract: ContractType,
    pub(crate) hours: WorkingHours,
    pub(crate) weekly_hours: u8,
    pub(crate) remote: Remote,
    pub(crate) openings: u32,
    pub(crate) experience: ExperienceAsked,
    /// Whether the prose says the qualifications.
    pub(crate) says_education: bool,
    /// Whether the prose says contract and hours.
    pub(crate) says_terms: bool,
    pub(crate) length: Length,
    pub(crate) reference: String,
    pub(crate) posted: NaiveDate,
    pub(crate) closing: Option<NaiveDate>,
    /// Equal for vacancies that share their text word for word.
    pub(crate) prose: u64,
    /// Number of the group of look-alikes it belongs to.
    pub(crate) group: Option<u32>,
}
