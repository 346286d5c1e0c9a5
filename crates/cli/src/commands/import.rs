//! `openvacancy import`: a file of advertisements into the store. Every row is accounted for:
//! read = stored + unchanged + rejected, each rejection with line and reason in a rejects file.

mod columns;
mod keep;
mod rejects;

use crate::args::Import;
use crate::context::{Context, instant};
use crate::failure::usage;
use crate::input::{self, CsvRows, Encoding, Form, ParquetRows, shown};
use crate::output;
use crate::progress::Work;
use anyhow::Context as _;
use columns::Columns;
use openvacancy_domain::ports::{RecordOutcome, SeenPosting, Store};
use openvacancy_domain::posting::FIELDS;
use openvacancy_domain::{PortalId, Posting, Problem, RunCounts, RunId, RunState, Stage, Timestamp};
use rejects::Rejects;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Postings recorded in one transaction.
const BATCH: usize = 2000;

pub(crate) fn run(context: &Context, words: &Import) -> anyhow::Result<()> {
    let portal = words.portal.as_deref().map(portal_id).transpose()?;
    let seen_at = words.as_of.as_deref().map(instant).transpose()?;
    let encoding = words.encoding.as_deref().map(Encoding::named).transpose()?.unwrap_or_default();
    let columns = Columns::parse(&words.map)?;
    let store = context.store()?;
    let counts = file(context, &*store, &Request { path: &words.file, portal, seen_at, encoding, columns })?;
    if words.json {
        return output::json(&counts);
    }
    output::line(&format!(
        "read {}, stored {}, unchanged {}, rejected {}",
        counts.read, counts.stored, counts.unchanged, counts.rejected
    ))
}

/// What is to be imported, and how it is to be read.
struct Request<'a> {
    path: &'a Path,
    portal: Option<PortalId>,
    seen_at: Option<Timestamp>,
    encoding: Encoding,
    columns: Columns,
}

fn portal_id(text: &str) -> anyhow::Result<PortalId> {
    PortalId::from_text(text).filter(|id| id.as_str() == text).ok_or_else(|| {
        usage(format!("'{text}' is not a portal id: lower-case words joined by hyphens, such as nhs-jobs"))
    })
}

fn file(context: &Context, store: &dyn Store, request: &Request<'_>) -> anyhow::Result<RunCounts> {
    let kept = keep::keep(request.path, &context.archive_dir().join("imports"))?;
    let versions = BTreeMap::from([
        ("file".to_owned(), shown(request.path)),
        ("sha256".to_owned(), kept.sha256.to_string()),
        ("mapping".to_owned(), request.columns.to_string()),
        ("program".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
    ]);
    let run = store.start_run(Stage::Import, request.portal.as_ref(), context.clock.now(), &versions)?;
    let mut import = Running {
        store,
        run,
        seen_at: request.seen_at,
        counts: RunCounts { bytes: kept.bytes, ..RunCounts::default() },
        batch: Vec::with_capacity(BATCH),
        problems: Vec::new(),
        rejects: Rejects::new(context.data_dir.join("rejects").join(rejects_name(run, request.path))),
        work: Work::start("import"),
    };
    let outcome = import.read(&kept.path, request).and_then(|()| import.flush());
    let (state, error) = match &outcome {
        Ok(()) => (RunState::Done, None),
        Err(error) => (RunState::Failed, Some(format!("{error:#}"))),
    };
    let rejects = std::mem::replace(&mut import.rejects, Rejects::new(PathBuf::new())).finish()?;
    store.finish_run(run, context.clock.now(), state, &import.counts, error.as_deref())?;
    if let Some(path) = rejects {
        output::say(&format!(
            "{} rows were rejected; line and reason of each: {}",
            import.counts.rejected,
            path.display()
        ));
    }
    outcome.with_context(|| {
        format!(
            "the import stopped after {} rows; what was stored stays, and importing the mended file goes on from there",
            import.counts.read
        )
    })?;
    Ok(import.counts)
}

fn rejects_name(run: RunId, path: &Path) -> String {
    let name = path.file_name().map_or_else(|| "stdin".into(), |name| name.to_string_lossy().into_owned());
    format!("run-{run}-{}.rejects.csv", if name == "-" { "stdin" } else { &name })
}

/// An import under way.
struct Running<'a> {
    store: &'a dyn Store,
    run: RunId,
    seen_at: Option<Timestamp>,
    counts: RunCounts,
    batch: Vec<SeenPosting>,
    problems: Vec<Problem>,
    rejects: Rejects,
    work: Work,
}

impl Running<'_> {
    fn read(&mut self, kept: &Path, request: &Request<'_>) -> anyhow::Result<()> {
        let mut reader = input::open(kept, request.encoding)?;
        // Messages name the file the person gave, not the copy that is read.
        let place = shown(request.path);
        let portal = request.portal.as_ref();
        match input::form(request.path, &mut reader)? {
            Form::Csv => {
                let mut rows = CsvRows::new(reader, place.clone())?;
                let fields = request.columns.resolve(rows.header())?;
                while let Some(row) = rows.next_row().with_context(|| format!("{place} cannot be read to its end"))? {
                    let (line, content) = (row.line, row.content);
                    let posting = content.and_then(|values| {
                        let named = fields.iter().map(String::as_str).zip(values.iter());
                        Posting::from_columns(named, portal).map_err(|error| field_problem(&place, line, &error))
                    });
                    self.take(line, posting)?;
                }
            }
            Form::Jsonl => {
                let mut lines = input::BoundedLines::new(reader, place.clone());
                while let Some(row) = lines.next_row().with_context(|| format!("{place} cannot be read to its end"))? {
                    let line = row.line;
                    let posting = row.content.and_then(|text| {
                        let value = serde_json::from_str(text)
                            .map_err(|error| Problem::new("not_json", format!("{place}:{line}"), error.to_string()))?;
                        Posting::from_json_with_portal(request.columns.rename(value), portal)
                            .map_err(|error| field_problem(&place, line, &error))
                    });
                    self.take(line, posting)?;
                }
            }
            Form::Parquet => {
                drop(reader);
                let mut rows = ParquetRows::open(kept, place.clone())?;
                let fields = parquet_fields(&rows, &request.columns, &place)?;
                while let Some(row) = rows.next_row().with_context(|| format!("{place} cannot be read to its end"))? {
                    let line = row.line;
                    let posting = row.content.and_then(|values| {
                        let named = fields.iter().map(String::as_str).zip(values.iter().map(String::as_str));
                        Posting::from_columns(named, portal).map_err(|error| field_problem(&place, line, &error))
                    });
                    self.take(line, posting)?;
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, line: u64, posting: Result<Posting, Problem>) -> anyhow::Result<()> {
        match posting {
            Ok(posting) => self.batch.push(SeenPosting { posting, seen_at: self.seen_at }),
            Err(problem) => {
                self.rejects.add(line, &problem)?;
                self.problems.push(problem);
            }
        }
        if self.batch.len() + self.problems.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Stores the batch. Counts move only when it is durable, so that they are true even of an import that is cut off.
    fn flush(&mut self) -> anyhow::Result<()> {
        let outcomes = self.store.record(self.run, &self.batch)?;
        self.store.add_problems(self.run, &self.problems)?;
        let unchanged = outcomes.iter().filter(|outcome| **outcome == RecordOutcome::Unchanged).count() as u64;
        self.counts.unchanged += unchanged;
        self.counts.stored += outcomes.len() as u64 - unchanged;
        self.counts.rejected += self.problems.len() as u64;
        self.counts.read += (self.batch.len() + self.problems.len()) as u64;
        self.batch.clear();
        self.problems.clear();
        self.work.set(self.counts.read, 0);
        tracing::debug!(run = self.run.0, read = self.counts.read, "batch stored");
        Ok(())
    }
}

/// The field of every column that is read. A column that cannot be text is named: an error where an advertisement would
/// lose a field by it, else a remark.
fn parquet_fields(rows: &ParquetRows, columns: &Columns, place: &str) -> anyhow::Result<Vec<String>> {
    let fields = columns.resolve(&rows.header())?;
    let mut others = Vec::new();
    for (at, name, kind) in rows.left_out() {
        if FIELDS.contains(&fields[at].as_str()) {
            anyhow::bail!(
                "{place}: column '{name}' is {kind}, and {} is text; name another column with --map {}=COLUMN, or write \
                 the column as text",
                fields[at],
                fields[at]
            );
        }
        others.push(format!("'{name}' is {kind}"));
    }
    if !others.is_empty() {
        output::say(&format!("left out, because they cannot be text: column {}", others.join(", ")));
    }
    Ok(rows.read().iter().map(|at| fields[*at].clone()).collect())
}

fn field_problem(place: &str, line: u64, error: &openvacancy_domain::posting::FieldError) -> Problem {
    Problem::new(error.code, format!("{place}:{line}"), error.message.clone()).in_field(&error.field)
}

/// Where the copy of an imported file lies.
struct Kept {
    path: PathBuf,
    sha256: openvacancy_domain::ContentHash,
    bytes: u64,
}
