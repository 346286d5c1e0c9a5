//! Candidates weighed: what table, index and classifier say of each unit group, as one probability.
//!
//! The weights of the dense features are fitted by `linfa-logistic` (is this candidate right?) over titles that were
//! hidden from the table; the scores of all candidates of a title then go through one softmax whose temperature is fitted
//! for calibration.

use crate::OccupationError;
use crate::classifier::FEATURE_BITS;
use serde::{Deserialize, Serialize};

/// What is known of one candidate. Each is between about -1 and 1.
pub const FEATURES: [&str; 14] = [
    "exact",
    "exact_part",
    "phrase_end",
    "phrase",
    "overlap",
    "vote",
    "classifier",
    "classifier_log",
    "classifier_first",
    "overlap_first",
    "fit_of_context",
    "pay_gap",
    "curated",
    "exact_of_other",
];

/// Features of a candidate in the order of [`FEATURES`].
pub type RankFeatures = [f32; FEATURES.len()];

/// Names for the positions.
pub(crate) mod at {
    pub(crate) const EXACT: usize = 0;
    pub(crate) const EXACT_PART: usize = 1;
    pub(crate) const PHRASE_END: usize = 2;
    pub(crate) const PHRASE: usize = 3;
    pub(crate) const OVERLAP: usize = 4;
    pub(crate) const VOTE: usize = 5;
    pub(crate) const CLASSIFIER: usize = 6;
    pub(crate) const CLASSIFIER_LOG: usize = 7;
    pub(crate) const CLASSIFIER_FIRST: usize = 8;
    pub(crate) const OVERLAP_FIRST: usize = 9;
    pub(crate) const CONTEXT: usize = 10;
    pub(crate) const PAY_GAP: usize = 11;
    pub(crate) const CURATED: usize = 12;
    pub(crate) const EXACT_OF_OTHER: usize = 13;
}

/// Fitted weights of the ranking, as kept in `rank.json` beside the classifier's weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// Feature bits of the classifier the ranking was fitted with.
    pub feature_bits: u32,
    /// One weight for each of [`FEATURES`].
    pub weights: Vec<f32>,
    /// What scores are multiplied by before the softmax.
    pub sharpness: f32,
    /// The part of the probability kept for codes outside the candidates and for titles that mislead.
    pub reserve: f32,
}

impl Ranking {
    /// Reads `rank.json`.
    ///
    /// # Errors
    /// Where it is not what this program writes.
    pub fn from_json(text: &str) -> Result<Self, OccupationError> {
        let ranking: Self = serde_json::from_str(text).map_err(|error| OccupationError::Weights(error.to_string()))?;
        if ranking.weights.len() != FEATURES.len() || ranking.feature_bits != FEATURE_BITS {
            return Err(OccupationError::Weights(format!(
                "ranking of {} features over {} bits; expected {} and {FEATURE_BITS}",
                ranking.weights.len(),
                ranking.feature_bits,
                FEATURES.len()
            )));
        }
        Ok(ranking)
    }

    /// The linear score of a candidate.
    #[must_use]
    pub fn score(&self, features: &RankFeatures) -> f32 {
        self.weights.iter().zip(features).map(|(weight, value)| weight * value).sum()
    }

    /// Probabilities of candidates from their scores.
    #[must_use]
    pub fn probabilities(&self, scores: &[f32]) -> Vec<f32> {
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let raised: Vec<f32> = scores.iter().map(|score| ((score - most) * self.sharpness).exp()).collect();
        let sum: f32 = raised.iter().sum();
        raised.into_iter().map(|value| (1.0 - self.reserve) * value / sum.max(f32::MIN_POSITIVE)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_what_is_not_reserved() {
        let ranking =
            Ranking { feature_bits: FEATURE_BITS, weights: vec![1.0; FEATURES.len()], sharpness: 1.5, reserve: 0.05 };
        let probabilities = ranking.probabilities(&[3.0, 1.0, -2.0]);
        assert!((probabilities.iter().sum::<f32>() - 0.95).abs() < 1e-5);
        assert!(probabilities[0] > probabilities[1] && probabilities[1] > probabilities[2]);
        assert!(ranking.probabilities(&[]).is_empty());
    }

    #[test]
    fn refuses_foreign_rankings() {
        assert!(Ranking::from_json("{}").is_err());
        assert!(Ranking::from_json(r#"{"feature_bits":16,"weights":[1.0],"sharpness":1.0,"reserve":0.0}"#).is_err());
    }
}
