//! `openvacancy normalise` against parsing the same lines and writing them again.

use super::input::{self, text};
use crate::measure::{Kind, Measure, Side, compare, ready};
use crate::outcome::Outcome;
use crate::setup::Setup;

pub(super) fn run(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let (file, count) = input::jsonl(setup, setup.size(8_000, 60))?;
    let ours = setup.openvacancy(&["normalise", text(&file)?])?;
    let ours = Side::program(setup, "openvacancy normalise", ours, count, ready);
    let plain = setup.work(&["reserialise", text(&file)?]);
    let plain = Side::program(setup, "serde_json, in and out", plain, count, ready);
    compare(setup, measure, Kind::Rate("advertisements"), ours, plain).map(Some)
}
