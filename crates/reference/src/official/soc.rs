//! The SOC 2020 coding index and structure as the Office for National Statistics issues them.

use super::ImportError;
use super::tables::{Reading, Table};
use super::workbook::Sheet;
use crate::occupation;
use openvacancy_domain::{Problem, Scheme};

/// What stands in the code columns of entries that only point to another one.
const POINTER: char = '}';

type Recognised = Option<Result<(Table, Reading), ImportError>>;

/// Reads the sheet if it is the coding index (any edition since the first of 2020).
pub(super) fn index(sheet: &Sheet) -> Recognised {
    let headings = sheet.headings(&["uniqueid", "soc2020", "indexocc"])?;
    Some(read_index(sheet, headings).map(|reading| (Table::Titles, reading)))
}

fn read_index(sheet: &Sheet, headings: usize) -> Result<Reading, ImportError> {
    let column = |names: &[&'static str]| sheet.column(headings, names);
    let (title, qualifier, industry) = (column(&["indexocc"])?, column(&["add"])?, column(&["ind"])?);
    let (soc2020, soc2010) = (column(&["soc2020"])?, column(&["soc2010"])?);
    let isco08 = column(&["isco08codebasedonsoc2020", "isco08codebasedonsoc2020code", "isco08", "isco08code"]);
    let isco08 = isco08.or_else(|missing| starting_with(sheet, headings, "isco08code").ok_or(missing))?;
    let default = sheet.optional_column(headings, &["d", "default"]);
    let extended = sheet.optional_column(headings, &["soc2020ext"]);
    let natural = sheet.optional_column(headings, &["indexoccnaturalwordorder"]);
    let mut reading = Reading::default();
    for row in headings + 1..sheet.height() {
        let cell = |column: usize| sheet.cell(row, column);
        let optional = |column: Option<usize>| column.map_or_else(String::new, cell);
        let mut codes = Codes { soc2020: cell(soc2020), soc2010: cell(soc2010), isco08: cell(isco08) };
        let inverted = cell(title);
        if inverted.is_empty() && codes.soc2020.is_empty() {
            continue;
        }
        if codes.soc2020.starts_with(POINTER) {
            reading.pointers += 1;
            continue;
        }
        let note = codes.complete();
        if let Some(message) = codes.fault() {
            reading.problems.push(Problem::new("unknown_code", sheet.row_place(row), message));
            continue;
        }
        let written = Some(optional(natural)).filter(|title| !title.is_empty());
        let words = written.unwrap_or_else(|| natural_order(&inverted)).to_lowercase();
        if words.is_empty() {
            let message = "the title is empty; the row was left out";
            reading.problems.push(Problem::new("title_missing", sheet.row_place(row), message));
            continue;
        }
        let default = if optional(default).is_empty() { "0" } else { "1" }.to_owned();
        let (qualifier, industry) = (unspecified(&cell(qualifier)).to_lowercase(), cell(industry).to_lowercase());
        let Codes { soc2020, soc2010, isco08 } = codes;
        let extended = optional(extended);
        let source = "index".to_owned();
        reading.rows.push(vec![words, qualifier, industry, soc2020, extended, soc2010, isco08, source, default, note]);
    }
    Ok(reading)
}

/// The unit groups of an entry.
struct Codes {
    soc2020: String,
    soc2010: String,
    isco08: String,
}

impl Codes {
    /// Fills in what only points elsewhere: a few entries are coded to SOC 2020 alone. Gives the note that says so.
    fn complete(&mut self) -> String {
        let mut filled = Vec::new();
        for (code, targets, scheme) in [
            (&mut self.soc2010, occupation::soc2010_of(&self.soc2020), "SOC 2010"),
            (&mut self.isco08, occupation::isco08_of(&self.soc2020), "ISCO-08"),
        ] {
            if let Some(best) = targets.first().filter(|_| code.starts_with(POINTER)) {
                best.code.clone_into(code);
                filled.push(scheme);
            }
        }
        if filled.is_empty() {
            String::new()
        } else {
            format!("{} from the crosswalk: the index gives none", filled.join(" and "))
        }
    }

    /// What is wrong with them.
    fn fault(&self) -> Option<String> {
        let coded =
            [(Scheme::Soc2020, &self.soc2020), (Scheme::Soc2010, &self.soc2010), (Scheme::Isco08, &self.isco08)];
        let faulty =
            |(scheme, code): &&(Scheme, &String)| code.len() != 4 || occupation::group(*scheme, code).is_none();
        let (scheme, code) = coded.iter().find(faulty)?;
        Some(format!("'{code}' is no unit group of {scheme}; the row was left out"))
    }
}

fn starting_with(sheet: &Sheet, headings: usize, start: &str) -> Option<usize> {
    sheet.row(headings).position(|cell| super::workbook::plain(&cell).starts_with(start))
}

/// A qualifier that means "not otherwise specified" says nothing.
fn unspecified(qualifier: &str) -> &str {
    let nos = qualifier.strip_prefix("nos").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if nos { "" } else { qualifier }
}

/// The index writes `Engineer, design, tool`; people say `tool design engineer`. Letters keep their case here.
fn natural_order(title: &str) -> String {
    title.split(',').rev().map(str::trim).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Reads the sheet if it is the framework: one group a row, its code in the column of its level.
pub(super) fn framework(sheet: &Sheet) -> Recognised {
    let levels = ["soc2020majorgroup", "soc2020submajorgroup", "soc2020minorgroup", "soc2020unitgroup"];
    let headings = sheet.headings(&[&levels[..], &["soc2020grouptitle"]].concat())?;
    Some(read_framework(sheet, headings, levels).map(|reading| (Table::Soc2020, reading)))
}

fn read_framework(sheet: &Sheet, headings: usize, levels: [&'static str; 4]) -> Result<Reading, ImportError> {
    let columns = levels.map(|level| sheet.column(headings, &[level]));
    let title = sheet.column(headings, &["soc2020grouptitle"])?;
    let columns: Vec<usize> = columns.into_iter().collect::<Result<_, _>>()?;
    let mut reading = Reading::default();
    for row in headings + 1..sheet.height() {
        let mut codes = columns.iter().map(|column| sheet.cell(row, *column));
        let code = codes.find(|code| !code.is_empty() && code != "<blank>");
        let Some(code) = code else { continue };
        if code.len() > 4 || !code.chars().all(|digit| digit.is_ascii_digit()) {
            let message = format!("'{code}' is no code of SOC 2020; the row was left out");
            reading.problems.push(Problem::new("unknown_code", sheet.row_place(row), message));
            continue;
        }
        reading.rows.push(vec![code, sheet.cell(row, title), String::new()]);
    }
    reading.rows.sort();
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_in_natural_order() {
        assert_eq!(natural_order("Engineer, design, tool"), "tool design Engineer");
        assert_eq!(natural_order("Midwife"), "Midwife");
        assert_eq!(natural_order(" , "), "");
    }

    #[test]
    fn only_nos_is_unspecified() {
        assert_eq!(unspecified("nos"), "");
        assert_eq!(unspecified("nos - retail trade"), "");
        assert_eq!(unspecified("nose and throat"), "nose and throat");
    }
}
