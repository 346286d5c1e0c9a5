//! Skills: the concepts of ESCO chosen in `curated/skills_esco.csv`, and technologies of `curated/skills_technologies.csv`.
//!
//! A wrong skill is worse than a missing one. Of ESCO's 13,960 concepts those were chosen whose words were met in real
//! advertisements and mean the skill wherever they stand, and those whose wording is a subject no other thing is called
//! by. Words that also name a sector, a department, a product or nothing in particular (`integrity`, `new product`,
//! `labour market`) were left out, whatever ESCO has them for. Technologies, tickets, licences and registrations that
//! employers ask for and ESCO lacks, or hides behind another name, have concepts of our own.

use crate::Outcome;
use crate::files::{Sources, cell, write};
use std::collections::BTreeMap;

pub(crate) fn compile(sources: &Sources) -> Outcome<()> {
    let mut labels = BTreeMap::new();
    for record in sources.official("esco/skills.csv")? {
        let uri = cell(&record, "conceptUri")?;
        let id = uri.rsplit('/').next().unwrap_or(uri).to_owned();
        labels.insert(id, cell(&record, "preferredLabel")?.to_owned());
    }
    let mut rows: BTreeMap<String, [String; 4]> = BTreeMap::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for file in ["skills_esco.csv", "skills_technologies.csv"] {
        for record in sources.curated(file)? {
            let id = cell(&record, "id")?.to_owned();
            let label = match (labels.get(&id), id.strip_prefix("ov:")) {
                (Some(label), _) => label.clone(),
                (None, Some(_)) => cell(&record, "label")?.to_owned(),
                (None, None) => return Err(format!("{file}: {id} is no ESCO concept").into()),
            };
            for phrase in cell(&record, "phrases")?.split('|') {
                if let Some(other) = owners.insert(phrase.to_owned(), id.clone()).filter(|other| *other != id) {
                    return Err(format!("{file}: '{phrase}' belongs to {other} and to {id}").into());
                }
            }
            let row = [id.clone(), label, cell(&record, "phrases")?.to_owned(), cell(&record, "note")?.to_owned()];
            if rows.insert(id.clone(), row).is_some() {
                return Err(format!("{file}: {id} stands twice").into());
            }
        }
    }
    write("skills", ["id", "label", "phrases", "note"], rows.into_values())
}
