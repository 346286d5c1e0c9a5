//! The coder as its users meet it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use openvacancy_domain::ports::CodeOccupation;
use openvacancy_domain::{CodingContext, OccupationMethod, Scheme};
use openvacancy_occupation::{Coder, Title};
use openvacancy_reference::occupation::{group, isco08_of, soc2010_of};
use openvacancy_reference::titles::titles;
use proptest::prelude::*;
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::builtin().unwrap());

fn check(title: &str, expected: &str) {
    let coding = CODER.code(title, &CodingContext::default());
    assert_eq!(coding.soc2020.as_deref(), Some(expected), "{title:?}: {coding:#?}");
}

#[test]
fn codes_what_advertisements_say() {
    check("Staff Nurse - Band 5", "2237");
    check("*URGENT* Snr Mech. Design Engineer (Auto) - £45k - Leeds x3 - Immediate start!", "2122");
    check("Mechanical Engineer", "2122");
    check("HGV Class 1 Driver - Days - £16.50 p/h", "8211");
    check("Care Assistants needed NOW", "6135");
    check("Chef de Partie - live in", "5434");
    check("Commercial Property Solicitor, 2 PQE", "2412");
    check("Teacher of Mathematics", "2313");
    check("Softwear Enginneer", "2134");
    check("Gweithiwr Cymdeithasol", "2461");
    check("DATA ANALYST", "3544");
    check("Warehouse Operatives x 20", "9252");
}

#[test]
fn a_gendered_form_is_coded_like_its_counterpart() {
    for (one, other) in
        [("Salesman", "Saleswoman"), ("Waiter", "Waitress"), ("Postman", "Postwoman"), ("Foreman", "Forewoman")]
    {
        let [one, other] = [one, other].map(|title| CODER.code(title, &CodingContext::default()));
        assert!(one.soc2020.is_some());
        assert_eq!(one.soc2020, other.soc2020, "{one:#?} {other:#?}");
    }
}

fn check_in(title: &str, category: &str, employer: &str, expected: &str) {
    let context = CodingContext { category: Some(category), employer: Some(employer), ..Default::default() };
    let coding = CODER.code(title, &context);
    assert_eq!(coding.soc2020.as_deref(), Some(expected), "{title:?}: {coding:#?}");
}

#[test]
fn the_context_decides_what_the_title_leaves_open() {
    check_in("Manager", "Hospitality & Catering", "Bridge Street Hotel", "1221");
    check_in("Consultant", "Healthcare & Nursing Jobs", "Northern Infirmary NHS Trust", "2212");
    check_in("Team Leader", "Customer Services", "Inbound call centre", "7220");
}

#[test]
fn uncodable_titles_are_said_to_be() {
    for title in ["", " ", "12345", "£££", "<br/>", "🎉🎉🎉", "\u{202e}\u{202d}", "----", "\u{0}\u{1}\u{2}"] {
        let coding = CODER.code(title, &CodingContext::default());
        assert_eq!(coding.occupation_method, OccupationMethod::Uncodable, "{title:?}: {coding:?}");
        assert_eq!(coding.soc2020, None);
        assert!(!coding.evidence.is_empty());
    }
}

#[test]
fn a_megabyte_is_coded_like_a_title() {
    let long = "nurse ".repeat(180_000);
    let coding =
        CODER.code(&long, &CodingContext { description: Some(&long), employer: Some(&long), ..Default::default() });
    assert!(coding.soc2020.is_some());
    assert!(coding.cleaned_title.len() < 2_000);
}

/// All three schemes agree with an official correspondence, probabilities are ordered, and the chosen code leads.
fn check_shape(title: &str, context: &CodingContext<'_>) {
    let coding = CODER.code(title, context);
    let Some(soc2020) = &coding.soc2020 else {
        assert_eq!(coding.occupation_method, OccupationMethod::Uncodable, "{title:?}");
        return;
    };
    let soc2010 = coding.soc2010.as_ref().unwrap();
    let isco08 = coding.isco08.as_ref().unwrap();
    assert!(soc2010_of(soc2020).iter().any(|c| c.code == soc2010), "{title:?}: {soc2020} {soc2010}");
    assert!(isco08_of(soc2020).iter().any(|c| c.code == isco08), "{title:?}: {soc2020} {isco08}");
    for (scheme, chosen, alternatives) in [
        (Scheme::Soc2020, soc2020, &coding.alternatives),
        (Scheme::Soc2010, soc2010, &coding.soc2010_alternatives),
        (Scheme::Isco08, isco08, &coding.isco08_alternatives),
    ] {
        assert_eq!(&alternatives[0].code, chosen, "{title:?}");
        assert!((1..=5).contains(&alternatives.len()));
        assert!(alternatives[1..].windows(2).all(|pair| pair[0].probability >= pair[1].probability), "{title:?}");
        let sum: f32 = alternatives.iter().map(|alternative| alternative.probability).sum();
        assert!((0.0..=1.001).contains(&sum), "{title:?}: {sum}");
        for alternative in alternatives {
            assert!(group(scheme, &alternative.code).is_some_and(|group| group.level == 4), "{alternative:?}");
        }
    }
    assert!(coding.soc2020_level <= 4);
    if let Some(extended) = &coding.soc2020_ext {
        assert!(extended.starts_with(soc2020.as_str()), "{title:?}: {extended}");
    }
}

#[test]
fn schemes_agree_over_the_titles_table() {
    for entry in titles().iter().step_by(41) {
        check_shape(entry.title, &CodingContext::default());
        check_shape(entry.title, &CodingContext { category: Some(entry.industry), ..Default::default() });
    }
}

#[test]
fn same_answer_every_time() {
    let again = Coder::builtin().unwrap();
    for entry in titles().iter().step_by(997) {
        let title = format!("Senior {} (permanent)", entry.title);
        assert_eq!(CODER.code(&title, &CodingContext::default()), again.code(&title, &CodingContext::default()));
    }
    assert_eq!(CODER.version(), again.version());
}

#[test]
fn imported_titles_are_used_and_named_in_the_version() {
    let title = Title {
        title: "vorpal blade polisher".to_owned(),
        qualifier: String::new(),
        industry: String::new(),
        soc2020: "8120".to_owned(),
        soc2020_ext: String::new(),
        soc2010: "8125".to_owned(),
        isco08: "7224".to_owned(),
        curated: false,
        default: false,
    };
    let coder = Coder::with_titles(vec![title]).unwrap();
    let coding = coder.code("Vorpal Blade Polishers", &CodingContext::default());
    assert_eq!(coding.soc2020.as_deref(), Some("8120"), "{coding:?}");
    assert_eq!(coding.isco08.as_deref(), Some("7224"));
    assert!(coder.version().contains("1 imported"));
    assert_ne!(coder.version(), CODER.version());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_input_panics(title in "\\PC{0,120}", category in "\\PC{0,30}", description in "\\PC{0,200}", wage in prop::option::of(-1e9..1e9)) {
        let context = CodingContext {
            category: Some(&category),
            description: Some(&description),
            wage_annual: wage,
            ..Default::default()
        };
        check_shape(&title, &context);
    }
}
