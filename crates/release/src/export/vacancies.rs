//! The table of vacancies, plain and wide.

use super::columns::{self, Column};
use super::output::Output;
use super::{Audience, ExportOptions, ExportSummary, Format, Table, flat};
use crate::ReleaseError;
use crate::progress::{Progress, Step};
use openvacancy_domain::ports::{ReleaseVacancy, Store, VacancyQuery};
use openvacancy_domain::{ContentHash, ReleaseId};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const BATCH: u32 = 1_000;

pub(super) fn write(
    store: &dyn Store,
    id: ReleaseId,
    options: &ExportOptions,
    output: &mut Output,
    progress: &mut dyn FnMut(Progress),
) -> Result<(ExportSummary, Vec<Column>), ReleaseError> {
    let mut columns = columns::vacancies(options.audience);
    let mut skills = Vec::new();
    if options.table == Table::Wide {
        columns.retain(|column| column.name != "skills");
        for (skill, label) in skills_present(store, id)? {
            columns.push(Column::skill(&skill, &label));
            skills.push(skill);
        }
    }
    let plain = columns.len() - skills.len();
    if options.format == Format::Csv {
        output.record(columns.iter().map(|column| column.name.as_str()))?;
    }
    let mut rows = 0;
    each_page(store, id, &mut |page| {
        let prose = match options.audience {
            Audience::Researcher => store.prose(&hashes(page))?,
            Audience::Public => BTreeMap::new(),
        };
        for row in page {
            let text = row.vacancy.description_hash.as_ref().and_then(|hash| prose.get(hash));
            let mut object = flat::object(row, text.map(String::as_str))?;
            let named: BTreeSet<&str> = row.vacancy.skills.iter().map(|skill| skill.id.as_str()).collect();
            let dummies = skills.iter().map(|skill| u8::from(named.contains(skill.as_str())));
            if options.format == Format::Csv {
                let mut fields: Vec<String> = columns[..plain]
                    .iter()
                    .map(|column| flat::text(&column.name, object.get(&column.name).unwrap_or(&Value::Null)))
                    .collect();
                if options.spreadsheet_safe {
                    fields = fields.into_iter().map(flat::spreadsheet_safe).collect();
                }
                fields.extend(dummies.map(|dummy| dummy.to_string()));
                output.record(fields.iter().map(String::as_str))?;
            } else {
                let mut line = Map::new();
                for column in &columns[..plain] {
                    line.insert(column.name.clone(), object.remove(&column.name).unwrap_or(Value::Null));
                }
                for (column, dummy) in columns[plain..].iter().zip(dummies) {
                    line.insert(column.name.clone(), Value::from(dummy));
                }
                output.write(format!("{}\n", Value::Object(line)).as_bytes())?;
            }
            rows += 1;
        }
        progress(Progress { step: Step::Export, done: rows });
        Ok(())
    })?;
    Ok((ExportSummary { rows, columns: columns.len() }, columns))
}

fn hashes(page: &[ReleaseVacancy]) -> Vec<ContentHash> {
    let hashes: BTreeSet<&ContentHash> = page.iter().filter_map(|row| row.vacancy.description_hash.as_ref()).collect();
    hashes.into_iter().cloned().collect()
}

/// Every skill that some row of the release names, by id, with its label.
fn skills_present(store: &dyn Store, id: ReleaseId) -> Result<BTreeMap<String, String>, ReleaseError> {
    let mut skills = BTreeMap::new();
    each_page(store, id, &mut |page| {
        for skill in page.iter().flat_map(|row| &row.vacancy.skills) {
            if !skills.contains_key(&skill.id) {
                skills.insert(skill.id.clone(), skill.label.clone());
            }
        }
        Ok(())
    })?;
    Ok(skills)
}

fn each_page(
    store: &dyn Store,
    id: ReleaseId,
    take: &mut dyn FnMut(&[ReleaseVacancy]) -> Result<(), ReleaseError>,
) -> Result<(), ReleaseError> {
    let mut query = VacancyQuery { limit: BATCH, ..VacancyQuery::default() };
    loop {
        let page = store.release_vacancies(id, &query)?;
        take(&page.rows)?;
        query.cursor = page.next;
        if query.cursor.is_none() {
            return Ok(());
        }
    }
}
