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

/// Residents counted for a name that no other source mentions, and for each outward postcode it stretches over.
const HAMLET: u32 = 150;
const PER_OUTWARD: u32 = 500;
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
        let namesake = namesake_residents(&key.0, district, geography);
        let outwards = u32::try_from(place.outwards.len())?;
        place.weight = residents.max(namesake.unwrap_or(0)) + HAMLET + PER_OUTWARD * outwards;
        place.kind = kind(place.weight, namesake.is_some(), district);
    }
    areas.add_unknown(geography, &mut places);
    points::respell(sources, geography, &mut places)?;
    points::add_sites(sources, geography, &mut places)?;
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
        points.entry(key.clone()).or_default().push((cell(&record, "latitude")?.parse()?, cell(&record, "longitude")?.parse()?));
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

/// Residents of the present or former district of that name which the place lies in.
fn namesake_residents(name: &str, district: &District, geography: &Geography) -> Option<u32> {
    let same = |official: &str| {
        let official = official.to_lowercase();
        let head = official.split_once(", ").map_or(official.as_str(), |(head, _)| head);
        head == name || head.strip_suffix(" city").or_else(|| head.strip_prefix("city of ")).is_some_and(|core| core == name)
    };
    let now = Some(district.population).filter(|_| same(&district.name));
    let former = geography.former.iter().filter(|(name, lad, _)| *lad == district.code && same(name)).map(|found| found.2);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of residents")]
    let part = |residents: u32| (f64::from(residents) * NAMESAKE_SHARE) as u32;
    now.into_iter().chain(former).max().map(part)
}

fn kind(weight: u32, namesake: bool, district: &District) -> &'static str {
    match (namesake || (weight >= TOWN && district.density < CITY_DENSITY), district.density >= CITY_DENSITY) {
        (true, _) => "town",
        (false, true) => "neighbourhood",
        (false, false) => "village",
    }
}
