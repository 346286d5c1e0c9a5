//! The structure and alphabetical index of SIC 2007 as the Office for National Statistics issues them.

use super::ImportError;
use super::tables::{Reading, Table};
use super::workbook::{Sheet, plain};
use openvacancy_domain::Problem;

type Recognised = Option<Result<(Table, Reading), ImportError>>;

/// Reads the sheet if it is the summary of structure: a code in the column of its level, `na` in deeper ones.
pub(super) fn structure(sheet: &Sheet) -> Recognised {
    let headings = sheet.headings(&["description", "section", "division", "group", "class", "levelheadings"])?;
    Some(read_structure(sheet, headings).map(|reading| (Table::Sic2007, reading)))
}

fn read_structure(sheet: &Sheet, headings: usize) -> Result<Reading, ImportError> {
    let column = |name| sheet.column(headings, &[name]);
    let (title, section, level) = (column("description")?, column("section")?, column("levelheadings")?);
    let (division, group) = (column("division")?, column("group")?);
    let mut reading = Reading::default();
    for row in headings + 1..sheet.height() {
        let cell = |column: usize| sheet.cell(row, column);
        let level = plain(&cell(level));
        let (rank, code) = match level.as_str() {
            "section" => ("0section", cell(section)),
            "division" => ("1division", cell(division)),
            "group" => ("2group", cell(group)),
            "class" | "subclass" => continue,
            "" if cell(title).is_empty() => continue,
            other => {
                let message = format!("'{other}' is no level of SIC 2007; the row was left out");
                reading.problems.push(Problem::new("unknown_level", sheet.row_place(row), message));
                continue;
            }
        };
        reading.rows.push(vec![rank.to_owned(), code, cell(section), cell(title), String::new()]);
    }
    // Sections, then divisions, then groups: the order of the built-in table.
    reading.rows.sort();
    for row in &mut reading.rows {
        row[0].remove(0);
    }
    Ok(reading)
}

/// Reads the sheet if it is the alphabetical index. The numerical index has the same columns but leaves codes out that
/// repeat; the heading above the table tells them apart.
pub(super) fn alphabetical_index(sheet: &Sheet) -> Recognised {
    let headings = sheet.headings(&["uksic2007", "uksic2003", "activity"])?;
    let alphabetical = (0..headings).flat_map(|row| sheet.row(row)).any(|cell| plain(&cell).contains("alphabetical"));
    alphabetical.then(|| read_index(sheet, headings).map(|reading| (Table::Sic2007Index, reading)))
}

fn read_index(sheet: &Sheet, headings: usize) -> Result<Reading, ImportError> {
    let code = sheet.column(headings, &["uksic2007"])?;
    let activity = sheet.column(headings, &["activity"])?;
    let mut reading = Reading::default();
    for row in headings + 1..sheet.height() {
        let (code, activity) = (sheet.cell(row, code), sheet.cell(row, activity));
        if code.is_empty() && activity.is_empty() {
            continue;
        }
        // A code kept as a number has lost its leading zero.
        let code = format!("{code:0>5}");
        if code.len() != 5 || crate::sic::division(&code[..2]).is_none() || activity.is_empty() {
            let message = format!("'{code}' with activity '{activity}' is no entry; the row was left out");
            reading.problems.push(Problem::new("unknown_code", sheet.row_place(row), message));
            continue;
        }
        reading.rows.push(vec![code, activity, String::new()]);
    }
    Ok(reading)
}
