//! The logistic model.

use crate::features::Features;
use crate::weights::{BIAS, WEIGHTS};

/// Probability that a pair is one vacancy.
pub(crate) fn probability(features: &Features) -> f32 {
    // Summed in f64 and in the order of the table, so that every machine gives the same bits before rounding.
    let sum: f64 = features.0.iter().zip(WEIGHTS).map(|(&x, w)| f64::from(x) * f64::from(w)).sum();
    let p = 1.0 / (1.0 + (-(sum + f64::from(BIAS))).exp());
    // `exp` may differ in its last bits between platforms; four decimals do not.
    ((p * 10_000.0).round() / 10_000.0) as f32
}
