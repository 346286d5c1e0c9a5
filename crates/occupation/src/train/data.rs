//! Examples: titles of the table, group descriptions, titles of other sources, advertisements.

use super::TrainConfig;
use crate::OccupationError;
use crate::classifier::{Features, SoftmaxModel, features};
use crate::clean::clean;
use crate::coder::Coder;
use crate::evaluate::Advertisement;
use crate::rank::at;
use crate::table::{Table, unit_groups};
use crate::words::key_words;
use ahash::AHashSet;
use openvacancy_domain::CodingContext;
use openvacancy_reference::occupation::isco08_of;
use rayon::prelude::*;
use std::path::Path;

/// One row to learn from.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) words: Vec<String>,
    pub(super) features: Features,
    pub(super) class: u16,
    pub(super) weight: f32,
    /// Kept from the partial classifier.
    pub(super) hidden: bool,
    /// Whether the words are a bare title of the table, not one with its qualifier.
    pub(super) bare: bool,
}

impl Example {
    fn new(words: Vec<String>, class: u16, weight: f32) -> Self {
        let features = features(&words, &CodingContext::default());
        Self { words, features, class, weight, hidden: false, bare: false }
    }
}

/// Every entry of the table: bare titles as they are, qualified ones with the qualifier or industry before them.
pub(super) fn titles(table: &Table, hidden_one_in: usize) -> Vec<Example> {
    let mut examples = Vec::new();
    for number in 0..u32::try_from(table.len()).unwrap_or(u32::MAX) {
        let Some(entry) = table.entry(number) else { continue };
        let title = key_words(&entry.title);
        if title.is_empty() {
            continue;
        }
        let class = table.class_of(number);
        let bare = entry.qualifier.is_empty() && entry.industry.is_empty();
        let mut words = key_words(&entry.qualifier);
        words.extend(key_words(&entry.industry));
        words.truncate(6);
        words.extend(title);
        let weight = match (bare, entry.curated) {
            (true, true) => 1.5,
            (true, false) => 1.0,
            (false, _) => 0.5,
        };
        let mut example = Example::new(words, class, weight);
        example.bare = bare;
        // The bag decides, so that reorderings of a hidden title are hidden with it.
        let mut bag = example.words.clone();
        bag.sort_unstable();
        example.hidden = bare && hash(&bag.join(" ")).is_multiple_of(hidden_one_in.max(2) as u64);
        examples.push(example);
    }
    examples
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Official titles, related titles and tasks of the unit groups.
pub(super) fn descriptions(shared: &Path) -> Result<Vec<Example>, OccupationError> {
    let path = shared.join("reference/soc/soc2020_descriptions.csv");
    let mut examples = Vec::new();
    for row in rows(&path)? {
        let Ok(class) = unit_groups().binary_search(&row.cell("code")) else { continue };
        let class = u16::try_from(class).unwrap_or_default();
        for (text, weight) in std::iter::once((row.cell("title"), 1.0))
            .chain(row.cell("related_job_titles").split('|').map(|title| (title, 1.0)))
            .chain(row.cell("tasks").split('|').map(|task| (task, 0.15)))
        {
            let mut words = key_words(&text.to_lowercase());
            words.truncate(20);
            if !words.is_empty() {
                examples.push(Example::new(words, class, weight));
            }
        }
    }
    Ok(examples)
}

/// ESCO titles, labelled by `model` among the unit groups that correspond to their own ISCO code.
pub(super) fn weak(config: &TrainConfig, model: &SoftmaxModel, shared: &Path) -> Result<Vec<Example>, OccupationError> {
    let path = shared.join("reference/esco/occupation_titles.csv");
    let rows: Vec<(String, String)> =
        rows(&path)?.iter().map(|row| (row.cell("title").to_owned(), row.cell("isco08").to_owned())).collect();
    let examples = rows
        .par_iter()
        .filter_map(|(title, isco)| {
            let words = key_words(&title.to_lowercase());
            let probabilities = model.probabilities(&features(&words, &CodingContext::default()));
            let allowed: Vec<(usize, f32)> = unit_groups()
                .iter()
                .zip(&probabilities)
                .enumerate()
                .filter_map(|(class, (code, probability))| {
                    let share = isco08_of(code).iter().find(|share| share.code == isco)?.share;
                    // a group that sends one title in a hundred there is hardly meant
                    (share > 0.02).then_some((class, *probability))
                })
                .collect();
            let sum: f32 = allowed.iter().map(|(_, probability)| probability).sum();
            let &(class, most) = allowed.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
            let sure = most / sum.max(f32::MIN_POSITIVE);
            (sure >= config.weak_least && sum > 0.02 && !words.is_empty())
                .then(|| Example::new(words, u16::try_from(class).unwrap_or_default(), 0.3))
        })
        .collect();
    Ok(examples)
}

/// Ids of the labelled sheet, which no training may see.
pub(super) fn sheet_ids(sheet: &Path) -> Result<AHashSet<(String, String)>, OccupationError> {
    if !sheet.is_file() {
        return Ok(AHashSet::default());
    }
    Ok(rows(sheet)?.iter().map(|row| (row.cell("file").to_owned(), row.cell("ad_id").to_owned())).collect())
}

/// Advertisements whose title the table has as a whole, without ambiguity: what they teach is category and employer.
pub(super) fn advertised(coder: &Coder, ads: &[Advertisement], sheet: &AHashSet<(String, String)>) -> Vec<Example> {
    ads.par_iter()
        .filter(|ad| !sheet.contains(&(ad.file.clone(), ad.ad_id.clone())))
        .filter_map(|ad| {
            let context = CodingContext { location: ad.row.location.as_deref(), ..CodingContext::default() };
            let candidates = coder.candidates(&ad.row.title, &context, None);
            let exact = candidates
                .list
                .iter()
                .filter(|candidate| candidate.features[at::EXACT] > 0.8)
                .max_by(|a, b| a.features[at::EXACT].total_cmp(&b.features[at::EXACT]))?;
            let words: Vec<String> = clean(&ad.row.title, ad.row.location.as_deref())
                .segments
                .iter()
                .flat_map(|segment| key_words(segment))
                .take(24)
                .collect();
            let context = CodingContext {
                category: ad.row.category.as_deref(),
                employer: ad.row.employer.as_deref(),
                ..CodingContext::default()
            };
            Some(Example {
                features: features(&words, &context),
                words,
                class: exact.class,
                weight: 0.4,
                hidden: false,
                bare: false,
            })
        })
        .collect()
}

/// Share of `examples` whose class the classifier gives.
pub(super) fn accuracy(model: &SoftmaxModel, examples: &[Example]) -> f64 {
    let right = examples
        .par_iter()
        .filter(|example| {
            let probabilities = model.probabilities(&example.features);
            let own = probabilities.get(example.class as usize).copied().unwrap_or(0.0);
            probabilities.iter().all(|other| *other <= own)
        })
        .count();
    #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
    let share = right as f64 / examples.len().max(1) as f64;
    share
}

/// A row of a CSV file, by column name.
struct Row {
    headers: csv::StringRecord,
    record: csv::StringRecord,
}

impl Row {
    fn cell(&self, name: &str) -> &str {
        let at = self.headers.iter().position(|header| header == name);
        at.and_then(|at| self.record.get(at)).unwrap_or("").trim()
    }
}

fn rows(path: &Path) -> Result<Vec<Row>, OccupationError> {
    let fault = |reason: String| OccupationError::File { path: path.to_owned(), reason };
    let mut reader = csv::Reader::from_path(path).map_err(|error| fault(error.to_string()))?;
    let headers = reader.headers().map_err(|error| fault(error.to_string()))?.clone();
    reader
        .records()
        .map(|record| Ok(Row { headers: headers.clone(), record: record.map_err(|error| fault(error.to_string()))? }))
        .collect()
}
