//! The columns of a vacancy: those of the domain in their order, prose by its hash.

use super::cells::{ReadCells, WriteCells};
use crate::error::Trouble;
use openvacancy_domain::education::{Education, Experience};
use openvacancy_domain::normalised::Sector;
use openvacancy_domain::pay::Pay;
use openvacancy_domain::place::Location;
use openvacancy_domain::vacancy::VacancyOccupation;
use openvacancy_domain::{ContentHash, RunId, Vacancy, VacancyId};

/// The columns as SQL, for `concat!`.
macro_rules! vacancy_columns {
    () => {
        concat!(
            "vacancy_id, flow_month, posted_month, job_title, job_link, description_hash, employer, language, ",
            "soc2020, soc2020_title, soc2020_confidence, soc2020_level, soc2020_ext, soc2010, ",
            "soc2010_confidence, isco08, isco08_confidence, occupation_method, country, region_code, ",
            "county_code, county_name, ceremonial_county, lad_code, lep_code, lep_name, location_precision, ",
            "location_method, places, remote, skills, education_gcse, education_alevel, ",
            "education_apprenticeship, education_hnc_hnd, education_degree, education_postgraduate, ",
            "education_professional, education_rqf_min, experience, experience_years_min, wage_min, wage_max, ",
            "wage_period, wage_pro_rata, wage_text, wage_annual_min, wage_annual_max, wage_annual_gbp, ",
            "wage_flags, sic_section, sic_division, openings, contract_type, working_hours, date_posted, ",
            "date_closing, first_seen, last_seen, closed_on, closed_why, portals, postings_count, ",
            "excluded_reason, missing, coder_version, rules_version, run_id"
        )
    };
}
pub(crate) use vacancy_columns;

/// Their number.
pub(crate) const COLUMNS: usize = openvacancy_domain::vacancy::COLUMNS.len();

/// Writes the cells of a vacancy.
pub(crate) fn write(vacancy: &Vacancy, cells: &mut impl WriteCells) {
    cells.text(Some(vacancy.vacancy_id.as_str()));
    cells.month(vacancy.flow_month);
    cells.month(vacancy.posted_month);
    cells.text(Some(&vacancy.job_title));
    cells.text(vacancy.job_link.as_deref());
    cells.text(vacancy.description_hash.as_ref().map(ContentHash::as_str));
    cells.text(vacancy.employer.as_deref());
    cells.text(Some(vacancy.language.as_str()));
    write_occupation(&vacancy.occupation, cells);
    write_location(&vacancy.location, cells);
    cells.text(Some(vacancy.remote.as_str()));
    cells.json(&vacancy.skills);
    write_education(&vacancy.education, cells);
    cells.number(vacancy.experience.experience);
    cells.short_real(vacancy.experience.experience_years_min);
    write_pay(&vacancy.pay, cells);
    cells.text(vacancy.sector.sic_section.as_deref());
    cells.text(vacancy.sector.sic_division.as_deref());
    cells.number(vacancy.openings);
    cells.text(Some(vacancy.contract_type.as_str()));
    cells.text(Some(vacancy.working_hours.as_str()));
    cells.day(vacancy.date_posted);
    cells.day(vacancy.date_closing);
    cells.time(vacancy.first_seen);
    cells.time(vacancy.last_seen);
    cells.time(vacancy.closed_on);
    cells.text(vacancy.closed_why.as_deref());
    cells.json(&vacancy.portals);
    cells.number(vacancy.postings_count);
    cells.text(vacancy.excluded_reason.as_deref());
    cells.json(&vacancy.missing);
    cells.text(Some(&vacancy.coder_version));
    cells.text(Some(&vacancy.rules_version));
    cells.int(Some(vacancy.run_id.0));
}

fn write_occupation(occupation: &VacancyOccupation, cells: &mut impl WriteCells) {
    cells.text(occupation.soc2020.as_deref());
    cells.text(occupation.soc2020_title.as_deref());
    cells.short_real(Some(occupation.soc2020_confidence));
    cells.number(occupation.soc2020_level);
    cells.text(occupation.soc2020_ext.as_deref());
    cells.text(occupation.soc2010.as_deref());
    cells.short_real(Some(occupation.soc2010_confidence));
    cells.text(occupation.isco08.as_deref());
    cells.short_real(Some(occupation.isco08_confidence));
    cells.text(Some(occupation.occupation_method.as_str()));
}

fn write_location(location: &Location, cells: &mut impl WriteCells) {
    cells.text(location.country.as_deref());
    cells.text(location.region_code.as_deref());
    cells.text(location.county_code.as_deref());
    cells.text(location.county_name.as_deref());
    cells.text(location.ceremonial_county.as_deref());
    cells.text(location.lad_code.as_deref());
    cells.text(location.lep_code.as_deref());
    cells.text(location.lep_name.as_deref());
    cells.text(Some(location.precision.as_str()));
    cells.text(Some(&location.method));
    cells.json(&location.places);
}

fn write_education(education: &Education, cells: &mut impl WriteCells) {
    cells.flag(education.education_gcse);
    cells.flag(education.education_alevel);
    cells.flag(education.education_apprenticeship);
    cells.flag(education.education_hnc_hnd);
    cells.flag(education.education_degree);
    cells.flag(education.education_postgraduate);
    cells.flag(education.education_professional);
    cells.int(education.education_rqf_min.map(i64::from));
}

fn write_pay(pay: &Pay, cells: &mut impl WriteCells) {
    cells.real(pay.wage_min);
    cells.real(pay.wage_max);
    cells.text(pay.wage_period.map(|period| period.as_str()));
    cells.flag(pay.wage_pro_rata);
    cells.text(pay.wage_text.as_deref());
    cells.real(pay.wage_annual_min);
    cells.real(pay.wage_annual_max);
    cells.real(pay.wage_annual_gbp);
    cells.json(&pay.wage_flags);
}

/// Reads them back.
pub(crate) fn read(cells: &mut impl ReadCells) -> Result<Vacancy, Trouble> {
    // Fields are read in the order written here, which is the order of the columns.
    Ok(Vacancy {
        vacancy_id: VacancyId(cells.must_text()?),
        flow_month: cells.parsed()?,
        posted_month: cells.parsed()?,
        job_title: cells.must_text()?,
        job_link: cells.owned()?,
        description_hash: cells.owned()?.map(ContentHash),
        employer: cells.owned()?,
        language: cells.must_parse()?,
        occupation: VacancyOccupation {
            soc2020: cells.owned()?,
            soc2020_title: cells.owned()?,
            soc2020_confidence: cells.short_real()?.unwrap_or_default(),
            soc2020_level: cells.number()?,
            soc2020_ext: cells.owned()?,
            soc2010: cells.owned()?,
            soc2010_confidence: cells.short_real()?.unwrap_or_default(),
            isco08: cells.owned()?,
            isco08_confidence: cells.short_real()?.unwrap_or_default(),
            occupation_method: cells.must_parse()?,
        },
        location: Location {
            country: cells.owned()?,
            region_code: cells.owned()?,
            county_code: cells.owned()?,
            county_name: cells.owned()?,
            ceremonial_county: cells.owned()?,
            lad_code: cells.owned()?,
            lep_code: cells.owned()?,
            lep_name: cells.owned()?,
            precision: cells.must_parse()?,
            method: cells.must_text()?,
            places: cells.json()?,
        },
        remote: cells.must_parse()?,
        skills: cells.json()?,
        education: Education {
            education_gcse: cells.flag()?,
            education_alevel: cells.flag()?,
            education_apprenticeship: cells.flag()?,
            education_hnc_hnd: cells.flag()?,
            education_degree: cells.flag()?,
            education_postgraduate: cells.flag()?,
            education_professional: cells.flag()?,
            education_rqf_min: cells.opt_number()?,
        },
        experience: Experience { experience: cells.number()?, experience_years_min: cells.short_real()? },
        pay: Pay {
            wage_min: cells.real()?,
            wage_max: cells.real()?,
            wage_period: cells.parsed()?,
            wage_pro_rata: cells.flag()?,
            wage_text: cells.owned()?,
            wage_annual_min: cells.real()?,
            wage_annual_max: cells.real()?,
            wage_annual_gbp: cells.real()?,
            wage_flags: cells.json()?,
        },
        sector: Sector { sic_section: cells.owned()?, sic_division: cells.owned()? },
        openings: cells.number()?,
        contract_type: cells.must_parse()?,
        working_hours: cells.must_parse()?,
        date_posted: cells.parsed()?,
        date_closing: cells.parsed()?,
        first_seen: cells.time()?,
        last_seen: cells.time()?,
        closed_on: cells.time()?,
        closed_why: cells.owned()?,
        portals: cells.json()?,
        postings_count: cells.number()?,
        excluded_reason: cells.owned()?,
        missing: cells.json()?,
        coder_version: cells.must_text()?,
        rules_version: cells.must_text()?,
        run_id: RunId(cells.must_int()?),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_columns_are_those_of_the_domain() {
        let ours: Vec<&str> = vacancy_columns!().split(", ").collect();
        let domain: Vec<&str> = openvacancy_domain::vacancy::COLUMNS
            .iter()
            .map(|column| if *column == "description" { "description_hash" } else { column })
            .collect();
        assert_eq!(ours, domain);
    }
}
