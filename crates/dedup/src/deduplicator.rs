//! The whole: records in, clusters out.

use crate::blocking::candidates;
use crate::boilerplate::Boilerplate;
use crate::cluster::{Edge, Groups};
use crate::features::Comparison;
use crate::options::Options;
use crate::profile::Profile;
use crate::reasons::reasons;
use crate::relation::{Verdict, weigh, weigh_compared};
use crate::weights;
use openvacancy_domain::dedup::LinkRules;
use openvacancy_domain::ports::{DuplicateSearch, FindDuplicates};
use openvacancy_domain::{Cluster, DedupRecord, PairDecision, PostingId};
use rayon::prelude::*;
use std::cmp::Ordering;

/// Version of the rules; changes whenever the same records could group otherwise.
const RULES: &str = "1";

/// Finds postings that are the same vacancy.
#[derive(Debug, Clone)]
pub struct Deduplicator {
    options: Options,
    version: String,
}

impl Default for Deduplicator {
    fn default() -> Self {
        Self::new(Options::default())
    }
}

impl Deduplicator {
    /// A finder that follows `options`.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let departures = options.departures();
        let mut version = format!("dedup-{RULES}.{}", weights::VERSION);
        if !departures.is_empty() {
            version.push_str(&format!(" ({departures})"));
        }
        Self { options, version }
    }

    /// The rules it follows.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The verdict on two profiles. Where the set they come from is known, mark it first: [`Boilerplate::mark`].
    #[must_use]
    pub fn weigh(&self, a: &Profile, b: &Profile) -> Verdict {
        weigh(a, b, &self.options)
    }

    /// Pairs of profiles, by position, that are worth comparing: each once, the smaller position first.
    #[must_use]
    pub fn candidates(&self, profiles: &[Profile]) -> Vec<(u32, u32)> {
        candidates(profiles, &self.options)
    }

    /// Groups profiles. Every one is in exactly one cluster; the earliest member of each comes first, and the clusters go
    /// by their earliest members.
    #[must_use]
    pub fn cluster_profiles(&self, mut profiles: Vec<Profile>, rules: &LinkRules) -> Vec<Cluster> {
        // From here on records are numbered by id, so that the order they came in is forgotten.
        // Two records of one id that differ in nothing but small print are told apart by all they hold.
        profiles.par_sort_by(|a, b| {
            (&a.id, a.age(), &a.title.whole)
                .cmp(&(&b.id, b.age(), &b.title.whole))
                .then_with(|| if a == b { Ordering::Equal } else { format!("{a:?}").cmp(&format!("{b:?}")) })
        });
        Boilerplate::mark(&mut profiles);
        let profiles = profiles;
        let find = |id: &PostingId| profiles.binary_search_by(|profile| profile.id.cmp(id)).ok().map(|at| at as u32);
        let numbered = |pairs: &[(PostingId, PostingId)]| {
            let mut found: Vec<(u32, u32)> = pairs
                .iter()
                .filter_map(|(a, b)| Some((find(a)?, find(b)?)))
                .map(|(a, b)| (a.min(b), a.max(b)))
                .filter(|(a, b)| a != b)
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let cannot = numbered(&rules.cannot);
        let mut groups = Groups::new(profiles.len(), &cannot);
        for at in 1..profiles.len() {
            if profiles[at].id == profiles[at - 1].id {
                groups.bind(Edge { score: 1.0, a: at as u32 - 1, b: at as u32 });
            }
        }
        let must = numbered(&rules.must);
        for &(a, b) in &must {
            groups.bind(Edge { score: 1.0, a, b });
        }

        let mut edges: Vec<(Edge, u32)> = candidates(&profiles, &self.options)
            .into_par_iter()
            .filter_map(|(a, b)| {
                let (left, right) = (&profiles[a as usize], &profiles[b as usize]);
                let verdict = weigh(left, right, &self.options);
                let days = left.days_apart(right).unwrap_or(0);
                verdict.same(&self.options).then_some((Edge { score: verdict.score, a, b }, days))
            })
            .collect();
        // The surest first; of equal ones those closer in time, so that nine copies pair off one to one.
        edges.par_sort_by(|(x, x_days), (y, y_days)| {
            y.score.total_cmp(&x.score).then(x_days.cmp(y_days)).then((x.a, x.b).cmp(&(y.a, y.b)))
        });
        for (edge, _) in edges {
            groups.join(edge, &profiles, &self.options);
        }
        self.collect(&profiles, groups, &must)
    }

    fn collect(&self, profiles: &[Profile], mut groups: Groups, must: &[(u32, u32)]) -> Vec<Cluster> {
        let roots = groups.roots();
        let mut order: Vec<u32> = (0..profiles.len() as u32).collect();
        order.par_sort_by_key(|&at| (roots[at as usize], profiles[at as usize].age(), at));
        let mut joined = std::mem::take(&mut groups.joined);
        joined.sort_by_key(|edge| (roots[edge.a as usize], edge.a, edge.b));
        let decisions: Vec<(u32, PairDecision)> = joined
            .par_iter()
            .filter(|edge| profiles[edge.a as usize].id != profiles[edge.b as usize].id)
            .map(|edge| {
                let (a, b) = (&profiles[edge.a as usize], &profiles[edge.b as usize]);
                let reviewed = must.binary_search(&(edge.a, edge.b)).is_ok();
                (roots[edge.a as usize], self.decision(a, b, reviewed))
            })
            .collect();
        let mut links = decisions.into_iter().peekable();
        let mut clusters: Vec<(Cluster, u32)> = order
            .chunk_by(|&a, &b| roots[a as usize] == roots[b as usize])
            .map(|members| {
                let root = roots[members[0] as usize];
                let mut own = Vec::new();
                while let Some((_, decision)) = links.next_if(|(of, _)| *of == root) {
                    own.push(decision);
                }
                let ids = members.iter().map(|&at| profiles[at as usize].id.clone()).collect();
                (Cluster { members: ids, links: own }, members[0])
            })
            .collect();
        clusters.par_sort_by_key(|&(_, first)| (profiles[first as usize].age(), first));
        clusters.into_iter().map(|(cluster, _)| cluster).collect()
    }

    fn decision(&self, a: &Profile, b: &Profile, reviewed: bool) -> PairDecision {
        let comparison = Comparison::of(a, b);
        let verdict = weigh_compared(a, b, &comparison, &self.options);
        let mut reasons = reasons(a, b, &comparison, &verdict);
        if reviewed {
            reasons.insert(0, "a reviewer said so".to_owned());
        }
        PairDecision {
            a: a.id.clone(),
            b: b.id.clone(),
            score: if reviewed { 1.0 } else { verdict.score },
            same: reviewed || verdict.same(&self.options),
            reasons,
        }
    }
}

impl FindDuplicates for Deduplicator {
    fn cluster(&self, records: &[DedupRecord], rules: &LinkRules) -> Vec<Cluster> {
        self.cluster_profiles(records.par_iter().map(Profile::of).collect(), rules)
    }

    fn explain(&self, a: &DedupRecord, b: &DedupRecord) -> PairDecision {
        self.decision(&Profile::of(a), &Profile::of(b), false)
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn begin(&self) -> Box<dyn DuplicateSearch + '_> {
        Box::new(Search { finder: self, profiles: Vec::new() })
    }
}

/// Keeps profiles only; the prose goes with the records.
struct Search<'a> {
    finder: &'a Deduplicator,
    profiles: Vec<Profile>,
}

impl DuplicateSearch for Search<'_> {
    fn add(&mut self, records: &[DedupRecord]) {
        self.profiles.par_extend(records.par_iter().map(Profile::of));
    }

    fn finish(self: Box<Self>, rules: &LinkRules) -> Vec<Cluster> {
        self.finder.cluster_profiles(self.profiles, rules)
    }
}
