//! Prose as sketches: how much two texts share, without the texts.
//!
//! A bottom-k sketch (Broder 1997: the k smallest hashes of a set) of word triples gives the share of common passages,
//! also where one text is a cut-off part of the other; a second one of uncommon words survives rewording. Bands of
//! one-permutation MinHash signatures (Li, Owen and Zhang 2012, densified by rotation after Shrivastava and Li 2014)
//! are the keys under which candidates meet.

use crate::text::{each_word, hash, mix, pair};
use std::sync::LazyLock;

/// Triples kept of one text, as many as `Sketch::common` has bits: the share of common ones is then known to about 5
/// percentage points.
const SHINGLES: usize = 128;
/// Uncommon words kept of one text.
const TERMS: usize = 64;
/// Words of the opening that have keys of their own: a copy cut off after 450 characters still has them.
const OPENING_WORDS: usize = 60;
/// Fewer words than this say nothing of whether two texts are one.
const FEWEST_WORDS: usize = 8;

pub(crate) const SHINGLE_BANDS: usize = 12;
pub(crate) const OPENING_BANDS: usize = 4;
pub(crate) const TERM_BANDS: usize = 10;

/// Words that more than one in twelve UK advertisements bear; they do not tell one vacancy from another.
static COMMON: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut hashes: Vec<u64> = include_str!("common_words.txt").lines().map(hash).collect();
    hashes.sort_unstable();
    hashes
});

/// The prose of one posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prose {
    /// Number of words.
    pub(crate) words: u32,
    pub(crate) shingles: Sketch,
    pub(crate) terms: Sketch,
    pub(crate) shingle_bands: [u32; SHINGLE_BANDS],
    pub(crate) opening_bands: [u32; OPENING_BANDS],
    pub(crate) term_bands: Option<[u32; TERM_BANDS]>,
}

/// The smallest hashes of a set, rising, and the bound below which they are all of the set's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch {
    pub(crate) hashes: Box<[u32]>,
    bound: u64,
    /// A bit for each hash that is boilerplate in the set at hand; looked up once, as pairs are many.
    common: u128,
}

/// How much two sets share, judged from their sketches.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Overlap {
    /// Shared over all: 0 to 1.
    pub(crate) jaccard: f32,
    /// Shared over those of the smaller set: 0 to 1.
    pub(crate) containment: f32,
    /// Number of hashes of the smaller set it was judged from.
    pub(crate) sample: u32,
}

impl Sketch {
    fn of(mut hashes: Vec<u32>, keep: usize) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        let bound = hashes.get(keep).map_or(1 << 32, |&next| u64::from(next));
        hashes.truncate(keep);
        Self { hashes: hashes.into_boxed_slice(), bound, common: 0 }
    }

    /// Notes which hashes are boilerplate.
    pub(crate) fn mark(&mut self, is_common: impl Fn(u32) -> bool) {
        self.common = self.hashes.iter().rev().fold(0, |bits, &h| (bits << 1) | u128::from(is_common(h)));
    }

    /// Compares two sketches: without boilerplate, and with it.
    pub(crate) fn overlap(&self, other: &Self) -> (Overlap, Overlap) {
        let bound = self.bound.min(other.bound);
        let below = |sketch: &Self| match u32::try_from(bound) {
            Ok(bound) => sketch.hashes.partition_point(|&h| h < bound),
            Err(_) => sketch.hashes.len(),
        };
        let (left, right) = (&self.hashes[..below(self)], &other.hashes[..below(other)]);
        let (mut i, mut j) = (0, 0);
        // Of each side and of both: the boilerplate, and the shared ones.
        let (mut out_left, mut out_right, mut out_both, mut both) = (0, 0, 0, 0);
        while i < left.len() || j < right.len() {
            let (l, r) = (left.get(i).copied(), right.get(j).copied());
            let in_left = r.is_none() || l.is_some_and(|l| r.is_some_and(|r| l <= r));
            let in_right = l.is_none() || r.is_some_and(|r| l.is_some_and(|l| r <= l));
            let skip = if in_left { self.common >> i & 1 == 1 } else { other.common >> j & 1 == 1 };
            i += usize::from(in_left);
            j += usize::from(in_right);
            both += u32::from(in_left && in_right);
            if skip {
                out_left += u32::from(in_left);
                out_right += u32::from(in_right);
                out_both += u32::from(in_left && in_right);
            }
        }
        let (a, b) = (left.len() as u32, right.len() as u32);
        (Overlap::of(a - out_left, b - out_right, both - out_both), Overlap::of(a, b, both))
    }
}

impl Overlap {
    fn of(a: u32, b: u32, both: u32) -> Self {
        let share = |of: u32| if of == 0 { 0.0 } else { both as f32 / of as f32 };
        Self { jaccard: share(a + b - both), containment: share(a.min(b)), sample: a.min(b) }
    }
}

impl Prose {
    /// Reads prose; `None` where there is too little of it.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut shingles = Vec::with_capacity(text.len() / 6);
        let mut terms = Vec::with_capacity(text.len() / 12);
        let mut count = 0_usize;
        let mut opening = 0_usize;
        let (mut before, mut last) = (0_u64, 0_u64);
        each_word(text, |h, length| {
            count += 1;
            if count >= 3 {
                shingles.push((pair(pair(before, last), h) >> 32) as u32);
            }
            if count <= OPENING_WORDS {
                opening = shingles.len();
            }
            if length >= 4 && COMMON.binary_search(&h).is_err() {
                terms.push((h >> 32) as u32);
            }
            (before, last) = (last, h);
        });
        if count < FEWEST_WORDS {
            return None;
        }
        let opening_bands = bands::<OPENING_BANDS>(&shingles[..opening], 0x0f0f);
        let shingle_bands = bands::<SHINGLE_BANDS>(&shingles, 0x5151);
        let terms = {
            terms.sort_unstable();
            terms.dedup();
            terms
        };
        let term_bands = (terms.len() >= 6).then(|| bands::<TERM_BANDS>(&terms, 0x7e7e));
        Some(Self {
            words: count as u32,
            shingles: Sketch::of(shingles, SHINGLES),
            terms: Sketch::of(terms, TERMS),
            shingle_bands,
            opening_bands,
            term_bands,
        })
    }

    /// Share of passages: without boilerplate where it is known, and with it.
    pub(crate) fn passages(&self, other: &Self) -> (Overlap, Overlap) {
        self.shingles.overlap(&other.shingles)
    }

    /// Share of uncommon words.
    pub(crate) fn vocabulary(&self, other: &Self) -> Overlap {
        self.terms.overlap(&other.terms).1
    }
}

/// Keys of `N` bands of two rows: two sets of likeness J share one with probability `1 - (1 - J²)^N`.
fn bands<const N: usize>(set: &[u32], seed: u64) -> [u32; N] {
    const EMPTY: u32 = u32::MAX;
    let bins = 2 * N;
    let mut signature = [EMPTY; 64];
    for &h in set {
        let mixed = mix(u64::from(h) ^ (seed << 32));
        let bin = ((mixed >> 32) as usize * bins) >> 32;
        signature[bin] = signature[bin].min((mixed as u32).min(EMPTY - 1));
    }
    // An empty bin takes the value of the next that is not, marked by the distance, so that equal sets stay equal.
    let dense: Vec<u64> = (0..bins)
        .map(|bin| {
            (0..bins)
                .find_map(|step| {
                    let value = signature[(bin + step) % bins];
                    (value != EMPTY).then(|| pair(u64::from(value), step as u64))
                })
                .unwrap_or(0)
        })
        .collect();
    std::array::from_fn(|band| (pair(pair(dense[2 * band], dense[2 * band + 1]), band as u64 ^ seed) >> 32) as u32)
}
