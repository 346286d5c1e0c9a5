//! Sections, divisions and groups of SIC 2007.

use crate::Outcome;
use crate::classifications::sentence_case;
use crate::files::{Sources, cell, write};

pub(crate) fn compile(sources: &Sources) -> Outcome<()> {
    let mut rows = Vec::new();
    for record in sources.official("sic/sic2007_structure.csv")? {
        let level = cell(&record, "level")?;
        let rank = match level {
            "section" => 0,
            "division" => 1,
            "group" => 2,
            _ => continue,
        };
        let code = cell(&record, "code")?.replace('.', "");
        let title = sentence_case(cell(&record, "title")?);
        rows.push((rank, [level.to_owned(), code, cell(&record, "section")?.to_owned(), title, String::new()]));
    }
    rows.sort();
    write("sic2007", ["level", "code", "section", "title", "note"], rows.into_iter().map(|(_, row)| row))
}
