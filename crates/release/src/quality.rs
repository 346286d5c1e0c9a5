//! The quality report of a release: what is missing, where it came from, how sure the codes are.

use openvacancy_domain::terms::MissingReason;
use openvacancy_domain::{PortalId, Timestamp, Vacancy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The report. It is kept in the release as JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quality {
    /// Rows of the release.
    pub rows: u64,
    /// Of them counted in statistics.
    pub counted: u64,
    /// Counted in the flow.
    pub flow: u64,
    /// Counted in the stock; absent where no portal was seen in the month.
    pub stock: Option<u64>,
    /// Openings of the flow.
    pub openings_flow: u64,
    /// Postings behind the counted rows.
    pub postings: u64,
    /// Share of those postings that are copies or re-postings of another, 0 to 1.
    pub duplicates_share: f64,
    /// Rows not counted, by reason.
    pub excluded: BTreeMap<String, u64>,
    /// Vacancies of the store that cannot be given a month: never seen and without a day posted.
    pub undated: u64,
    /// Whether the month was over at the as-of instant.
    pub complete_month: bool,
    /// Share missing per variable, over the counted rows.
    pub completeness: Vec<Completeness>,
    /// Portals, in id order. A vacancy on several counts for each.
    pub portals: Vec<PortalQuality>,
    /// Ten bins of the confidence of the SOC 2020 code, from 0.0-0.1 to 0.9-1.0, over coded rows.
    pub soc2020_confidence: Vec<u64>,
    /// Mean of it: the share of four-digit codes expected to be right.
    pub soc2020_confidence_mean: Option<f64>,
    /// How occupations were found.
    pub occupation_method: BTreeMap<String, u64>,
    /// How closely places were read.
    pub location_precision: BTreeMap<String, u64>,
    /// What was withheld.
    pub disclosure: Vec<DisclosureReport>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// Completeness of one variable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Completeness {
    /// The variable: `soc2020`, `county`, `lep`, ….
    pub variable: String,
    /// Rows without a value.
    pub missing: u64,
    /// Rows that could have one.
    pub of: u64,
    /// `missing / of`, 0 to 1; 0 where there are none.
    pub share: f64,
    /// The share missing in the LMI for All vacancy pilot of 2020, where it had the variable.
    pub pilot_share: Option<f64>,
}

/// One portal in the release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortalQuality {
    /// The portal.
    pub portal: PortalId,
    /// Counted rows it shows.
    pub vacancies: u64,
    /// Of them in the flow.
    pub flow: u64,
    /// Of them shown by no other portal.
    pub only_here: u64,
    /// First sighting of any posting of it.
    pub first_seen: Option<Timestamp>,
    /// Last sighting known at the as-of instant.
    pub last_seen: Option<Timestamp>,
    /// The month is its first: what it showed may have stood there for long.
    pub left_censored: bool,
    /// Completeness of what it shows.
    pub completeness: Vec<Completeness>,
}

/// What was withheld of one count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureReport {
    /// The count.
    pub indicator: String,
    /// Counts below this were withheld.
    pub threshold: u64,
    /// Cells of fewer employers than this were withheld.
    pub employers: u64,
    /// Cells with a count, totals included.
    pub cells: u64,
    /// Withheld because they are sensitive.
    pub primary: u64,
    /// Withheld because they would betray a sensitive one.
    pub secondary: u64,
    /// Sensitive cells that are shown, because the totals of areas and occupations imply them anyway.
    pub implied: u64,
    /// Digits of the occupation that each kind of area is crossed with: where more would leave most vacancies in withheld
    /// cells, fewer are published.
    #[serde(default)]
    pub depths: BTreeMap<String, u64>,
}

type IsMissing = fn(&Vacancy) -> Option<bool>;

/// The variables whose completeness is reported: name, share missing in the pilot of 2020, and whether a row lacks it
/// (`None`: the variable has no meaning for the row). Missing is meant as the pilot meant it: no value.
const VARIABLES: &[(&str, Option<f64>, IsMissing)] = &[
    ("soc2020", Some(0.206), |v| Some(v.occupation.soc2020.is_none())),
    ("county", Some(0.188), |v| Some(v.location.county_code.is_none())),
    ("lep", Some(0.217), |v| {
        let applies = v.location.lep_code.as_deref() != Some(openvacancy_domain::place::LEP_NOT_APPLICABLE);
        applies.then_some(v.location.lep_code.is_none())
    }),
    ("wage", Some(0.252), |v| Some(v.pay.wage_min.is_none() && v.pay.wage_max.is_none())),
    ("education", Some(0.791), |v| Some(no_education(v))),
    ("experience", Some(0.937), |v| Some(v.experience.experience == 2)),
    ("sic", Some(0.225), |v| Some(v.sector.sic_section.is_none())),
    ("soc2010", None, |v| Some(v.occupation.soc2010.is_none())),
    ("isco08", None, |v| Some(v.occupation.isco08.is_none())),
    ("ceremonial_county", None, |v| Some(v.location.ceremonial_county.is_none())),
    ("region", None, |v| Some(v.location.region_code.is_none())),
    ("lad", None, |v| Some(v.location.lad_code.is_none())),
    ("wage_annual", None, |v| Some(v.pay.wage_annual_gbp.is_none())),
    ("skills", None, |v| Some(v.skills.is_empty())),
    ("contract_type", None, |v| Some(v.contract_type == openvacancy_domain::terms::ContractType::Unknown)),
    ("working_hours", None, |v| Some(v.working_hours == openvacancy_domain::terms::WorkingHours::Unknown)),
    ("remote", None, |v| Some(v.remote == openvacancy_domain::terms::Remote::Unknown)),
    ("employer", None, |v| Some(v.employer.is_none())),
    ("date_posted", None, |v| Some(v.date_posted.is_none())),
    ("date_closing", None, |v| {
        let open_ended = v.missing.get("date_closing") == Some(&MissingReason::NotApplicable);
        (!open_ended).then_some(v.date_closing.is_none())
    }),
];

fn no_education(vacancy: &Vacancy) -> bool {
    let e = &vacancy.education;
    [
        e.education_gcse,
        e.education_alevel,
        e.education_apprenticeship,
        e.education_hnc_hnd,
        e.education_degree,
        e.education_postgraduate,
        e.education_professional,
    ]
    .iter()
    .all(Option::is_none)
}

/// Counts missing values row by row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Missing {
    counts: Vec<(u64, u64)>,
}

impl Missing {
    pub(crate) fn add(&mut self, vacancy: &Vacancy) {
        self.counts.resize(VARIABLES.len(), (0, 0));
        for ((_, _, is_missing), (missing, of)) in VARIABLES.iter().zip(&mut self.counts) {
            if let Some(answer) = is_missing(vacancy) {
                *of += 1;
                *missing += u64::from(answer);
            }
        }
    }

    pub(crate) fn report(&self) -> Vec<Completeness> {
        let none = (0, 0);
        VARIABLES
            .iter()
            .enumerate()
            .map(|(number, (variable, pilot_share, _))| {
                let (missing, of) = *self.counts.get(number).unwrap_or(&none);
                Completeness {
                    variable: (*variable).to_owned(),
                    missing,
                    of,
                    share: share(missing, of),
                    pilot_share: *pilot_share,
                }
            })
            .collect()
    }
}

/// `part / whole` to six decimals; 0 where there is no whole.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { (part as f64 / whole as f64 * 1e6).round() / 1e6 }
}

impl Quality {
    /// The report kept in a release.
    ///
    /// # Errors
    /// Where the release was made by another program and bears none.
    pub fn of(release: &openvacancy_domain::Release) -> Result<Self, serde_json::Error> {
        serde_json::from_value(release.quality.clone())
    }

    /// The share missing of one variable.
    #[must_use]
    pub fn missing(&self, variable: &str) -> Option<&Completeness> {
        self.completeness.iter().find(|row| row.variable == variable)
    }
}
