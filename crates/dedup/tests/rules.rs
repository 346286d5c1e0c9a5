//! The rules of 'Same vacancy?', one by one, with their switches.

mod common;

use common::{cluster_sizes, day, instant, nurse, records_of, with};
use openvacancy_dedup::{Deduplicator, Options};
use openvacancy_domain::dedup::LinkRules;
use openvacancy_domain::ports::FindDuplicates;
use openvacancy_domain::{DedupRecord, PortalId};

fn sizes(options: Options, records: &[DedupRecord]) -> Vec<usize> {
    cluster_sizes(&Deduplicator::new(options).cluster(records, &LinkRules::default()))
}

#[test]
fn a_copy_on_another_portal_is_the_same_vacancy() {
    let records = [nurse("civic", "1"), nurse("harbour", "9")];
    assert_eq!(sizes(Options::default(), &records), [2]);
    assert_eq!(sizes(Options { join_copies: false, ..Options::default() }, &records), [1, 1]);
}

#[test]
fn a_reposting_within_ninety_days_is_the_same_vacancy() {
    let after = |days| with(nurse("civic", &format!("later{days}")), |later| later.date_posted = Some(day(days)));
    let check = |days: u64, options: Options, expected: &[usize]| {
        assert_eq!(sizes(options, &[nurse("civic", "1"), after(days)]), expected, "{days} days");
    };
    check(30, Options::default(), &[2]);
    check(90, Options::default(), &[2]);
    check(91, Options::default(), &[1, 1]);
    check(30, Options { join_reposts: false, ..Options::default() }, &[1, 1]);
    check(30, Options { repost_days: 14, ..Options::default() }, &[1, 1]);
    // Posted again and again it stays one vacancy, longer than ninety days in all.
    assert_eq!(sizes(Options::default(), &[nurse("civic", "1"), after(60), after(120)]), [3]);
}

#[test]
fn the_same_text_for_another_place_is_another_vacancy() {
    let elsewhere = with(nurse("harbour", "9"), |other| {
        other.location = Some("Hull".to_owned());
        other.lad_codes = vec!["E06000010".to_owned()];
        other.postcode = None;
    });
    let records = [nurse("civic", "1"), elsewhere];
    assert_eq!(sizes(Options::default(), &records), [1, 1]);
    // The rule switched off, the fields alone decide: the text is the same, and so are title and employer.
    let verdict =
        Deduplicator::new(Options { separate_places: false, ..Options::default() }).explain(&records[0], &records[1]);
    assert!(!verdict.reasons.iter().any(|reason| reason == "another place is another vacancy"), "{verdict:?}");
}

#[test]
fn nine_side_by_side_on_one_portal_are_nine_vacancies() {
    let nine: Vec<DedupRecord> = (1..=9).map(|id| nurse("civic", &id.to_string())).collect();
    assert_eq!(sizes(Options::default(), &nine), [1; 9]);
    assert_eq!(sizes(Options { separate_side_by_side: false, ..Options::default() }, &nine), [9]);
    // Another portal shows the same nine: nine pairs, not one heap of eighteen.
    let both: Vec<DedupRecord> =
        nine.iter().cloned().chain((1..=9).map(|id| nurse("harbour", &format!("h{id}")))).collect();
    assert_eq!(sizes(Options::default(), &both), [2; 9]);
}

#[test]
fn sightings_tell_neighbours_from_repostings() {
    let seen = |id: &str, first: u64, last: u64| {
        with(nurse("civic", id), |posting| {
            (posting.first_seen, posting.last_seen) = (Some(instant(first)), Some(instant(last)));
            posting.date_posted = Some(day(first));
        })
    };
    assert_eq!(sizes(Options::default(), &[seen("1", 0, 10), seen("2", 12, 25)]), [2], "one after the other");
    assert_eq!(sizes(Options::default(), &[seen("1", 0, 25), seen("2", 12, 30)]), [1, 1], "side by side for 13 days");
}

#[test]
fn an_aggregator_may_show_one_vacancy_twice() {
    let twice = [nurse("adzuna", "1"), nurse("adzuna", "2")];
    assert_eq!(sizes(Options::default(), &twice), [2]);
    assert_eq!(sizes(Options { aggregators: vec![], ..Options::default() }, &twice), [1, 1]);
    let referenced = |id: &str| with(nurse("adzuna", id), |posting| posting.reference = Some(format!("REF-100{id}")));
    assert_eq!(sizes(Options::default(), &[referenced("1"), referenced("2")]), [1, 1], "two references");
}

#[test]
fn one_address_is_one_posting_whatever_its_ids() {
    let at = |id: &str, query: &str| {
        with(nurse("civic", id), |posting| posting.url = Some(format!("https://jobs.example.org/ad/7?{query}")))
    };
    assert_eq!(sizes(Options::default(), &[at("1", "utm_source=mail"), at("2", "")]), [2]);
}

#[test]
fn reviewers_decisions_bind() {
    let records = [
        nurse("civic", "1"),
        nurse("harbour", "9"),
        with(nurse("feed", "x"), |other| {
            other.title = "Forklift Driver".to_owned();
            other.description = Some(records_of("warehouse"));
        }),
    ];
    let id = |at: usize| records[at].id.clone();
    let finder = Deduplicator::default();
    let rules = LinkRules { must: vec![(id(2), id(0))], cannot: vec![(id(1), id(0))] };
    let clusters = finder.cluster(&records, &rules);
    assert_eq!(cluster_sizes(&clusters), [1, 2]);
    let joined = clusters.iter().find(|cluster| cluster.members.len() == 2).unwrap();
    assert_eq!(joined.links[0].reasons[0], "a reviewer said so");
    // Where both were decided of one pair, apart holds: a wrong join hides a vacancy.
    let torn = LinkRules { must: vec![(id(0), id(1))], cannot: vec![(id(0), id(1))] };
    assert_eq!(cluster_sizes(&finder.cluster(&records, &torn)), [1, 1, 1]);
    // Unknown postings are passed over.
    let gone = LinkRules { must: vec![(id(0), nurse("civic", "gone").id)], cannot: vec![] };
    assert_eq!(cluster_sizes(&finder.cluster(&records, &gone)), [1, 2]);
}

#[test]
fn the_version_shows_departures() {
    let changed = Deduplicator::new(Options { join_reposts: false, ..Options::default() });
    assert!(changed.version().ends_with("(join_reposts=off)"), "{}", changed.version());
    assert_ne!(changed.version(), Deduplicator::default().version());
    assert_eq!(PortalId::from("adzuna"), Options::default().aggregators[0]);
}
