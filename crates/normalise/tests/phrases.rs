//! The phrase corpora: what each reader must make of the ways people write.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "tests fail and speak by these")]

use openvacancy_domain::Posting;
use openvacancy_domain::ports::Normalise;
use openvacancy_normalise::Normaliser;
use openvacancy_normalise::dates::{DateKind, read_date, read_day};
use openvacancy_normalise::pay::PayReader;
use openvacancy_reference::area::district;
use std::sync::LazyLock;

static NORMALISER: LazyLock<Normaliser> = LazyLock::new(Normaliser::new);

/// Checks every row of a corpus and fails once, naming all that is wrong.
fn check(corpus: &str, least: usize, wrong: impl Fn(&[&str]) -> Option<String>) {
    let path = format!("{}/tests/phrases/{corpus}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let mut rows = 0;
    let mut failures = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let columns: Vec<&str> = record.iter().collect();
        rows += 1;
        if let Some(found) = wrong(&columns) {
            failures.push(format!("{columns:?}\n      found {found}"));
        }
    }
    assert!(rows >= least, "{corpus}: {rows} rows, {least} expected");
    assert!(failures.is_empty(), "{corpus}: {} of {rows} wrong\n  {}", failures.len(), failures.join("\n  "));
}

fn posting() -> Posting {
    Posting { portal: "test".into(), title: "Vacancy".to_owned(), ..Posting::default() }
}

#[test]
fn salary() {
    let reader = PayReader::new();
    let number = |text: &str| (!text.is_empty()).then(|| text.parse::<f64>().unwrap());
    check("salary", 150, |columns| {
        let [text, min, max, period, flags] = columns else { panic!("five columns") };
        let pay = reader.phrase(text);
        let has = |flag: &str| pay.wage_flags.iter().any(|known| known == flag);
        let listed: Vec<&str> = flags.split('|').filter(|flag| !flag.is_empty()).collect();
        let flags_fit = listed.iter().all(|flag| has(flag))
            && ["implausible", "foreign_currency", "ote", "band", "predicted", "unpaid"]
                .iter()
                .all(|flag| listed.contains(flag) || !has(flag));
        let found = pay.wage_period.map_or("", |period| period.as_str());
        let annual_fits =
            pay.wage_annual_gbp.is_some() == (!found.is_empty() && !has("implausible") && !has("foreign_currency"));
        let fits =
            pay.wage_min == number(min) && pay.wage_max == number(max) && found == *period && flags_fit && annual_fits;
        (!fits).then(|| format!("{:?} {:?} {found} {:?}", pay.wage_min, pay.wage_max, pay.wage_flags))
    });
}

#[test]
fn location() {
    check("location", 150, |columns| {
        let [text, expected, precision] = columns else { panic!("three columns") };
        let location = NORMALISER.normalise(&Posting { location: Some((*text).to_owned()), ..posting() }).location;
        let name = location.lad_code.as_deref().and_then(district).map_or("", |district| district.name);
        let fits = name == *expected && (precision.is_empty() || location.precision.as_str() == *precision);
        (!fits).then(|| {
            format!(
                "{name} {} by {} {:?}",
                location.precision,
                location.method,
                location.places.iter().map(|place| &place.name).collect::<Vec<_>>()
            )
        })
    });
}

#[test]
fn dates() {
    check("dates", 60, |columns| {
        let [text, kind, fetched, expected] = columns else { panic!("four columns") };
        let kind = if *kind == "posted" { DateKind::Posted } else { DateKind::Closing };
        let found = match read_date(text, kind, read_day(fetched)) {
            Ok(day) => day.to_string(),
            Err(reason) => reason.to_string(),
        };
        (found != *expected).then_some(found)
    });
}

#[test]
fn education() {
    check("education", 40, |columns| {
        let [text, asked, rqf] = columns else { panic!("three columns") };
        let education = NORMALISER.normalise(&Posting { description: Some((*text).to_owned()), ..posting() }).education;
        let dummies = [
            (education.education_gcse, 'g'),
            (education.education_alevel, 'a'),
            (education.education_apprenticeship, 'p'),
            (education.education_hnc_hnd, 'h'),
            (education.education_degree, 'd'),
            (education.education_postgraduate, 'm'),
            (education.education_professional, 'r'),
        ];
        let letters: String =
            dummies.iter().filter(|(asked, _)| *asked == Some(true)).map(|(_, letter)| letter).collect();
        let found = match (letters.is_empty(), education.education_degree) {
            (true, None) => String::new(),
            (true, Some(_)) => "-".to_owned(),
            _ => letters,
        };
        let level = education.education_rqf_min.map_or(String::new(), |level| level.to_string());
        (found != *asked || level != *rqf).then(|| format!("{found} {level}"))
    });
}

#[test]
fn experience() {
    check("experience", 30, |columns| {
        let [text, expected, years] = columns else { panic!("three columns") };
        let experience =
            NORMALISER.normalise(&Posting { description: Some((*text).to_owned()), ..posting() }).experience;
        let found = experience.experience_years_min.map_or(String::new(), |years| years.to_string());
        (experience.experience.to_string() != *expected || found != *years)
            .then(|| format!("{} {found}", experience.experience))
    });
}

#[test]
fn terms() {
    check("terms", 35, |columns| {
        let [field, text, expected] = columns else { panic!("three columns") };
        let text = Some((*text).to_owned());
        let found = match *field {
            "contract" => NORMALISER.normalise(&Posting { contract: text, ..posting() }).contract_type.as_str(),
            "hours" => NORMALISER.normalise(&Posting { hours: text, ..posting() }).working_hours.as_str(),
            _ => NORMALISER.normalise(&Posting { workplace_type: text, ..posting() }).remote.as_str(),
        };
        (found != *expected).then(|| found.to_owned())
    });
}
