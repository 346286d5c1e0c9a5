//! Fills the location's columns from a chosen reading: only what holds for every district it may be in.

use super::names::{AreaName, DistrictIndex, Level, Meaning, Names, district};
use openvacancy_domain::place::{LEP_NOT_APPLICABLE, Location, LocationPrecision, Place};
use openvacancy_reference::area::District;
use openvacancy_reference::gazetteer::places;

/// A share of the residents of a county from which its one district is meant by the county's name (Cornwall without
/// the Isles of Scilly).
const NEARLY_ALL: f64 = 0.9;

/// The location of one district, read with `precision`.
pub(super) fn of_district(at: DistrictIndex, name: &str, precision: LocationPrecision) -> Location {
    let found = district(at);
    let (lep_code, lep_name) = lep(found);
    Location {
        country: Some(found.country.to_owned()),
        region_code: Some(found.region_code.to_owned()),
        county_code: Some(found.county_code.to_owned()),
        county_name: Some(found.county_name.to_owned()),
        ceremonial_county: Some(found.ceremonial_county.to_owned()).filter(|name| !name.is_empty()),
        lad_code: Some(found.code.to_owned()),
        lep_code: lep_code.clone(),
        lep_name,
        precision,
        method: String::new(),
        places: vec![Place {
            name: name.to_owned(),
            lad_code: Some(found.code.to_owned()),
            county_code: Some(found.county_code.to_owned()),
            lep_code,
            precision,
        }],
    }
}

fn lep(found: &District) -> (Option<String>, Option<String>) {
    if found.country != "England" {
        return (Some(LEP_NOT_APPLICABLE.to_owned()), Some(LEP_NOT_APPLICABLE.to_owned()));
    }
    let primary = found.leps.first();
    (primary.map(|lep| lep.code.to_owned()), primary.map(|lep| lep.name.to_owned()))
}

/// The location of a chosen reading.
pub(super) fn of_meaning(names: &Names, meaning: Meaning) -> Location {
    match meaning {
        Meaning::Place(at) => of_district(names.district_of(at), places()[at as usize].name, LocationPrecision::Place),
        Meaning::Area(at) => of_area(&names.areas[usize::from(at)]),
        Meaning::Foreign(country, _) => of_foreign(country),
    }
}

/// A location outside the UK.
pub(super) fn of_foreign(country: &str) -> Location {
    Location {
        country: Some(country.to_owned()),
        precision: LocationPrecision::Foreign,
        places: vec![Place {
            name: country.to_owned(),
            lad_code: None,
            county_code: None,
            lep_code: None,
            precision: LocationPrecision::Foreign,
        }],
        ..Location::default()
    }
}

/// What all districts of an area share. Where an upper-tier authority bears the area's name, county and LEP are its own.
fn of_area(area: &AreaName) -> Location {
    if let ([one], Level::District | Level::County) = (area.districts.as_slice(), area.level) {
        return of_district(*one, &area.name, LocationPrecision::District);
    }
    let own: Vec<DistrictIndex> = area
        .districts
        .iter()
        .copied()
        .filter(|at| area.county_code.is_some_and(|code| district(*at).county_code == code))
        .collect();
    let residents = |set: &[DistrictIndex]| set.iter().map(|at| f64::from(district(*at).population)).sum::<f64>();
    if let [one] = own.as_slice()
        && residents(&own) >= NEARLY_ALL * residents(&area.districts)
    {
        return of_district(*one, &area.name, LocationPrecision::District);
    }
    let narrow: &[DistrictIndex] = if own.is_empty() { &area.districts } else { &own };
    let precision = match area.level {
        Level::District => LocationPrecision::District,
        Level::County => LocationPrecision::County,
        Level::Region => LocationPrecision::Region,
        Level::Country | Level::Uk => LocationPrecision::Country,
    };
    let country = shared(&area.districts, |district| Some(district.country));
    let lep_code = match country {
        Some("England") => shared(narrow, |district| district.leps.first().map(|lep| lep.code)),
        Some(_) => Some(LEP_NOT_APPLICABLE),
        None => None,
    };
    let lep_name = match country {
        Some("England") => shared(narrow, |district| district.leps.first().map(|lep| lep.name)),
        Some(_) => Some(LEP_NOT_APPLICABLE),
        None => None,
    };
    let county = shared(narrow, |district| Some((district.county_code, district.county_name)));
    let text = |value: Option<&str>| value.map(str::to_owned);
    Location {
        country: text(country.or((area.level == Level::Uk).then_some("United Kingdom"))),
        region_code: text(
            shared(&area.districts, |district| Some(district.region_code))
                .or_else(|| shared(narrow, |district| Some(district.region_code))),
        ),
        county_code: text(county.map(|(code, _)| code)),
        county_name: text(county.map(|(_, name)| name)),
        ceremonial_county: text(
            shared(&area.districts, |district| Some(district.ceremonial_county)).filter(|name| !name.is_empty()),
        ),
        lad_code: None,
        lep_code: text(lep_code),
        lep_name: text(lep_name),
        precision,
        method: String::new(),
        places: vec![Place {
            name: area.name.clone(),
            lad_code: None,
            county_code: text(county.map(|(code, _)| code)),
            lep_code: text(lep_code),
            precision,
        }],
    }
}

/// The value that all districts share.
fn shared<T: PartialEq>(set: &[DistrictIndex], value: impl Fn(&'static District) -> Option<T>) -> Option<T> {
    let mut values = set.iter().map(|at| value(district(*at)));
    let first = values.next()??;
    values.all(|other| other.as_ref() == Some(&first)).then_some(first)
}
