//! A round of collecting against plain GETs of the same pages.

use crate::measure::{Kind, Measure, Side, compare};
use crate::outcome::Outcome;
use crate::setup::Setup;

pub(super) fn run(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    let vacancies = setup.size(2_000, 60).to_string();
    let ours = setup.example("collecting_rate", &["--json", "--vacancies", &vacancies])?;
    let ours = Side::inside(setup, "a round of collecting", ours, "first day");
    let plain = Side::inside(setup, "plain GETs (reqwest)", setup.work(&["get-pages", &vacancies]), "get");
    compare(setup, measure, Kind::Rate("pages"), ours, plain).map(Some)
}
