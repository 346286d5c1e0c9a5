//! `openvacancy normalise`: postings in (JSONL), normalised postings out (JSONL). One line for one line, in order.

use super::stages::{in_chunks, posting_of};
use crate::input::{jsonl, shown};
use crate::output;
use openvacancy_domain::ports::Normalise as _;
use openvacancy_domain::{Normalised, PortalId, Problem};
use openvacancy_normalise::Normaliser;
use rayon::prelude::*;
use serde::Serialize;
use std::io::Write as _;
use std::path::Path;

pub(super) fn run(file: &Path) -> anyhow::Result<()> {
    let normaliser = Normaliser::new();
    let place = shown(file);
    let mut lines = jsonl(file)?;
    let mut out = output::stdout();
    in_chunks(
        || Ok(lines.next_row()?.map(|row| (row.line, row.content.map(str::to_owned)))),
        |chunk| {
            let answers: Vec<String> =
                chunk.into_par_iter().map(|(at, line)| answer(&normaliser, &place, at, line)).collect();
            for answer in answers {
                writeln!(out, "{answer}")?;
            }
            Ok(())
        },
    )?;
    out.flush()?;
    Ok(())
}

/// One line of the answer.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Read {
        portal: PortalId,
        #[serde(skip_serializing_if = "Option::is_none")]
        portal_posting_id: Option<String>,
        job_title: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        job_link: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        employer: Option<String>,
        #[serde(flatten)]
        normalised: Box<Normalised>,
    },
    Refused {
        line: u64,
        error: Problem,
    },
}

fn answer(normaliser: &Normaliser, place: &str, at: u64, line: Result<String, Problem>) -> String {
    let answer = match line.and_then(|text| posting_of(place, at, &text)) {
        Err(error) => Answer::Refused { line: at, error },
        Ok(posting) => Answer::Read {
            normalised: Box::new(normaliser.normalise(&posting)),
            portal: posting.portal,
            portal_posting_id: posting.portal_posting_id,
            job_title: posting.title,
            job_link: posting.url,
            employer: posting.employer,
        },
    };
    serde_json::to_string(&answer).unwrap_or_else(|error| format!("{{\"error\":{{\"message\":\"{error}\"}}}}"))
}
