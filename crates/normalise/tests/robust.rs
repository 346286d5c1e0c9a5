//! No input makes a panic, whatever the field; the same input gives the same answer; every empty field has its reason.

use openvacancy_domain::Posting;
use openvacancy_domain::ports::Normalise;
use openvacancy_normalise::Normaliser;
use proptest::prelude::*;
use std::sync::LazyLock;

static NORMALISER: LazyLock<Normaliser> = LazyLock::new(Normaliser::new);

/// Text of the kind that breaks readers: fragments of real grammar mixed with anything Unicode has.
fn text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("£".to_owned()),
        Just("€30k".to_owned()),
        Just("30,000".to_owned()),
        Just(" - ".to_owned()),
        Just("per annum".to_owned()),
        Just("p/h".to_owned()),
        Just("up to ".to_owned()),
        Just("Band 8a/".to_owned()),
        Just("London".to_owned()),
        Just(", Kent".to_owned()),
        Just("SW1A 1AA".to_owned()),
        Just("st. ".to_owned()),
        Just("31/02/2026".to_owned()),
        Just("T23:59:59.123456789+01:00".to_owned()),
        Just("3 days ago".to_owned()),
        Just("NVQ level ".to_owned()),
        Just("no experience".to_owned()),
        Just("degree".to_owned()),
        Just("£30,000.0.0,,k".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("é£ß•\u{a0}–".to_owned()),
        Just("\n".to_owned()),
        Just("location: ".to_owned()),
        Just("x3 ".to_owned()),
        Just("hours per week".to_owned()),
        ".{0,12}",
        "[0-9£., k-]{0,14}",
        "\\PC{0,8}",
    ];
    prop::collection::vec(fragment, 0..14).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: prop::test_runner::RngSeed::Fixed(2026), ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(
        a in text(), b in text(), c in text(), d in text(), e in text(), f in text(),
        low in prop::num::f64::ANY, high in prop::num::f64::ANY, latitude in prop::num::f64::ANY, openings in any::<u32>(),
    ) {
        let posting = Posting {
            portal: "test".into(),
            title: a.clone(),
            description: Some(format!("{b}\n{c}. {d}")),
            employer: Some(e.clone()),
            location: Some(b.clone()),
            salary: Some(c.clone()),
            contract: Some(d.clone()),
            hours: Some(e.clone()),
            category: Some(f.clone()),
            date_posted: Some(f.clone()),
            date_closing: Some(a.clone()),
            fetched_at: Some(d.clone()),
            openings: Some(openings),
            postcode: Some(f.clone()),
            region: Some(c.clone()),
            county: Some(a),
            latitude: Some(latitude),
            longitude: Some(high),
            salary_min: Some(low),
            salary_max: Some(high),
            salary_period: Some(b),
            salary_currency: Some(e),
            workplace_type: Some(f),
            ..Posting::default()
        };
        let first = NORMALISER.normalise(&posting);
        let second = NORMALISER.normalise(&posting);
        prop_assert_eq!(format!("{first:?}"), format!("{second:?}"));
        for (field, empty) in [
            ("lad_code", first.location.lad_code.is_none()),
            ("lep_code", first.location.lep_code.is_none()),
            ("county_code", first.location.county_code.is_none()),
            ("wage_min", first.pay.wage_min.is_none()),
            ("wage_annual_gbp", first.pay.wage_annual_gbp.is_none()),
            ("date_posted", first.date_posted.is_none()),
            ("date_closing", first.date_closing.is_none()),
            ("sic_section", first.sector.sic_section.is_none()),
        ] {
            prop_assert_eq!(first.missing.contains_key(field), empty, "{} has {:?}", field, first.missing.get(field));
        }
        prop_assert!(first.evidence.values().all(|words| words.chars().count() <= 120));
        prop_assert!(first.openings >= 1);
    }
}

#[test]
fn a_whole_advertisement() {
    let posting = Posting {
        portal: "test".into(),
        title: "Senior Care Assistant x2 - Nights".to_owned(),
        description: Some(
            "Meadow View is a 40-bed care home based in Harrogate. We are looking for an experienced care assistant with at least 2 years' experience.\n\
             You must hold an NVQ level 3 in Health and Social Care. A degree is not needed.\n\
             36 hours per week, permanent position, £12.80 per hour. No remote working."
                .to_owned(),
        ),
        employer: Some("Meadow View Care Home Ltd".to_owned()),
        date_posted: Some("3 days ago".to_owned()),
        fetched_at: Some("2026-10-12T08:00:00Z".to_owned()),
        ..Posting::default()
    };
    let found = NORMALISER.normalise(&posting);
    assert_eq!(found.location.county_name.as_deref(), Some("North Yorkshire"));
    assert_eq!(found.pay.wage_min, Some(12.8));
    assert_eq!(found.pay.wage_annual_gbp, Some(25_024.0));
    assert_eq!(found.openings, 2);
    assert_eq!(found.experience.experience, 1);
    assert_eq!(found.experience.experience_years_min, Some(2.0));
    assert_eq!(found.education.education_alevel, Some(true));
    assert_eq!(found.education.education_degree, Some(false));
    assert_eq!(found.sector.sic_division.as_deref(), Some("87"));
    assert_eq!(found.working_hours.as_str(), "full_time");
    assert_eq!(found.contract_type.as_str(), "permanent");
    assert_eq!(found.date_posted.map(|day| day.to_string()).as_deref(), Some("2026-10-09"));
    assert_eq!(found.excluded_reason, None);
}

#[test]
fn what_is_no_job_is_named() {
    let reason = |title: &str, prose: &str, location: &str| {
        let posting = Posting {
            portal: "test".into(),
            title: title.to_owned(),
            description: Some(prose.to_owned()),
            location: Some(location.to_owned()),
            ..Posting::default()
        };
        NORMALISER.normalise(&posting).excluded_reason
    };
    let course = "Start a new career with our placement programme. The course fee can be paid by interest-free instalments; a job guarantee or your money back.";
    assert_eq!(
        reason("Trainee Data Analyst - no experience needed", course, "Leeds").as_deref(),
        Some("training_course")
    );
    assert_eq!(
        reason("Franchise Opportunity - Dog Walking", "Be your own boss", "Leeds").as_deref(),
        Some("franchise")
    );
    assert_eq!(reason("Join our talent pool", "Register today", "Leeds").as_deref(), Some("talent_pool"));
    assert_eq!(reason("Volunteer Driver", "This is a voluntary role", "Leeds").as_deref(), Some("volunteer"));
    assert_eq!(reason("Waiter", "A busy restaurant", "Paris, France").as_deref(), Some("foreign"));
    assert_eq!(reason("Trainee Accountant", "We pay for your training course and exams.", "Leeds"), None);
    assert_eq!(reason("Volunteer Coordinator", "You will look after our volunteers", "Leeds"), None);
}
