//! The index of place names: gazetteer, authority names, counties, regions, informal areas, foreign places, built once
//! from the reference tables.

use super::build::Builder;
use super::key::key;
use ahash::AHashMap;
use fst::automaton::Automaton;
use fst::{IntoStreamer, Set, Streamer};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use openvacancy_reference::area::{District, districts};
use openvacancy_reference::gazetteer::{Place, PlaceKind};

/// Position in [`districts`].
pub(super) type DistrictIndex = u16;

/// How large an area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    District,
    County,
    Region,
    Country,
    Uk,
}

/// An area a name may mean.
#[derive(Debug, Clone)]
pub(super) struct AreaName {
    /// The name to show.
    pub name: String,
    pub level: Level,
    /// Its districts, sorted.
    pub districts: Vec<DistrictIndex>,
    /// Districts the name stands behind in addresses as well, sorted.
    pub postal: Vec<DistrictIndex>,
    /// The upper-tier authority of the same name, where there is one.
    pub county_code: Option<&'static str>,
    pub latitude: f32,
    pub longitude: f32,
}

/// One reading of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Index into the gazetteer.
    Place(u32),
    /// Index into the areas.
    Area(u16),
    /// Outside the UK: the country, and whether the name is a country's or a city's.
    Foreign(&'static str, bool),
}

/// The index.
pub(super) struct Names {
    pub(super) meanings: AHashMap<String, Vec<Meaning>>,
    pub areas: Vec<AreaName>,
    /// Names of some size, sorted, for near misses.
    pub(super) near: Set<Vec<u8>>,
    pub(super) one: LevenshteinAutomatonBuilder,
    pub(super) two: LevenshteinAutomatonBuilder,
    /// Latitude, longitude and number of gazetteer entries, by latitude, for the nearest place.
    pub(super) by_latitude: Vec<(f32, f32, u32)>,
    pub(super) district_of: Vec<DistrictIndex>,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names")
            .field("names", &self.meanings.len())
            .field("areas", &self.areas.len())
            .finish_non_exhaustive()
    }
}

/// Residents from which a place is looked for among near misses and in titles.
pub(super) const OF_SIZE: u32 = 5_000;

impl Names {
    pub(super) fn new() -> Self {
        Builder::new().build()
    }

    /// The readings of a key.
    pub(super) fn get(&self, key: &str) -> &[Meaning] {
        self.meanings.get(key).map_or(&[], Vec::as_slice)
    }

    /// The district a gazetteer entry lies in.
    pub(super) fn district_of(&self, place: u32) -> DistrictIndex {
        self.district_of[place as usize]
    }

    /// The name of some size nearest to a misspelt key, where one is clearly nearest.
    pub(super) fn nearest_name(&self, wanted: &str) -> Option<String> {
        let length = wanted.chars().count();
        if length < 6 || wanted.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let builder = if length >= 9 { &self.two } else { &self.one };
        let dfa = Dfa(builder.build_dfa(wanted));
        let mut stream = self.near.search(&dfa).into_stream();
        let mut best: Option<(f64, String)> = None;
        let mut second = 0.0;
        while let Some(found) = stream.next() {
            let Ok(found) = std::str::from_utf8(found) else { continue };
            // Misspellers get the first letter right.
            if found.as_bytes().first() != wanted.as_bytes().first() {
                continue;
            }
            let score = strsim::jaro_winkler(found, wanted);
            match &best {
                Some((known, _)) if score <= *known => second = f64::max(second, score),
                _ => {
                    second = best.as_ref().map_or(0.0, |(known, _)| *known);
                    best = Some((score, found.to_owned()));
                }
            }
        }
        best.filter(|(score, _)| *score >= 0.93 && *score - second > 0.005).map(|(_, name)| name)
    }

    /// The gazetteer entry nearest to a point, within about 15 km.
    pub(super) fn nearest_place(&self, latitude: f32, longitude: f32) -> Option<u32> {
        const REACH: f32 = 0.14;
        const REACH_KM: f32 = 15.0;
        let shrink = latitude.to_radians().cos();
        let from = self.by_latitude.partition_point(|(north, ..)| *north < latitude - REACH);
        let near = self.by_latitude[from..].iter().take_while(|(north, ..)| *north <= latitude + REACH);
        let mut best: Option<(f32, u32)> = None;
        for (north, east, place) in near {
            let (north, east) = ((north - latitude) * KM_PER_DEGREE, (east - longitude) * KM_PER_DEGREE * shrink);
            let square = north * north + east * east;
            // Entries of one latitude come in the gazetteer's order, so that the first of equals is always the same.
            if square <= best.map_or(REACH_KM * REACH_KM, |(least, _)| least)
                && best.is_none_or(|(least, _)| square < least)
            {
                best = Some((square, *place));
            }
        }
        best.map(|(_, place)| place)
    }
}

/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f32 = 111.2;

/// The distance of two points in kilometres, good enough at Britain's size.
pub(super) fn distance_km(a: (f32, f32), b: (f32, f32)) -> f32 {
    let north = (a.0 - b.0) * KM_PER_DEGREE;
    let east = (a.1 - b.1) * KM_PER_DEGREE * ((a.0 + b.0) / 2.0).to_radians().cos();
    north.hypot(east)
}

/// A Levenshtein automaton as the fst walks it.
struct Dfa(DFA);

impl Automaton for &Dfa {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

pub(super) fn is_of_size(place: &Place) -> bool {
    place.kind == PlaceKind::Town || place.weight >= OF_SIZE && place.kind != PlaceKind::Site
}

/// The district a current code names.
pub(super) fn index_of(code: &str) -> Option<DistrictIndex> {
    districts().binary_search_by(|district| district.code.cmp(code)).ok().and_then(|at| u16::try_from(at).ok())
}

pub(super) fn district(at: DistrictIndex) -> &'static District {
    &districts()[usize::from(at)]
}

/// The districts a name in our own tables stands for.
pub(super) fn named(name: &str) -> Vec<DistrictIndex> {
    let by_alias = openvacancy_reference::area::alias(name);
    let found: Vec<DistrictIndex> = if by_alias.is_empty() {
        (0_u16..).zip(districts()).filter(|(_, district)| key(district.name) == key(name)).map(|(at, _)| at).collect()
    } else {
        by_alias.iter().filter_map(|district| index_of(district.code)).collect()
    };
    found
}
