//! Copies that are hard to see, and strangers that look alike.

mod common;

use common::{cluster_sizes, day, nurse, records_of, with};
use openvacancy_dedup::Deduplicator;
use openvacancy_domain::ports::FindDuplicates;
use openvacancy_domain::{DedupRecord, PairDecision};

fn explain(change: impl FnOnce(&mut DedupRecord)) -> PairDecision {
    Deduplicator::default().explain(&nurse("civic", "1"), &with(nurse("harbour", "9"), change))
}

#[test]
fn copies_are_known_through_their_disguises() {
    type Change = fn(&mut DedupRecord);
    let disguises: [(&str, Change); 8] = [
        ("exact", |_| {}),
        ("cut off", |copy| copy.description = copy.description.take().map(|text| format!("{}…", &text[..300]))),
        ("decorated title", |copy| copy.title = "STAFF NURSE - Leeds (Full Time)".to_owned()),
        ("feeder's name, employer in the title", |copy| {
            copy.employer = Some("Careers Network".to_owned());
            copy.title = "Staff Nurse - Moorland Teaching Hospitals NHS Trust".to_owned();
        }),
        ("pay left out", |copy| (copy.wage_annual_min, copy.wage_annual_max) = (None, None)),
        ("place less exact", |copy| (copy.postcode, copy.location) = (None, Some("Leeds".to_owned()))),
        ("prose left out", |copy| copy.description = None),
        ("posted a week later", |copy| copy.date_posted = Some(day(7))),
    ];
    for (name, disguise) in disguises {
        let decision = explain(disguise);
        assert!(decision.same, "{name}: {decision:?}");
    }
}

#[test]
fn strangers_stay_strangers() {
    type Change = fn(&mut DedupRecord);
    let strangers: [(&str, Change); 5] = [
        ("another text of the same trust", |other| other.description = Some(records_of("theatre"))),
        ("another grade", |other| {
            other.title = "Senior Staff Nurse Band 7".to_owned();
            (other.wage_annual_min, other.wage_annual_max) = (Some(46_000.0), Some(52_000.0));
        }),
        ("another job in the same mould", |other| {
            other.title = "Catering Porter".to_owned();
            (other.wage_annual_min, other.wage_annual_max) = (Some(23_000.0), Some(23_500.0));
        }),
        ("another employer and text", |other| {
            other.employer = Some("Fellside Hospice".to_owned());
            other.description = Some(records_of("hospice"));
        }),
        ("another town", |other| {
            (other.location, other.lad_codes) = (Some("Hull".to_owned()), vec!["E06000010".to_owned()])
        }),
    ];
    for (name, change) in strangers {
        let decision = explain(change);
        assert!(!decision.same, "{name}: {decision:?}");
    }
}

#[test]
fn reasons_are_words() {
    let decision = explain(|copy| copy.date_posted = Some(day(3)));
    for reason in ["same text 1.00", "same title", "same employer", "same place", "pay equal", "3 days apart"] {
        assert!(decision.reasons.iter().any(|said| said == reason), "{reason} in {:?}", decision.reasons);
    }
    assert!((0.5..=1.0).contains(&decision.score), "{}", decision.score);
}

#[test]
fn boilerplate_does_not_make_strangers_one() {
    // Forty advertisements of one agency: a line of their own, then 120 words that all of them share.
    let trades = [
        "plumber", "baker", "weaver", "glazier", "roofer", "tiler", "welder", "joiner", "printer", "cooper", "florist",
        "barber", "tailor", "potter", "sawyer", "brewer", "miller", "farrier", "saddler", "thatcher",
    ];
    let mould = records_of("agency");
    let records: Vec<DedupRecord> = (0..40)
        .map(|at| {
            with(nurse("civic", &at.to_string()), |other| {
                let trade = trades[at % trades.len()];
                // Two of each trade, half of them at another grade of pay.
                other.title = trade.to_owned();
                other.employer = Some("Brightwater Recruitment".to_owned());
                other.description =
                    Some(format!("{} {mould}", &records_of(&format!("{trade}{}", at / trades.len()))[..200]));
                let pay = 20_000.0 + 1_000.0 * at as f64;
                (other.wage_annual_min, other.wage_annual_max) = (Some(pay), Some(pay));
                other.date_posted = Some(day(10 * (at / trades.len()) as u64));
            })
        })
        .collect();
    let clusters = Deduplicator::default().cluster(&records, &Default::default());
    assert_eq!(cluster_sizes(&clusters), [1; 40]);
}

#[test]
fn likeness_does_not_chain() {
    // Each shares half its words with the next; the first and the last share nothing.
    let halves: Vec<String> = ["north", "east", "south", "west"].map(records_of).into();
    let chain: Vec<DedupRecord> = (0..3)
        .map(|at| {
            with(nurse(&format!("board-{at}"), "1"), |link| {
                link.description = Some(format!("{} {}", halves[at], halves[at + 1]));
                link.title = ["Ward Nurse", "Staff Nurse", "Staff Porter"][at].to_owned();
            })
        })
        .collect();
    let clusters = Deduplicator::default().cluster(&chain, &Default::default());
    assert!(clusters.iter().all(|cluster| cluster.members.len() < 3), "{clusters:?}");
}
