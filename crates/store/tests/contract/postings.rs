//! Postings, versions, sightings, codings.

use super::samples::{assert_not_found, at, coded, coding, id, normalised, posting, run, seen, versions};
use openvacancy_domain::ports::{
    Closing, PortalSpan, RecordOutcome::NewVersion, RecordOutcome::Unchanged, SeenPosting, Store,
};
use openvacancy_domain::ports::{RecordOutcome, StoredPosting};
use openvacancy_domain::{ContentHash, PortalId, Posting, PostingId};

const NEW: RecordOutcome = RecordOutcome::New;

fn closing(posting: PostingId, day: u32) -> Closing {
    Closing { posting, at: at(day, 0), why: "gone".to_owned() }
}

fn get(store: &dyn Store, name: &PostingId) -> StoredPosting {
    store.posting(name).unwrap().expect("the posting is there")
}

pub fn a_posting_comes_back_as_it_was(store: &dyn Store) {
    let shown = posting("reed", "1", "Care Assistant");
    let bare = Posting { portal: "reed".into(), title: "Cook".to_owned(), ..Posting::default() };
    let empty_prose = Posting { description: Some(String::new()), ..posting("reed", "3", "Driver") };
    for posting in [&shown, &bare, &empty_prose] {
        let batch = [SeenPosting { posting: posting.clone(), seen_at: Some(at(2, 0)) }];
        assert_eq!(store.record(run(store), &batch).unwrap(), [NEW]);
        let stored = get(store, &posting.id());
        assert_eq!(stored.posting, *posting);
        assert_eq!(stored.content_hash, posting.content_hash());
        assert_eq!((stored.first_seen, stored.last_seen), (Some(at(2, 0)), Some(at(2, 0))));
        assert_eq!((stored.closed_on, stored.closed_why), (None, None));
    }
    assert_eq!(store.posting(&id("reed", "4")).unwrap(), None);
    assert_eq!(store.posting(&id("guardian", "1")).unwrap(), None);
}

pub fn outcomes_follow_content(store: &dyn Store) {
    let run = run(store);
    let batch = [seen("reed", "1", "Cook", at(2, 0)), seen("reed", "2", "Cook", at(2, 0))];
    assert_eq!(store.record(run, &batch).unwrap(), [NEW, NEW]);
    let again = [
        seen("reed", "2", "Cook", at(3, 0)),
        seen("reed", "1", "Head Cook", at(3, 0)),
        seen("guardian", "1", "Cook", at(3, 0)),
    ];
    assert_eq!(store.record(run, &again).unwrap(), [Unchanged, NewVersion, NEW]);
    let changed = get(store, &id("reed", "1"));
    assert_eq!(changed.posting.title, "Head Cook");
    assert_eq!((changed.first_seen, changed.last_seen), (Some(at(2, 0)), Some(at(3, 0))));
    assert_eq!(store.record(run, &[]).unwrap(), []);
    assert_eq!(store.postings(0, 10).unwrap().len(), 3);

    // The instant of fetching is no content.
    let mut later = seen("reed", "2", "Cook", at(4, 0));
    later.posting.fetched_at = Some("2026-10-04T12:00:00Z".to_owned());
    assert_eq!(store.record(run, &[later]).unwrap(), [Unchanged]);
}

pub fn two_of_one_id_in_one_batch_are_taken_in_order(store: &dyn Store) {
    let batch = [
        seen("reed", "1", "Cook", at(3, 0)),
        seen("reed", "1", "Head Cook", at(2, 0)),
        seen("reed", "1", "Head Cook", at(4, 0)),
        seen("reed", "1", "Cook", at(4, 1)),
    ];
    assert_eq!(store.record(run(store), &batch).unwrap(), [NEW, NewVersion, Unchanged, NewVersion]);
    let stored = get(store, &id("reed", "1"));
    assert_eq!(stored.posting.title, "Cook");
    assert_eq!((stored.first_seen, stored.last_seen), (Some(at(2, 0)), Some(at(4, 1))));
    assert_eq!(store.postings(0, 10).unwrap().len(), 1);
}

pub fn an_earlier_content_may_return(store: &dyn Store) {
    let run = run(store);
    for (title, outcome) in [("Cook", NEW), ("Head Cook", NewVersion), ("Cook", NewVersion), ("Cook", Unchanged)] {
        assert_eq!(store.record(run, &[seen("reed", "1", title, at(2, 0))]).unwrap(), [outcome], "{title}");
        assert_eq!(get(store, &id("reed", "1")).posting.title, title);
    }
}

pub fn an_import_has_no_sighting(store: &dyn Store) {
    let run = run(store);
    let imported = SeenPosting { posting: posting("file", "1", "Cook"), seen_at: None };
    assert_eq!(store.record(run, std::slice::from_ref(&imported)).unwrap(), [NEW]);
    let stored = get(store, &id("file", "1"));
    assert_eq!((stored.first_seen, stored.last_seen), (None, None));
    assert_eq!(store.open_not_seen_since(&PortalId::from("file"), at(30, 0)).unwrap(), []);

    // A dated one gives it a life, and a further undated one takes nothing away.
    assert_eq!(store.record(run, &[seen("file", "1", "Cook", at(5, 0))]).unwrap(), [Unchanged]);
    assert_eq!(store.record(run, &[imported]).unwrap(), [Unchanged]);
    let stored = get(store, &id("file", "1"));
    assert_eq!((stored.first_seen, stored.last_seen), (Some(at(5, 0)), Some(at(5, 0))));
}

pub fn a_seen_posting_is_open_again(store: &dyn Store) {
    let run = run(store);
    let name = id("reed", "1");
    store.record(run, &[seen("reed", "1", "Cook", at(2, 0))]).unwrap();
    assert_eq!(store.close(run, &[closing(name.clone(), 3)]).unwrap(), 1);
    let closed = get(store, &name);
    assert_eq!((closed.closed_on, closed.closed_why.as_deref()), (Some(at(3, 0)), Some("gone")));
    assert_eq!(store.record(run, &[seen("reed", "1", "Cook", at(4, 0))]).unwrap(), [Unchanged]);
    let open = get(store, &name);
    assert_eq!((open.closed_on, open.closed_why), (None, None));

    // So does one without an instant, for it cannot be known to be older.
    store.close(run, &[closing(name.clone(), 5)]).unwrap();
    store.record(run, &[SeenPosting { posting: posting("reed", "1", "Cook"), seen_at: None }]).unwrap();
    assert_eq!(get(store, &name).closed_on, None);
}

pub fn an_older_sighting_leaves_a_closed_posting_closed(store: &dyn Store) {
    let run = run(store);
    let name = id("reed", "1");
    store.record(run, &[seen("reed", "1", "Cook", at(2, 0))]).unwrap();
    store.close(run, &[closing(name.clone(), 9)]).unwrap();
    store.record(run, &[seen("reed", "1", "Cook", at(1, 0)), seen("reed", "1", "Cook", at(8, 0))]).unwrap();
    let stored = get(store, &name);
    assert_eq!(stored.closed_on, Some(at(9, 0)));
    assert_eq!((stored.first_seen, stored.last_seen), (Some(at(1, 0)), Some(at(8, 0))));
}

pub fn closing_counts_only_open_ones(store: &dyn Store) {
    let run = run(store);
    let batch: Vec<_> = (0..5).map(|n| seen("reed", &n.to_string(), "Cook", at(2, 0))).collect();
    store.record(run, &batch).unwrap();
    assert_eq!(store.close(run, &[]).unwrap(), 0);
    assert_eq!(store.close(run, &[closing(id("reed", "1"), 3)]).unwrap(), 1);
    let closings = [
        closing(id("reed", "1"), 4),
        closing(id("reed", "2"), 5),
        closing(id("reed", "2"), 6),
        closing(id("reed", "unknown"), 4),
        closing(id("reed", "3"), 4),
    ];
    assert_eq!(store.close(run, &closings).unwrap(), 2);
    assert_eq!(get(store, &id("reed", "1")).closed_on, Some(at(3, 0)), "a closed one stays as it is");
    assert_eq!(get(store, &id("reed", "2")).closed_on, Some(at(5, 0)), "the first of a batch holds");
    assert_eq!(get(store, &id("reed", "4")).closed_on, None);
}

pub fn unseen_open_postings_are_found(store: &dyn Store) {
    let run = run(store);
    let batch = [
        seen("reed", "b", "Cook", at(2, 0)),
        seen("reed", "a", "Cook", at(2, 59)),
        seen("reed", "c", "Cook", at(3, 0)),
        seen("reed", "d", "Cook", at(2, 0)),
        seen("guardian", "a", "Cook", at(2, 0)),
    ];
    store.record(run, &batch).unwrap();
    store.close(run, &[closing(id("reed", "d"), 2)]).unwrap();
    let found = store.open_not_seen_since(&PortalId::from("reed"), at(3, 0)).unwrap();
    assert_eq!(found, [id("reed", "a"), id("reed", "b")]);
}

pub fn pages_go_by_key(store: &dyn Store) {
    let run = run(store);
    let batch: Vec<_> = (0..25).map(|n| seen("reed", &n.to_string(), "Cook", at(2, 0))).collect();
    store.record(run, &batch).unwrap();
    let mut met = Vec::new();
    let mut after = 0;
    loop {
        let page = store.postings(after, 10).unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 10 && page.is_sorted_by_key(|posting| posting.key) && page[0].key > after);
        after = last.key;
        met.extend(page.into_iter().map(|posting| posting.posting.portal_posting_id.unwrap()));
    }
    assert_eq!(met, (0..25).map(|n| n.to_string()).collect::<Vec<_>>());
}

pub fn pending_until_coded_with_these_versions(store: &dyn Store) {
    let run = run(store);
    let batch: Vec<_> = (0..4).map(|n| seen("reed", &n.to_string(), "Cook", at(2, 0))).collect();
    store.record(run, &batch).unwrap();
    assert_eq!(store.pending_count(&versions(1)).unwrap(), 4);
    let pending = store.pending(&versions(1), 0, 10).unwrap();
    assert_eq!(pending, store.postings(0, 10).unwrap());

    let results: Vec<_> = pending[..3].iter().map(|one| coded(one.key, &one.content_hash, "5434")).collect();
    store.put_coded(run, &versions(1), &results).unwrap();
    store.put_coded(run, &versions(1), &[]).unwrap();
    assert_eq!(store.pending_count(&versions(1)).unwrap(), 1);
    assert_eq!(store.pending(&versions(1), 0, 10).unwrap(), pending[3..]);
    assert_eq!(store.pending(&versions(1), pending[3].key, 10).unwrap(), []);
    assert_eq!(store.pending_count(&versions(2)).unwrap(), 4, "other rules read everything anew");
    assert_eq!(store.pending(&versions(2), pending[0].key, 2).unwrap(), pending[1..3]);

    store.record(run, &[seen("reed", "0", "Head Cook", at(3, 0))]).unwrap();
    let again = store.pending(&versions(1), 0, 1).unwrap();
    assert_eq!((again[0].key, again[0].posting.title.as_str()), (pending[0].key, "Head Cook"));
}

pub fn a_coding_is_replaced_and_goes_with_its_content(store: &dyn Store) {
    let run = run(store);
    store.record(run, &[seen("reed", "1", "Cook", at(2, 0)), seen("reed", "2", "Cook", at(2, 0))]).unwrap();
    let stored = store.postings(0, 10).unwrap();
    let results: Vec<_> = stored.iter().map(|one| coded(one.key, &one.content_hash, "5434")).collect();
    store.put_coded(run, &versions(1), &results).unwrap();
    let codings = store.coded(0, 10).unwrap();
    assert_eq!(codings.len(), 2);
    assert_eq!(codings[0].posting, stored[0]);
    assert_eq!((&codings[0].normalised, &codings[0].coding), (&normalised(), &coding("5434")));

    // Replaced, and of two in one batch the last holds.
    let one = &stored[0];
    let both = [coded(one.key, &one.content_hash, "1111"), coded(one.key, &one.content_hash, "9263")];
    store.put_coded(run, &versions(2), &both).unwrap();
    assert_eq!(store.coded(0, 1).unwrap()[0].coding.soc2020.as_deref(), Some("9263"));
    assert_eq!(store.coded(one.key, 10).unwrap().len(), 1);

    // A coding of a former content says nothing of the newest one.
    store.record(run, &[seen("reed", "1", "Head Cook", at(3, 0))]).unwrap();
    let left: Vec<i64> = store.coded(0, 10).unwrap().iter().map(|coding| coding.posting.key).collect();
    assert_eq!(left, [stored[1].key]);
}

pub fn codings_of_unknown_content_are_refused_whole(store: &dyn Store) {
    let run = run(store);
    store.record(run, &[seen("reed", "1", "Cook", at(2, 0))]).unwrap();
    let one = store.postings(0, 1).unwrap().remove(0);
    let good = coded(one.key, &one.content_hash, "5434");
    for bad in [
        coded(one.key, &ContentHash::of(b"never shown"), "5434"),
        coded(one.key, &ContentHash::from("no hash"), "5434"),
        coded(one.key + 1, &one.content_hash, "5434"),
    ] {
        assert_not_found(store.put_coded(run, &versions(1), &[good.clone(), bad]));
        assert_eq!(store.coded(0, 10).unwrap(), []);
        assert_eq!(store.pending_count(&versions(1)).unwrap(), 1);
    }
}

pub fn portals_have_spans(store: &dyn Store) {
    let run = run(store);
    assert_eq!(store.portal_spans().unwrap(), []);
    let undated = |name: &str| SeenPosting { posting: posting("file", name, "Cook"), seen_at: None };
    let first = [seen("reed", "1", "Cook", at(5, 0)), seen("reed", "2", "Cook", at(3, 0)), undated("1"), undated("2")];
    store.record(run, &first).unwrap();
    store.record(run, &[seen("reed", "1", "Cook", at(9, 0)), undated("2")]).unwrap();
    store.record(run, &[SeenPosting { posting: posting("reed", "3", "Cook"), seen_at: None }]).unwrap();
    let span = |portal: &str, first, last, postings| PortalSpan {
        portal: portal.into(),
        first_seen: first,
        last_seen: last,
        postings,
    };
    let expected = [span("file", None, None, 2), span("reed", Some(at(3, 0)), Some(at(9, 0)), 3)];
    assert_eq!(store.portal_spans().unwrap(), expected);
    store.record(run, &[seen("file", "1", "Cook", at(6, 0))]).unwrap();
    assert_eq!(store.portal_spans().unwrap()[0], span("file", Some(at(6, 0)), Some(at(6, 0)), 2));
}

pub fn prose_is_kept_once_and_found_by_hash(store: &dyn Store) {
    let run = run(store);
    let text = "The same words on two portals.".to_owned();
    let with = |portal: &str| SeenPosting {
        posting: Posting { description: Some(text.clone()), ..posting(portal, "1", portal) },
        seen_at: None,
    };
    store.record(run, &[with("reed"), with("guardian")]).unwrap();
    store.record(run, &[with("nhs-jobs")]).unwrap();
    let hash = ContentHash::of(text.as_bytes());
    let hashes = [ContentHash::of(b"unknown"), hash.clone(), hash.clone(), ContentHash::from("no hash")];
    let found = store.prose(&hashes).unwrap();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(hash, text)]);
    assert!(store.prose(&[]).unwrap().is_empty());
}

pub fn large_batches_and_odd_text_survive(store: &dyn Store) {
    let odd = ["', --", "Ĝardeno 𝒜 日本", "a|b", "\"\\\u{7}\n\t", "%_", "{\"json\": [1]}"];
    let batch: Vec<SeenPosting> =
        (0..2_500).map(|n| seen("reed", &format!("{n}{}", odd[n % odd.len()]), odd[n % odd.len()], at(2, 0))).collect();
    assert_eq!(store.record(run(store), &batch).unwrap(), vec![NEW; batch.len()]);
    assert_eq!(store.record(run(store), &batch).unwrap(), vec![Unchanged; batch.len()]);
    let stored = store.postings(0, 5_000).unwrap();
    assert_eq!(stored.len(), batch.len());
    for (stored, seen) in stored.iter().zip(&batch) {
        assert_eq!(stored.posting, seen.posting);
    }
    assert_eq!(get(store, &batch[7].posting.id()).posting, batch[7].posting);
}

pub fn nul_is_taken_out(store: &dyn Store) {
    let run = run(store);
    let mut damaged = posting("re\0ed", "1\0", "Co\0ok");
    damaged.description = Some("A co\0ok.".to_owned());
    damaged.extra = serde_json::from_str(r#"{"a\u0000b": "c\u0000d", "e": "\\u0000"}"#).unwrap();
    let mut sound = posting("reed", "1", "Cook");
    sound.description = Some("A cook.".to_owned());
    sound.extra = serde_json::from_str(r#"{"ab": "cd", "e": "\\u0000"}"#).unwrap();
    let seen = |posting: &Posting| SeenPosting { posting: posting.clone(), seen_at: Some(at(2, 0)) };
    assert_eq!(store.record(run, &[seen(&damaged)]).unwrap(), [NEW]);
    assert_eq!(store.record(run, &[seen(&damaged), seen(&sound)]).unwrap(), [Unchanged, Unchanged]);
    let stored = get(store, &id("reed", "1"));
    assert_eq!(stored.posting, sound);
    assert_eq!(stored.content_hash, sound.content_hash());
    assert_eq!(get(store, &damaged.id()), stored, "asked for with it, it is found all the same");
    assert_eq!(store.close(run, &[closing(damaged.id(), 3)]).unwrap(), 1);
    store.add_problems(run, &[openvacancy_domain::Problem::new("x", "a\0:1", "b\0")]).unwrap();
    assert_eq!(store.problems(run, 1).unwrap()[0].place, "a:1");
}

pub fn recording_is_safe_from_many_threads(store: &dyn Store) {
    let run = run(store);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for round in 0..5 {
                    let names = (0..20).map(|n| format!("{}", (thread * 10 + n + round) % 50));
                    let batch: Vec<_> = names.map(|name| seen("reed", &name, "Cook", at(2, 0))).collect();
                    store.record(run, &batch).unwrap();
                    assert!(!store.postings(0, 100).unwrap().is_empty());
                }
            });
        }
    });
    let mut names: Vec<PostingId> = store.postings(0, 100).unwrap().iter().map(|stored| stored.posting.id()).collect();
    assert_eq!(names.len(), 50);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 50);
    assert_eq!(store.portal_spans().unwrap()[0].postings, 50);
}
