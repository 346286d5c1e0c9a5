//! A vacancy: one job opening after normalising, coding and de-duplicating.

use crate::coding::OccupationMethod;
use crate::education::{Education, Experience, Skill};
use crate::normalised::Sector;
use crate::pay::Pay;
use crate::place::Location;
use crate::terms::{ContractType, Language, MissingReason, Remote, WorkingHours};
use crate::{Month, PortalId, RunId, Timestamp, VacancyId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The occupation columns of a vacancy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VacancyOccupation {
    /// Best four-digit SOC 2020 code.
    pub soc2020: Option<String>,
    /// Its official title.
    pub soc2020_title: Option<String>,
    /// Probability that all four digits are right.
    pub soc2020_confidence: f32,
    /// The deepest level vouched for, 0 to 4.
    pub soc2020_level: u8,
    /// Extended code.
    pub soc2020_ext: Option<String>,
    /// SOC 2010 code.
    pub soc2010: Option<String>,
    /// Its probability.
    pub soc2010_confidence: f32,
    /// ISCO-08 code.
    pub isco08: Option<String>,
    /// Its probability.
    pub isco08_confidence: f32,
    /// How it was found.
    pub occupation_method: OccupationMethod,
}

/// One row of the table researchers query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vacancy {
    /// Stable id, from its earliest posting.
    pub vacancy_id: VacancyId,
    /// Month of its first sighting; for a file import without one, of the day posted.
    pub flow_month: Option<Month>,
    /// Month of the day posted.
    pub posted_month: Option<Month>,
    /// Title as the best source shows it.
    pub job_title: String,
    /// Address of the best source.
    pub job_link: Option<String>,
    /// Hash of its prose, which is stored once by content; the text itself is joined on export.
    pub description_hash: Option<crate::ContentHash>,
    /// Employer as the best source writes it.
    pub employer: Option<String>,
    /// Language.
    pub language: Language,
    /// Codes.
    #[serde(flatten)]
    pub occupation: VacancyOccupation,
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// On site, hybrid, remote.
    pub remote: Remote,
    /// Skills.
    pub skills: Vec<Skill>,
    /// Education.
    #[serde(flatten)]
    pub education: Education,
    /// Experience.
    #[serde(flatten)]
    pub experience: Experience,
    /// Pay.
    #[serde(flatten)]
    pub pay: Pay,
    /// Sector.
    #[serde(flatten)]
    pub sector: Sector,
    /// Openings.
    pub openings: u32,
    /// Contract.
    pub contract_type: ContractType,
    /// Hours.
    pub working_hours: WorkingHours,
    /// Earliest day posted.
    pub date_posted: Option<NaiveDate>,
    /// Latest closing date.
    pub date_closing: Option<NaiveDate>,
    /// First sighting on any portal.
    pub first_seen: Option<Timestamp>,
    /// Last sighting on any portal.
    pub last_seen: Option<Timestamp>,
    /// When the last of its postings was found closed.
    pub closed_on: Option<Timestamp>,
    /// Why: `expired`, `gone`, `withdrawn`.
    pub closed_why: Option<String>,
    /// Portals that show it, in alphabetical order.
    pub portals: Vec<PortalId>,
    /// Number of postings behind it.
    pub postings_count: u32,
    /// Why it does not count in statistics.
    pub excluded_reason: Option<String>,
    /// Why a field is empty, by field name.
    pub missing: BTreeMap<String, MissingReason>,
    /// Coder version.
    pub coder_version: String,
    /// Rules version.
    pub rules_version: String,
    /// The run that made this row.
    pub run_id: RunId,
}

/// The columns of the vacancy table, in the order every file and answer shows them.
pub const COLUMNS: &[&str] = &[
    "vacancy_id",
    "flow_month",
    "posted_month",
    "job_title",
    "job_link",
    "description",
    "employer",
    "language",
    "soc2020",
    "soc2020_title",
    "soc2020_confidence",
    "soc2020_level",
    "soc2020_ext",
    "soc2010",
    "soc2010_confidence",
    "isco08",
    "isco08_confidence",
    "occupation_method",
    "country",
    "region_code",
    "county_code",
    "county_name",
    "ceremonial_county",
    "lad_code",
    "lep_code",
    "lep_name",
    "location_precision",
    "location_method",
    "places",
    "remote",
    "skills",
    "education_gcse",
    "education_alevel",
    "education_apprenticeship",
    "education_hnc_hnd",
    "education_degree",
    "education_postgraduate",
    "education_professional",
    "education_rqf_min",
    "experience",
    "experience_years_min",
    "wage_min",
    "wage_max",
    "wage_period",
    "wage_pro_rata",
    "wage_text",
    "wage_annual_min",
    "wage_annual_max",
    "wage_annual_gbp",
    "wage_flags",
    "sic_section",
    "sic_division",
    "openings",
    "contract_type",
    "working_hours",
    "date_posted",
    "date_closing",
    "first_seen",
    "last_seen",
    "closed_on",
    "closed_why",
    "portals",
    "postings_count",
    "excluded_reason",
    "missing",
    "coder_version",
    "rules_version",
    "run_id",
];
