//! Chance that falls alike on every machine.
//!
//! Only the raw words of ChaCha8 are used, never a library's distributions, whose algorithms may change between
//! versions. Every subject draws from a stream of its own, so that a change to one leaves the others as they were.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// What a stream of chance is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Vacancy = 1,
    Employer = 2,
    Prose = 4,
    Boilerplate = 5,
    Listing = 6,
    AgencyBoilerplate = 7,
}

/// Dice that always fall alike for one seed, stream and number.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64, stream: Stream, number: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(((stream as u64) << 56) | number);
        Self(rng)
    }

    /// 0 ≤ result < `bound`; 0 where `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let scaled = (u128::from(self.0.next_u64()) * bound as u128) >> 64;
        // Smaller than `bound`, which is a usize.
        usize::try_from(scaled).unwrap_or_default()
    }

    /// Between the ends, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// True in `per_thousand` of a thousand throws.
    pub(crate) fn chance(&mut self, per_thousand: u32) -> bool {
        self.below(1000) < per_thousand as usize
    }

    /// One of `items`, which must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// The position in `cumulative` (rising sums of weights) that a throw falls on.
    pub(crate) fn weighted(&mut self, cumulative: &[u64]) -> usize {
        let total = cumulative.last().copied().unwrap_or_default();
        let thrown = ((u128::from(self.0.next_u64()) * u128::from(total)) >> 64) as u64;
        cumulative.partition_point(|sum| *sum <= thrown).min(cumulative.len().saturating_sub(1))
    }

    /// `count` different members in a random order, or all where there are fewer.
    pub(crate) fn some<T: Clone>(&mut self, items: &[T], count: usize) -> Vec<T> {
        let mut rest: Vec<T> = items.to_vec();
        let count = count.min(rest.len());
        for at in 0..count {
            let other = at + self.below(rest.len() - at);
            rest.swap(at, other);
        }
        rest.truncate(count);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::{Dice, Stream};

    #[test]
    fn dice_fall_alike_for_one_seed_and_stream_only() {
        let throws = |seed, stream, number| {
            let mut dice = Dice::new(seed, stream, number);
            (0..8).map(|_| dice.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1, Stream::Vacancy, 5), throws(1, Stream::Vacancy, 5));
        assert_ne!(throws(1, Stream::Vacancy, 5), throws(1, Stream::Vacancy, 6));
        assert_ne!(throws(1, Stream::Vacancy, 5), throws(1, Stream::Prose, 5));
        assert_ne!(throws(1, Stream::Vacancy, 5), throws(2, Stream::Vacancy, 5));
    }

    #[test]
    fn throws_keep_to_their_bounds() {
        let mut dice = Dice::new(7, Stream::Vacancy, 0);
        for _ in 0..2000 {
            assert!(dice.below(3) < 3);
            assert!((-2..=2).contains(&dice.between(-2, 2)));
            assert_eq!(dice.weighted(&[0, 5, 5]), 1);
        }
        assert_eq!(dice.below(0), 0);
        assert_eq!(dice.some(&[1, 2, 3], 9).len(), 3);
        assert!(!dice.chance(0) && dice.chance(1000));
    }
}
