//! Weights of the pair model. Written by `cargo run --release -p openvacancy-dedup --example train`; see MODEL_CARD.md.

/// Version of these weights.
pub(crate) const VERSION: &str = "0";
/// Constant term.
pub(crate) const BIAS: f32 = -7.0;
/// One weight for each of `FEATURES`.
pub(crate) const WEIGHTS: [f32; 24] = [
    2.0, 0.5, -2.5, 1.5, -2.5, 1.2, 0.2, -2.5, 0.8, 0.3, -0.8, 1.0, 0.3, -1.8, 2.5, 1.5, 1.5, 0.2, 1.2, 3.0, 4.0, -3.0,
    5.0, -0.8,
];
