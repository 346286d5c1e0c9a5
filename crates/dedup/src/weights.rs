//! Weights of the pair model. Written by `cargo run --release -p openvacancy-dedup --example train_pairs`; see MODEL_CARD.md.

/// Version of these weights.
pub(crate) const VERSION: &str = "1";
/// Constant term.
pub(crate) const BIAS: f32 = -11.140;
/// One weight for each of `FEATURES`.
#[rustfmt::skip]
pub(crate) const WEIGHTS: [f32; 30] = [
    1.378, // title_core
    1.747, // title_contained
    -1.747, // title_both_differ
    2.382, // title_spelling
    -6.027, // title_grade
    1.412, // employer_same
    0.772, // employer_agency
    -1.769, // employer_different
    3.076, // place_same
    1.556, // place_compatible
    0.218, // place_within
    0.504, // pay_equal
    -1.337, // pay_overlap
    -3.690, // pay_apart
    2.542, // prose_missing
    1.538, // passages_jaccard
    0.162, // passages_containment
    -1.009, // passages_all
    -0.603, // vocabulary
    -1.189, // prose_0_to_15
    2.603, // prose_15_to_35
    2.389, // prose_35_to_70
    -0.820, // prose_70_to_100
    2.117, // prose_and_title
    2.387, // same_text_and_title
    2.543, // missing_and_title
    1.080, // vocabulary_jaccard
    -1.113, // place_unknown_text
    -0.963, // employer_same_text
    2.565, // same_reference
];
