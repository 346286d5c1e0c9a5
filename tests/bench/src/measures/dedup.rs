//! `openvacancy dedup` against comparing all pairs within a block.

use super::input::{self, text};
use crate::measure::{Kind, Measure, Side, compare, ready};
use crate::outcome::Outcome;
use crate::setup::Setup;

pub(super) fn run(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let (file, count) = input::jsonl(setup, setup.size(12_000, 60))?;
    let ours = setup.openvacancy(&["dedup", text(&file)?])?;
    let ours = Side::program(setup, "openvacancy dedup", ours, count, ready);
    let plain = setup.work(&["block-pairs", text(&file)?]);
    let plain = Side::program(setup, "all pairs of a block (strsim)", plain, count, ready);
    compare(setup, measure, Kind::Rate("postings"), ours, plain).map(Some)
}
