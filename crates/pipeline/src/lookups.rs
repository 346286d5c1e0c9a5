//! What follows from a code, by the built-in tables.

use crate::stages::Crosswalk;
use openvacancy_domain::Scheme;
use openvacancy_domain::place::{LEP_NOT_APPLICABLE, Location, LocationPrecision, Place};
use openvacancy_reference::{area, occupation};

/// Title, SOC 2010 and ISCO-08 of a SOC 2020 unit group.
#[must_use]
pub fn crosswalk(soc2020: &str) -> Crosswalk {
    let best = |list: &[occupation::Correspondence]| list.first().map(|best| (best.code.to_owned(), best.share));
    Crosswalk {
        title: occupation::group(Scheme::Soc2020, soc2020).map(|group| group.title.to_owned()),
        soc2010: best(occupation::soc2010_of(soc2020)),
        isco08: best(occupation::isco08_of(soc2020)),
    }
}

/// The location of a whole district; codes of every vintage since 2011 are understood.
#[must_use]
pub fn location(lad_code: &str) -> Option<Location> {
    let district = area::district(lad_code)?;
    let lep = district.leps.first();
    let or_not_applicable = |text: Option<&str>| Some(text.unwrap_or(LEP_NOT_APPLICABLE).to_owned());
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let lep_code = or_not_applicable(lep.map(|lep| lep.code));
    Some(Location {
        country: some(district.country),
        region_code: some(district.region_code),
        county_code: some(district.county_code),
        county_name: some(district.county_name),
        ceremonial_county: some(district.ceremonial_county),
        lad_code: some(district.code),
        lep_code: lep_code.clone(),
        lep_name: or_not_applicable(lep.map(|lep| lep.name)),
        precision: LocationPrecision::District,
        method: "correction".to_owned(),
        places: vec![Place {
            name: district.name.to_owned(),
            lad_code: some(district.code),
            county_code: some(district.county_code),
            lep_code,
            precision: LocationPrecision::District,
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_brings_all_that_it_lies_in() {
        let leeds = location("E08000035").unwrap();
        assert_eq!(leeds.region_code.as_deref(), Some("E12000003"));
        assert_eq!(leeds.country.as_deref(), Some("England"));
        assert!(leeds.lep_code.as_deref().unwrap().starts_with("E37"));
        assert_eq!(location("W06000015").unwrap().lep_code.as_deref(), Some(LEP_NOT_APPLICABLE));
        assert_eq!(location("X00000000"), None);
    }

    #[test]
    fn a_unit_group_brings_its_title() {
        assert!(crosswalk("2134").title.is_some());
        assert_eq!(crosswalk("0000"), Crosswalk::default());
    }
}
