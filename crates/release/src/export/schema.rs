//! The columns of an exported file as a Table Schema, as Data Package describes tables.

use super::columns::{Column, OBSERVATION_KEY, VACANCY_KEY};
use super::{ExportOptions, Format, Table};
use crate::indicator::{self, AreaType};
use openvacancy_domain::ObsStatus;
use openvacancy_domain::coding::OccupationMethod;
use openvacancy_domain::pay::WagePeriod;
use openvacancy_domain::place::LocationPrecision;
use openvacancy_domain::terms::{ContractType, Language, Remote, WorkingHours};
use serde_json::{Value, json};

/// The schema of a file.
pub(super) fn of(columns: &[Column], options: &ExportOptions) -> Value {
    let key: &[&str] = match (options.table, options.format) {
        (_, Format::SdmxCsv) => &["INDICATOR", "AREA_TYPE", "REF_AREA", "OCCUPATION", "TIME_PERIOD"],
        (Table::Observations, _) => OBSERVATION_KEY,
        (Table::Vacancies | Table::Wide, _) => VACANCY_KEY,
    };
    let fields: Vec<Value> = columns.iter().map(|column| field(column, options.format, key)).collect();
    json!({ "fields": fields, "missingValues": [""], "primaryKey": key })
}

fn field(column: &Column, format: Format, key: &[&str]) -> Value {
    let name = column.name.as_str();
    let mut field = json!({
        "name": name,
        "title": title(name),
        "type": kind(column, format),
        "description": description(column),
    });
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
    }
    let mut constraints = serde_json::Map::new();
    if key.contains(&name) {
        constraints.insert("required".to_owned(), json!(true));
    }
    if column.kind == "flag" && format != Format::Parquet {
        constraints.insert("enum".to_owned(), json!([1, 0]));
    } else if let Some(codes) = code_list(name) {
        constraints.insert("enum".to_owned(), json!(codes));
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}

/// `soc2020_title` as people would say it: SOC 2020 title.
fn title(name: &str) -> String {
    let word = |word: &str| match word {
        "soc2020" => "SOC 2020".to_owned(),
        "soc2010" => "SOC 2010".to_owned(),
        "isco08" => "ISCO-08".to_owned(),
        "lad" | "lep" | "sic" | "gcse" | "hnc" | "hnd" | "rqf" | "gbp" => word.to_uppercase(),
        _ => word.to_lowercase(),
    };
    let words = name.split('_').map(word).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn description(column: &Column) -> String {
    if column.codes.is_empty() {
        return column.description.clone();
    }
    format!("{} Values: {}.", column.description, column.codes)
}

/// The type of a column in a format: CSV joins lists of words and has no truth values.
fn kind(column: &Column, format: Format) -> &'static str {
    match (column.kind.as_str(), format) {
        ("integer", _) => "integer",
        ("number", _) => "number",
        ("flag", Format::Parquet) => "boolean",
        ("flag", _) => "integer",
        ("date", _) => "date",
        ("month", _) => "yearmonth",
        ("instant", _) => "datetime",
        ("list", Format::Jsonl | Format::Parquet) => "array",
        ("json", _) if column.name == "missing" => "object",
        ("json", _) => "array",
        _ => "string",
    }
}

/// Every code of a column whose list of codes is closed.
fn code_list(name: &str) -> Option<Vec<&'static str>> {
    macro_rules! all {
        ($kind:ty) => {
            <$kind>::ALL.iter().map(|code| code.as_str()).collect()
        };
    }
    Some(match name {
        "language" => all!(Language),
        "occupation_method" => all!(OccupationMethod),
        "location_precision" => all!(LocationPrecision),
        "remote" => all!(Remote),
        "wage_period" => all!(WagePeriod),
        "contract_type" => all!(ContractType),
        "working_hours" => all!(WorkingHours),
        "status" | "OBS_STATUS" => all!(ObsStatus),
        "indicator" => indicator::ALL.iter().map(|(name, ..)| *name).collect(),
        "area_type" => AreaType::ALL.iter().map(|kind| kind.as_str()).collect(),
        "unit" => vec![indicator::COUNT, indicator::GBP_PER_YEAR],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{columns, data_dictionary};
    use super::*;

    #[test]
    fn every_closed_list_stands_in_the_words_of_its_column_too() {
        let mut lists = 0;
        for column in data_dictionary(Table::Vacancies).into_iter().chain(columns::observations()) {
            for code in code_list(&column.name).into_iter().flatten() {
                assert!(column.codes.contains(code), "{}: '{code}' is not in '{}'", column.name, column.codes);
                lists += 1;
            }
        }
        assert!(lists > 50);
    }

    #[test]
    fn a_name_becomes_a_title() {
        assert_eq!(title("soc2020_title"), "SOC 2020 title");
        assert_eq!(title("first_seen"), "First seen");
    }
}
