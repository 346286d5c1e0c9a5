//! Education and experience asked for.

use serde::{Deserialize, Serialize};

/// Qualifications asked for: `Some(true)` asked, `Some(false)` not; all `None` where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Education {
    /// GCSEs or equivalent.
    pub education_gcse: Option<bool>,
    /// A levels or equivalent (Highers, NVQ 3).
    pub education_alevel: Option<bool>,
    /// A completed apprenticeship.
    pub education_apprenticeship: Option<bool>,
    /// HNC or HND.
    pub education_hnc_hnd: Option<bool>,
    /// A bachelor's degree.
    pub education_degree: Option<bool>,
    /// A postgraduate degree or diploma.
    pub education_postgraduate: Option<bool>,
    /// Professional registration or chartered status.
    pub education_professional: Option<bool>,
    /// Lowest level that satisfies the advertisement, Regulated Qualifications Framework 0 (entry) to 8.
    pub education_rqf_min: Option<u8>,
}

/// Experience asked for, as the LMI for All pilot coded it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Experience {
    /// 0 explicitly none, 1 required, 2 not mentioned.
    pub experience: u8,
    /// Fewest years asked for.
    pub experience_years_min: Option<f32>,
}

impl Default for Experience {
    fn default() -> Self {
        Self { experience: 2, experience_years_min: None }
    }
}

/// A skill concept found in the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Skill {
    /// ESCO concept id (the last part of its URI), or our own id for a curated technology.
    pub id: String,
    /// Preferred label.
    pub label: String,
    /// The words of the text that named it.
    pub matched: String,
}
