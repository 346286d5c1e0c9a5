//! Building vacancies: coded postings stream by again, and a vacancy is built as soon as its last posting has passed.

use crate::corrections::Corrections;
use crate::error::{Doing, PipelineError};
use crate::grouping_stage::Keyed;
use crate::process::{Context, Tally};
use crate::progress::Step;
use crate::source::Source;
use crate::survivor::survivor;
use openvacancy_domain::ports::{Store, VacancyRecord};
use openvacancy_domain::{Cluster, PairDecision, PostingId, Problem, RunId};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// A vacancy some of whose postings have passed.
struct Open {
    expected: usize,
    sources: Vec<Source>,
    links: Vec<PairDecision>,
}

/// Builds and stores the new set and makes it the present one; false where the run was stopped before that.
pub(crate) fn assemble(
    context: &Context<'_>,
    corrections: &Corrections,
    clusters: Vec<Cluster>,
    tally: &mut Tally,
) -> Result<bool, PipelineError> {
    let Context { store, stages, options, progress, run } = *context;
    // Postings that stand alone need no entry but their number's.
    let mut of_posting: HashMap<PostingId, usize> = HashMap::with_capacity(tally.postings as usize);
    let mut open: BTreeMap<usize, Open> = BTreeMap::new();
    for (number, cluster) in clusters.into_iter().enumerate() {
        if cluster.members.len() > 1 {
            let sources = Vec::with_capacity(cluster.members.len());
            open.insert(number, Open { expected: cluster.members.len(), sources, links: cluster.links });
        }
        of_posting.extend(cluster.members.into_iter().map(|id| (id, number)));
    }

    store.begin_vacancies(run).doing("beginning the new set of vacancies")?;
    let (mut after, mut passed) = (0, 0_u64);
    loop {
        if options.cancelled() {
            return Ok(false);
        }
        let chunk = store.coded(after, options.chunk).doing("reading coded postings")?;
        let Some(last) = chunk.last() else { break };
        after = last.key();
        passed += chunk.len() as u64;
        let (sources, told): (Vec<Source>, Vec<(u64, Vec<Problem>)>) = chunk
            .into_par_iter()
            .map(|mut coded| {
                let mut problems = Vec::new();
                let applied = corrections.apply(&mut coded, stages, &mut problems);
                (Source::of(coded), (applied, problems))
            })
            .unzip();
        for (applied, problems) in told {
            tally.corrected += applied;
            tally.keep(problems);
        }
        let mut ready: Vec<(Vec<Source>, Vec<PairDecision>)> = Vec::new();
        for source in sources {
            // A posting coded after the search began is grouped by the next run.
            let Some(number) = of_posting.get(&source.id) else { continue };
            let Some(group) = open.get_mut(number) else {
                ready.push((vec![source], Vec::new()));
                continue;
            };
            group.sources.push(source);
            if group.sources.len() == group.expected
                && let Some(complete) = open.remove(number)
            {
                ready.push((complete.sources, complete.links));
            }
        }
        put(store, ready, run, tally)?;
        progress.done(Step::Assemble, passed);
    }
    // Only what was withdrawn from the store meanwhile is left waiting; the rest of its group still stands.
    let rest = open.into_values().map(|group| (group.sources, group.links)).collect();
    put(store, rest, run, tally)?;
    store.commit_vacancies(run).doing("making the new set of vacancies the present one")?;
    Ok(true)
}

fn put(
    store: &dyn Store,
    ready: Vec<(Vec<Source>, Vec<PairDecision>)>,
    run: RunId,
    tally: &mut Tally,
) -> Result<(), PipelineError> {
    let records: Vec<VacancyRecord> =
        ready.into_par_iter().filter_map(|(sources, links)| survivor(sources, links, run)).collect();
    tally.vacancies += records.len() as u64;
    tally.excluded += records.iter().filter(|record| record.vacancy.excluded_reason.is_some()).count() as u64;
    if records.is_empty() { Ok(()) } else { store.put_vacancies(run, &records).doing("storing vacancies") }
}
