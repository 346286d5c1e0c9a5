//! `openvacancy code` against one full-text look-up for each title.

use super::input::{self, text};
use crate::measure::{Kind, Measure, Side, compare, ready};
use crate::outcome::Outcome;
use crate::setup::Setup;
use std::path::Path;

const BASELINE: &str = "one BM25 look-up (tantivy)";

pub(super) fn stream(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let (file, count) = input::titles(setup, "stream.csv", setup.size(60_000, 60), true)?;
    against_a_look_up(setup, measure, Kind::Rate("titles"), &file, count)
}

pub(super) fn distinct(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let (file, count) = input::titles(setup, "distinct.csv", setup.size(60_000, 60), false)?;
    against_a_look_up(setup, measure, Kind::Rate("titles"), &file, count)
}

pub(super) fn prose(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let (file, count) = input::csv(setup, setup.size(8_000, 60))?;
    against_a_look_up(setup, measure, Kind::Rate("advertisements"), &file, count)
}

pub(super) fn start(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let file = setup.path("one.csv");
    std::fs::write(&file, "title\nRegistered Nurse\n")?;
    against_a_look_up(setup, measure, Kind::Time("start"), &file, 1)
}

fn against_a_look_up(
    setup: &Setup,
    measure: &Measure,
    kind: Kind,
    file: &Path,
    count: u64,
) -> anyhow::Result<Option<Outcome>> {
    let ours = Side::program(setup, "openvacancy code", setup.openvacancy(&["code", text(file)?])?, count, ready);
    let plain = Side::program(setup, BASELINE, setup.work(&["look-up", text(file)?]), count, ready);
    compare(setup, measure, kind, ours, plain).map(Some)
}
