//! What a portal description finds on sample pages, field by field: what `openvacancy portal check` prints.
//!
//! A portal's folder keeps pages under `samples/`, and `samples/samples.toml` says for each what a file cannot say of
//! itself: its address, status and `Content-Type`. A page that is not named there is read as a file of unknown address.

use crate::{Document, Kind, Parsed, PortalSpec, parse};
use openvacancy_domain::{Posting, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// One sample page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// File name under `samples/`.
    pub file: String,
    /// The address it came from.
    pub url: Option<String>,
    /// HTTP status.
    #[serde(default = "ok")]
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// When it was fetched.
    pub fetched_at: Option<Timestamp>,
}

fn ok() -> u16 {
    200
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default)]
    sample: Vec<Sample>,
}

/// Why samples cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A file cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's word.
        #[source]
        source: std::io::Error,
    },
    /// `samples.toml` cannot be read.
    #[error("{path}: {message}")]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        message: String,
    },
}

/// What was found of one field over all samples of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldRow {
    /// The document, as portal.toml names it.
    pub document: String,
    /// The field.
    pub field: String,
    /// Postings that have it.
    pub found: usize,
    /// Postings read.
    pub of: usize,
    /// The first value found, shortened.
    pub example: String,
}

/// What one sample was found to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SampleRow {
    /// File name.
    pub file: String,
    /// What it is.
    pub kind: Kind,
    /// Postings read.
    pub postings: usize,
    /// Links found.
    pub links: usize,
    /// Everything that could not be used, in words.
    pub problems: Vec<String>,
}

/// The outcome of a check. Its `Display` is an aligned table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Sample by sample.
    pub samples: Vec<SampleRow>,
    /// Field by field.
    pub fields: Vec<FieldRow>,
}

/// The samples of a folder, in name order, each with its bytes.
///
/// # Errors
/// [`CheckError`].
pub fn samples(dir: &Path) -> Result<Vec<(Sample, Vec<u8>)>, CheckError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| CheckError::Io { path, source }
    };
    let manifest = dir.join("samples.toml");
    let mut named: BTreeMap<String, Sample> = BTreeMap::new();
    if manifest.is_file() {
        let text = std::fs::read_to_string(&manifest).map_err(io(&manifest))?;
        let read: Manifest = toml::from_str(&text)
            .map_err(|error| CheckError::Manifest { path: manifest.clone(), message: error.to_string() })?;
        named.extend(read.sample.into_iter().map(|sample| (sample.file.clone(), sample)));
    }
    for entry in std::fs::read_dir(dir).map_err(io(dir))?.filter_map(Result::ok) {
        let file = entry.file_name().to_string_lossy().into_owned();
        if file != "samples.toml" && entry.path().is_file() {
            let unnamed = Sample { file: file.clone(), url: None, status: 200, content_type: None, fetched_at: None };
            named.entry(file).or_insert(unnamed);
        }
    }
    named
        .into_values()
        .map(|sample| {
            let path = dir.join(&sample.file);
            let bytes = std::fs::read(&path).map_err(io(&path))?;
            Ok((sample, bytes))
        })
        .collect()
}

/// Reads one sample.
#[must_use]
pub fn parse_sample(spec: &PortalSpec, sample: &Sample, bytes: &[u8]) -> Parsed {
    let document = Document {
        url: sample.url.as_deref(),
        redirected_to: None,
        status: sample.status,
        content_type: sample.content_type.as_deref(),
        bytes,
        fetched_at: sample.fetched_at,
    };
    parse(spec, &document)
}

/// Reads every sample of `dir` and counts what is found.
///
/// # Errors
/// [`CheckError`] where the samples cannot be read; what is wrong with the pages themselves stands in the report.
pub fn check(spec: &PortalSpec, dir: &Path) -> Result<Report, CheckError> {
    let mut rows = Vec::new();
    let mut counts: BTreeMap<(usize, String), (usize, usize, String)> = BTreeMap::new();
    for (sample, bytes) in samples(dir)? {
        let parsed = parse_sample(spec, &sample, &bytes);
        if let Some(at) = parsed.document.as_ref().and_then(|name| spec.document_names().iter().position(|n| n == name))
        {
            for rules in &spec.documents[at].fields {
                let row = counts.entry((at, rules.name.clone())).or_default();
                for posting in &parsed.postings {
                    row.1 += 1;
                    if let Some(value) = value_of(posting, &rules.name) {
                        row.0 += 1;
                        if row.2.is_empty() {
                            row.2 = shortened(&value);
                        }
                    }
                }
            }
        }
        let mut problems: Vec<String> =
            parsed.rejected.iter().chain(&parsed.problems).map(ToString::to_string).collect();
        problems.extend(parsed.gone.iter().map(|gone| format!("gone: {}", gone.reason)));
        problems.extend(parsed.blocked.iter().map(|reason| format!("blocked: {reason}")));
        rows.push(SampleRow {
            file: sample.file,
            kind: parsed.kind,
            postings: parsed.postings.len(),
            links: parsed.links.len(),
            problems,
        });
    }
    let names = spec.document_names();
    let fields = counts
        .into_iter()
        .map(|((at, field), (found, of, example))| FieldRow {
            document: names[at].to_owned(),
            field,
            found,
            of,
            example,
        })
        .collect();
    Ok(Report { samples: rows, fields })
}

fn value_of(posting: &Posting, field: &str) -> Option<String> {
    let json = serde_json::to_value(posting).ok()?;
    let value = match field.strip_prefix("extra.") {
        Some(name) => json.get("extra")?.get(name)?.clone(),
        None => json.get(field)?.clone(),
    };
    match value {
        Value::String(text) => (!text.is_empty()).then_some(text),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

fn shortened(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 48 { line } else { format!("{}…", line.chars().take(47).collect::<String>()) }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<28} {:<13} {:>8} {:>6}  problems", "sample", "kind", "postings", "links")?;
        for row in &self.samples {
            let kind = format!("{:?}", row.kind).to_lowercase();
            let problems = row.problems.join("; ");
            writeln!(f, "{:<28} {kind:<13} {:>8} {:>6}  {problems}", row.file, row.postings, row.links)?;
        }
        writeln!(f, "\n{:<12} {:<18} {:>9}  example", "document", "field", "found")?;
        for row in &self.fields {
            let found = format!("{}/{}", row.found, row.of);
            writeln!(f, "{:<12} {:<18} {found:>9}  {}", row.document, row.field, row.example)?;
        }
        Ok(())
    }
}
