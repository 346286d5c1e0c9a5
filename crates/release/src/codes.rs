//! The area and occupation codes a vacancy counts under.

use crate::indicator::{AreaType, TOTAL, UK, UNKNOWN};
use openvacancy_domain::Vacancy;
use openvacancy_domain::place::LEP_NOT_APPLICABLE;

/// ONS code of a country of the UK by name.
pub(crate) fn country_code(name: &str) -> Option<&'static str> {
    match name {
        "England" => Some("E92000001"),
        "Wales" => Some("W92000004"),
        "Scotland" => Some("S92000003"),
        "Northern Ireland" => Some("N92000002"),
        _ => None,
    }
}

/// The areas a vacancy counts in, each at its primary place. Outside England a LEP is not applicable: no row.
pub(crate) fn areas(vacancy: &Vacancy) -> Vec<(AreaType, &str)> {
    let place = &vacancy.location;
    let country = place.country.as_deref().and_then(country_code);
    let region = place
        .region_code
        .as_deref()
        .filter(|code| ["E12", "W92", "S92", "N92"].iter().any(|prefix| code.starts_with(prefix)));
    let mut areas = vec![
        (AreaType::Country, country.unwrap_or(UNKNOWN)),
        (AreaType::County, place.county_code.as_deref().unwrap_or(UNKNOWN)),
        (AreaType::Lad, place.lad_code.as_deref().unwrap_or(UNKNOWN)),
    ];
    match place.lep_code.as_deref() {
        Some(LEP_NOT_APPLICABLE) => {}
        Some(code) => areas.push((AreaType::Lep, code)),
        None if matches!(country, None | Some("E92000001")) => areas.push((AreaType::Lep, UNKNOWN)),
        None => {}
    }
    areas.push((AreaType::Region, region.unwrap_or(UNKNOWN)));
    areas.push((AreaType::Uk, UK));
    areas
}

/// The occupation codes a vacancy counts under: all, and the best code cut to 1, 2, 3 and 4 digits. The best code counts
/// at every level, whatever level is vouched for, so that levels add up.
pub(crate) fn occupations(vacancy: &Vacancy) -> Vec<&str> {
    match soc2020(vacancy) {
        Some(code) => vec![TOTAL, &code[..1], &code[..2], &code[..3], code],
        None => vec![TOTAL, UNKNOWN],
    }
}

/// The best SOC 2020 code, where it is one of four digits.
pub(crate) fn soc2020(vacancy: &Vacancy) -> Option<&str> {
    vacancy.occupation.soc2020.as_deref().filter(|code| code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()))
}

/// Digits of an occupation code; `total` and `unknown` have none.
pub(crate) fn level(occupation: &str) -> usize {
    if occupation.as_bytes().first().is_some_and(u8::is_ascii_digit) { occupation.len() } else { 0 }
}

/// The occupation code that `occupation` is part of.
pub(crate) fn parent(occupation: &str) -> Option<&str> {
    match occupation {
        TOTAL => None,
        UNKNOWN => Some(TOTAL),
        code if code.len() == 1 => Some(TOTAL),
        code => code.get(..code.len() - 1),
    }
}
