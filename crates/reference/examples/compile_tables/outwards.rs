//! Outward postcodes and the districts they lie in.
//!
//! Two sources vote: the named places of GeoNames in the postcode, each with the square root of its residents (villages
//! count, but less than towns; several names at one spot count once), and the middle of the postcode. A place whose coordinates are repeated over many
//! postcodes is only the middle of its city and says little of one postcode, so there the middle of the postcode decides.

use crate::Outcome;
use crate::districts::Geography;
use crate::files::{Record, Sources, cell, write};
use crate::places::Places;
use std::collections::BTreeMap;

/// How much the middle of the postcode counts beside mere middles of cities, and how fast it loses to true places:
/// beside `n` of them it counts `1 / (1 + n * PLACE_OVER_CENTRE)`.
const CENTRE_BESIDE_CITY: f64 = 0.85;
const PLACE_OVER_CENTRE: f64 = 0.6;
/// Coordinates of one name repeated over so many postcodes are the middle of a city.
const REPEATED: usize = 3;

pub(crate) fn compile(sources: &Sources, geography: &Geography, places: &Places) -> Outcome<()> {
    let named = sources.official("geo/outward_place_geonames.csv")?;
    let mut repeats: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut codes: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    for record in &named {
        *repeats.entry(spot(record)?).or_default() += 1;
        codes.entry(cell(record, "outward")?.to_owned()).or_default().push(record);
    }
    let mut centres = BTreeMap::new();
    for record in sources.official("geo/outward_districts_gibbs.csv")? {
        centres.insert(cell(&record, "outward")?.to_owned(), record);
    }
    let mut rows = Vec::new();
    for (code, named) in &codes {
        let mut spots: BTreeMap<String, (f64, &str)> = BTreeMap::new();
        let mut true_places = 0_u32;
        let mut town = (0, String::new());
        for record in named {
            let name = cell(record, "place")?;
            let Some(lad) = geography.current(cell(record, "LAD24CD")?) else {
                town = town.max((1, name.to_owned()));
                continue;
            };
            let place = places.get(&(name.to_lowercase(), lad.to_owned()));
            let weight = place.map_or(1, |place| place.weight);
            let spread = place.map_or(1.0, |place| place.outwards.len().max(1) as f64);
            let city_only = repeats[&spot(record)?] >= REPEATED;
            let vote = (f64::from(weight) / spread).sqrt() * if city_only { 0.25 } else { 1.0 };
            let seen = spots.entry(spot(record)?.1).or_insert((0.0, lad));
            true_places += u32::from(!city_only && seen.0 == 0.0);
            seen.0 = seen.0.max(vote);
            let weight = if name == "London" { u32::MAX } else { weight };
            if (weight, name) > (town.0, &town.1) {
                town = (weight, name.to_owned());
            }
        }
        let mut votes = BTreeMap::<&str, f64>::new();
        for (vote, lad) in spots.values() {
            *votes.entry(lad).or_default() += vote;
        }
        let total: f64 = votes.values().sum();
        votes.values_mut().for_each(|vote| *vote /= total.max(f64::MIN_POSITIVE));
        let centre = centres.get(code);
        let centre_lad = match centre {
            Some(centre) => geography.current(cell(centre, "LAD24CD")?),
            None => None,
        };
        if let Some(lad) = centre_lad {
            let part = if votes.is_empty() {
                1.0
            } else if true_places == 0 {
                CENTRE_BESIDE_CITY
            } else {
                1.0 / (1.0 + f64::from(true_places) * PLACE_OVER_CENTRE)
            };
            votes.values_mut().for_each(|vote| *vote *= 1.0 - part);
            *votes.entry(lad).or_default() += part;
        }
        let (latitude, longitude) = match centre {
            Some(centre) => (cell(centre, "latitude")?.parse()?, cell(centre, "longitude")?.parse()?),
            None => middle(named)?,
        };
        let best = votes.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(lad, _)| *lad);
        let by_count = most_named(named, geography)?;
        let note = match (best, by_count, centre_lad) {
            (None, ..) => "Crown dependency: no district".to_owned(),
            (Some(best), Some(by_count), _) if best != by_count => format!("most named places lie in {by_count}"),
            (Some(best), _, Some(centre)) if best != centre => format!("the middle lies in {centre}"),
            _ => String::new(),
        };
        if london_post_town(code) {
            "London".clone_into(&mut town.1);
        }
        let degrees = |value: f64| format!("{value:.4}");
        rows.push([code.clone(), shares(votes), degrees(latitude), degrees(longitude), town.1, note]);
    }
    write("outwards", ["code", "districts", "latitude", "longitude", "town", "note"], rows)
}

/// The district most named places lie in, each counting once.
fn most_named<'g>(named: &[&Record], geography: &'g Geography) -> Outcome<Option<&'g str>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in named {
        if let Some(lad) = geography.current(cell(record, "LAD24CD")?) {
            *counts.entry(lad).or_default() += 1;
        }
    }
    Ok(counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(lad, _)| lad))
}

fn spot(record: &Record) -> Outcome<(String, String)> {
    let coordinates = format!("{} {}", cell(record, "latitude")?, cell(record, "longitude")?);
    Ok((cell(record, "place")?.to_owned(), coordinates))
}

fn middle(named: &[&Record]) -> Outcome<(f64, f64)> {
    let (mut latitude, mut longitude) = (0.0, 0.0);
    for record in named {
        latitude += cell(record, "latitude")?.parse::<f64>()?;
        longitude += cell(record, "longitude")?.parse::<f64>()?;
    }
    Ok((latitude / named.len() as f64, longitude / named.len() as f64))
}

/// Whether a postcode belongs to the post town London, whatever its places are called.
fn london_post_town(code: &str) -> bool {
    let letters = code.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() && !letter.is_ascii_digit());
    let area: String = letters.chars().take_while(char::is_ascii_alphabetic).collect();
    ["E", "EC", "N", "NW", "SE", "SW", "W", "WC"].contains(&area.as_str())
}

/// Shares of one hundredth and more, best first, made to sum to 1.
fn shares(votes: BTreeMap<&str, f64>) -> String {
    let mut votes: Vec<(&str, f64)> = votes.into_iter().filter(|(_, share)| *share >= 0.01).collect();
    let total: f64 = votes.iter().map(|(_, share)| share).sum();
    votes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    votes.iter().map(|(lad, share)| format!("{lad}:{:.3}", share / total)).collect::<Vec<_>>().join("|")
}
