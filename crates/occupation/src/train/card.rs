//! The model card: what a classifier was made of and what it was measured at.

use super::TrainConfig;
use crate::OccupationError;
use crate::evaluate::Evaluation;
use crate::rank::{FEATURES, Ranking};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::path::Path;

/// Data, split and figures of a trained classifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// The configuration, seed included.
    pub config: TrainConfig,
    /// Examples from the titles table.
    pub titles: usize,
    /// Examples from unit group titles, related titles and tasks.
    pub descriptions: usize,
    /// ESCO titles with weak labels.
    pub weak: usize,
    /// Advertisements with weak labels.
    pub advertised: usize,
    /// Titles hidden from the partial classifier.
    pub hidden: usize,
    /// Share of the hidden titles the classifier alone gets right to four digits.
    pub hidden_accuracy: f64,
    /// Size of the shipped weights.
    pub weights_bytes: usize,
    /// The fitted ranking.
    pub ranking: Ranking,
    /// The whole coder on our own labelled sheet, where its advertisements were there.
    pub sheet: Option<Evaluation>,
}

impl ModelCard {
    /// The card as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        // writing to a string does not fail
        let _ = write!(
            text,
            "# {}\n\nCodes job titles to SOC 2020 unit groups. Written by `openvacancy train`; do not edit.\n\n\
             ## Data\n\n| source | examples | label |\n|---|---|---|\n\
             | titles table (coding index and curated titles) | {} | given |\n\
             | unit group titles, related titles, tasks | {} | given |\n\
             | ESCO titles | {} | weak: the likeliest unit group their ISCO-08 code allows, at {:.2} or more |\n\
             | advertisements whose whole title stands in the table | {} | weak: the title's entry |\n\n\
             Rows of the labelled sheet (`sheet.csv`) are never trained on.\n\n\
             ## Fit\n\nSoftmax over 65,536 hashed features (words, word pairs, sequences of 3 to 5 letters, category, employer), \
             AdaGrad, {} passes, step {}, shrinkage {}, seed {}. Weights: {} bytes.\n\n\
             One bare title in {} ({} titles) was hidden from a partial classifier; it gets {:.1} % of them right to four \
             digits by itself. The ranking (`rank.json`) was fitted on the candidates of those titles.\n\n\
             | ranking feature | weight |\n|---|---|\n",
            self.config.id,
            self.titles,
            self.descriptions,
            self.weak,
            self.config.weak_least,
            self.advertised,
            self.config.epochs,
            self.config.step,
            self.config.shrinkage,
            self.config.seed,
            self.weights_bytes,
            self.config.hidden_one_in,
            self.hidden,
            self.hidden_accuracy * 100.0,
        );
        for (name, weight) in FEATURES.iter().zip(&self.ranking.weights) {
            let _ = writeln!(text, "| {name} | {weight:.3} |");
        }
        let _ = writeln!(text, "\nSharpness {}, reserve {}.", self.ranking.sharpness, self.ranking.reserve);
        if let Some(sheet) = &self.sheet {
            let _ = write!(
                text,
                "\n## Measured\n\nOwn sheet of real advertisements, stratified by portal, coded by hand in two passes; the coder \
                 sees title, category, employer, pay and prose.\n\n```\n{}```\n",
                sheet.table()
            );
        }
        text
    }

    /// Writes weights, ranking and card to `out`.
    pub(super) fn write(&self, out: &Path, weights: &[u8]) -> Result<(), OccupationError> {
        let ranking =
            serde_json::to_string_pretty(&self.ranking).map_err(|error| OccupationError::Fit(error.to_string()))?;
        for (name, bytes) in [
            ("weights.bin", weights),
            ("rank.json", format!("{ranking}\n").as_bytes()),
            ("MODEL_CARD.md", self.markdown().as_bytes()),
        ] {
            let path = out.join(name);
            std::fs::write(&path, bytes).map_err(|error| OccupationError::File { path, reason: error.to_string() })?;
        }
        Ok(())
    }
}
