//! Weights of the pair model. Written by `cargo run --release -p openvacancy-dedup --example train`; see MODEL_CARD.md.

/// Version of these weights.
pub(crate) const VERSION: &str = "1";
/// Constant term.
pub(crate) const BIAS: f32 = -11.150;
/// One weight for each of `FEATURES`.
#[rustfmt::skip]
pub(crate) const WEIGHTS: [f32; 30] = [
    1.443, // title_core
    1.746, // title_contained
    -1.746, // title_both_differ
    2.337, // title_spelling
    -6.016, // title_grade
    1.413, // employer_same
    0.764, // employer_agency
    -1.770, // employer_different
    3.070, // place_same
    1.583, // place_compatible
    0.216, // place_within
    0.505, // pay_equal
    -1.339, // pay_overlap
    -3.688, // pay_apart
    2.538, // prose_missing
    1.535, // passages_jaccard
    0.160, // passages_containment
    -0.969, // passages_all
    -0.587, // vocabulary
    -1.180, // prose_0_to_15
    2.618, // prose_15_to_35
    2.413, // prose_35_to_70
    -0.823, // prose_70_to_100
    2.034, // prose_and_title
    2.399, // same_text_and_title
    2.539, // missing_and_title
    1.051, // vocabulary_jaccard
    -1.116, // place_unknown_text
    -0.956, // employer_same_text
    2.565, // same_reference
];
