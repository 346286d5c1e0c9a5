//! Which pairs are worth comparing, in near-linear time.
//!
//! Every record stands under several keys: reference, address, bands of its prose signatures, and title, employer,
//! place and occupation in combinations. Records that share a key form a block. Small blocks are compared in full; in a
//! large one each record is compared with its neighbours in three orders (sorted neighbourhood, Hernández and Stolfo
//! 1995): by place and day, by prose, and by title. So a block of n costs n times a constant.

use crate::options::Options;
use crate::profile::Profile;
use crate::prose::{OPENING_BANDS, SHINGLE_BANDS, TERM_BANDS};
use crate::text::pair;
use rayon::prelude::*;

/// Pairs `(a, b)` with `a < b`, each once, in order.
pub(crate) fn candidates(profiles: &[Profile], options: &Options) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut add = |key: &(dyn Fn(&Profile) -> Option<u64> + Sync)| {
        pairs.extend(block(profiles, options, key));
        // Bands propose the same pairs again and again; folding them in as they come bounds the memory.
        if pairs.len() > 16 * profiles.len() {
            pairs.par_sort_unstable();
            pairs.dedup();
        }
    };
    add(&|p| p.reference);
    add(&|p| p.url);
    for band in 0..SHINGLE_BANDS {
        add(&|p| Some(u64::from(p.prose.as_ref()?.shingle_bands[band])));
    }
    for band in 0..OPENING_BANDS {
        add(&|p| Some(u64::from(p.prose.as_ref()?.opening_bands[band])));
    }
    for band in 0..TERM_BANDS {
        add(&|p| Some(u64::from(p.prose.as_ref()?.term_bands.as_ref()?[band])));
    }
    add(&|p| Some(pair(p.title.key(), p.place.key()?)));
    add(&|p| Some(pair(p.title.key(), p.employer.as_ref()?.key())));
    add(&|p| Some(pair(pair(p.employer.as_ref()?.key(), p.place.key()?), u64::from(p.soc?))));
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs of all blocks of one key.
fn block(profiles: &[Profile], options: &Options, key: &(dyn Fn(&Profile) -> Option<u64> + Sync)) -> Vec<(u32, u32)> {
    let mut keyed: Vec<(u64, u32)> =
        profiles.par_iter().enumerate().filter_map(|(at, profile)| key(profile).map(|key| (key, at as u32))).collect();
    keyed.par_sort_unstable();
    let blocks: Vec<&[(u64, u32)]> = keyed.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1).collect();
    blocks
        .par_iter()
        .flat_map_iter(|block| {
            let members: Vec<u32> = block.iter().map(|&(_, at)| at).collect();
            within(profiles, members, options)
        })
        .collect()
}

fn within(profiles: &[Profile], mut members: Vec<u32>, options: &Options) -> Vec<(u32, u32)> {
    if members.len() <= options.block {
        return windows(&members, members.len());
    }
    let of = |at: &u32| &profiles[*at as usize];
    let mut pairs = Vec::new();
    members.sort_by_key(|at| (of(at).place.key(), of(at).day, *at));
    pairs.extend(windows(&members, options.neighbours));
    members.sort_by_key(|at| (of(at).prose.as_ref().and_then(|prose| prose.terms.hashes.first()), of(at).day, *at));
    pairs.extend(windows(&members, options.neighbours));
    members.sort_by(|a, b| (&of(a).title.whole, of(a).day, a).cmp(&(&of(b).title.whole, of(b).day, b)));
    pairs.extend(windows(&members, options.neighbours));
    pairs
}

fn windows(members: &[u32], reach: usize) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (at, &a) in members.iter().enumerate() {
        for &b in members.iter().skip(at + 1).take(reach) {
            pairs.push((a.min(b), a.max(b)));
        }
    }
    pairs
}
