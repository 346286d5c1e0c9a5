//! Whatever the bytes, there is an answer: nothing panics, and every item of a listing is a posting, a link or a problem.

use openvacancy_portal::{Document, builtin, check, html_to_text, iso_date, parse};
use proptest::prelude::*;
use std::path::Path;

fn fragment() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[ -~£–\u{202e}\u{0}]{0,12}",
        Just("<article class=\"job\">".to_owned()),
        Just("<article class=\"job-card\"><a class=\"job-card__title\" href=\"".to_owned()),
        Just("\">".to_owned()),
        Just("<dl class=\"facts\"><dt>Salary".to_owned()),
        Just("</dt><dd>".to_owned()),
        Just("<tr class=\"result\"><td>".to_owned()),
        Just("<script type=\"application/ld+json\">".to_owned()),
        Just("{\"@type\": \"JobPosting\", \"title\": \"".to_owned()),
        Just("\"}, [{".to_owned()),
        Just("</script>".to_owned()),
        Just("<![CDATA[ /* // &lt;p&gt; &amp;amp; &#0; &#x110000;".to_owned()),
        Just("<table><p><b><i></table></p>".to_owned()),
        Just("{\"results\": [{\"title\": ".to_owned()),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600), status in 100_u16..600, url in ".{0,40}") {
        for spec in builtin() {
            let document = Document { url: Some(&url), status, ..Document::new(&bytes) };
            let _ = parse(&spec, &document);
        }
    }

    #[test]
    fn any_page_is_answered(page in fragment(), at in 0_usize..4) {
        let url = ["http://127.0.0.1/jobs?page=1", "http://127.0.0.1/job/a-1", "http://127.0.0.1/search", "http://127.0.0.1/vacancy/C1"][at];
        for spec in builtin() {
            let parsed = parse(&spec, &Document { url: Some(url), ..Document::new(page.as_bytes()) });
            for posting in &parsed.postings {
                prop_assert!(!posting.title.is_empty());
                prop_assert!(posting.date_posted.as_deref().is_none_or(|day| day.parse::<chrono::NaiveDate>().is_ok()));
            }
        }
    }

    #[test]
    fn a_sample_cut_or_disturbed_anywhere_is_answered(cut in any::<prop::sample::Index>(), flip in any::<prop::sample::Index>(), byte in any::<u8>()) {
        for spec in builtin() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../portals").join(spec.id.as_str()).join("samples");
            for (sample, mut bytes) in check::samples(&folder).unwrap() {
                let at = flip.index(bytes.len());
                bytes[at] = byte;
                bytes.truncate(cut.index(bytes.len()) + 1);
                let _ = check::parse_sample(&spec, &sample, &bytes);
            }
        }
    }

    #[test]
    fn text_and_dates_never_panic(text in "\\PC{0,80}", page in fragment()) {
        let _ = iso_date(&text);
        prop_assert!(!html_to_text(&page).contains("\n\n"));
        let _ = html_to_text(&text);
    }
}

#[test]
fn a_page_of_forty_megabytes_is_one_problem() {
    let bytes = vec![b' '; 40 << 20];
    for spec in builtin() {
        let parsed = parse(&spec, &Document { url: Some("http://127.0.0.1/job/a-1"), ..Document::new(&bytes) });
        assert_eq!(parsed.rejected.len(), 1);
        assert_eq!(parsed.rejected[0].code, "too_large");
    }
}

#[test]
fn a_page_nested_past_all_reason_is_one_problem() {
    let page = format!("<html><article class=\"job\">{}", "<div><b>".repeat(200_000));
    let spec = builtin().remove(2);
    let parsed = parse(&spec, &Document { url: Some("http://127.0.0.1/job/a-1"), ..Document::new(page.as_bytes()) });
    assert_eq!(parsed.rejected[0].code, "too_deep");
}
