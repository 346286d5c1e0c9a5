//! Reviewers' decisions.

use super::samples::{assert_conflict, assert_not_found, at, id};
use openvacancy_domain::dedup::LinkRules;
use openvacancy_domain::ports::Store;
use openvacancy_domain::{Correction, CorrectionTarget, NewCorrection};

fn title(value: &str) -> NewCorrection {
    NewCorrection {
        target: CorrectionTarget::Title { cleaned_title: "night porter".to_owned(), context: String::new() },
        field: "soc2020".to_owned(),
        value: value.to_owned(),
        author: "ada".to_owned(),
        reason: "wrong_code".to_owned(),
        note: "it's a hotel, \"not\" a hospital".to_owned(),
    }
}

fn pair(a: &str, b: &str, value: &str) -> NewCorrection {
    NewCorrection {
        target: CorrectionTarget::Pair { a: id("reed", a), b: id("guardian", b) },
        field: "link".to_owned(),
        value: value.to_owned(),
        ..title("")
    }
}

fn ids(corrections: &[Correction]) -> Vec<i64> {
    corrections.iter().map(|correction| correction.id).collect()
}

pub fn a_correction_comes_back_as_it_was(store: &dyn Store) {
    let on_posting = NewCorrection {
        target: CorrectionTarget::Posting { posting: id("reed", "1|2") },
        field: "lad_code".to_owned(),
        value: String::new(),
        ..title("")
    };
    let in_context = NewCorrection {
        target: CorrectionTarget::Title { cleaned_title: "porter".to_owned(), context: "category=Health".to_owned() },
        ..title("9271")
    };
    let decisions = [title("9271"), on_posting, in_context, pair("1", "2", "must")];
    let recorded = store.add_corrections(at(2, 0), &decisions).unwrap();
    assert!(recorded.is_sorted_by_key(|correction| correction.id) && recorded[0].id > 0);
    for (correction, decision) in recorded.iter().zip(&decisions) {
        assert_eq!((&correction.decision, correction.at, correction.withdrawn), (decision, at(2, 0), false));
    }
    assert_eq!(store.corrections(0, 10).unwrap(), recorded);
    assert_eq!(store.corrections(recorded[0].id, 2).unwrap(), recorded[1..3]);
    assert_eq!(store.add_corrections(at(2, 0), &[]).unwrap(), []);
}

pub fn the_same_decision_is_kept_once(store: &dyn Store) {
    let first = store.add_corrections(at(2, 0), &[title("9271"), title("9271")]).unwrap();
    assert_eq!(first[0], first[1]);
    assert_eq!(store.add_corrections(at(3, 0), &[title("9271")]).unwrap(), first[..1]);
    // Another author's agreement is a decision of its own.
    let agreed = NewCorrection { author: "grace".to_owned(), ..title("9271") };
    assert_ne!(store.add_corrections(at(3, 0), &[agreed]).unwrap()[0].id, first[0].id);
    assert_eq!(store.corrections(0, 10).unwrap().len(), 2);
}

pub fn a_file_can_be_imported_twice(store: &dyn Store) {
    let file = [title("9271"), pair("1", "2", "must"), title("9272"), pair("1", "2", "cannot")];
    let first = store.add_corrections(at(2, 0), &file).unwrap();
    assert_eq!(ids(&store.add_corrections(at(3, 0), &file).unwrap()), ids(&first));
    assert_eq!(store.corrections(0, 10).unwrap(), first);
}

pub fn going_back_to_an_earlier_value_is_a_new_decision(store: &dyn Store) {
    store.add_corrections(at(2, 0), &[title("9271"), title("9272")]).unwrap();
    let back = store.add_corrections(at(3, 0), &[title("9271")]).unwrap();
    let all = store.corrections(0, 10).unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all.last(), back.first(), "the newest holds");
}

pub fn a_withdrawn_decision_no_longer_holds(store: &dyn Store) {
    let made = store.add_corrections(at(2, 0), &[title("9271"), pair("1", "2", "must")]).unwrap();
    for correction in &made {
        store.withdraw_correction(correction.id).unwrap();
    }
    assert_not_found(store.withdraw_correction(made[1].id + 1));
    let all = store.corrections(0, 10).unwrap();
    assert!(all.len() == 2 && all.iter().all(|correction| correction.withdrawn));
    assert_eq!(store.link_rules().unwrap(), LinkRules::default());
    // Decided again, it is a new decision.
    let again = store.add_corrections(at(3, 0), &[title("9271")]).unwrap();
    assert!(again[0].id > made[1].id && !again[0].withdrawn);
}

pub fn link_rules_take_the_newest_of_a_pair(store: &dyn Store) {
    store
        .add_corrections(at(2, 0), &[pair("1", "2", "must"), pair("3", "4", "cannot"), pair("5", "6", "must")])
        .unwrap();
    let turned = NewCorrection {
        target: CorrectionTarget::Pair { a: id("guardian", "2"), b: id("reed", "1") },
        ..pair("1", "2", "cannot")
    };
    let newer = store.add_corrections(at(3, 0), &[turned, pair("5", "6", "")]).unwrap();
    let rules = store.link_rules().unwrap();
    assert_eq!(rules.must, []);
    let mut cannot = rules.cannot;
    cannot.sort();
    assert_eq!(cannot, [(id("guardian", "2"), id("reed", "1")), (id("reed", "3"), id("guardian", "4"))]);
    // Without the newer one the older holds again.
    store.withdraw_correction(newer[0].id).unwrap();
    assert_eq!(store.link_rules().unwrap().must, [(id("reed", "1"), id("guardian", "2"))]);
}

pub fn a_decision_that_says_nothing_is_refused_whole(store: &dyn Store) {
    assert_conflict(store.add_corrections(at(2, 0), &[title("9271"), pair("1", "2", "maybe")]), "must, cannot");
    let field = NewCorrection { field: "soc2020".to_owned(), ..pair("1", "2", "must") };
    assert_conflict(store.add_corrections(at(2, 0), &[field]), "about its link");
    let link = NewCorrection { field: "link".to_owned(), ..title("must") };
    assert_conflict(store.add_corrections(at(2, 0), &[link]), "pair of postings");
    assert_eq!(store.corrections(0, 10).unwrap(), []);
}
