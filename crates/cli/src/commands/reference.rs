//! `openvacancy reference`: the tables in use, and the import of official files.

use crate::args::ReferenceCommand;
use crate::context::Context;
use crate::output;
use openvacancy_domain::Scheme;
use openvacancy_reference::{area, gazetteer, occupation, official, sic, skills, titles};
use std::path::Path;

pub(super) fn run(context: &Context, words: &ReferenceCommand) -> anyhow::Result<()> {
    match words {
        ReferenceCommand::Status { json } => status(context, *json),
        ReferenceCommand::Import { dir } => import(context, dir),
    }
}

fn status(context: &Context, json: bool) -> anyhow::Result<()> {
    let built_in = [
        ("SOC 2020 groups", occupation::groups(Scheme::Soc2020).len()),
        ("SOC 2010 groups", occupation::groups(Scheme::Soc2010).len()),
        ("ISCO-08 groups", occupation::groups(Scheme::Isco08).len()),
        ("SIC 2007 divisions", sic::divisions().len()),
        ("job titles", titles::titles().len()),
        ("districts", area::districts().len()),
        ("places", gazetteer::places().len()),
        ("outward postcodes", gazetteer::outwards().len()),
        ("skills", skills::concepts().len()),
    ];
    let imported = official::status(&context.reference_dir())?;
    if json {
        let built_in: serde_json::Map<_, _> =
            built_in.iter().map(|(name, rows)| ((*name).to_owned(), (*rows).into())).collect();
        let imported: Vec<_> = imported
            .iter()
            .map(|table| {
                serde_json::json!({
                    "table": table.table, "rows": table.rows, "source_file": table.source_file,
                    "source_sha256": table.source_sha256, "imported_at": table.imported_at,
                })
            })
            .collect();
        return output::json(&serde_json::json!({
            "version": openvacancy_reference::version(), "built_in": built_in, "imported": imported,
        }));
    }
    output::line(&format!("built in, version {}", openvacancy_reference::version()))?;
    built_in.iter().try_for_each(|(name, rows)| output::line(&format!("  {name:20} {rows:>7}")))?;
    if imported.is_empty() {
        return output::line("imported: nothing; `openvacancy reference import DIR` reads official files");
    }
    output::line(&format!("imported, in {}", context.reference_dir().display()))?;
    imported.iter().try_for_each(|table| {
        output::line(&format!(
            "  {:20} {:>7} rows from {} at {}",
            table.table, table.rows, table.source_file, table.imported_at
        ))
    })
}

fn import(context: &Context, dir: &Path) -> anyhow::Result<()> {
    let report = official::import(dir, &context.reference_dir(), context.clock.as_ref())?;
    report.problems.iter().for_each(|problem| output::say(&format!("openvacancy: {problem}")));
    for table in &report.tables {
        output::line(&format!("{}: {} rows from {}", table.table, table.rows, table.source_file))?;
    }
    for file in &report.unrecognised {
        output::say(&format!("openvacancy: {file}: none of the official workbooks this program knows"));
    }
    output::line("the coder uses them from the next command on")
}
