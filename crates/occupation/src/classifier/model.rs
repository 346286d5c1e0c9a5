//! The classifier as shipped: small weights dropped, the rest in eight bits, read from bytes in milliseconds.
//!
//! Layout, little-endian: `OVTC` and format version 1 (u32); feature bits (u32); classes (u32); one f32 bias for each
//! class; then for each feature the number of weights (u16) and, unless that is 0, a scale (f32), that many class numbers
//! (u16) and that many weights (i8, times the scale).

use super::softmax::{SoftmaxModel, softmax};
use super::{FEATURE_BITS, Features};
use crate::OccupationError;

const MAGIC: &[u8; 4] = b"OVTC";
const FORMAT: u32 = 1;

/// A sparse linear model over hashed features.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    bias: Vec<f32>,
    /// Where each feature's weights begin, and at the end their number.
    starts: Vec<u32>,
    classes: Vec<u16>,
    weights: Vec<f32>,
}

impl Model {
    /// A model that knows nothing: every class is equally likely.
    #[must_use]
    pub fn empty(classes: usize) -> Self {
        Self {
            bias: vec![0.0; classes],
            starts: vec![0; (1 << FEATURE_BITS) + 1],
            classes: Vec::new(),
            weights: Vec::new(),
        }
    }

    /// Whether it has no weights.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Number of classes.
    #[must_use]
    pub fn class_count(&self) -> usize {
        self.bias.len()
    }

    /// Probability of each class.
    #[must_use]
    pub fn probabilities(&self, features: &Features) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for &(feature, value) in features {
            let at = feature as usize;
            let (Some(&from), Some(&to)) = (self.starts.get(at), self.starts.get(at + 1)) else { continue };
            let range = from as usize..to as usize;
            if let (Some(classes), Some(weights)) = (self.classes.get(range.clone()), self.weights.get(range)) {
                for (&class, &weight) in classes.iter().zip(weights) {
                    if let Some(score) = scores.get_mut(class as usize) {
                        *score += value * weight;
                    }
                }
            }
        }
        softmax(&mut scores);
        scores
    }

    /// The bytes of a fitted model, keeping about the `most` largest weights.
    #[must_use]
    pub fn pack(fitted: &SoftmaxModel, most: usize) -> Vec<u8> {
        let classes = fitted.classes();
        let mut sizes: Vec<f32> = fitted.weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        // The largest of those that are dropped; where all fit, none is.
        let least = sizes.get(most).copied().unwrap_or(0.0);
        let mut bytes = Vec::new();
        bytes.extend_from_slice(MAGIC);
        for number in [FORMAT, FEATURE_BITS, u32::try_from(classes).unwrap_or(0)] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for bias in &fitted.bias {
            bytes.extend_from_slice(&bias.to_le_bytes());
        }
        for of_feature in fitted.weights.chunks_exact(classes.max(1)) {
            let kept: Vec<(u16, f32)> = (0_u16..)
                .zip(of_feature)
                .filter(|(_, weight)| weight.abs() > least.max(1e-6))
                .map(|(class, weight)| (class, *weight))
                .collect();
            bytes.extend_from_slice(&u16::try_from(kept.len()).unwrap_or(u16::MAX).to_le_bytes());
            if kept.is_empty() {
                continue;
            }
            let scale = kept.iter().map(|(_, weight)| weight.abs()).fold(0.0, f32::max) / 127.0;
            bytes.extend_from_slice(&scale.to_le_bytes());
            for (class, _) in &kept {
                bytes.extend_from_slice(&class.to_le_bytes());
            }
            for (_, weight) in &kept {
                #[expect(clippy::cast_possible_truncation, reason = "within -127 and 127 by the choice of scale")]
                bytes.extend_from_slice(&((weight / scale).round() as i8).to_le_bytes());
            }
        }
        bytes
    }

    /// Reads what [`Model::pack`] wrote.
    ///
    /// # Errors
    /// Where the bytes are something else, or of another format or number of classes.
    pub fn unpack(bytes: &[u8], expected_classes: usize) -> Result<Self, OccupationError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take::<4>()? != *MAGIC {
            return Err(OccupationError::Weights("not a file of classifier weights".to_owned()));
        }
        let [format, bits, classes] = [reader.number()?, reader.number()?, reader.number()?];
        if format != FORMAT || bits != FEATURE_BITS || classes as usize != expected_classes {
            return Err(OccupationError::Weights(format!(
                "format {format} with {bits} bits and {classes} classes; expected {FORMAT}, {FEATURE_BITS} and {expected_classes}"
            )));
        }
        let mut model = Self::empty(expected_classes);
        for bias in &mut model.bias {
            *bias = f32::from_le_bytes(reader.take()?);
        }
        for feature in 0..(1_usize << FEATURE_BITS) {
            let count = u16::from_le_bytes(reader.take()?);
            if count > 0 {
                let scale = f32::from_le_bytes(reader.take()?);
                for _ in 0..count {
                    model.classes.push(u16::from_le_bytes(reader.take()?));
                }
                for _ in 0..count {
                    model.weights.push(f32::from(i8::from_le_bytes(reader.take()?)) * scale);
                }
            }
            if let Some(end) = model.starts.get_mut(feature + 1) {
                *end = u32::try_from(model.weights.len()).unwrap_or(u32::MAX);
            }
        }
        Ok(model)
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], OccupationError> {
        let cut = || OccupationError::Weights(format!("cut short at byte {}", self.at));
        let taken = self.bytes.get(self.at..self.at + N).and_then(|part| part.try_into().ok()).ok_or_else(cut)?;
        self.at += N;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, OccupationError> {
        Ok(u32::from_le_bytes(self.take()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classifier::{SoftmaxParams, SparseRows};
    use linfa::dataset::DatasetBase;
    use linfa::traits::Fit;
    use ndarray::Array1;

    #[test]
    fn packs_and_unpacks() {
        let rows = vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(2, 1.0)]];
        let data = DatasetBase::new(SparseRows::new(rows.clone(), 1 << FEATURE_BITS), Array1::from_vec(vec![0, 1, 2]));
        let params = SoftmaxParams { classes: 3, epochs: 10, step: 0.5, shrinkage: 0.0, seed: 1 };
        let fitted = params.fit(&data).unwrap();
        let packed = Model::pack(&fitted, 1_000);
        let model = Model::unpack(&packed, 3).unwrap();
        for row in &rows {
            for (a, b) in model.probabilities(row).iter().zip(fitted.probabilities(row)) {
                assert!((a - b).abs() < 0.02, "{a} {b}");
            }
        }
        assert!(Model::unpack(&packed[..packed.len() - 1], 3).is_err());
        assert!(Model::unpack(&packed, 4).is_err());
        assert!(Model::unpack(b"something else", 3).is_err());
    }
}
