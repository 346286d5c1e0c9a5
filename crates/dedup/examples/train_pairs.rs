//! Trains the pair model on the training halves of the made set and of the judged pairs, and writes `src/weights.rs`.
//!
//! `cargo run --release -p openvacancy-dedup --example train_pairs`

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for the terminal, which stops where its data are not as described"
)]

mod made;

use linfa::traits::Fit;
use linfa::{Dataset, DatasetBase};
use linfa_logistic::LogisticRegression;
use made::judged::{Judgement, pairs};
use made::{Half, make};
use ndarray::{Array1, Array2};
use openvacancy_dedup::{Barrier, Boilerplate, Deduplicator, FEATURES, Features, Profile};
use std::collections::HashMap;
use std::fmt::Write as _;

/// How often a judged pair counts: they are few, and real.
const JUDGED_WEIGHT: usize = 25;
/// Different pairs for each same one.
const BALANCE: usize = 3;

fn main() {
    let (Some(set), Some(judged)) = (make(Half::Train), pairs(Half::Train)) else {
        println!("SKIPPED training: the shared data are not beside the workspace");
        return;
    };
    let finder = Deduplicator::default();
    let vacancy: HashMap<_, _> = set.iter().map(|made| (made.record.id.clone(), (made.vacancy, made.kind))).collect();
    let mut records: Vec<_> = set.iter().map(|made| made.record.clone()).collect();
    records.sort_by(|a, b| a.id.cmp(&b.id));
    let mut profiles: Vec<Profile> = records.iter().map(Profile::of).collect();
    Boilerplate::mark(&mut profiles);
    let (mut same, mut different): (Vec<Features>, Vec<Features>) = (Vec::new(), Vec::new());
    for (a, b) in finder.candidates(&profiles) {
        let (left, right) = (&profiles[a as usize], &profiles[b as usize]);
        // What rules decide, the model need not learn.
        let verdict = finder.weigh(left, right);
        if matches!(verdict.barrier, Some(Barrier::Place | Barrier::SideBySide | Barrier::Reference)) {
            continue;
        }
        let features = Features::of_pair(left, right);
        let (x, y) = (vacancy[&records[a as usize].id], vacancy[&records[b as usize].id]);
        if x.0 == y.0 {
            same.push(features);
        } else if x.1 == "base" && y.1 == "base" && features.0[passages()] >= 0.7 {
            // Two real advertisements with one text: nobody knows.
        } else {
            different.push(features);
        }
    }
    println!("{} same and {} different pairs", same.len(), different.len());
    // Every n-th, in the order of the pairs, keeps all kinds in proportion.
    let step = (different.len() / (BALANCE * same.len())).max(1);
    let mut rows: Vec<(Features, bool)> = same.into_iter().map(|features| (features, true)).collect();
    rows.extend(different.into_iter().step_by(step).map(|features| (features, false)));
    for (a, b, judgement) in &judged {
        if *judgement != Judgement::OtherPlace {
            let features = Features::of_pair(&Profile::of(a), &Profile::of(b));
            rows.extend(std::iter::repeat_n((features, *judgement == Judgement::Same), JUDGED_WEIGHT));
        }
    }
    let x = Array2::from_shape_fn((rows.len(), FEATURES.len()), |(row, column)| f64::from(rows[row].0.0[column]));
    let y: Array1<bool> = rows.iter().map(|(_, same)| *same).collect();
    let dataset: Dataset<f64, bool, ndarray::Ix1> = DatasetBase::new(x, y);
    let model = LogisticRegression::default().alpha(1.0).max_iterations(1_000).fit(&dataset).unwrap();
    // The trainer calls the class it met first positive.
    let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
    let mut text = String::from(
        "//! Weights of the pair model. Written by `cargo run --release -p openvacancy-dedup --example train_pairs`; see MODEL_CARD.md.\n\n",
    );
    let _ = writeln!(text, "/// Version of these weights.\npub(crate) const VERSION: &str = \"1\";");
    let _ = writeln!(text, "/// Constant term.\npub(crate) const BIAS: f32 = {:.3};", sign * model.intercept());
    let _ = writeln!(
        text,
        "/// One weight for each of `FEATURES`.\n#[rustfmt::skip]\npub(crate) const WEIGHTS: [f32; {}] = [",
        FEATURES.len()
    );
    for (name, weight) in FEATURES.iter().zip(model.params()) {
        let _ = writeln!(text, "    {:.3}, // {name}", sign * weight);
    }
    text.push_str("];\n");
    println!("{text}");
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/weights.rs"), text).unwrap();
}

fn passages() -> usize {
    FEATURES.iter().position(|name| *name == "passages_all").unwrap()
}
