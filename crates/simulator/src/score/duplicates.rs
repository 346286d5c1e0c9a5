//! Judges which postings were joined into one vacancy, pair by pair.

use super::Measure;
use crate::truth::TruthPosting;
use openvacancy_domain::{PostingId, VacancyId};
use std::collections::BTreeMap;

pub(super) fn judge(truth: &BTreeMap<&PostingId, &TruthPosting>, links: &[(PostingId, VacancyId)]) -> Vec<Measure> {
    let mut wanted: BTreeMap<u32, u64> = BTreeMap::new();
    let mut given: BTreeMap<&VacancyId, u64> = BTreeMap::new();
    let mut both: BTreeMap<(&VacancyId, u32), u64> = BTreeMap::new();
    let mut groups: BTreeMap<u32, u64> = BTreeMap::new();
    let mut same_group: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    let mut joined_group: BTreeMap<(&VacancyId, u32), u64> = BTreeMap::new();
    let mut joined_same: BTreeMap<(&VacancyId, u32, u32), u64> = BTreeMap::new();
    for (posting, vacancy) in links {
        let Some(truth) = truth.get(posting) else { continue };
        *wanted.entry(truth.vacancy).or_default() += 1;
        *given.entry(vacancy).or_default() += 1;
        *both.entry((vacancy, truth.vacancy)).or_default() += 1;
        if let Some(group) = truth.group {
            *groups.entry(group).or_default() += 1;
            *same_group.entry((group, truth.vacancy)).or_default() += 1;
            *joined_group.entry((vacancy, group)).or_default() += 1;
            *joined_same.entry((vacancy, group, truth.vacancy)).or_default() += 1;
        }
    }
    let look_alikes = pairs(groups.values()) - pairs(same_group.values());
    let joined = pairs(joined_group.values()) - pairs(joined_same.values());
    let stage = "duplicates";
    vec![
        Measure {
            stage,
            name: "pairs of one vacancy",
            of: pairs(wanted.values()),
            given: pairs(given.values()),
            right: pairs(both.values()),
        },
        Measure {
            stage,
            name: "look-alikes kept apart",
            of: look_alikes,
            given: look_alikes,
            right: look_alikes - joined,
        },
    ]
}

/// Pairs within groups of these sizes.
fn pairs<'a>(sizes: impl Iterator<Item = &'a u64>) -> u64 {
    sizes.map(|size| size * (size - 1) / 2).sum()
}
