//! Finding the postings that are one vacancy: coded postings stream by, the search keeps what it needs of each.

use crate::corrections::Corrections;
use crate::error::{Doing, PipelineError};
use crate::process::{Context, Tally};
use crate::progress::Step;
use crate::record::dedup_record;
use openvacancy_domain::ports::StoredCoding;
use openvacancy_domain::{Cluster, DedupRecord, Problem};
use rayon::prelude::*;

/// Groups all coded postings; `None` where the run was stopped.
pub(crate) fn group(
    context: &Context<'_>,
    corrections: &Corrections,
    tally: &mut Tally,
) -> Result<Option<Vec<Cluster>>, PipelineError> {
    let Context { store, stages, options, progress, .. } = *context;
    let rules = store.link_rules().doing("reading reviewers' links")?;
    let mut search = stages.duplicates.begin();
    let mut after = 0;
    loop {
        if options.cancelled() {
            return Ok(None);
        }
        let mut chunk = store.coded(after, options.chunk).doing("reading coded postings")?;
        let Some(last) = chunk.last() else { break };
        after = last.key();
        let records: Vec<DedupRecord> = chunk
            .par_iter_mut()
            .map(|coded| {
                // Problems of corrections are told once, when vacancies are built.
                corrections.apply(coded, stages, &mut Vec::<Problem>::new());
                record(coded)
            })
            .collect();
        search.add(&records);
        tally.postings += records.len() as u64;
        progress.done(Step::Group, tally.postings);
    }
    Ok(Some(search.finish(&rules)))
}

/// A coded posting for the search, with the sightings the store knows.
fn record(coded: &StoredCoding) -> DedupRecord {
    DedupRecord {
        first_seen: coded.posting.first_seen,
        last_seen: coded.posting.last_seen,
        ..dedup_record(&coded.posting.posting, &coded.normalised, &coded.coding)
    }
}

/// The key pages go by.
pub(crate) trait Keyed {
    fn key(&self) -> i64;
}

impl Keyed for StoredCoding {
    fn key(&self) -> i64 {
        self.posting.key
    }
}
