//! The gazetteer of place names.
//!
//! GeoNames says which names there are and where. It says nothing of size, and the size decides what a bare name means.
//! A weight like a number of residents is therefore built from official sources: the middle layer areas (about 8,000
//! residents each in England and Wales) whose House of Commons Library name mentions the place, the residents of a
//! district that bears the place's name, and the number of outward postcodes the place stretches over.

use crate::Outcome;
use crate::districts::{District, Geography};
use crate::files::{Sources, cell, write};
use crate::{neighbourhoods, points};
use std::collections::{BTreeMap, BTreeSet};

/// One reading of a name.
#[derive(Clone)]
pub(crate) struct Place {
    pub name: String,
    pub lad: String,
    pub latitude: f64,
    pub longitude: f64,
    pub weight: u32,
    pub kind: &'static str,
    pub county_hint: String,
    pub note: &'static str,
    pub outwards: BTreeSet<String>,
}

/// Places by name in lower case and district.
pub(crate) type Places = BTreeMap<(String, String), Place>;

/// Residents counted for a name that no other source mentions.
const HAMLET: u32 = 500;
/// Residents counted for each outward postcode beyond the first that a place stretches over.
const PER_FURTHER_OUTWARD: u32 = 4_000;
/// From here on a place outside a city is called a town.
const TOWN: u32 = 10_000;
/// Residents per square kilometre from which the parts of a district are neighbourhoods rather than villages.
const CITY_DENSITY: f64 = 1_500.0;
/// The part of a district's residents ascribed to the place that bears its name.
const NAMESAKE_SHARE: f64 = 0.6;

pub(crate) fn compile(sources: &Sources, geography: &Geography) -> Outcome<Places> {
    let mut places = geonames(sources, geography)?;
    points::respell(sources, geography, &mut places)?;
    let areas = neighbourhoods::Areas::read(sources, geography, &places)?;
    for (key, place) in &mut places {
        let residents = areas.residents(key);
        let district = geography.districts.get(&place.lad).ok_or("a place lies in no district")?;
        let namesake = namesake_residents(&key.0, district, geography, &areas);
        let further = u32::try_from(place.outwards.len())?.saturating_sub(1);
        place.weight = residents.max(namesake.unwrap_or(0)) + HAMLET + PER_FURTHER_OUTWARD * further;
        place.kind = kind(place.weight, namesake.is_some(), district);
    }
    areas.add_unknown(geography, &mut places);
    points::respell(sources, geography, &mut places)?;
    points::add_points(sources, geography, &mut places)?;
    let mut sorted: Vec<&Place> = places.values().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name).then(b.weight.cmp(&a.weight)).then(a.lad.cmp(&b.lad)));
    let row = |place: &Place| {
        let degrees = |value: f64| format!("{value:.4}");
        let (latitude, longitude) = (degrees(place.latitude), degrees(place.longitude));
        let (kind, note) = (place.kind.to_owned(), place.note.to_owned());
        let (lad, hint) = (place.lad.clone(), place.county_hint.clone());
        [place.name.clone(), lad, latitude, longitude, place.weight.to_string(), kind, hint, note]
    };
    let headings = ["name", "lad_code", "latitude", "longitude", "weight", "kind", "county_hint", "note"];
    write("places", headings, sorted.into_iter().map(row))?;
    Ok(places)
}

/// The places of GeoNames, one for each name and district. London itself is left out: it is a region, not a place in
/// one district.
fn geonames(sources: &Sources, geography: &Geography) -> Outcome<Places> {
    let mut points: BTreeMap<(String, String), Vec<(f64, f64)>> = BTreeMap::new();
    let mut places = Places::new();
    for record in sources.official("geo/outward_place_geonames.csv")? {
        let name = cell(&record, "place")?;
        let Some(lad) = geography.current(cell(&record, "LAD24CD")?) else { continue };
        if name == "London" || name.is_empty() {
            continue;
        }
        let district = &geography.districts[lad];
        let key = (name.to_lowercase(), lad.to_owned());
        points
            .entry(key.clone())
            .or_default()
            .push((cell(&record, "latitude")?.parse()?, cell(&record, "longitude")?.parse()?));
        let place = places.entry(key).or_insert_with(|| Place {
            name: name.to_owned(),
            lad: lad.to_owned(),
            latitude: 0.0,
            longitude: 0.0,
            weight: 0,
            kind: "village",
            county_hint: county_hint(district, record.get("county").map_or("", String::as_str)),
            note: "",
            outwards: BTreeSet::new(),
        });
        place.outwards.insert(cell(&record, "outward")?.to_owned());
    }
    for (key, mut points) in points {
        if let Some(place) = places.get_mut(&key) {
            points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            (place.latitude, place.longitude) = points[points.len() / 2];
        }
    }
    Ok(places)
}

/// The county people write behind a name.
pub(crate) fn county_hint(district: &District, geonames: &str) -> String {
    if !district.ceremonial.is_empty() {
        district.ceremonial.clone()
    } else if geonames.starts_with("County ") {
        geonames.to_owned()
    } else {
        district.name.clone()
    }
}

/// Residents ascribed to a place because a present or former district bears its name: alone, with an addition
/// (`Newcastle upon Tyne`), or with others (`Windsor and Maidenhead`), where it counts as one of them.
fn namesake_residents(
    name: &str,
    district: &District,
    geography: &Geography,
    areas: &neighbourhoods::Areas,
) -> Option<u32> {
    let now = namesake_part(name, &district.name).map(|part| part * f64::from(district.population));
    let former: Vec<&str> =
        geography.former.iter().filter(|(_, lad)| *lad == district.code).map(|(former, _)| former.as_str()).collect();
    let residents = |former_name: &str| match areas.residents_of_former(former_name, &district.code) {
        // The areas were numbered anew: as if the district had been divided evenly.
        0 => f64::from(district.population) / former.len() as f64,
        residents => f64::from(residents),
    };
    let former = former.iter().filter_map(|former| Some(namesake_part(name, former)? * residents(former)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of residents")]
    now.into_iter().chain(former).max_by(f64::total_cmp).map(|residents| (residents * NAMESAKE_SHARE) as u32)
}

/// How much of a district is called `name`, judged by the district's own name alone.
fn namesake_part(name: &str, district: &str) -> Option<f64> {
    let official = district.to_lowercase();
    let core = official.strip_suffix(", city of").or_else(|| official.strip_suffix(", county of")).unwrap_or(&official);
    let core = core.strip_suffix(" city").or_else(|| core.strip_prefix("city of ")).unwrap_or(core);
    if core == name || official == name {
        return Some(1.0);
    }
    let parts: Vec<&str> = core.split(", ").flat_map(|part| part.split(" and ")).collect();
    if parts.len() > 1 && parts.contains(&name) {
        return Some(1.0 / parts.len() as f64);
    }
    let head = [" upon ", " on ", "-on-", "-under-"].iter().find_map(|link| Some(core.split_once(link)?.0));
    head.filter(|head| *head == name).map(|_| 0.5)
}

fn kind(weight: u32, namesake: bool, district: &District) -> &'static str {
    match (namesake || (weight >= TOWN && district.density < CITY_DENSITY), district.density >= CITY_DENSITY) {
        (true, _) => "town",
        (false, true) => "neighbourhood",
        (false, false) => "village",
    }
}
