//! `openvacancy normalise`: postings in (JSONL), normalised postings out (JSONL). One line for one line, in order.

use super::stages::in_chunks;
use crate::input::jsonl;
use crate::output;
use openvacancy_domain::ports::Normalise as _;
use openvacancy_domain::{Normalised, PortalId, Posting, Problem};
use openvacancy_normalise::Normaliser;
use rayon::prelude::*;
use serde::Serialize;
use std::io::Write as _;
use std::path::Path;

pub(super) fn run(file: &Path) -> anyhow::Result<()> {
    let normaliser = Normaliser::new();
    let mut lines = jsonl(file)?;
    let mut out = output::stdout();
    in_chunks(
        || {
            Ok(lines.next_row()?.map(|row| {
                let at = row.line;
                row.content.map(str::to_owned).map_err(|problem| Answer::refused(at, problem))
            }))
        },
        |chunk| {
            let answers: Vec<String> = chunk.into_par_iter().map(|line| answer(&normaliser, line)).collect();
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

impl Answer {
    fn refused(line: u64, error: Problem) -> Self {
        Self::Refused { line, error }
    }
}

fn answer(normaliser: &Normaliser, line: Result<String, Answer>) -> String {
    let answer = match line {
        Err(refused) => refused,
        Ok(text) => match read(&text) {
            Err(problem) => Answer::refused(0, problem),
            Ok(posting) => Answer::Read {
                normalised: Box::new(normaliser.normalise(&posting)),
                portal: posting.portal,
                portal_posting_id: posting.portal_posting_id,
                job_title: posting.title,
                job_link: posting.url,
                employer: posting.employer,
            },
        },
    };
    serde_json::to_string(&answer).unwrap_or_else(|error| format!("{{\"error\":{{\"message\":\"{error}\"}}}}"))
}

fn read(text: &str) -> Result<Posting, Problem> {
    let value = serde_json::from_str(text).map_err(|error| Problem::new("not_json", "line", error.to_string()))?;
    Posting::from_json_with_portal(value, None)
        .map_err(|error| Problem::new(error.code, "line", error.message.clone()).in_field(&error.field))
}
