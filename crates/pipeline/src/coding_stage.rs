//! Normalising and coding what is pending: while one chunk is computed, the next is read and the former written.

use crate::error::{Doing, PipelineError};
use crate::process::{Context, Tally};
use crate::progress::Step;
use crate::stages::Stages;
use openvacancy_domain::ports::{CodedPosting, StageVersions, StoredPosting};
use openvacancy_domain::{CodingContext, Problem, StoreError};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::sync_channel;
use std::thread;

/// Codes all that is pending. Stops between chunks when asked to; what was written stays.
pub(crate) fn code_pending(context: &Context<'_>, tally: &mut Tally) -> Result<(), PipelineError> {
    let Context { store, stages, options, progress, run } = *context;
    let versions =
        StageVersions { rules: stages.normalise.version().to_owned(), coder: stages.code.version().to_owned() };
    progress.begin(Step::Code, store.pending_count(&versions).doing("counting pending postings")?);
    let versions = &versions;
    let outcome = thread::scope(|scope| {
        // One chunk waits on each side; with the one being computed, three are in memory.
        let (read, chunks) = sync_channel::<Result<Vec<StoredPosting>, StoreError>>(1);
        scope.spawn(move || {
            let mut after = 0;
            while !options.cancelled() {
                let chunk = store.pending(versions, after, options.chunk);
                let last = chunk.as_ref().ok().and_then(|rows| rows.last()).map(|row| row.key);
                // A closed channel means the run has stopped.
                if read.send(chunk).is_err() || last.is_none() {
                    return;
                }
                after = last.unwrap_or(after);
            }
        });
        let (write, results) = sync_channel::<(Vec<CodedPosting>, Vec<Problem>)>(1);
        let writer = scope.spawn(move || -> Result<(), PipelineError> {
            for (coded, problems) in results {
                store.put_coded(run, versions, &coded).doing("storing coded postings")?;
                if !problems.is_empty() {
                    store.add_problems(run, &problems).doing("keeping problems")?;
                }
            }
            Ok(())
        });
        let mut stopped = Ok(());
        for chunk in chunks {
            let chunk = match chunk.doing("reading pending postings") {
                Ok(chunk) => chunk,
                Err(error) => {
                    stopped = Err(error);
                    break;
                }
            };
            let (coded, problems) = code_chunk(&chunk, stages);
            tally.coded += coded.len() as u64;
            tally.rejected += problems.len() as u64;
            if write.send((coded, problems)).is_err() {
                break;
            }
            progress.done(Step::Code, tally.coded + tally.rejected);
        }
        drop(write);
        let written = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        stopped.and(written)
    });
    progress.end(Step::Code);
    outcome
}

/// Reads and codes one chunk on all cores, in order. A posting on which a stage breaks is a problem; the others go on.
fn code_chunk(chunk: &[StoredPosting], stages: &Stages<'_>) -> (Vec<CodedPosting>, Vec<Problem>) {
    let results: Vec<Result<CodedPosting, Problem>> = chunk
        .par_iter()
        .map(|stored| {
            catch_unwind(AssertUnwindSafe(|| code_one(stored, stages))).map_err(|_| {
                Problem::new(
                    "stage_failed",
                    stored.posting.id().to_string(),
                    "this posting broke a stage and was left out; report it with its content",
                )
            })
        })
        .collect();
    let (mut coded, mut problems) = (Vec::with_capacity(results.len()), Vec::new());
    for result in results {
        match result {
            Ok(one) => coded.push(one),
            Err(problem) => problems.push(problem),
        }
    }
    (coded, problems)
}

fn code_one(stored: &StoredPosting, stages: &Stages<'_>) -> CodedPosting {
    let posting = &stored.posting;
    let normalised = stages.normalise.normalise(posting);
    let context = CodingContext {
        description: posting.description.as_deref(),
        employer: posting.employer.as_deref(),
        category: posting.category.as_deref(),
        salary: posting.salary.as_deref(),
        wage_annual: normalised.pay.wage_annual_gbp,
        location: posting.location.as_deref(),
    };
    let coding = stages.code.code(&posting.title, &context);
    CodedPosting { key: stored.key, content_hash: stored.content_hash.clone(), normalised, coding }
}
