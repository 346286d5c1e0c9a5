//! The result depends on nothing but the records: not their order, not the threads, not how they were fed in.

mod common;

use common::{day, nurse, records_of, with};
use openvacancy_dedup::Deduplicator;
use openvacancy_domain::dedup::LinkRules;
use openvacancy_domain::ports::FindDuplicates;
use openvacancy_domain::{Cluster, DedupRecord, PostingId};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A record out of few values, so that many are alike in many ways.
fn record() -> impl Strategy<Value = DedupRecord> {
    (0..4_usize, 0..40_u32, 0..4_usize, 0..4_usize, 0..3_usize, proptest::option::of(0..120_u64), any::<bool>())
        .prop_map(|(portal, id, title, text, place, posted, cut)| {
            with(nurse(["civic", "harbour", "feed", "adzuna"][portal], &id.to_string()), |made| {
                made.title = ["Staff Nurse", "Senior Staff Nurse", "Porter", "Staff Nurse - Leeds"][title].to_owned();
                made.description =
                    ["nursing", "theatre", "porter", ""].get(text).filter(|s| !s.is_empty()).map(|s| records_of(s));
                if cut {
                    made.description = made.description.take().map(|text| text.chars().take(400).collect());
                }
                if place == 1 {
                    (made.location, made.lad_codes) = (Some("Hull".to_owned()), vec!["E06000010".to_owned()]);
                } else if place == 2 {
                    (made.location, made.lad_codes, made.postcode) = (None, Vec::new(), None);
                }
                made.date_posted = posted.map(day);
            })
        })
}

fn sets(clusters: &[Cluster]) -> BTreeSet<Vec<PostingId>> {
    clusters.iter().map(|cluster| cluster.members.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_threads_and_batches_do_not_matter(
        records in proptest::collection::vec(record(), 0..60),
        turn in 0..60_usize,
        batch in 1..20_usize,
    ) {
        let finder = Deduplicator::default();
        let rules = LinkRules {
            must: records.first().zip(records.last()).map(|(a, b)| (a.id.clone(), b.id.clone())).into_iter().collect(),
            cannot: records.get(1).zip(records.get(2)).map(|(a, b)| (a.id.clone(), b.id.clone())).into_iter().collect(),
        };
        let clusters = finder.cluster(&records, &rules);

        let members: usize = clusters.iter().map(|cluster| cluster.members.len()).sum();
        prop_assert_eq!(members, records.len(), "every record is in exactly one cluster");

        let mut turned = records.clone();
        turned.rotate_left(turn.min(records.len()));
        turned.reverse();
        prop_assert_eq!(&finder.cluster(&turned, &rules), &clusters);

        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        prop_assert_eq!(&one_thread.install(|| finder.cluster(&records, &rules)), &clusters);

        let mut search = finder.begin();
        turned.chunks(batch).for_each(|chunk| search.add(chunk));
        prop_assert_eq!(&search.finish(&rules), &clusters);

        for (a, b) in &rules.cannot {
            let apart = a == b || !sets(&clusters).iter().any(|set| set.contains(a) && set.contains(b));
            prop_assert!(apart, "a cannot-link is broken");
        }
    }

    #[test]
    fn no_text_makes_a_panic(title in "\\PC{0,40}", employer in "\\PC{0,30}", location in "\\PC{0,30}", text in "\\PC{0,400}") {
        let odd = with(nurse("civic", "1"), |odd| {
            odd.title = title;
            odd.employer = Some(employer.clone());
            odd.location = Some(location);
            odd.postcode = Some(employer);
            odd.url = Some(text.clone());
            odd.reference = odd.url.clone();
            odd.description = Some(text);
            odd.soc2020 = Some("x".to_owned());
            odd.wage_annual_min = Some(f64::INFINITY);
        });
        let decision = Deduplicator::default().explain(&odd, &nurse("harbour", "2"));
        prop_assert!((0.0..=1.0).contains(&decision.score));
        let with_itself = Deduplicator::default().explain(&odd, &odd);
        prop_assert!((0.0..=1.0).contains(&with_itself.score));
    }
}

#[test]
fn no_records_give_no_clusters() {
    assert!(Deduplicator::default().cluster(&[], &LinkRules::default()).is_empty());
}

#[test]
fn one_id_met_twice_is_one_posting() {
    let twice = [nurse("civic", "1"), with(nurse("civic", "1"), |later| later.title = "Porter".to_owned())];
    let clusters = Deduplicator::default().cluster(&twice, &LinkRules::default());
    assert_eq!(clusters.len(), 1);
    assert_eq!(clusters[0].members.len(), 2);
}
