//! A posting read: place, pay, terms, education, experience, skills, sector, dates.

use crate::education::{Education, Experience, Skill};
use crate::pay::Pay;
use crate::place::Location;
use crate::terms::{ContractType, Language, MissingReason, Remote, WorkingHours};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// SIC 2007 sector.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sector {
    /// Section letter.
    pub sic_section: Option<String>,
    /// Division, two digits.
    pub sic_division: Option<String>,
}

/// What was read out of one posting. Written flat, with the names of the vacancy table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Normalised {
    /// Language of the text.
    pub language: Language,
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// On site, hybrid, remote.
    pub remote: Remote,
    /// Skills found.
    pub skills: Vec<Skill>,
    /// Education asked for.
    #[serde(flatten)]
    pub education: Education,
    /// Experience asked for.
    #[serde(flatten)]
    pub experience: Experience,
    /// Pay.
    #[serde(flatten)]
    pub pay: Pay,
    /// Sector.
    #[serde(flatten)]
    pub sector: Sector,
    /// Number of openings: 1 where nothing else is said.
    pub openings: u32,
    /// Kind of contract.
    pub contract_type: ContractType,
    /// Hours.
    pub working_hours: WorkingHours,
    /// Day posted.
    pub date_posted: Option<NaiveDate>,
    /// Last day to apply.
    pub date_closing: Option<NaiveDate>,
    /// Why it does not count in statistics (`training_course`, `foreign`, …), where it does not.
    pub excluded_reason: Option<String>,
    /// Why a field is empty, by field name.
    pub missing: BTreeMap<String, MissingReason>,
    /// The words a field was read from, by field name.
    pub evidence: BTreeMap<String, String>,
    /// Version of the rules.
    pub rules_version: String,
}
