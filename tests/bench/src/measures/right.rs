//! How often the stages are right, against the pretend world's truth, beside what a plain method reaches on the same
//! postings. These are invented advertisements; model cards say what is reached on real ones.

use super::input::{self, text};
use crate::measure::Measure;
use crate::outcome::{Basis, Figure, Outcome, SideOutcome};
use crate::sample::Spread;
use crate::setup::{Line, Setup};
use anyhow::Context as _;
use openvacancy_domain::PostingId;
use openvacancy_simulator::{World, WorldConfig};
use std::collections::BTreeMap;

const VACANCIES: (u32, u32) = (2_000, 80);

pub(super) fn codes(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let world = world(setup);
    let (file, _) = input::csv(setup, setup.size(VACANCIES.0, VACANCIES.1))?;
    let score = |line: &Line| -> anyhow::Result<(f64, u64)> {
        let (_, out) = setup.run(line)?;
        let mut reader = csv::Reader::from_path(out)?;
        let header = reader.headers()?.clone();
        let at = |name: &str| header.iter().position(|column| column == name).with_context(|| format!("no {name}"));
        let (portal, id, code) = (at("portal")?, at("portal_posting_id")?, at("soc2020")?);
        let (mut right, mut all) = (0, 0);
        for row in reader.into_records() {
            let row = row?;
            let posting = PostingId { portal: row[portal].into(), id: row[id].to_owned() };
            let truth = world.truth_of(&posting).with_context(|| format!("{posting} is not of this world"))?;
            all += 1;
            right += u64::from(&row[code] == truth.soc2020);
        }
        Ok((100.0 * share(right, all), all))
    };
    let ours = setup.openvacancy(&["code", text(&file)?])?;
    let plain = setup.work(&["look-up", text(&file)?]);
    let (left, right) = (score(&ours)?, score(&plain)?);
    let names = ["openvacancy code", "best BM25 look-up (tantivy)"];
    Ok(Some(outcome(setup, measure, names, [&ours, &plain], [left, right], Vec::new())))
}

pub(super) fn duplicates(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let world = world(setup);
    let (file, count) = input::jsonl(setup, setup.size(VACANCIES.0, VACANCIES.1))?;
    let truth: BTreeMap<String, u32> =
        world.truth().iter().map(|truth| (name(&truth.posting), truth.vacancy)).collect();
    let score = |line: &Line| -> anyhow::Result<(f64, f64)> {
        let (_, out) = setup.run(line)?;
        let mut joined: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for row in csv::Reader::from_path(out)?.into_records() {
            let row = row?;
            let vacancy = truth.get(&row[0]).with_context(|| format!("{} is not of this world", &row[0]))?;
            joined.entry(row[1].to_owned()).or_default().push(*vacancy);
        }
        Ok(precision_and_recall(joined.values()))
    };
    let ours = setup.openvacancy(&["dedup", text(&file)?])?;
    let plain = setup.work(&["block-pairs", text(&file)?]);
    let (left, right) = (score(&ours)?, score(&plain)?);
    let figure = |what: &str, value: f64| Figure { what: what.to_owned(), value: 100.0 * value, unit: "%".to_owned() };
    let also = vec![
        figure("precision", left.0),
        figure("recall", left.1),
        figure("precision of the baseline", right.0),
        figure("recall of the baseline", right.1),
    ];
    let f1 = |(precision, recall): (f64, f64)| 100.0 * 2.0 * precision * recall / (precision + recall).max(1e-9);
    let names = ["openvacancy dedup", "all pairs of a block (strsim)"];
    Ok(Some(outcome(setup, measure, names, [&ours, &plain], [(f1(left), count), (f1(right), count)], also)))
}

fn world(setup: &Setup) -> World {
    World::generate(WorldConfig { vacancies: setup.size(VACANCIES.0, VACANCIES.1), ..WorldConfig::default() })
}

fn name(posting: &PostingId) -> String {
    format!("{}|{}", posting.portal, posting.id)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Of pairs that are one vacancy: what share of the joined ones is, and what share of those that are was joined.
fn precision_and_recall<'a>(clusters: impl Iterator<Item = &'a Vec<u32>>) -> (f64, f64) {
    let pairs = |count: u64| count * count.saturating_sub(1) / 2;
    let (mut joined, mut right) = (0, 0);
    let mut postings: BTreeMap<u32, u64> = BTreeMap::new();
    for cluster in clusters {
        joined += pairs(cluster.len() as u64);
        let mut within: BTreeMap<u32, u64> = BTreeMap::new();
        for vacancy in cluster {
            *within.entry(*vacancy).or_default() += 1;
            *postings.entry(*vacancy).or_default() += 1;
        }
        right += within.into_values().map(pairs).sum::<u64>();
    }
    let same: u64 = postings.into_values().map(pairs).sum();
    (share(right, joined), share(right, same))
}

fn outcome(
    setup: &Setup,
    measure: &Measure,
    names: [&str; 2],
    lines: [&Line; 2],
    scores: [(f64, u64); 2],
    also: Vec<Figure>,
) -> Outcome {
    // The same input gives the same answer, so that there is nothing to repeat.
    let exactly = |value: f64| BTreeMap::from([(Basis::Value, Spread::of(vec![value]))]);
    let side = |at: usize| SideOutcome {
        name: names[at].to_owned(),
        command: lines[at].shown.clone(),
        count: scores[at].1,
        figures: exactly(scores[at].0),
        peak_memory: None,
    };
    Outcome {
        unit: "%".to_owned(),
        ratio: exactly(scores[0].0 / scores[1].0.max(1e-9)),
        ours: side(0),
        baseline: side(1),
        also,
        ..Outcome::new(measure, setup)
    }
}

#[cfg(test)]
mod tests {
    use super::precision_and_recall;

    #[test]
    fn pairs_are_counted() {
        // Vacancy 1 has three postings, two of them joined; 2 and 3 were joined wrongly.
        let clusters = [vec![1, 1], vec![1], vec![2, 3]];
        let (precision, recall) = precision_and_recall(clusters.iter());
        assert_eq!((precision, recall), (0.5, 1.0 / 3.0));
    }
}
