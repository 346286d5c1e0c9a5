//! The portal reader against making a document tree of the same pages.

use crate::measure::{Kind, Measure, Side, compare};
use crate::outcome::Outcome;
use crate::setup::Setup;

pub(super) fn harbour(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    against_a_tree(setup, measure, "pretend-harbour")
}

pub(super) fn civic(setup: &Setup, measure: &Measure) -> anyhow::Result<Option<Outcome>> {
    against_a_tree(setup, measure, "pretend-civic")
}

fn against_a_tree(setup: &Setup, measure: &Measure, portal: &str) -> anyhow::Result<Option<Outcome>> {
    let (vacancies, rounds) = (setup.size(2_000, 60).to_string(), setup.size(8, 1).to_string());
    let ours = setup.work(&["read-pages", portal, &vacancies, &rounds]);
    let tree = setup.work(&["page-trees", portal, &vacancies, &rounds]);
    let ours = Side::inside(setup, "the portal reader", ours, "pages");
    let tree = Side::inside(setup, "a document tree (scraper)", tree, "pages");
    compare(setup, measure, Kind::Rate("pages"), ours, tree).map(Some)
}
