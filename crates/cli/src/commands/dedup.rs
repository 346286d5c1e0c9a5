//! `openvacancy dedup`: postings in (JSONL), `id,cluster` out (CSV).

use super::stages::{in_chunks, posting_of};
use crate::args::Dedup;
use crate::failure::usage;
use crate::input::{jsonl, shown};
use crate::output;
use openvacancy_dedup::Deduplicator;
use openvacancy_domain::dedup::LinkRules;
use openvacancy_domain::ports::{FindDuplicates as _, Normalise as _};
use openvacancy_domain::{DedupRecord, OccupationCoding, PortalId, Posting, PostingId, Problem};
use openvacancy_normalise::Normaliser;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;

/// What names a posting that has no id of its own: its line number, under a portal no portal can be called.
const LINE_PORTAL: &str = "line";

pub(super) fn run(words: &Dedup) -> anyhow::Result<()> {
    let (names, records) = read(&words.file)?;
    let deduplicator = Deduplicator::new(openvacancy_dedup::Options::default());
    if let Some(pair) = &words.explain {
        return explain(&deduplicator, &names, &records, pair);
    }
    let clusters = deduplicator.cluster(&records, &LinkRules::default());
    // A cluster bears the number, in order of first appearance, and every posting keeps its place in the file.
    let cluster_of: HashMap<&PostingId, usize> = clusters
        .iter()
        .enumerate()
        .flat_map(|(number, cluster)| cluster.members.iter().map(move |member| (member, number)))
        .collect();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut out = csv::Writer::from_writer(output::stdout());
    out.write_record(["id", "cluster"])?;
    for (name, record) in names.iter().zip(&records) {
        let cluster = cluster_of.get(&record.id).copied().unwrap_or(usize::MAX);
        let next = numbers.len() + 1;
        let number = *numbers.entry(cluster).or_insert(next);
        out.write_record([name.as_str(), &number.to_string()])?;
    }
    out.flush()?;
    Ok(())
}

/// Reads every posting: its name in the answer, and the record. A line that is no posting stands alone in the answer
/// under its number, and its reason goes to stderr.
fn read(file: &Path) -> anyhow::Result<(Vec<String>, Vec<DedupRecord>)> {
    let normaliser = Normaliser::new();
    let place = shown(file);
    let mut lines = jsonl(file)?;
    let mut names = Vec::new();
    let mut records = Vec::new();
    in_chunks(
        || Ok(lines.next_row()?.map(|row| (row.line, row.content.map(str::to_owned)))),
        |chunk| {
            let read: Vec<_> = chunk
                .into_par_iter()
                .map(|(line, text)| {
                    let posting = text.and_then(|text| posting_of(&place, line, &text));
                    record(&normaliser, line, posting)
                })
                .collect();
            for (name, record, problem) in read {
                if let Some(problem) = problem {
                    output::say(&format!("openvacancy: {problem}"));
                }
                names.push(name);
                records.push(record);
            }
            Ok(())
        },
    )?;
    Ok((names, records))
}

fn record(
    normaliser: &Normaliser,
    line: u64,
    posting: Result<Posting, Problem>,
) -> (String, DedupRecord, Option<Problem>) {
    let number = PostingId { portal: PortalId::from(LINE_PORTAL), id: line.to_string() };
    let (posting, problem) = match posting {
        Ok(posting) => (posting, None),
        Err(problem) => (Posting::default(), Some(problem)),
    };
    let normalised = normaliser.normalise(&posting);
    // Whether two advertisements are one is asked here of what they say, not of how a title was coded.
    let uncoded = OccupationCoding::uncodable("", "", "");
    let mut record = openvacancy_pipeline::dedup_record(&posting, &normalised, &uncoded);
    let name = match &posting.portal_posting_id {
        Some(_) => record.id.to_string(),
        None => {
            record.id = number;
            line.to_string()
        }
    };
    (name, record, problem)
}

fn explain(
    deduplicator: &Deduplicator,
    names: &[String],
    records: &[DedupRecord],
    pair: &[String],
) -> anyhow::Result<()> {
    let find = |name: &String| {
        names.iter().position(|known| known == name).map(|at| &records[at]).ok_or_else(|| {
            usage(format!("no posting '{name}' in the file: name one portal|portal_posting_id or by its line"))
        })
    };
    let [a, b] = pair else { return Err(usage("--explain takes two postings")) };
    let decision = deduplicator.explain(find(a)?, find(b)?);
    let verdict = if decision.same { "the same vacancy" } else { "different vacancies" };
    output::line(&format!("{verdict} (probability {:.3})", decision.score))?;
    for reason in &decision.reasons {
        output::line(&format!("  {reason}"))?;
    }
    Ok(())
}
