//! Records for tests. All of it is invented.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part; a test may stop on what cannot be")]

use chrono::{Days, NaiveDate, TimeZone, Utc};
use openvacancy_domain::{Cluster, DedupRecord, PortalId, PostingId, Timestamp};

pub(crate) fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).unwrap() + Days::new(after)
}

pub(crate) fn instant(after: u64) -> Timestamp {
    Utc.from_utc_datetime(&day(after).and_hms_opt(9, 0, 0).unwrap())
}

/// Prose on a subject, about 120 words, without anything in common between subjects.
pub(crate) fn records_of(subject: &str) -> String {
    let sentences = [
        "looks after {} matters from the first morning to the last evening of every week",
        "keeps the {} ledger and answers questions that visitors put about it",
        "walks the {} corridors with a lantern, noting what creaks, drips or rattles",
        "trains newcomers until their {} handiwork pleases the most exacting eye",
        "speaks plainly with {} colleagues, families, suppliers and inspectors alike",
        "brings two summers of {} practice, patience and a steady hand",
    ];
    sentences
        .iter()
        .enumerate()
        .map(|(at, sentence)| {
            // Every word bears the subject, so that two subjects share no passage.
            let said: Vec<String> =
                sentence.replace("{}", subject).split(' ').map(|word| format!("{word}{subject}")).collect();
            format!("Whoever joins us {subject}{at} {}.", said.join(" "))
        })
        .collect::<Vec<_>>()
        .join(" ")
}

pub(crate) fn nurse(portal: &str, id: &str) -> DedupRecord {
    DedupRecord {
        id: PostingId { portal: PortalId::from(portal), id: id.to_owned() },
        url: None,
        reference: None,
        title: "Staff Nurse".to_owned(),
        employer: Some("Moorland Teaching Hospitals NHS Trust".to_owned()),
        description: Some(records_of("nursing")),
        location: Some("Leeds, West Yorkshire".to_owned()),
        postcode: Some("LS9 7XX".to_owned()),
        lad_codes: vec!["E08000035".to_owned()],
        wage_annual_min: Some(29_970.0),
        wage_annual_max: Some(36_483.0),
        soc2020: Some("2237".to_owned()),
        date_posted: Some(day(0)),
        first_seen: None,
        last_seen: None,
    }
}

pub(crate) fn with(mut record: DedupRecord, change: impl FnOnce(&mut DedupRecord)) -> DedupRecord {
    change(&mut record);
    record
}

/// Sizes of the clusters, rising.
pub(crate) fn cluster_sizes(clusters: &[Cluster]) -> Vec<usize> {
    let mut sizes: Vec<usize> = clusters.iter().map(|cluster| cluster.members.len()).collect();
    sizes.sort_unstable();
    sizes
}
