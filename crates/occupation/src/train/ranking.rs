//! Fits the ranking: `linfa-logistic` on the candidates of hidden titles, then sharpness and reserve for calibration.

use super::TrainConfig;
use super::data::Example;
use crate::OccupationError;
use crate::classifier::FEATURE_BITS;
use crate::coder::Coder;
use crate::rank::{FEATURES, RankFeatures, Ranking};
use linfa::dataset::Dataset;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};
use openvacancy_domain::CodingContext;
use rayon::prelude::*;

/// Titles used at most: more change the third digit of the weights.
const MOST_TITLES: usize = 6_000;

/// Candidates of one title and which of them is right.
struct Trial {
    candidates: Vec<RankFeatures>,
    right: Option<usize>,
}

/// `weights` are of a classifier that has not seen the hidden titles.
pub(super) fn fit(config: &TrainConfig, weights: &[u8], titles: &[Example]) -> Result<Ranking, OccupationError> {
    let start =
        Ranking { feature_bits: FEATURE_BITS, weights: vec![0.0; FEATURES.len()], sharpness: 1.0, reserve: 0.0 };
    let coder = Coder::with_weights(weights, start.clone())?;
    let hidden: Vec<&Example> =
        titles.iter().filter(|example| example.hidden && example.bare).take(MOST_TITLES).collect();
    if hidden.len() < 100 {
        return Err(OccupationError::Fit(format!("{} hidden titles are too few; lower hidden_one_in", hidden.len())));
    }
    // One title in three keeps its own entry: what an exact match is worth must be learned too.
    let trials: Vec<Trial> =
        hidden.par_iter().enumerate().map(|(number, example)| trial(&coder, example, number % 3 != 0)).collect();
    let mut rows = Vec::new();
    let mut right = Vec::new();
    for trial in &trials {
        for (number, features) in trial.candidates.iter().enumerate() {
            rows.extend(features.iter().map(|value| f64::from(*value)));
            right.push(trial.right == Some(number));
        }
    }
    let records = Array2::from_shape_vec((right.len(), FEATURES.len()), rows)
        .map_err(|error| OccupationError::Fit(error.to_string()))?;
    let dataset = Dataset::new(records, Array1::from_vec(right));
    let fitted = LogisticRegression::default()
        .alpha(1.0)
        .max_iterations(300)
        .fit(&dataset)
        .map_err(|error| OccupationError::Fit(error.to_string()))?;
    // linfa takes one of the two classes as the positive one; the sign follows its choice.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    #[expect(clippy::cast_possible_truncation, reason = "weights of a few units")]
    let weights = fitted.params().iter().map(|weight| ((weight * sign * 1e4).round() / 1e4) as f32).collect();
    let ranking = Ranking { weights, ..start };
    Ok(calibrated(ranking, &trials, config))
}

fn trial(coder: &Coder, example: &Example, hide: bool) -> Trial {
    let title = example.words.join(" ");
    let candidates = coder.candidates(&title, &CodingContext::default(), hide.then_some(example.words.as_slice()));
    let right = candidates.list.iter().position(|candidate| candidate.class == example.class);
    Trial { candidates: candidates.list.into_iter().map(|candidate| candidate.features).collect(), right }
}

/// The sharpness and reserve under which the titles are likeliest, over a grid.
fn calibrated(ranking: Ranking, trials: &[Trial], _config: &TrainConfig) -> Ranking {
    let mut best = (f64::INFINITY, ranking.clone());
    for sharpness in [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0] {
        for reserve in [0.03, 0.05, 0.08, 0.12] {
            let tried = Ranking { sharpness, reserve, ..ranking.clone() };
            let loss: f64 = trials.iter().map(|trial| loss(&tried, trial)).sum();
            if loss < best.0 {
                best = (loss, tried);
            }
        }
    }
    best.1
}

fn loss(ranking: &Ranking, trial: &Trial) -> f64 {
    let scores: Vec<f32> = trial.candidates.iter().map(|features| ranking.score(features)).collect();
    let probabilities = ranking.probabilities(&scores);
    let right = trial.right.and_then(|at| probabilities.get(at)).copied().unwrap_or(0.0);
    // a right code outside the candidates has its part of the reserve
    -f64::from(right.max(ranking.reserve / 50.0)).ln()
}
