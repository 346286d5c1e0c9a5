//! Clusters without chains: from the surest pair down, two groups are merged only if no rule keeps any of their members
//! apart and they are alike on the whole, not just where they touch.

use crate::options::Options;
use crate::profile::Profile;
use crate::relation::weigh;
use std::collections::HashMap;

/// Members of a group that are compared when it grows; a group of fifty copies needs no 2,500 comparisons.
const LOOKED_AT: usize = 12;

/// A pair that is to be joined.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) score: f32,
    pub(crate) a: u32,
    pub(crate) b: u32,
}

/// Groups of record numbers with the edges that joined them.
pub(crate) struct Groups {
    parent: Vec<u32>,
    members: HashMap<u32, Vec<u32>>,
    /// Pairs that must not come together, by both records.
    apart: HashMap<u32, Vec<u32>>,
    pub(crate) joined: Vec<Edge>,
}

impl Groups {
    pub(crate) fn new(records: usize, apart: &[(u32, u32)]) -> Self {
        let mut by_record: HashMap<u32, Vec<u32>> = HashMap::new();
        for &(a, b) in apart {
            by_record.entry(a).or_default().push(b);
            by_record.entry(b).or_default().push(a);
        }
        Self { parent: (0..records as u32).collect(), members: HashMap::new(), apart: by_record, joined: Vec::new() }
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let up = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = up;
            at = up;
        }
        at
    }

    fn members_of(&self, root: u32) -> Vec<u32> {
        self.members.get(&root).cloned().unwrap_or_else(|| vec![root])
    }

    /// Joins two records whatever their likeness, unless a reviewer said they are apart.
    pub(crate) fn bind(&mut self, edge: Edge) {
        let (a, b) = (self.root(edge.a), self.root(edge.b));
        if a != b && !self.kept_apart(a, b) {
            self.merge(a, b, edge);
        }
    }

    /// Joins two records if their groups agree.
    pub(crate) fn join(&mut self, edge: Edge, profiles: &[Profile], options: &Options) {
        let (a, b) = (self.root(edge.a), self.root(edge.b));
        if a == b || self.kept_apart(a, b) {
            return;
        }
        let (left, right) = (self.members_of(a), self.members_of(b));
        if left.len() + right.len() > 2 {
            let (mut sum, mut count) = (0.0_f64, 0_u32);
            for &x in left.iter().take(LOOKED_AT) {
                for &y in right.iter().take(LOOKED_AT) {
                    let verdict = weigh(&profiles[x as usize], &profiles[y as usize], options);
                    if verdict.forbids() {
                        return;
                    }
                    sum += f64::from(verdict.score);
                    count += 1;
                }
            }
            if sum < f64::from(options.cohesion) * f64::from(count) {
                return;
            }
        }
        self.merge(a, b, edge);
    }

    fn kept_apart(&mut self, a: u32, b: u32) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let against: Vec<u32> =
            self.members_of(a).iter().filter_map(|member| self.apart.get(member)).flatten().copied().collect();
        against.into_iter().any(|other| self.root(other) == b)
    }

    fn merge(&mut self, a: u32, b: u32, edge: Edge) {
        let (keep, lose) = (a.min(b), a.max(b));
        let mut all = self.members.remove(&keep).unwrap_or_else(|| vec![keep]);
        all.extend(self.members.remove(&lose).unwrap_or_else(|| vec![lose]));
        all.sort_unstable();
        self.members.insert(keep, all);
        self.parent[lose as usize] = keep;
        self.joined.push(edge);
    }

    /// The group of each record, by the number of its first record.
    pub(crate) fn roots(&mut self) -> Vec<u32> {
        (0..self.parent.len() as u32).map(|at| self.root(at)).collect()
    }
}
