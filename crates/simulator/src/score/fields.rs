//! Judges what was read out of each posting.

use super::Measure;
use crate::truth::TruthPosting;
use openvacancy_domain::education::Education;
use openvacancy_domain::terms::{ContractType, Remote, WorkingHours};
use openvacancy_domain::{Normalised, OccupationCoding};

/// How far an annual figure may be off: 3%, which covers every usual length of the working year.
const TOLERANCE: f64 = 0.03;

const NAMES: [(&str, &str); 20] = [
    ("place", "district"),
    ("place", "county"),
    ("place", "all of several places"),
    ("pay", "lower figure"),
    ("pay", "upper figure"),
    ("pay", "period"),
    ("pay", "annual, within 3%"),
    ("pay", "unstated left empty"),
    ("occupation", "SOC 2020, 4 digits"),
    ("occupation", "SOC 2020, 3 digits"),
    ("occupation", "SOC 2020, 1 digit"),
    ("terms", "contract"),
    ("terms", "hours"),
    ("terms", "hybrid or remote"),
    ("terms", "several openings"),
    ("requirements", "education, all seven"),
    ("requirements", "experience 0/1/2"),
    ("requirements", "years of experience"),
    ("dates", "posted"),
    ("dates", "closing"),
];

#[derive(Default)]
pub(super) struct Fields {
    counts: [(u64, u64, u64); NAMES.len()],
}

impl Fields {
    pub(super) fn measures(&self) -> impl Iterator<Item = Measure> {
        NAMES.iter().zip(self.counts).map(|((stage, name), (of, given, right))| Measure {
            stage,
            name,
            of,
            given,
            right,
        })
    }

    pub(super) fn judge(&mut self, truth: &TruthPosting, read: &Normalised, occupation: &OccupationCoding) {
        let place = &read.location;
        self.equal("district", truth.lad_codes.first().copied(), place.lad_code.as_deref());
        self.equal("county", truth.county_code, place.county_code.as_deref());
        if truth.lad_codes.len() > 1 {
            let mut found: Vec<&str> = place.places.iter().filter_map(|place| place.lad_code.as_deref()).collect();
            let mut wanted = truth.lad_codes.clone();
            found.sort_unstable();
            found.dedup();
            wanted.sort_unstable();
            wanted.dedup();
            self.count("all of several places", found.len() > 1, found == wanted);
        }
        self.pay(truth, read);
        for (name, digits) in [("SOC 2020, 4 digits", 4), ("SOC 2020, 3 digits", 3), ("SOC 2020, 1 digit", 1)] {
            let given = occupation.soc2020.as_deref().and_then(|code| code.get(..digits));
            self.equal(name, truth.soc2020.get(..digits), given);
        }
        self.equal("contract", truth.contract, Some(read.contract_type).filter(|it| *it != ContractType::Unknown));
        self.equal("hours", truth.hours, Some(read.working_hours).filter(|it| *it != WorkingHours::Unknown));
        let remote = Some(read.remote).filter(|it| matches!(it, Remote::Hybrid | Remote::Remote));
        self.equal("hybrid or remote", truth.remote, remote);
        let several = Some(read.openings).filter(|openings| *openings > 1);
        self.equal("several openings", truth.openings.filter(|openings| *openings > 1), several);
        self.requirements(truth, read);
        self.equal("posted", truth.date_posted, read.date_posted);
        self.equal("closing", truth.date_closing, read.date_closing);
    }

    fn pay(&mut self, truth: &TruthPosting, read: &Normalised) {
        let near = |one: f64, other: f64, tolerance: f64| (one - other).abs() <= tolerance * one.abs().max(0.01);
        let pay = &read.pay;
        for (name, wanted, given, tolerance) in [
            ("lower figure", truth.wage_min, pay.wage_min, 1e-6),
            ("upper figure", truth.wage_max, pay.wage_max, 1e-6),
            ("annual, within 3%", truth.wage_annual, pay.wage_annual_gbp, TOLERANCE),
        ] {
            if let Some(wanted) = wanted {
                self.count(name, given.is_some(), given.is_some_and(|given| near(wanted, given, tolerance)));
            }
        }
        self.equal("period", truth.wage_period, pay.wage_period.filter(|_| pay.wage_min.or(pay.wage_max).is_some()));
        if truth.wage_annual.is_none() {
            let empty = pay.wage_min.or(pay.wage_max).is_none();
            self.count("unstated left empty", true, empty);
        }
    }

    fn requirements(&mut self, truth: &TruthPosting, read: &Normalised) {
        let seven = |education: &Education| {
            [
                education.education_gcse,
                education.education_alevel,
                education.education_apprenticeship,
                education.education_hnc_hnd,
                education.education_degree,
                education.education_postgraduate,
                education.education_professional,
            ]
        };
        let said = seven(&read.education).iter().any(Option::is_some).then(|| seven(&read.education));
        self.equal("education, all seven", truth.education.as_ref().map(seven), said);
        let experience = truth.experience.map(|wanted| wanted.experience);
        self.equal("experience 0/1/2", experience, Some(read.experience.experience));
        let years = truth.experience.and_then(|wanted| wanted.experience_years_min);
        self.equal("years of experience", years, read.experience.experience_years_min);
    }

    /// Counts a case where there is something to find.
    fn equal<T: PartialEq>(&mut self, name: &str, wanted: Option<T>, given: Option<T>) {
        if wanted.is_some() {
            self.count(name, given.is_some(), given == wanted);
        }
    }

    fn count(&mut self, name: &str, given: bool, right: bool) {
        if let Some(at) = NAMES.iter().position(|(_, known)| *known == name) {
            let (of, answers, hits) = &mut self.counts[at];
            *of += 1;
            *answers += u64::from(given);
            *hits += u64::from(given && right);
        }
    }
}
