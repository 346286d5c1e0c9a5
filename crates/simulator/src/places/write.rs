//! A place as employers write it, with what a reader can know from the words.

use super::book::{Spot, is_clear};
use crate::random::Dice;
use openvacancy_domain::place::LocationPrecision;

/// A place in an employer's words, and what they say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    /// The place field; `None` where the portal shows none and only the prose names the place.
    pub(crate) text: Option<String>,
    /// Town of a structured address.
    pub(crate) town: Option<String>,
    /// County of a structured address.
    pub(crate) county: Option<String>,
    /// Whole or outward postcode of a structured address.
    pub(crate) postcode: Option<String>,
    /// Districts a reader can know, the primary first; empty where the words are coarser.
    pub(crate) lad_codes: Vec<&'static str>,
    /// The upper-tier authority a reader can know.
    pub(crate) county_code: Option<&'static str>,
    /// How closely a reader can know it.
    pub(crate) precision: LocationPrecision,
}

/// Writes `spot`. `also` are further places of the same vacancy.
pub(crate) fn write(spot: &Spot, also: &[Spot], dice: &mut Dice) -> Written {
    let mut written = Written {
        text: None,
        town: Some(town(spot).to_owned()),
        county: Some(county(spot).to_owned()).filter(|county| !county.is_empty()),
        postcode: dice.chance(550).then(|| postcode(spot, dice)).flatten(),
        lad_codes: vec![spot.district.code],
        county_code: Some(spot.district.county_code),
        precision: LocationPrecision::Place,
    };
    if !also.is_empty() {
        return several(written, spot, also, dice);
    }
    written.text = if is_london(spot) { london(&mut written, spot, dice) } else { elsewhere(&mut written, spot, dice) };
    if written.text.is_none() {
        // Then no part of the address is shown either.
        (written.town, written.county, written.postcode) = (None, None, None);
    }
    if let Some(text) = &mut written.text {
        match dice.below(100) {
            0..=2 => *text = text.to_uppercase(),
            3 => *text = text.to_lowercase(),
            _ => {}
        }
    }
    written
}

fn several(mut written: Written, spot: &Spot, also: &[Spot], dice: &mut Dice) -> Written {
    let mut names = vec![town(spot)];
    names.extend(also.iter().map(town));
    let last = names.pop().unwrap_or_default();
    let joined = names.join(", ");
    written.text = Some(match dice.below(3) {
        0 => format!("{joined} and {last}"),
        1 => format!("{} / {last}", names.join(" / ")),
        _ => format!("{joined} & {last}"),
    });
    written.postcode = None;
    written.lad_codes.extend(also.iter().map(|spot| spot.district.code));
    written
}

fn is_london(spot: &Spot) -> bool {
    spot.district.region_code == "E12000007"
}

fn is_england(spot: &Spot) -> bool {
    !spot.district.ceremonial_county.is_empty()
}

/// The name of the town, or of the town a neighbourhood is part of.
fn town(spot: &Spot) -> &'static str {
    spot.part_of.map_or(spot.place.name, |town| town.name)
}

/// The county people write: the ceremonial county, or a nation where that is what people write.
fn county(spot: &Spot) -> &'static str {
    if spot.place.county_hint.is_empty() { spot.district.country } else { spot.place.county_hint }
}

fn london(written: &mut Written, spot: &Spot, dice: &mut Dice) -> Option<String> {
    let area = spot.place.name;
    let outward = spot.outward.map(|outward| outward.code);
    written.town = Some("London".to_owned());
    written.county = dice.chance(500).then(|| "Greater London".to_owned());
    Some(match (dice.below(100), outward) {
        (0..=21, _) => {
            coarse(written, None);
            dice.pick(&["London", "London", "London", "Greater London", "London, UK"]).to_owned()
        }
        (22..=29, _) => {
            coarse(written, None);
            dice.pick(&["Central London", "East London", "North London", "South West London"]).to_owned()
        }
        (30..=44, Some(outward)) => {
            written.precision = LocationPrecision::Postcode;
            written.postcode = Some(outward.to_owned());
            format!("London {outward}")
        }
        (45..=49, Some(outward)) => {
            written.precision = LocationPrecision::Postcode;
            written.postcode = Some(outward.to_owned());
            outward.to_owned()
        }
        (50..=62, _) => {
            written.precision = LocationPrecision::District;
            format!("{}, London", spot.district.name)
        }
        (63..=66, _) => {
            written.precision = LocationPrecision::District;
            format!("London Borough of {}", spot.district.name)
        }
        (67..=69, _) if spot.clear => return None,
        _ => format!("{area}, London"),
    })
}

fn elsewhere(written: &mut Written, spot: &Spot, dice: &mut Dice) -> Option<String> {
    let (place, county) = (spot.place.name, county(spot));
    let with_county = |name: &str| if county == name { name.to_owned() } else { format!("{name}, {county}") };
    if let Some(town) = spot.part_of {
        // A neighbourhood is never written alone.
        let county_differs = county != town.name;
        return Some(match dice.below(7) {
            0..=1 if is_clear(town) => town.name.to_owned(),
            0..=2 => with_county(town.name),
            3 if county_differs => format!("{place}, {}, {county}", town.name),
            _ => format!("{place}, {}", town.name),
        });
    }
    let outward = spot.outward.map(|outward| outward.code.to_owned());
    Some(match (dice.below(100), outward) {
        (0..=34, _) if spot.clear => place.to_owned(),
        (35..=42, _) => {
            let whole = postcode(spot, dice)?;
            written.precision = LocationPrecision::Postcode;
            written.postcode = Some(whole.clone());
            format!("{place}, {whole}")
        }
        (43..=47, Some(outward)) => {
            written.precision = LocationPrecision::Postcode;
            written.postcode = Some(outward.clone());
            format!("{place} {outward}")
        }
        (48..=49, Some(outward)) => {
            written.precision = LocationPrecision::Postcode;
            written.postcode = Some(outward.clone());
            outward
        }
        (50..=53, _) => {
            // A district that bears its county's name is not told from the county.
            if spot.district.name.ends_with(spot.district.ceremonial_county) && is_england(spot) {
                coarse(written, None);
            } else {
                written.precision = LocationPrecision::District;
            }
            spot.district.name.to_owned()
        }
        (54..=57, _) => {
            // Where county and district are one, the county says the district.
            let unitary = spot.district.county_code == spot.district.code;
            let name = if unitary { spot.place.county_hint } else { spot.district.county_name };
            coarse(written, Some(spot.district.county_code).filter(|_| !unitary));
            if name.is_empty() { spot.district.region_name.to_owned() } else { name.to_owned() }
        }
        (58..=59, _) => {
            coarse(written, None);
            spot.district.region_name.to_owned()
        }
        (60..=62, _) => format!("{}, {}", with_county(place), spot.district.country),
        // Only where the prose, too, leaves no doubt which place is meant.
        (63..=65, _) if spot.clear => return None,
        _ => with_county(place),
    })
}

/// Says that the words are coarser than a district.
fn coarse(written: &mut Written, county_code: Option<&'static str>) {
    written.lad_codes.clear();
    written.town = None;
    written.county = None;
    written.postcode = None;
    written.county_code = county_code;
    written.precision = if county_code.is_some() { LocationPrecision::County } else { LocationPrecision::Region };
}

/// A whole postcode of the right outward code. The inward half is invented.
fn postcode(spot: &Spot, dice: &mut Dice) -> Option<String> {
    const LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";
    let outward = spot.outward?.code;
    let mut letter = || char::from(dice.pick(LETTERS));
    let (one, other) = (letter(), letter());
    Some(format!("{outward} {}{one}{other}", 1 + dice.below(9)))
}
