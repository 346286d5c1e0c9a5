//! Prints what was read from every nth advertisement of a file, with the words it was read from: for reading by eye.
//!
//! `cargo run -p openvacancy-normalise --example evidence -- FILE.csv.gz [STEP] [FIELD]`

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, reason = "an example prints")]

#[path = "../tests/support/mod.rs"]
mod support;

use openvacancy_domain::ports::Normalise;
use openvacancy_normalise::Normaliser;
use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next().map(PathBuf::from) else {
        eprintln!("name a file: evidence FILE.csv.gz [STEP] [FIELD]");
        return;
    };
    let step = arguments.next().and_then(|step| step.parse().ok()).unwrap_or(50);
    let field = arguments.next();
    let normaliser = Normaliser::new();
    for row in support::rows(&path).iter().step_by(step) {
        let posting = support::posting(row);
        let found = normaliser.normalise(&posting);
        let value = match field.as_deref() {
            Some("education") => format!("{:?}", found.education),
            Some("experience") => format!("{:?}", found.experience),
            Some("sector") => format!("{:?} {:?} {:?}", posting.employer, posting.category, found.sector),
            Some("skills") => {
                format!("{:?}", found.skills.iter().map(|skill| (&skill.label, &skill.matched)).collect::<Vec<_>>())
            }
            Some("excluded") => match found.excluded_reason {
                Some(reason) => reason,
                None => continue,
            },
            Some("wage") => format!("{:?} | {:?}", posting.salary, found.pay),
            Some(name) => format!("{:?}", found.evidence.get(name)),
            None => serde_json::to_string(&found).unwrap(),
        };
        let words = field.as_deref().and_then(|field| found.evidence.get(field)).map_or("", String::as_str);
        println!("{} | {value} | {words}", posting.title);
    }
}
