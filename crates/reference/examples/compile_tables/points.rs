//! Places people keep by hand: other spellings, and workplaces that are no settlement.

use crate::Outcome;
use crate::districts::Geography;
use crate::files::{Sources, cell};
use crate::places::{Place, Places, county_hint};
use std::collections::BTreeSet;

/// Adds other spellings of places: `Hull` for Kingston upon Hull. A spelling takes over all that is known of the place.
pub(crate) fn respell(sources: &Sources, geography: &Geography, places: &mut Places) -> Outcome<()> {
    for record in sources.curated("place_names.csv")? {
        let (name, same_as, lad) = (cell(&record, "name")?, cell(&record, "same_as")?, cell(&record, "lad_code")?);
        if !geography.districts.contains_key(lad) {
            return Err(format!("place_names.csv: {name}: {lad} is no current district").into());
        }
        let known = places.get(&(same_as.to_lowercase(), lad.to_owned())).cloned();
        let known = known.ok_or_else(|| format!("place_names.csv: {name}: no place '{same_as}' in {lad}"))?;
        let key = (name.to_lowercase(), lad.to_owned());
        let weight = places.get(&key).map_or(known.weight, |there| there.weight.max(known.weight));
        places.insert(key, Place { name: name.to_owned(), weight, ..known });
    }
    Ok(())
}

/// Adds workplaces that are no settlement (airports, business parks), and settlements GeoNames lacks.
pub(crate) fn add_points(sources: &Sources, geography: &Geography, places: &mut Places) -> Outcome<()> {
    for record in sources.curated("points.csv")? {
        let (name, lad) = (cell(&record, "name")?, cell(&record, "lad_code")?);
        let district =
            geography.districts.get(lad).ok_or_else(|| format!("points.csv: {name}: {lad} is no current district"))?;
        let key = (name.to_lowercase(), lad.to_owned());
        let place = Place {
            name: name.to_owned(),
            lad: lad.to_owned(),
            latitude: cell(&record, "latitude")?.parse()?,
            longitude: cell(&record, "longitude")?.parse()?,
            weight: cell(&record, "weight")?.parse()?,
            kind: match cell(&record, "kind")? {
                "site" => "site",
                "town" => "town",
                "neighbourhood" => "neighbourhood",
                "village" => "village",
                other => return Err(format!("points.csv: {name}: {other} is no kind of place").into()),
            },
            county_hint: county_hint(district, ""),
            note: "",
            outwards: places.get(&key).map_or_else(BTreeSet::new, |there| there.outwards.clone()),
        };
        places.insert(key, place);
    }
    Ok(())
}
