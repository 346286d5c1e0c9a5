//! De-duplication as it is done without an index over the prose: all pairs within a block are compared letter by
//! letter. A block is all postings whose titles begin with the same word; two are joined where titles and beginnings
//! of the prose are alike.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// Likeness of titles (Jaro-Winkler) from which the prose is looked at.
const TITLE: f64 = 0.9;
/// Likeness of prose (Levenshtein over length) from which two postings are one.
const PROSE: f64 = 0.8;
/// Characters of prose that are compared.
const BEGINNING: usize = 400;

struct Posting {
    name: String,
    title: String,
    prose: String,
}

pub(super) fn run(file: &Path) -> anyhow::Result<()> {
    let mut postings = Vec::new();
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |field: &str| value.get(field).and_then(|field| field.as_str()).unwrap_or_default();
        let title = text("title").to_lowercase();
        blocks.entry(title.split(' ').next().unwrap_or_default().to_owned()).or_default().push(postings.len());
        postings.push(Posting {
            name: format!("{}|{}", text("portal"), text("portal_posting_id")),
            prose: text("description").to_lowercase().chars().take(BEGINNING).collect(),
            title,
        });
    }
    let mut cluster: Vec<usize> = (0..postings.len()).collect();
    for block in blocks.values() {
        for (i, &a) in block.iter().enumerate() {
            for &b in &block[i + 1..] {
                if alike(&postings[a], &postings[b]) {
                    let (from, to) = (root(&cluster, b), root(&cluster, a));
                    cluster[from.max(to)] = from.min(to);
                }
            }
        }
    }
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    out.write_record(["id", "cluster"])?;
    for (at, posting) in postings.iter().enumerate() {
        out.write_record([posting.name.as_str(), &root(&cluster, at).to_string()])?;
    }
    Ok(out.flush()?)
}

fn alike(a: &Posting, b: &Posting) -> bool {
    strsim::jaro_winkler(&a.title, &b.title) >= TITLE && strsim::normalized_levenshtein(&a.prose, &b.prose) >= PROSE
}

fn root(cluster: &[usize], mut at: usize) -> usize {
    while cluster[at] != at {
        at = cluster[at];
    }
    at
}
