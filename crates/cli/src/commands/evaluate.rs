//! `openvacancy evaluate`: how often the occupation coder agrees with a labelled file.

use super::code::TitleColumns;
use super::stages::coder;
use crate::args::Evaluate;
use crate::context::Context;
use crate::failure::usage;
use crate::input::{self, CsvRows, Encoding, shown};
use crate::output;
use anyhow::Context as _;
use openvacancy_occupation::{LabelledRow, evaluate};

pub(super) fn run(context: &Context, words: &Evaluate) -> anyhow::Result<()> {
    let rows = rows(words)?;
    let evaluation = evaluate(&coder(context)?, &rows, words.scheme);
    if words.json { output::json(&evaluation) } else { output::line(evaluation.table().trim_end()) }
}

/// Reads the labelled rows. One that cannot be read would quietly change the figure, so it is an error.
fn rows(words: &Evaluate) -> anyhow::Result<Vec<LabelledRow>> {
    let place = shown(&words.file);
    let mut rows = CsvRows::new(input::open(&words.file, Encoding::default())?, place.clone())?;
    let columns = TitleColumns::find(rows.header(), &words.column)?;
    let label = rows.header().iter().position(|name| *name == words.label).ok_or_else(|| {
        usage(format!("no column '{}' in {place}; name one of {} with --label", words.label, rows.header().join(", ")))
    })?;
    let mut labelled = Vec::new();
    while let Some(row) = rows.next_row().with_context(|| format!("{place} cannot be read to its end"))? {
        let fields = row.content.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let fields: Vec<String> = fields.iter().map(str::to_owned).collect();
        let accepted: Vec<String> =
            fields[label].split('|').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect();
        // A row without a label says nothing about right and wrong.
        if accepted.is_empty() {
            continue;
        }
        let (title, beside) = columns.read(&fields);
        let text = |text: Option<&str>| text.map(str::to_owned);
        labelled.push(LabelledRow {
            title: title.to_owned(),
            description: text(beside.description),
            employer: text(beside.employer),
            category: text(beside.category),
            salary: text(beside.salary),
            wage_annual: None,
            location: text(beside.location),
            accepted,
        });
    }
    anyhow::ensure!(!labelled.is_empty(), "{place}: no row has a code in column {}", words.label);
    Ok(labelled)
}
