//! Made-up vacancies for tests and previews: same number, same vacancy.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use openvacancy_domain::coding::OccupationMethod;
use openvacancy_domain::education::{Education, Experience};
use openvacancy_domain::normalised::Sector;
use openvacancy_domain::pay::{Pay, WagePeriod};
use openvacancy_domain::place::{LEP_NOT_APPLICABLE, Location, LocationPrecision, Place};
use openvacancy_domain::terms::{ContractType, Language, Remote, WorkingHours};
use openvacancy_domain::vacancy::VacancyOccupation;
use openvacancy_domain::{Month, PortalId, RunId, Scheme, Timestamp, Vacancy, VacancyId};
use openvacancy_reference::{area, occupation};
use std::collections::BTreeMap;

/// A plain vacancy in Leeds for a nurse, first seen at `seen`, with nothing missing.
#[must_use]
pub fn vacancy(number: u64, seen: Timestamp) -> Vacancy {
    let date = openvacancy_domain::clock::london_date(seen);
    Vacancy {
        vacancy_id: VacancyId(format!("v{number:016x}")),
        flow_month: Some(Month::of(seen)),
        posted_month: Some(Month::of_date(date)),
        job_title: format!("Staff nurse {number}"),
        job_link: Some(format!("https://jobs.example.org/{number}")),
        description_hash: None,
        employer: Some(format!("Employer {}", number % 97)),
        language: Language::English,
        occupation: coded("2232", 0.9),
        location: place("E08000035", &format!("Place {}", number % 13)),
        remote: Remote::OnSite,
        skills: Vec::new(),
        education: Education { education_degree: Some(true), ..Education::default() },
        experience: Experience { experience: 1, experience_years_min: None },
        pay: pay(32_000.0),
        sector: Sector { sic_section: Some("Q".to_owned()), sic_division: Some("86".to_owned()) },
        openings: 1,
        contract_type: ContractType::Permanent,
        working_hours: WorkingHours::FullTime,
        date_posted: Some(date),
        date_closing: None,
        first_seen: Some(seen),
        last_seen: Some(seen + Duration::days(3)),
        closed_on: None,
        closed_why: None,
        portals: vec![PortalId::from("alpha")],
        postings_count: 1,
        excluded_reason: None,
        missing: BTreeMap::new(),
        coder_version: "coder-test".to_owned(),
        rules_version: "rules-test".to_owned(),
        run_id: RunId(1),
    }
}

/// Occupation columns of a code, the other schemes by correspondence.
#[must_use]
pub fn coded(soc2020: &str, confidence: f32) -> VacancyOccupation {
    let first = |list: &'static [occupation::Correspondence]| list.first().map(|to| to.code.to_owned());
    VacancyOccupation {
        soc2020: Some(soc2020.to_owned()),
        soc2020_title: occupation::group(Scheme::Soc2020, soc2020).map(|group| group.title.to_owned()),
        soc2020_confidence: confidence,
        soc2020_level: 4,
        soc2020_ext: None,
        soc2010: first(occupation::soc2010_of(soc2020)),
        soc2010_confidence: confidence,
        isco08: first(occupation::isco08_of(soc2020)),
        isco08_confidence: confidence,
        occupation_method: OccupationMethod::Index,
    }
}

/// No occupation code.
#[must_use]
pub fn uncoded() -> VacancyOccupation {
    VacancyOccupation {
        soc2020: None,
        soc2020_title: None,
        soc2020_confidence: 0.0,
        soc2020_level: 0,
        soc2020_ext: None,
        soc2010: None,
        soc2010_confidence: 0.0,
        isco08: None,
        isco08_confidence: 0.0,
        occupation_method: OccupationMethod::Uncodable,
    }
}

/// The location columns of a district, all from the reference tables; no place for a district they do not know.
#[must_use]
pub fn place(lad: &str, name: &str) -> Location {
    let Some(district) = area::district(lad) else { return Location::default() };
    let lep = district.leps.first();
    let lep_code = lep.map_or(LEP_NOT_APPLICABLE, |lep| lep.code).to_owned();
    Location {
        country: Some(district.country.to_owned()),
        region_code: Some(district.region_code.to_owned()),
        county_code: Some(district.county_code.to_owned()),
        county_name: Some(district.county_name.to_owned()),
        ceremonial_county: Some(district.ceremonial_county.to_owned()).filter(|name| !name.is_empty()),
        lad_code: Some(district.code.to_owned()),
        lep_code: Some(lep_code.clone()),
        lep_name: Some(lep.map_or(LEP_NOT_APPLICABLE, |lep| lep.name).to_owned()),
        precision: LocationPrecision::Place,
        method: "gazetteer".to_owned(),
        places: vec![Place {
            name: name.to_owned(),
            lad_code: Some(district.code.to_owned()),
            county_code: Some(district.county_code.to_owned()),
            lep_code: Some(lep_code),
            precision: LocationPrecision::Place,
        }],
    }
}

/// Annual pay of one figure.
#[must_use]
pub fn pay(annual: f64) -> Pay {
    Pay {
        wage_min: Some(annual),
        wage_max: Some(annual),
        wage_period: Some(WagePeriod::Year),
        wage_pro_rata: Some(false),
        wage_text: Some(format!("£{annual:.0} a year")),
        wage_annual_min: Some(annual),
        wage_annual_max: Some(annual),
        wage_annual_gbp: Some(annual),
        wage_flags: Vec::new(),
    }
}

/// Noon UTC of a day.
#[must_use]
pub fn noon(year: i32, month: u32, day: u32) -> Timestamp {
    let date = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    DateTime::<Utc>::from_naive_utc_and_offset(date.and_hms_opt(12, 0, 0).unwrap_or_default(), Utc)
}

/// Repeatable numbers (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `below`.
    pub fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below.max(1)
    }

    /// True in `percent` of throws.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A made-up country's month: `count` vacancies over three portals, in places by population, in common occupations,
/// with gaps as advertisements have them.
#[must_use]
pub fn world(seed: u64, count: u64, from: Timestamp, days: u64) -> Vec<Vacancy> {
    let mut dice = Dice(seed);
    let districts = area::districts();
    let people: u64 = districts.iter().map(|district| u64::from(district.population)).sum();
    let codes: Vec<&str> =
        occupation::groups(Scheme::Soc2020).iter().filter(|group| group.level == 4).map(|group| group.code).collect();
    let mut vacancies: Vec<Vacancy> = (0..count)
        .map(|_| {
            let seen = from + Duration::minutes(i64::try_from(dice.below(days * 24 * 60)).unwrap_or(0));
            let mut made = vacancy(dice.below(u64::MAX), seen);
            let mut at = dice.below(people);
            let home = districts.iter().find(|district| {
                let found = at < u64::from(district.population);
                at = at.saturating_sub(u64::from(district.population));
                found
            });
            made.location = home.map_or_else(Location::default, |home| place(home.code, home.name));
            // Squaring makes some occupations far more frequent than others, as they are.
            let unit = dice.below(1000) * dice.below(1000) * codes.len() as u64 / 1_000_000;
            let code = codes[(unit as usize * 37 + 11) % codes.len()];
            made.occupation = coded(code, 0.55 + dice.below(45) as f32 / 100.0);
            made.job_title = made.occupation.soc2020_title.clone().unwrap_or_default().to_lowercase();
            made.employer = Some(format!("Employer {}", dice.below(count / 4 + 3)));
            let typical = occupation::median_pay(code).unwrap_or(31_000);
            made.pay = pay(f64::from(typical) * (0.8 + dice.below(400) as f64 / 1000.0));
            made.openings = 1 + u32::try_from(dice.below(20) / 18 * 3).unwrap_or(0);
            made.portals = ["alpha-jobs", "beta-careers", "gamma-work"][dice.below(3) as usize..]
                .iter()
                .take(1 + dice.below(2) as usize)
                .map(|id| PortalId::from(*id))
                .collect();
            made.postings_count = u32::try_from(made.portals.len()).unwrap_or(1);
            made.last_seen = Some(seen + Duration::days(8));
            made.closed_on = dice.percent(40).then(|| seen + Duration::days(9));
            if dice.percent(6) {
                made.occupation = uncoded();
            }
            if dice.percent(4) {
                made.location = Location::default();
            }
            if dice.percent(28) {
                made.pay = Pay::default();
            }
            if dice.percent(55) {
                made.education = Education::default();
            }
            if dice.percent(60) {
                made.experience = Experience::default();
            }
            if dice.percent(12) {
                made.sector = Sector::default();
            }
            if dice.percent(2) {
                made.excluded_reason = Some("training_course".to_owned());
            }
            made
        })
        .collect();
    vacancies.sort_by(|a, b| a.vacancy_id.cmp(&b.vacancy_id));
    vacancies
}
