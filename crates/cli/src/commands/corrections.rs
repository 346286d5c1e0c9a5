//! `openvacancy corrections`: reviewers' decisions, in and out as CSV.

use crate::args::CorrectionsCommand;
use crate::context::Context;
use crate::input::{self, CsvRows, Encoding, shown};
use crate::output::{self, WholeFile};
use anyhow::{Context as _, bail};
use openvacancy_domain::{Correction, CorrectionTarget, NewCorrection};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

/// The columns, in the order they are written. `at` and `withdrawn` are told, not read.
const COLUMNS: &[&str] = &[
    "target",
    "posting",
    "other",
    "cleaned_title",
    "context",
    "field",
    "value",
    "author",
    "reason",
    "note",
    "at",
    "withdrawn",
];

/// Decisions fetched at a time.
const PAGE: u32 = 1000;

pub(super) fn run(context: &Context, words: &CorrectionsCommand) -> anyhow::Result<()> {
    match words {
        CorrectionsCommand::Import { file } => import(context, file),
        CorrectionsCommand::Export { file } if file.as_os_str() == "-" => {
            export(context, output::stdout())?.flush()?;
            Ok(())
        }
        CorrectionsCommand::Export { file } => export(context, WholeFile::create(file)?)?.finish(),
    }
}

fn import(context: &Context, file: &Path) -> anyhow::Result<()> {
    let place = shown(file);
    let mut rows = CsvRows::new(input::open(file, Encoding::default())?, place.clone())?;
    let header: Vec<String> = rows.header().to_vec();
    let mut decisions = Vec::new();
    // All or nothing: a file of decisions with one that cannot be read is mended first.
    while let Some(row) = rows.next_row()? {
        let at = format!("{place}:{}", row.line);
        let fields = row.content.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let named: HashMap<&str, &str> = header.iter().map(String::as_str).zip(fields.iter()).collect();
        decisions.push(decision(&named).with_context(|| at)?);
    }
    let kept = context.store()?.add_corrections(context.clock.now(), &decisions)?;
    output::line(&format!("{} decisions recorded; they hold from the next `openvacancy process` on", kept.len()))
}

fn decision(row: &HashMap<&str, &str>) -> anyhow::Result<NewCorrection> {
    let text = |name: &str| row.get(name).copied().unwrap_or_default().trim().to_owned();
    let needed = |name: &str| {
        let value = text(name);
        if value.is_empty() { bail!("column {name} is empty") } else { Ok(value) }
    };
    let posting = |name: &str| needed(name)?.parse().map_err(anyhow::Error::msg);
    let target = match text("target").as_str() {
        "posting" => CorrectionTarget::Posting { posting: posting("posting")? },
        "title" => CorrectionTarget::Title { cleaned_title: needed("cleaned_title")?, context: text("context") },
        "pair" => CorrectionTarget::Pair { a: posting("posting")?, b: posting("other")? },
        other => bail!("target '{other}' is none of posting, title, pair"),
    };
    let (field, value) = (needed("field")?, text("value"));
    match (&target, field.as_str(), value.as_str()) {
        (CorrectionTarget::Pair { .. }, "link", "must" | "cannot") => {}
        (CorrectionTarget::Pair { .. }, _, _) => bail!("a pair takes field link and value must or cannot"),
        (_, field, _) if openvacancy_domain::vacancy::COLUMNS.contains(&field) => {}
        (_, field, _) => bail!("'{field}' is not a column of the vacancy table"),
    }
    Ok(NewCorrection { target, field, value, author: needed("author")?, reason: text("reason"), note: text("note") })
}

fn export<W: Write>(context: &Context, out: W) -> anyhow::Result<W> {
    let store = context.existing_store()?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    let mut after = 0;
    loop {
        let page = store.corrections(after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        page.iter().try_for_each(|correction| writer.write_record(row(correction)))?;
    }
    writer.into_inner().map_err(|error| anyhow::Error::from(error.into_error()))
}

fn row(correction: &Correction) -> Vec<String> {
    let decision = &correction.decision;
    let [target, posting, other, title, context] = match &decision.target {
        CorrectionTarget::Posting { posting } => {
            ["posting".to_owned(), posting.to_string(), String::new(), String::new(), String::new()]
        }
        CorrectionTarget::Title { cleaned_title, context } => {
            ["title".to_owned(), String::new(), String::new(), cleaned_title.clone(), context.clone()]
        }
        CorrectionTarget::Pair { a, b } => {
            ["pair".to_owned(), a.to_string(), b.to_string(), String::new(), String::new()]
        }
    };
    vec![
        target,
        posting,
        other,
        title,
        context,
        decision.field.clone(),
        decision.value.clone(),
        decision.author.clone(),
        decision.reason.clone(),
        decision.note.clone(),
        correction.at.to_rfc3339(),
        u8::from(correction.withdrawn).to_string(),
    ]
}
