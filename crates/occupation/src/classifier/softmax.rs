//! Multinomial logistic regression over sparse rows, behind linfa's `Fit` and `Predict`.
//!
//! linfa's own classifiers take dense records; 65,536 hashed features by tens of thousands of titles do not fit those.
//! Training is AdaGrad (Duchi, Hazan and Singer 2011) over single rows in a seeded order on one thread, so the same data
//! and seed give the same weights everywhere.

use crate::OccupationError;
use crate::classifier::Features;
use linfa::dataset::{DatasetBase, Records};
use linfa::traits::{Fit, Predict, PredictInplace};
use ndarray::Array1;

/// Rows of sparse features.
#[derive(Debug, Clone, Default)]
pub struct SparseRows {
    rows: Vec<Features>,
    features: usize,
}

impl SparseRows {
    /// Rows whose feature numbers are below `features`.
    #[must_use]
    pub const fn new(rows: Vec<Features>, features: usize) -> Self {
        Self { rows, features }
    }
}

impl Records for SparseRows {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.rows.len()
    }

    fn nfeatures(&self) -> usize {
        self.features
    }
}

/// Hyper-parameters of the fit.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftmaxParams {
    /// Number of classes.
    pub classes: usize,
    /// Passes over the rows.
    pub epochs: usize,
    /// AdaGrad step size.
    pub step: f32,
    /// L2 shrinkage of the weights a row touches, per update.
    pub shrinkage: f32,
    /// Seed of the row order.
    pub seed: u64,
}

/// Dense weights as fitted: one row of class weights for each feature.
#[derive(Debug, Clone)]
pub struct SoftmaxModel {
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
    classes: usize,
}

impl SoftmaxModel {
    /// Probabilities of the classes.
    #[must_use]
    pub fn probabilities(&self, row: &Features) -> Vec<f32> {
        let mut scores = self.bias.clone();
        add_row(&mut scores, &self.weights, row, self.classes);
        softmax(&mut scores);
        scores
    }

    /// Number of classes.
    #[must_use]
    pub const fn classes(&self) -> usize {
        self.classes
    }
}

fn add_row(scores: &mut [f32], weights: &[f32], row: &Features, classes: usize) {
    for &(feature, value) in row {
        let start = feature as usize * classes;
        if let Some(of_feature) = weights.get(start..start + classes) {
            for (score, weight) in scores.iter_mut().zip(of_feature) {
                *score += value * weight;
            }
        }
    }
}

/// Scores to probabilities, in place.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

impl Fit<SparseRows, Array1<usize>, OccupationError> for SoftmaxParams {
    type Object = SoftmaxModel;

    fn fit(&self, dataset: &DatasetBase<SparseRows, Array1<usize>>) -> Result<SoftmaxModel, OccupationError> {
        let rows = &dataset.records.rows;
        let targets = &dataset.targets;
        if rows.is_empty() || rows.len() != targets.len() || targets.iter().any(|&target| target >= self.classes) {
            return Err(OccupationError::Fit(format!(
                "{} rows, {} targets below {} are needed",
                rows.len(),
                targets.len(),
                self.classes
            )));
        }
        let size = dataset.records.features * self.classes;
        let mut model = SoftmaxModel { weights: vec![0.0; size], bias: vec![0.0; self.classes], classes: self.classes };
        let mut squares = vec![1e-3_f32; size];
        let mut bias_squares = vec![1e-3_f32; self.classes];
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut random = Random(self.seed | 1);
        for _ in 0..self.epochs {
            random.shuffle(&mut order);
            for &at in &order {
                let (Some(row), Some(&target)) = (rows.get(at), targets.get(at)) else { continue };
                let weight = dataset.weights().and_then(|weights| weights.get(at)).copied().unwrap_or(1.0);
                let mut slopes = model.probabilities(row);
                if let Some(slope) = slopes.get_mut(target) {
                    *slope -= 1.0;
                }
                // Most classes are far off and their slope is lost in rounding; skipping them is most of the speed.
                let steep: Vec<(usize, f32)> = slopes
                    .into_iter()
                    .enumerate()
                    .filter(|(_, slope)| slope.abs() > 5e-4)
                    .map(|(class, slope)| (class, slope * weight))
                    .collect();
                for &(feature, value) in row {
                    let start = feature as usize * self.classes;
                    for &(class, slope) in &steep {
                        if let (Some(w), Some(s)) =
                            (model.weights.get_mut(start + class), squares.get_mut(start + class))
                        {
                            let slope = slope * value + self.shrinkage * *w;
                            *s += slope * slope;
                            *w -= self.step * slope / s.sqrt();
                        }
                    }
                }
                for &(class, slope) in &steep {
                    if let (Some(w), Some(s)) = (model.bias.get_mut(class), bias_squares.get_mut(class)) {
                        *s += slope * slope;
                        *w -= 0.1 * self.step * slope / s.sqrt();
                    }
                }
            }
        }
        Ok(model)
    }
}

impl PredictInplace<SparseRows, Array1<usize>> for SoftmaxModel {
    fn predict_inplace<'a>(&'a self, rows: &'a SparseRows, classes: &mut Array1<usize>) {
        for (row, class) in rows.rows.iter().zip(classes.iter_mut()) {
            *class = best(&self.probabilities(row));
        }
    }

    fn default_target(&self, rows: &SparseRows) -> Array1<usize> {
        Array1::zeros(rows.nsamples())
    }
}

impl Predict<&SparseRows, Array1<usize>> for SoftmaxModel {
    fn predict(&self, rows: &SparseRows) -> Array1<usize> {
        let mut classes = self.default_target(rows);
        self.predict_inplace(rows, &mut classes);
        classes
    }
}

/// The first of the greatest.
fn best(probabilities: &[f32]) -> usize {
    let mut best = 0;
    for (class, probability) in probabilities.iter().enumerate() {
        if probabilities.get(best).is_some_and(|most| probability > most) {
            best = class;
        }
    }
    best
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, seeded, the same on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params() -> SoftmaxParams {
        SoftmaxParams { classes: 3, epochs: 30, step: 0.5, shrinkage: 0.0, seed: 7 }
    }

    fn data() -> DatasetBase<SparseRows, Array1<usize>> {
        let rows = vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(2, 1.0)], vec![(0, 0.7), (3, 0.7)]];
        DatasetBase::new(SparseRows::new(rows, 4), Array1::from_vec(vec![0, 1, 2, 0]))
    }

    #[test]
    fn learns_what_is_separable_and_repeats_itself() {
        let model = params().fit(&data()).unwrap();
        assert_eq!(model.predict(&data().records).to_vec(), vec![0, 1, 2, 0]);
        let again = params().fit(&data()).unwrap();
        assert_eq!(model.weights, again.weights);
    }

    #[test]
    fn refuses_targets_out_of_range() {
        let bad = SoftmaxParams { classes: 2, ..params() };
        assert!(bad.fit(&data()).is_err());
    }
}
