//! How well duplicates are found: on the held-out half of the judged pairs, on the held-out made set, and how fast.
//!
//! `cargo run --release -p openvacancy-dedup --example evaluate [-- --errors] [--rounds N]`
//!
//! On a busy machine the processor time of N rounds less that of one, over N - 1, is the measure (`time`).

#![expect(clippy::print_stdout, reason = "a tool for the terminal, which stops where its data are not as described")]

mod made;

use made::judged::{Judgement, pairs};
use made::{COPIES, HARD, Half, make};
use openvacancy_dedup::Deduplicator;
use openvacancy_domain::ports::FindDuplicates;
use openvacancy_domain::{DedupRecord, PostingId};
use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

fn main() {
    let errors = std::env::args().any(|argument| argument == "--errors");
    let train = std::env::args().any(|argument| argument == "--train-half");
    let half = if train { Half::Train } else { Half::Test };
    let finder = Deduplicator::default();
    println!("{}", finder.version());
    judged(&finder, half, errors);
    made_set(&finder, half, errors);
    let mut arguments = std::env::args().skip_while(|argument| argument != "--rounds").skip(1);
    speed(&finder, arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(1));
}

fn judged(finder: &Deduplicator, half: Half, errors: bool) {
    let Some(pairs) = pairs(half) else {
        println!("SKIPPED judged pairs: the shared data are not beside the workspace");
        return;
    };
    let (mut right, mut wrong, mut missed, mut other) = (0, 0, 0, 0);
    for (a, b, judgement) in &pairs {
        let decision = finder.explain(a, b);
        let same = *judgement == Judgement::Same;
        match (decision.same, same) {
            (true, true) => right += 1,
            (true, false) => wrong += 1,
            (false, true) => missed += 1,
            (false, false) => other += 1,
        }
        if errors && decision.same != same {
            println!(
                "  {judgement:?}: {} | {} || {} | {}: {:.2} {:?}",
                a.title,
                a.location.as_deref().unwrap_or("-"),
                b.title,
                b.location.as_deref().unwrap_or("-"),
                decision.score,
                decision.reasons
            );
        }
    }
    println!(
        "judged pairs, {} of this half: joined rightly {right}, wrongly {wrong}, missed {missed}, kept apart rightly {other}; {}",
        pairs.len(),
        scores(right, wrong, missed)
    );
}

fn made_set(finder: &Deduplicator, half: Half, errors: bool) {
    let Some(set) = make(half) else {
        println!("SKIPPED made set: the shared data are not beside the workspace");
        return;
    };
    let records: Vec<DedupRecord> = set.iter().map(|made| made.record.clone()).collect();
    let clusters = finder.cluster(&records, &Default::default());
    let cluster_of: HashMap<&PostingId, usize> =
        clusters.iter().enumerate().flat_map(|(at, cluster)| cluster.members.iter().map(move |id| (id, at))).collect();
    let at: HashMap<&PostingId, usize> = set.iter().enumerate().map(|(at, made)| (&made.record.id, at)).collect();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut wrong_by: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for cluster in &clusters {
        for (i, a) in cluster.members.iter().enumerate() {
            for b in &cluster.members[i + 1..] {
                let (x, y) = (&set[at[a]], &set[at[b]]);
                if x.vacancy == y.vacancy {
                    right += 1;
                } else {
                    wrong += 1;
                    *wrong_by.entry((x.kind.min(y.kind), x.kind.max(y.kind))).or_default() += 1;
                    if errors {
                        let decision = finder.explain(&x.record, &y.record);
                        println!(
                            "  WRONG {} {}: {} | {} {:.2} {:?}",
                            x.kind, y.kind, x.record.title, y.record.title, decision.score, decision.reasons
                        );
                    }
                }
            }
        }
    }
    let mut vacancies: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, made) in set.iter().enumerate() {
        vacancies.entry(made.vacancy).or_default().push(at);
    }
    let mut found: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for members in vacancies.values() {
        let base = members.iter().find(|&&member| set[member].kind == "base");
        for (i, &x) in members.iter().enumerate() {
            for &y in &members[i + 1..] {
                let joined = cluster_of[&set[x].record.id] == cluster_of[&set[y].record.id];
                missed += u32::from(!joined);
                let changed = [x, y].into_iter().find(|member| Some(member) != base);
                if base.is_some_and(|base| [x, y].contains(base))
                    && let Some(changed) = changed
                {
                    let entry = found.entry(set[changed].kind).or_default();
                    entry.1 += 1;
                    entry.0 += u32::from(joined);
                    if errors && !joined {
                        let decision = finder.explain(&set[x].record, &set[y].record);
                        println!(
                            "  MISSED {}: {} | {} {:.2} {:?}",
                            set[changed].kind,
                            set[x].record.title,
                            set[y].record.title,
                            decision.score,
                            decision.reasons
                        );
                    }
                }
            }
        }
    }
    println!("made set, {} postings: {}", set.len(), scores(right, wrong, missed));
    for kind in COPIES {
        let (joined, all) = found.get(kind).copied().unwrap_or_default();
        println!("  {kind:18} {joined:5} of {all:5} found ({:.1}%)", 100.0 * f64::from(joined) / f64::from(all.max(1)));
    }
    for kind in HARD {
        let strangers: Vec<_> = set.iter().filter(|made| made.kind == kind).collect();
        let joined = strangers.iter().filter(|made| clusters[cluster_of[&made.record.id]].members.len() > 1).count();
        println!(
            "  {kind:18} {joined:5} of {:5} joined to something ({:.1}%)",
            strangers.len(),
            100.0 * joined as f64 / strangers.len().max(1) as f64
        );
    }
    for ((a, b), count) in wrong_by {
        println!("  wrongly joined {a} + {b}: {count}");
    }
}

fn speed(finder: &Deduplicator, rounds: u32) {
    let (Some(a), Some(b)) = (make(Half::Train), make(Half::Test)) else { return };
    let records: Vec<DedupRecord> = a.into_iter().chain(b).map(|made| made.record).collect();
    let bytes: usize = records.iter().filter_map(|record| record.description.as_ref()).map(String::len).sum();
    let profiles: Vec<_> = records.iter().map(openvacancy_dedup::Profile::of).collect();
    let pairs = finder.candidates(&profiles).len();
    println!("{pairs} candidate pairs, {:.1} a posting", pairs as f64 / records.len() as f64);
    drop(profiles);
    for _ in 0..rounds {
        let start = Instant::now();
        let clusters = finder.cluster(&records, &Default::default());
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{} postings, {} bytes of prose each, {} clusters: {seconds:.2} s, {:.0} postings/s",
            records.len(),
            bytes / records.len().max(1),
            clusters.len(),
            records.len() as f64 / seconds
        );
    }
}

fn scores(right: u32, wrong: u32, missed: u32) -> String {
    let share = |of: u32| f64::from(right) / f64::from((right + of).max(1));
    let (precision, recall) = (share(wrong), share(missed));
    format!(
        "precision {precision:.3}, recall {recall:.3}, F1 {:.3}",
        2.0 * precision * recall / (precision + recall).max(1e-9)
    )
}
