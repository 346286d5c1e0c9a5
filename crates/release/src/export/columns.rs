//! What every exported column is.
//!
//! Longer than most files here: it is one table, and a table is best read whole.

use super::output::Output;
use super::{Audience, Table};
use crate::ReleaseError;
use std::path::Path;

/// One column of an exported table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `text`, `code`, `integer`, `number`, `flag` (1/0), `date`, `month`, `instant`, `list`, `json`.
    pub kind: String,
    /// Unit of its numbers.
    pub unit: String,
    /// What it means.
    pub description: String,
    /// The values it can have.
    pub codes: String,
}

impl Column {
    pub(super) fn new(name: &str, kind: &str, unit: &str, description: &str, codes: &str) -> Self {
        let [name, kind, unit, description, codes] = [name, kind, unit, description, codes].map(str::to_owned);
        Self { name, kind, unit, description, codes }
    }

    /// The dummy column of a skill in the wide table.
    pub(super) fn skill(id: &str, label: &str) -> Self {
        Self::new(&format!("skill_{id}"), "flag", "", &format!("The text names the skill: {label}."), "1, 0")
    }
}

type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The columns of the table of vacancies: name, kind, unit, description, codes.
const VACANCY_COLUMNS: &[Row] = &[
    ("vacancy_id", "text", "", "Stable id, made from the earliest posting. Ids merged into it stay as aliases.", ""),
    (
        "flow_month",
        "month",
        "",
        "Month of the first sighting on any portal; for a file import without sightings, of the day posted.",
        "YYYY-MM",
    ),
    ("posted_month", "month", "", "Month of the day posted.", "YYYY-MM"),
    ("job_title", "text", "", "Title as the best source shows it.", ""),
    ("job_link", "text", "", "Address of the advertisement at the best source.", ""),
    ("description", "text", "", "Prose of the advertisement, e-mail addresses and telephone numbers masked.", ""),
    ("employer", "text", "", "Employer or agency as the best source writes it.", ""),
    ("language", "code", "", "Language of the advertisement.", "en English, cy Welsh, other"),
    (
        "soc2020",
        "code",
        "",
        "Best four-digit code of the Standard Occupational Classification 2020.",
        "SOC 2020 unit groups",
    ),
    ("soc2020_title", "text", "", "Official title of that unit group.", ""),
    ("soc2020_confidence", "number", "probability", "Probability that all four digits are right.", "0 to 1"),
    ("soc2020_level", "integer", "digits", "Deepest level vouched for.", "0 to 4"),
    ("soc2020_ext", "code", "", "Extended six-digit code, where the evidence carries it.", "NNNN/NN"),
    ("soc2010", "code", "", "Best code of the Standard Occupational Classification 2010.", "SOC 2010 unit groups"),
    ("soc2010_confidence", "number", "probability", "Probability that it is right.", "0 to 1"),
    (
        "isco08",
        "code",
        "",
        "Best code of the International Standard Classification of Occupations 2008.",
        "ISCO-08 unit groups",
    ),
    ("isco08_confidence", "number", "probability", "Probability that it is right.", "0 to 1"),
    (
        "occupation_method",
        "code",
        "",
        "How the occupation was found.",
        "correction, exact_title, index, classifier, ensemble, uncodable",
    ),
    (
        "country",
        "text",
        "",
        "Country of the primary place.",
        "England, Scotland, Wales, Northern Ireland, United Kingdom, or a foreign country",
    ),
    ("region_code", "code", "", "Region of England, or country.", "ONS codes E12, W92, S92, N92"),
    ("county_code", "code", "", "County or unitary authority.", "ONS codes"),
    ("county_name", "text", "", "Its official name.", ""),
    ("ceremonial_county", "text", "", "Ceremonial county.", ""),
    ("lad_code", "code", "", "Local authority district, current.", "ONS codes E06 to E09, W06, S12, N09"),
    (
        "lep_code",
        "code",
        "",
        "Local Enterprise Partnership of 2021; the primary one where two overlap.",
        "ONS codes E37; not_applicable outside England",
    ),
    ("lep_name", "text", "", "Its official name.", "not_applicable outside England"),
    (
        "location_precision",
        "code",
        "",
        "How closely the primary place was read.",
        "postcode, place, district, county, region, country, remote, foreign, none",
    ),
    ("location_method", "text", "", "How it was read.", ""),
    (
        "places",
        "json",
        "",
        "Every place of the vacancy, the primary first.",
        "list of {name, lad_code, county_code, lep_code, precision}",
    ),
    ("remote", "code", "", "Where the work is done.", "on_site, hybrid, remote, unknown"),
    (
        "skills",
        "list",
        "",
        "Skill concepts named in the text: in CSV their ids joined by |, in JSON with label and the words matched.",
        "ESCO concept ids, and own ids for technologies",
    ),
    (
        "education_gcse",
        "flag",
        "",
        "GCSEs or equivalent asked for.",
        "1 asked for, 0 not; all education columns empty where nothing is said",
    ),
    ("education_alevel", "flag", "", "A levels or equivalent asked for.", "1, 0"),
    ("education_apprenticeship", "flag", "", "Completed apprenticeship asked for.", "1, 0"),
    ("education_hnc_hnd", "flag", "", "HNC or HND asked for.", "1, 0"),
    ("education_degree", "flag", "", "Bachelor's degree asked for.", "1, 0"),
    ("education_postgraduate", "flag", "", "Postgraduate degree or diploma asked for.", "1, 0"),
    ("education_professional", "flag", "", "Professional registration or chartered status asked for.", "1, 0"),
    (
        "education_rqf_min",
        "integer",
        "RQF level",
        "Lowest qualification level that satisfies the advertisement.",
        "0 entry to 8",
    ),
    ("experience", "integer", "", "Whether experience is asked for.", "0 explicitly none, 1 required, 2 not mentioned"),
    ("experience_years_min", "number", "years", "Fewest years asked for.", ""),
    ("wage_min", "number", "pounds per wage_period", "Lower end of basic pay as advertised.", "empty for 'up to'"),
    (
        "wage_max",
        "number",
        "pounds per wage_period",
        "Upper end of basic pay as advertised; equal to wage_min for one figure.",
        "empty for 'from'",
    ),
    ("wage_period", "code", "", "What the pay figures are for.", "hour, day, week, month, year"),
    ("wage_pro_rata", "flag", "", "Pay is pro rata to hours below full time.", "1, 0"),
    ("wage_text", "text", "", "The words the pay was read from.", ""),
    ("wage_annual_min", "number", "pounds per year", "Lower end, full-time equivalent.", ""),
    ("wage_annual_max", "number", "pounds per year", "Upper end, full-time equivalent.", ""),
    ("wage_annual_gbp", "number", "pounds per year", "Middle of the two, or the one there is.", ""),
    (
        "wage_flags",
        "list",
        "",
        "What to know of the pay, joined by |.",
        "competitive, ote, band, foreign_currency, implausible, predicted, conflict",
    ),
    ("sic_section", "code", "", "Section of the Standard Industrial Classification 2007.", "A to U"),
    ("sic_division", "code", "", "Division of it.", "two digits"),
    ("openings", "integer", "openings", "Openings advertised; 1 where nothing else is said.", ""),
    (
        "contract_type",
        "code",
        "",
        "Kind of contract.",
        "permanent, fixed_term, temporary, bank_casual, apprenticeship, self_employed, internship, unknown",
    ),
    ("working_hours", "code", "", "Working hours.", "full_time, part_time, either, zero_hours, unknown"),
    ("date_posted", "date", "", "Earliest day posted.", "ISO 8601"),
    ("date_closing", "date", "", "Latest closing day.", "ISO 8601"),
    ("first_seen", "instant", "UTC", "First sighting on any portal.", "ISO 8601"),
    (
        "last_seen",
        "instant",
        "UTC",
        "Last sighting; where it was seen again after the release's as-of instant, that instant.",
        "ISO 8601",
    ),
    (
        "closed_on",
        "instant",
        "UTC",
        "When the last of its postings was found closed, if that was known at the as-of instant.",
        "ISO 8601",
    ),
    ("closed_why", "code", "", "Why.", "expired, gone, unlisted, withdrawn"),
    ("portals", "list", "", "Portals that show it, joined by |.", "portal ids"),
    ("postings_count", "integer", "postings", "Postings behind it.", ""),
    (
        "excluded_reason",
        "code",
        "",
        "Why it does not count in statistics; empty where it does.",
        "such as training_course, foreign",
    ),
    (
        "missing",
        "json",
        "",
        "Why a field is empty, by field name.",
        "not_stated, ambiguous, not_applicable, unreadable",
    ),
    ("coder_version", "text", "", "Version of the occupation coder.", ""),
    ("rules_version", "text", "", "Version of the rules that read the advertisement.", ""),
    ("run_id", "integer", "", "The run that made the row.", ""),
    ("in_flow", "flag", "", "Counts in the flow of the release's month.", "1, 0"),
    ("in_stock", "flag", "", "Counts in the stock at the end of the release's month.", "1, 0"),
];

/// The columns of the table of observations: name, kind, unit, description, codes.
pub const OBSERVATION_COLUMNS: &[Row] = &[
    (
        "indicator",
        "code",
        "",
        "What is counted or measured.",
        "openings_flow, openings_stock, postings_flow, vacancies_flow, vacancies_stock, wage_annual_median, wage_annual_p25, wage_annual_p75",
    ),
    ("area_type", "code", "", "Kind of area.", "uk, country, region, county, lad, lep"),
    ("area", "code", "", "The area.", "ONS code, K02000001 for the UK; unknown where no place was read"),
    (
        "occupation",
        "code",
        "",
        "The occupation: a SOC 2020 code of 1 to 4 digits, by the vacancy's best code. Districts and LEPs go to 2 digits.",
        "SOC 2020; total for all, unknown where no code was given",
    ),
    ("period", "month", "", "The month.", "YYYY-MM"),
    ("value", "number", "see unit", "The number. A cell without a row is zero.", "empty where it is withheld"),
    ("unit", "code", "", "Unit of the value.", "count, gbp_per_year"),
    (
        "status",
        "code",
        "",
        "Status of the number.",
        "A normal, B break in the series, P provisional, C withheld, M missing",
    ),
];

/// What names a vacancy; exports come in its order.
pub(super) const VACANCY_KEY: &[&str] = &["vacancy_id"];
/// What names an observation within its release; exports come in its order.
pub(super) const OBSERVATION_KEY: &[&str] = &["indicator", "area_type", "area", "occupation"];

/// Columns that stay with researchers: prose, and words quoted from it.
const NOT_PUBLIC: &[&str] = &["description", "wage_text", "missing", "run_id"];

fn columns(rows: &[Row]) -> Vec<Column> {
    rows.iter()
        .map(|(name, kind, unit, description, codes)| Column::new(name, kind, unit, description, codes))
        .collect()
}

pub(super) fn vacancies(audience: Audience) -> Vec<Column> {
    let mut columns = columns(VACANCY_COLUMNS);
    if audience == Audience::Public {
        columns.retain(|column| !NOT_PUBLIC.contains(&column.name.as_str()));
    }
    columns
}

pub(super) fn observations() -> Vec<Column> {
    columns(OBSERVATION_COLUMNS)
}

/// Every column of a table. The wide table's skill columns depend on the release; its own dictionary names them.
#[must_use]
pub fn data_dictionary(table: Table) -> Vec<Column> {
    match table {
        Table::Observations => observations(),
        Table::Vacancies => vacancies(Audience::Researcher),
        Table::Wide => vacancies(Audience::Researcher).into_iter().filter(|column| column.name != "skills").collect(),
    }
}

/// Writes the dictionary of an exported file beside it: `vacancies.csv` gets `vacancies.csv.dictionary.csv`.
pub(super) fn write_dictionary(columns: &[Column], path: &Path) -> Result<(), ReleaseError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".dictionary.csv");
    let mut output = Output::create(&path.with_file_name(name))?;
    output.record(["name", "type", "unit", "description", "codes"])?;
    for column in columns {
        output.record([&*column.name, &column.kind, &column.unit, &column.description, &column.codes])?;
    }
    output.finish().map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::{VACANCY_COLUMNS, vacancies};
    use crate::export::Audience;

    #[test]
    fn every_column_of_the_vacancy_table_is_documented_in_its_order() {
        let documented: Vec<&str> = VACANCY_COLUMNS.iter().map(|row| row.0).collect();
        let mut expected = openvacancy_domain::vacancy::COLUMNS.to_vec();
        expected.extend(["in_flow", "in_stock"]);
        assert_eq!(documented, expected);
        assert!(VACANCY_COLUMNS.iter().all(|row| row.3.ends_with('.')));
    }

    #[test]
    fn the_public_gets_no_prose() {
        assert!(vacancies(Audience::Public).iter().all(|column| column.name != "description"));
    }
}
