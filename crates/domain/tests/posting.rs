//! A posting is read kindly and refused by name.

use openvacancy_domain::posting::MAX_FIELD_BYTES;
use openvacancy_domain::{PortalId, Posting, PostingId};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(value: Value) -> Result<Posting, (String, &'static str)> {
    Posting::from_json(value).map_err(|error| (error.field, error.code))
}

#[test]
fn numbers_written_as_text_and_text_written_as_numbers_are_read() {
    let posting = read(json!({
        "portal": "Find a Job (DWP)", "title": "  Cook ", "portal_posting_id": 915_703, "salary_min": "£27,373.50",
        "salary_max": null, "salary_predicted": "1", "openings": 3.0, "contract": ["FULL_TIME", "TEMPORARY"],
        "shift": "nights", "blank": " "
    }))
    .unwrap();
    assert_eq!(posting.portal.as_str(), "find-a-job-dwp");
    assert_eq!(posting.title, "Cook");
    assert_eq!(posting.portal_posting_id.as_deref(), Some("915703"));
    assert_eq!((posting.salary_min, posting.salary_max), (Some(27_373.5), None));
    assert_eq!(posting.salary_predicted, Some(true));
    assert_eq!(posting.openings, Some(3));
    assert_eq!(posting.contract.as_deref(), Some("FULL_TIME, TEMPORARY"));
    assert_eq!(serde_json::to_value(&posting.extra).unwrap(), json!({"shift": "nights"}));
}

#[test]
fn what_cannot_be_used_is_refused_with_its_field() {
    let refused = |value, field: &str, code| assert_eq!(read(value).unwrap_err(), (field.to_owned(), code));
    refused(json!([1]), "posting", "not_an_object");
    refused(json!({"portal": "p"}), "title", "title_missing");
    refused(json!({"portal": "p", "title": " \u{0} "}), "title", "title_missing");
    refused(json!({"title": "Cook"}), "portal", "portal_missing");
    refused(json!({"portal": "***", "title": "Cook"}), "portal", "portal_missing");
    let long = "x".repeat(MAX_FIELD_BYTES + 1);
    refused(json!({"portal": "p", "title": "Cook", "description": long}), "description", "field_too_large");
    refused(json!({"portal": "p", "title": "Cook", "other": long}), "other", "field_too_large");
}

#[test]
fn a_figure_that_is_none_does_not_cost_the_advertisement() {
    let posting = read(json!({
        "portal": "p", "title": "Cook", "latitude": "north", "longitude": "NaN", "openings": -1,
        "salary_min": "nan", "salary_max": "about 30", "salary_predicted": "perhaps"
    }))
    .unwrap();
    assert_eq!((posting.latitude, posting.openings, posting.salary_max), (None, None, None));
    let kept = json!({
        "latitude_as_given": "north", "openings_as_given": -1, "salary_max_as_given": "about 30",
        "salary_predicted_as_given": "perhaps"
    });
    assert_eq!(serde_json::to_value(&posting.extra).unwrap(), kept);
}

#[test]
fn a_portal_given_by_hand_takes_the_place_of_the_rows_own() {
    let columns = [("portal", "Reed"), ("title", "Cook"), ("salary_min", "")];
    let posting = Posting::from_columns(columns.into_iter(), Some(&PortalId::from("reed-2018"))).unwrap();
    assert_eq!(posting.portal.as_str(), "reed-2018");
    assert_eq!(posting.salary_min, None);
}

#[test]
fn a_posting_without_an_id_is_named_by_its_address_or_its_content() {
    let named = |value: Value| Posting::from_json(value).unwrap().id();
    assert_eq!(named(json!({"portal": "p", "title": "t", "portal_posting_id": "7", "url": "u"})).to_string(), "p|7");
    assert_eq!(named(json!({"portal": "p", "title": "t", "url": "https://a/b"})).id, "https://a/b");
    let (first, again) = (named(json!({"portal": "p", "title": "t"})), named(json!({"title": "t", "portal": "p"})));
    assert_eq!(first, again);
    assert_ne!(first, named(json!({"portal": "p", "title": "u"})));
}

#[test]
fn the_moment_of_fetching_is_not_content() {
    let one = read(json!({"portal": "p", "title": "t", "fetched_at": "2026-10-01T08:00:00Z"})).unwrap();
    let two = read(json!({"portal": "p", "title": "t", "fetched_at": "2026-10-02T08:00:00Z"})).unwrap();
    let other = read(json!({"portal": "p", "title": "t", "salary": "£1"})).unwrap();
    assert_eq!(one.content_hash(), two.content_hash());
    assert_ne!(one.content_hash(), other.content_hash());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(any_field(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_field() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(openvacancy_domain::posting::FIELDS).prop_map(str::to_owned), ".{0,8}"]
}

proptest! {
    #[test]
    fn no_json_makes_a_panic_and_what_is_read_reads_again_the_same(value in any_json()) {
        if let Ok(posting) = Posting::from_json(value) {
            let written = serde_json::to_value(&posting).unwrap();
            prop_assert_eq!(Posting::from_json(written).unwrap(), posting);
        }
    }

    #[test]
    fn posting_names_are_read_back(portal in "[a-z][a-z0-9-]{0,20}", id in ".{1,40}") {
        let name = PostingId { portal: PortalId(portal), id };
        prop_assert_eq!(name.to_string().parse::<PostingId>().unwrap(), name);
    }

    #[test]
    fn portal_ids_made_of_text_stay_as_they_are(text in ".{0,80}") {
        if let Some(id) = PortalId::from_text(&text) {
            prop_assert_eq!(PortalId::from_text(id.as_str()), Some(id));
        }
    }
}
