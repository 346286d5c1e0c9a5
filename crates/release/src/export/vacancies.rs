//! The table of vacancies, plain and wide.

use super::columns::{self, Column};
use super::output::Output;
use super::rows::{Heading, Rows};
use super::{Audience, ExportOptions, Table, flat};
use crate::ReleaseError;
use crate::progress::{Progress, Step};
use openvacancy_domain::ports::{ReleaseVacancy, Store, VacancyQuery};
use openvacancy_domain::{ContentHash, Release, ReleaseId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const BATCH: u32 = 1_000;

pub(super) fn write(
    store: &dyn Store,
    release: &Release,
    options: &ExportOptions,
    output: Output,
    progress: &mut dyn FnMut(Progress),
) -> Result<Rows, ReleaseError> {
    let mut columns = columns::vacancies(options.audience);
    let mut skills = Vec::new();
    if options.table == Table::Wide {
        columns.retain(|column| column.name != "skills");
        for (skill, label) in skills_present(store, release.id)? {
            columns.push(Column::skill(&skill, &label));
            skills.push(skill);
        }
    }
    let plain: Vec<String> = columns[..columns.len() - skills.len()].iter().map(|column| column.name.clone()).collect();
    let heading = Heading { release, table: options.table, key: columns::VACANCY_KEY };
    let mut rows = Rows::begin(output, columns, &heading, options.format, options.spreadsheet_safe)?;
    each_page(store, release.id, &mut |page| {
        let prose = match options.audience {
            Audience::Researcher => store.prose(&hashes(page))?,
            Audience::Public => BTreeMap::new(),
        };
        for row in page {
            let text = row.vacancy.description_hash.as_ref().and_then(|hash| prose.get(hash));
            let mut object = flat::object(row, text.map(String::as_str), options.audience)?;
            let named: BTreeSet<&str> = row.vacancy.skills.iter().map(|skill| skill.id.as_str()).collect();
            // `swap_remove`: the object is taken to pieces, so that its order no longer matters.
            let values = plain.iter().map(|name| object.swap_remove(name).unwrap_or(Value::Null));
            let dummies = skills.iter().map(|skill| Value::from(u8::from(named.contains(skill.as_str()))));
            rows.add(values.chain(dummies).collect())?;
        }
        progress(Progress { step: Step::Export, done: rows.count() });
        Ok(())
    })?;
    Ok(rows)
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
