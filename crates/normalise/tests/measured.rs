//! Measured against the labelled sets beside the workspace: share given and share right. The floors are what the rules
//! reach, a little lower, so that a loss shows. `OPENVACANCY_SHOW=1` prints what is wrong.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "tests fail and speak by these")]

mod support;

use openvacancy_domain::Posting;
use openvacancy_domain::place::Location;
use openvacancy_domain::ports::Normalise;
use openvacancy_normalise::Normaliser;
use openvacancy_normalise::pay::PayReader;
use openvacancy_reference::area::{area, district};
use openvacancy_reference::gazetteer::places;
use std::sync::LazyLock;
use support::{Row, shared};

static NORMALISER: LazyLock<Normaliser> = LazyLock::new(Normaliser::new);

fn show(line: impl FnOnce() -> String) {
    if std::env::var_os("OPENVACANCY_SHOW").is_some() {
        println!("{}", line());
    }
}

fn locate(posting: &Posting) -> Location {
    NORMALISER.normalise(posting).location
}

fn at(location: &str) -> Posting {
    Posting { title: "Vacancy".to_owned(), location: Some(location.to_owned()), ..Posting::default() }
}

#[derive(Default)]
struct Score {
    rows: usize,
    given: usize,
    right: usize,
}

impl Score {
    fn report(&self, name: &str, given_floor: f64, right_floor: f64) {
        let given = self.given as f64 / self.rows.max(1) as f64;
        let right = self.right as f64 / self.given.max(1) as f64;
        println!("{name}: {} rows, given {:.1}%, right of the given {:.1}%", self.rows, given * 100.0, right * 100.0);
        assert!(given >= given_floor, "{name}: given {given:.4} below {given_floor}");
        assert!(right >= right_floor, "{name}: right {right:.4} below {right_floor}");
    }
}

/// Kilometres from a point to the nearest place of a district.
fn distance_to(lad: &str, latitude: f32, longitude: f32) -> f32 {
    places()
        .iter()
        .filter(|place| place.lad_code == lad)
        .map(|place| {
            ((place.latitude - latitude) * 111.2)
                .hypot((place.longitude - longitude) * 111.2 * latitude.to_radians().cos())
        })
        .fold(f32::MAX, f32::min)
}

/// The district of the place nearest to a point.
fn nearest_lad(latitude: f32, longitude: f32) -> Option<&'static str> {
    let distance = |lat: f32, lon: f32| (lat - latitude).hypot((lon - longitude) * 0.6);
    places()
        .iter()
        .min_by(|a, b| distance(a.latitude, a.longitude).total_cmp(&distance(b.latitude, b.longitude)))
        .map(|place| place.lad_code)
}

#[test]
fn nhs_places_with_postcode() {
    let Some(rows) = shared("nhs_places_with_postcode", "realdata/location_nhs_2020.csv.gz") else { return };
    let mut score = Score::default();
    for row in rows.iter().step_by(3) {
        let (Ok(latitude), Ok(longitude)) = (row["lat"].parse::<f32>(), row["lon"].parse::<f32>()) else { continue };
        let posting = Posting { postcode: Some(row["label"].clone()), ..at(&row["location"]) };
        let location = locate(&posting);
        score.rows += 1;
        let Some(lad) = location.lad_code else { continue };
        score.given += 1;
        // The truth is a point: right where the district reaches to within 3 km of it.
        if distance_to(&lad, latitude, longitude) < 3.0 {
            score.right += 1;
        } else {
            show(|| format!("nhs {} | {} -> {:?}", row["location"], row["label"], location.places));
        }
    }
    score.report("NHS places with postcode", 0.99, 0.975);
}

#[test]
fn nhs_places_by_name() {
    let Some(rows) = shared("nhs_places_by_name", "realdata/location_nhs_2020.csv.gz") else { return };
    let mut score = Score::default();
    for row in rows.iter().step_by(3) {
        let (Ok(latitude), Ok(longitude)) = (row["lat"].parse::<f32>(), row["lon"].parse::<f32>()) else { continue };
        let location = locate(&at(&row["location"]));
        score.rows += 1;
        let Some(lad) = &location.lad_code else {
            if location.region_code.is_none() {
                show(|| format!("nhs-name none {} | {} {:?}", row["location"], row["label"], location.precision));
            }
            continue;
        };
        score.given += 1;
        if distance_to(lad, latitude, longitude) < 5.0 {
            score.right += 1;
        } else {
            show(|| format!("nhs-name {} | {} -> {:?}", row["location"], row["label"], location.places));
        }
    }
    score.report("NHS places by name alone", 0.84, 0.9);
}

#[test]
fn adzuna_2017_and_2026_points() {
    for file in ["location_adzuna_2017", "location_adzuna_2026"] {
        let Some(rows) = shared("adzuna_points", &format!("realdata/{file}.csv.gz")) else { return };
        let mut score = Score::default();
        let mut lep = Score::default();
        for row in rows.iter().filter(|row| is_placelike(row)) {
            let (Ok(latitude), Ok(longitude)) = (row["lat"].parse::<f32>(), row["lon"].parse::<f32>()) else {
                continue;
            };
            let location = locate(&at(&row["location"]));
            score.rows += 1;
            lep.rows += 1;
            let truth = nearest_lad(latitude, longitude).and_then(district);
            if let Some(code) = &location.lep_code {
                lep.given += 1;
                let true_lep =
                    truth.map_or("", |district| district.leps.first().map_or("not_applicable", |lep| lep.code));
                lep.right += usize::from(code == true_lep);
            }
            let Some(lad) = &location.lad_code else {
                show(|| format!("{file} none {} {:?} {}", row["location"], location.precision, location.method));
                continue;
            };
            score.given += 1;
            if distance_to(lad, latitude, longitude) < 4.0 {
                score.right += 1;
            } else {
                show(|| {
                    format!("{file} {} -> {:?} should be {:?}", row["location"], location.places, truth.map(|d| d.name))
                });
            }
        }
        score.report(file, 0.96, 0.965);
        lep.report(&format!("{file} LEP"), 0.97, 0.96);
    }
}

/// Adzuna's strings for whole counties and regions have a middle, not a place.
fn is_placelike(row: &Row) -> bool {
    let text = &row["location"];
    let last = text.rsplit(", ").next().unwrap_or("");
    !(matches!(text.as_str(), "UK" | "London" | "London, UK")
        || matches!(last, "UK" | "Scotland" | "Wales" | "Northern Ireland")
        || last.ends_with("England")
        || last.ends_with("Midlands") && !text.contains("West Midlands")
        || last.ends_with("Humber"))
}

#[test]
fn counties_of_find_a_job_and_reed() {
    for (file, given, right) in
        [("location_dwp_2023", 0.99, 0.975), ("location_reed_2018", 0.9, 0.85), ("location_adzuna_2013", 0.97, 0.96)]
    {
        let Some(rows) = shared("counties", &format!("realdata/{file}.csv.gz")) else { return };
        let mut score = Score::default();
        for row in rows.iter().step_by(if file.contains("2013") { 3 } else { 1 }) {
            let Some(county) = county_names(&row["county"]) else { continue };
            let location = locate(&at(&row["location"]));
            score.rows += 1;
            if location.lad_code.is_none() && location.county_code.is_none() && location.ceremonial_county.is_none() {
                show(|| {
                    format!(
                        "{file} none {} | {} {:?} {}",
                        row["location"], row["county"], location.precision, location.method
                    )
                });
                continue;
            }
            score.given += 1;
            let ceremonial = location.ceremonial_county.as_deref().unwrap_or("");
            let name = location.county_name.as_deref().unwrap_or("");
            if county.iter().any(|known| *known == ceremonial || *known == name) {
                score.right += 1;
            } else {
                show(|| format!("{file} {} | {} -> {:?}", row["location"], row["county"], location.places));
            }
        }
        score.report(file, given, right);
    }
}

/// The names a label's county may bear in our tables; `None` where the label is a region or a former county that no
/// single county of today answers to.
fn county_names(label: &str) -> Option<Vec<&str>> {
    if label.is_empty() {
        return None;
    }
    let names = match label {
        "Tyne & Wear" => vec!["Tyne and Wear"],
        "West Midlands" => vec!["West Midlands"],
        "Surrey" => vec!["Surrey", "Greater London"],
        "Kent" => vec!["Kent", "Greater London"],
        "Essex" => vec!["Essex", "Greater London"],
        "Cheshire" => vec!["Cheshire", "Greater Manchester", "Merseyside"],
        "Lancashire" => vec!["Lancashire", "Greater Manchester", "Merseyside"],
        _ => vec![label],
    };
    let known =
        openvacancy_reference::area::districts().iter().any(|district| names.contains(&district.ceremonial_county));
    known.then_some(names)
}

#[test]
fn area_codes_exist() {
    let Some(rows) = shared("area_codes_exist", "realdata/location_adzuna_2026.csv.gz") else { return };
    for row in rows.iter().step_by(4) {
        let location = locate(&at(&row["location"]));
        for code in [location.county_code, location.region_code].into_iter().flatten() {
            assert!(area(&code).is_some(), "{code} of {}", row["location"]);
        }
    }
}

fn close(value: Option<f64>, label: f64) -> bool {
    value.is_some_and(|value| (value - label).abs() <= label * 0.005 + 1.0)
}

#[test]
fn pay_of_nhs() {
    let Some(rows) = shared("pay_of_nhs", "realdata/salary_nhs_2020.csv.gz") else { return };
    let reader = PayReader::new();
    let mut score = Score::default();
    for row in rows.iter().step_by(2) {
        let (Ok(low), Ok(high)) = (row["label_min"].parse::<f64>(), row["label_max"].parse::<f64>()) else { continue };
        let pay = reader.phrase(&row["salary"]);
        score.rows += 1;
        if pay.wage_min.is_none() && pay.wage_max.is_none() {
            show(|| format!("pay-nhs none {} | {low} {high}", row["salary"]));
            continue;
        }
        score.given += 1;
        let said_min = pay.wage_min.or(pay.wage_max);
        let said_max = pay.wage_max.or(pay.wage_min);
        // The label multiplies hourly rates by 1,681.
        let right = [1.0, 1_681.0].iter().any(|factor| {
            close(said_min.map(|v| (v * factor).trunc()), low) && close(said_max.map(|v| (v * factor).trunc()), high)
        });
        if right {
            score.right += 1;
        } else {
            show(|| {
                format!(
                    "pay-nhs {} | {low} {high} -> {:?} {:?} {:?}",
                    row["salary"], pay.wage_min, pay.wage_max, pay.wage_period
                )
            });
        }
    }
    score.report("NHS pay", 0.99, 0.985);
}

#[test]
fn pay_of_adzuna_2013() {
    let Some(rows) = shared("pay_of_adzuna_2013", "realdata/salary_adzuna_2013.csv.gz") else { return };
    let reader = PayReader::new();
    let mut score = Score::default();
    for row in &rows {
        let Ok(label) = row["label_min"].parse::<f64>() else { continue };
        let pay = reader.phrase(&row["salary"]);
        score.rows += 1;
        let middle = match (pay.wage_min, pay.wage_max) {
            (Some(low), Some(high)) => (low + high) / 2.0,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => {
                show(|| format!("pay-2013 none {} | {label}", row["salary"]));
                continue;
            }
        };
        score.given += 1;
        let right = [1.0, 1_920.0, 240.0, 48.0, 12.0]
            .iter()
            .any(|factor| (middle * factor - label).abs() <= label * 0.005 + 25.0);
        if right {
            score.right += 1;
        } else {
            show(|| {
                format!(
                    "pay-2013 {} | {label} -> {:?} {:?} {:?}",
                    row["salary"], pay.wage_min, pay.wage_max, pay.wage_period
                )
            });
        }
    }
    score.report("Adzuna 2013 pay", 0.99, 0.985);
}
