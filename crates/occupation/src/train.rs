//! Training: from titles, group descriptions and weakly labelled advertisements to the files of `classifiers/<id>/`.
//!
//! In order: the classifier is fitted on the titles table, then used to label titles of other sources among the unit
//! groups their own codes allow, then fitted again on everything; the ranking is fitted on titles hidden from the table
//! with a classifier that has not seen them. One seed, one thread where order matters: the same files give the same
//! weights.

mod card;
mod data;
mod ranking;

pub use card::ModelCard;

use crate::classifier::{FEATURE_BITS, Model, SoftmaxModel, SoftmaxParams, SparseRows};
use crate::table::{Table, unit_groups};
use crate::{Coder, OccupationError, evaluate};
use data::Example;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;
use openvacancy_domain::Scheme;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// `train.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainConfig {
    /// Name of the classifier: the folder under `classifiers/`.
    pub id: String,
    /// Seed of every random order.
    pub seed: u64,
    /// Passes over the examples.
    pub epochs: usize,
    /// Step size of AdaGrad.
    pub step: f32,
    /// L2 shrinkage.
    pub shrinkage: f32,
    /// Weights kept in the shipped file.
    pub weights_kept: usize,
    /// One title in so many is hidden to fit the ranking and to measure.
    pub hidden_one_in: usize,
    /// Least probability at which a weak label is believed.
    pub weak_least: f32,
}

impl TrainConfig {
    /// Reads `train.toml`.
    ///
    /// # Errors
    /// Where it cannot be read or a key is unknown or missing.
    pub fn read(path: &Path) -> Result<Self, OccupationError> {
        let fault = |reason: String| OccupationError::File { path: path.to_owned(), reason };
        let text = std::fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
        toml::from_str(&text).map_err(|error| fault(error.to_string()))
    }
}

/// Trains from the built-in tables and what lies in `shared` (folders `reference` and `realdata`), writes `weights.bin`,
/// `rank.json` and `MODEL_CARD.md` to `out`, and returns the card.
///
/// # Errors
/// Where there is nothing to learn from, a file cannot be read or written, or a fit fails.
pub fn train(config: &TrainConfig, out: &Path, shared: &Path) -> Result<ModelCard, OccupationError> {
    if !shared.join("reference").is_dir() {
        return Err(OccupationError::NoTrainingData(shared.to_owned()));
    }
    let table = Table::new(Vec::new())?;
    let sheet = out.join("sheet.csv");
    let ads = evaluate::advertisements(&shared.join("realdata"))?;
    let labelled = if sheet.is_file() { evaluate::labelled_sheet(&sheet, &ads)? } else { Vec::new() };

    let titles = data::titles(&table, config.hidden_one_in);
    let descriptions = data::descriptions(shared)?;
    let (seen, hidden): (Vec<Example>, Vec<Example>) = titles.iter().cloned().partition(|example| !example.hidden);

    // A classifier that has not seen the hidden titles, for the ranking and for an honest figure.
    let partial = fit(config, seen.iter().chain(&descriptions))?;
    let partial_accuracy = data::accuracy(&partial, &hidden);
    let ranking = ranking::fit(config, &Model::pack(&partial, config.weights_kept), &titles)?;

    let first = fit(config, titles.iter().chain(&descriptions))?;
    let weak = data::weak(config, &first, shared)?;
    let sheet_ids = data::sheet_ids(&sheet)?;
    let first_coder = Coder::with_weights(&Model::pack(&first, config.weights_kept), ranking.clone())?;
    let advertised = data::advertised(&first_coder, &ads, &sheet_ids);
    let last = fit(config, titles.iter().chain(&descriptions).chain(&weak).chain(&advertised))?;
    let packed = Model::pack(&last, config.weights_kept);

    let coder = Coder::with_weights(&packed, ranking.clone())?;
    let card = ModelCard {
        config: config.clone(),
        titles: titles.len(),
        descriptions: descriptions.len(),
        weak: weak.len(),
        advertised: advertised.len(),
        hidden: hidden.len(),
        hidden_accuracy: partial_accuracy,
        weights_bytes: packed.len(),
        ranking: ranking.clone(),
        sheet: (!labelled.is_empty()).then(|| evaluate::evaluate(&coder, &labelled, Scheme::Soc2020)),
    };
    card.write(out, &packed)?;
    Ok(card)
}

/// Fits the classifier on `examples`.
fn fit<'e>(config: &TrainConfig, examples: impl Iterator<Item = &'e Example>) -> Result<SoftmaxModel, OccupationError> {
    let examples: Vec<&Example> = examples.collect();
    let rows = examples.iter().map(|example| example.features.clone()).collect();
    let targets = examples.iter().map(|example| usize::from(example.class)).collect();
    let weights = examples.iter().map(|example| example.weight).collect();
    let dataset = DatasetBase::new(SparseRows::new(rows, 1 << FEATURE_BITS), Array1::from_vec(targets))
        .with_weights(Array1::from_vec(weights));
    let params = SoftmaxParams {
        classes: unit_groups().len(),
        epochs: config.epochs,
        step: config.step,
        shrinkage: config.shrinkage,
        seed: config.seed,
    };
    params.fit(&dataset)
}
