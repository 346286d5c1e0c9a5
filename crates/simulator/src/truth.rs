//! What is true of each posting: what a careful reader of its page would write down.

use crate::fault::Fault;
use chrono::NaiveDate;
use openvacancy_domain::PostingId;
use openvacancy_domain::education::{Education, Experience};
use openvacancy_domain::pay::WagePeriod;
use openvacancy_domain::place::LocationPrecision;
use openvacancy_domain::terms::{ContractType, Remote, WorkingHours};
use serde::Serialize;

/// The truth of one posting. `None` means that the posting does not say it, so that nothing right can be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TruthPosting {
    /// What names the posting, as its page carries it.
    pub posting: PostingId,
    /// The vacancy: postings with equal numbers are one vacancy.
    pub vacancy: u32,
    /// Group of look-alikes: different vacancies that share a text and must not be joined.
    pub group: Option<u32>,
    /// Four-digit SOC 2020 code.
    pub soc2020: &'static str,
    /// Districts, the primary first; empty where the posting is less precise.
    pub lad_codes: Vec<&'static str>,
    /// Upper-tier authority.
    pub county_code: Option<&'static str>,
    /// How closely the place can be read.
    pub precision: LocationPrecision,
    /// Lower pay figure as advertised, pounds per `wage_period`.
    pub wage_min: Option<f64>,
    /// Upper pay figure.
    pub wage_max: Option<f64>,
    /// What the figures are for.
    pub wage_period: Option<WagePeriod>,
    /// Middle of the figures per year, full time, or the one there is.
    pub wage_annual: Option<f64>,
    /// Contract.
    pub contract: Option<ContractType>,
    /// Hours.
    pub hours: Option<WorkingHours>,
    /// Where the work is done.
    pub remote: Option<Remote>,
    /// Number of openings, where it is said.
    pub openings: Option<u32>,
    /// Qualifications; `education_rqf_min` is not kept.
    pub education: Option<Education>,
    /// Experience. `None` only where the prose is cut short.
    pub experience: Option<Experience>,
    /// Day posted.
    pub date_posted: Option<NaiveDate>,
    /// Last day to apply.
    pub date_closing: Option<NaiveDate>,
    /// What is wrong with its page.
    pub malformed: Option<Fault>,
    /// First day the portal shows it.
    pub live_from: NaiveDate,
    /// Last day the portal shows it.
    pub live_to: NaiveDate,
}

impl TruthPosting {
    /// Whether the portal shows it on any of `days`.
    #[must_use]
    pub fn is_live_on_any(&self, days: &[NaiveDate]) -> bool {
        days.iter().any(|day| self.live_from <= *day && *day <= self.live_to)
    }

    /// Whether its page gives a posting at all.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        !self.malformed.is_some_and(Fault::is_unusable)
    }
}
