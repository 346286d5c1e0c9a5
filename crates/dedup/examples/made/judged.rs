//! Pairs of real advertisements that a reader judged.

use super::{Half, Lads, rows};
use openvacancy_domain::{DedupRecord, PortalId, PostingId};
use openvacancy_reference::beside;
use std::collections::BTreeMap;

/// The reader's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Judgement {
    Same,
    OtherPlace,
    Different,
}

/// The judged pairs of one half; undecided ones left out. `None` where the data are not beside the workspace.
pub(crate) fn pairs(half: Half) -> Option<Vec<(DedupRecord, DedupRecord, Judgement)>> {
    let path = beside::shared("realdata/dedup_judged_pairs.csv.gz")?;
    let lads = Lads::new();
    let pairs = rows(&path)
        .into_iter()
        .enumerate()
        .filter(|(at, _)| (at % 2 == 0) == (half == Half::Train))
        .filter_map(|(_, row)| {
            let judgement = match row.get("judgement").map(String::as_str) {
                Some("same vacancy") => Judgement::Same,
                Some("same role, different location") => Judgement::OtherPlace,
                Some("different vacancy") => Judgement::Different,
                _ => return None,
            };
            Some((record(&row, "a", &lads), record(&row, "b", &lads), judgement))
        })
        .collect();
    Some(pairs)
}

fn record(row: &BTreeMap<String, String>, side: &str, lads: &Lads) -> DedupRecord {
    let get = |name: &str| {
        row.get(&format!("{name}_{side}")).filter(|text| !text.trim().is_empty() && *text != "nan").cloned()
    };
    let portal = get("portal").and_then(|text| PortalId::from_text(&text)).unwrap_or_default();
    // Aggregators estimate pay and keep day rates as they are; only figures in pounds a year that were written are used.
    let written = get("salary").filter(|text| text.contains("annum") || text.contains("/yr"));
    let figures: Vec<f64> = written
        .iter()
        .flat_map(|text| text.split(|ch: char| !ch.is_ascii_digit() && ch != ',' && ch != '.'))
        .filter_map(|figure| figure.replace(',', "").parse().ok())
        .filter(|pay| *pay > 5_000.0)
        .collect();
    DedupRecord {
        id: PostingId { portal, id: get("ad_id").unwrap_or_default() },
        url: None,
        reference: None,
        title: get("title").unwrap_or_default(),
        employer: get("employer"),
        description: get("description"),
        lad_codes: lads.of(get("location").as_deref(), None),
        location: get("location"),
        postcode: None,
        wage_annual_min: figures.first().copied(),
        wage_annual_max: figures.get(1).or(figures.first()).copied(),
        soc2020: None,
        date_posted: None,
        first_seen: None,
        last_seen: None,
    }
}
