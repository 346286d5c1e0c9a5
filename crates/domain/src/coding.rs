//! Occupation codes with confidence, alternatives and evidence.

use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// An occupational classification.
    Scheme {
        /// UK Standard Occupational Classification 2020, four digits.
        Soc2020 = "soc2020",
        /// UK Standard Occupational Classification 2010, four digits.
        Soc2010 = "soc2010",
        /// International Standard Classification of Occupations 2008, four digits.
        Isco08 = "isco08",
    }
}

text_enum! {
    /// How an occupation code was found.
    OccupationMethod {
        /// A reviewer decided.
        Correction = "correction",
        /// The cleaned title stands in the title table.
        ExactTitle = "exact_title",
        /// The best of the entries the full-text index retrieved.
        Index = "index",
        /// The trained classifier.
        Classifier = "classifier",
        /// Index and classifier weighed together.
        Ensemble = "ensemble",
        /// No code could be given.
        Uncodable = "uncodable",
    }
}

/// A code and the probability that it is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The code, as text (`0110` keeps its zero).
    pub code: String,
    /// Between 0 and 1.
    pub probability: f32,
}

/// What is known of an advertisement beside its title.
#[derive(Debug, Clone, Copy, Default)]
pub struct CodingContext<'a> {
    /// The prose.
    pub description: Option<&'a str>,
    /// Employer as written.
    pub employer: Option<&'a str>,
    /// The portal's category.
    pub category: Option<&'a str>,
    /// Pay as written.
    pub salary: Option<&'a str>,
    /// Annual full-time pay in pounds, where it was read.
    pub wage_annual: Option<f64>,
    /// Place as written: a title often repeats it.
    pub location: Option<&'a str>,
}

/// The codes of one title in its context, one per scheme, with five alternatives at most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OccupationCoding {
    /// The title as it was matched, after cleaning.
    pub cleaned_title: String,
    /// Best four-digit code.
    pub soc2020: Option<String>,
    /// Official title of the group.
    pub soc2020_title: Option<String>,
    /// Probability that all four digits are right.
    pub soc2020_confidence: f32,
    /// The deepest level vouched for: 0 to 4 digits.
    pub soc2020_level: u8,
    /// Extended six-digit code `NNNN/NN` where the evidence carries it.
    pub soc2020_ext: Option<String>,
    /// Best SOC 2010 code.
    pub soc2010: Option<String>,
    /// Probability that it is right.
    pub soc2010_confidence: f32,
    /// Best ISCO-08 code.
    pub isco08: Option<String>,
    /// Probability that it is right.
    pub isco08_confidence: f32,
    /// How the code was found.
    pub occupation_method: OccupationMethod,
    /// Why, in words: `index title "mechanical design engineer"`.
    pub evidence: String,
    /// SOC 2020 codes, best first, five at most, the chosen one included.
    pub alternatives: Vec<Alternative>,
    /// SOC 2010 codes likewise.
    pub soc2010_alternatives: Vec<Alternative>,
    /// ISCO-08 codes likewise.
    pub isco08_alternatives: Vec<Alternative>,
    /// Which coder, of which version.
    pub coder_version: String,
}

impl OccupationCoding {
    /// The honest answer where no code can be given.
    #[must_use]
    pub fn uncodable(cleaned_title: &str, evidence: &str, coder_version: &str) -> Self {
        Self {
            cleaned_title: cleaned_title.to_owned(),
            soc2020: None,
            soc2020_title: None,
            soc2020_confidence: 0.0,
            soc2020_level: 0,
            soc2020_ext: None,
            soc2010: None,
            soc2010_confidence: 0.0,
            isco08: None,
            isco08_confidence: 0.0,
            occupation_method: OccupationMethod::Uncodable,
            evidence: evidence.to_owned(),
            alternatives: Vec::new(),
            soc2010_alternatives: Vec::new(),
            isco08_alternatives: Vec::new(),
            coder_version: coder_version.to_owned(),
        }
    }
}
