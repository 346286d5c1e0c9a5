//! Passages that many different advertisements share: footers, equality statements, 'about us'.
//!
//! Every triple of words keeps sixteen bits for the titles and sixteen for the employers it was met under; many set
//! bits mean boilerplate. Setting bits needs no order, so neither batches nor threads change the outcome.

use crate::profile::Profile;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// Distinct titles (of 16 hashed places) from which a passage is boilerplate.
const TITLES: u32 = 5;
/// Distinct employers likewise.
const EMPLOYERS: u32 = 6;
/// Below this many records nothing is known of what is common.
const FEWEST_RECORDS: usize = 20;

/// Which passages of a set of postings are boilerplate.
#[derive(Debug)]
pub struct Boilerplate {
    met: Vec<AtomicU32>,
}

impl Boilerplate {
    /// Learns which passages of `profiles` are boilerplate and marks them there; nothing is marked where the profiles are
    /// too few to tell.
    pub fn mark(profiles: &mut [Profile]) {
        let Some(boilerplate) = Self::of(profiles) else { return };
        profiles.par_iter_mut().filter_map(|profile| profile.prose.as_mut()).for_each(|prose| {
            prose.shingles.mark(|h| boilerplate.has(h));
        });
    }

    fn of(profiles: &[Profile]) -> Option<Self> {
        if profiles.len() < FEWEST_RECORDS {
            return None;
        }
        let triples: usize = profiles
            .par_iter()
            .map(|profile| profile.prose.as_ref().map_or(0, |prose| prose.shingles.hashes.len()))
            .sum();
        // Twice as many places as triples keeps strangers apart; 2^25 places are 128 MiB.
        let places = (2 * triples).next_power_of_two().clamp(1 << 12, 1 << 25);
        let met: Vec<AtomicU32> = (0..places).map(|_| AtomicU32::new(0)).collect();
        profiles.par_iter().for_each(|profile| {
            let Some(prose) = &profile.prose else { return };
            let mut bits = 1_u32 << (profile.title.key() % 16);
            if let Some(employer) = &profile.employer {
                bits |= 1 << (16 + employer.key() % 16);
            }
            for &h in &prose.shingles.hashes {
                met[place(h, places)].fetch_or(bits, Ordering::Relaxed);
            }
        });
        Some(Self { met })
    }

    /// Whether a passage is boilerplate.
    fn has(&self, shingle: u32) -> bool {
        let bits = self.met[place(shingle, self.met.len())].load(Ordering::Relaxed);
        (bits & 0xffff).count_ones() >= TITLES || (bits >> 16).count_ones() >= EMPLOYERS
    }
}

/// Kept hashes are the small ones, so their place is spread anew.
fn place(shingle: u32, places: usize) -> usize {
    crate::text::mix(u64::from(shingle)) as usize & (places - 1)
}
