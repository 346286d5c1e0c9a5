//! Builds the index of place names from the reference tables.

use super::foreign::{CITIES, COUNTRIES};
use super::informal::{AREAS, POSTAL};
use super::key::key;
use super::names::{AreaName, DistrictIndex, Level, Meaning, Names, distance_km, index_of, is_of_size, named};
use super::official::{COUNTRIES_OF_UK, REGIONS, SHORT};
use fst::Set;
use levenshtein_automata::LevenshteinAutomatonBuilder;
use openvacancy_reference::area::{aliases, districts};
use openvacancy_reference::gazetteer::{PlaceKind, places};
use std::collections::BTreeMap;

pub(super) struct Builder {
    /// Sorted, so that the index is the same on every machine.
    meanings: BTreeMap<String, Vec<Meaning>>,
    areas: Vec<AreaName>,
    centres: Vec<(f32, f32)>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self { meanings: BTreeMap::new(), areas: Vec::new(), centres: centres() }
    }

    pub(super) fn build(mut self) -> Names {
        self.authorities();
        self.counties();
        self.informal();
        self.regions_and_countries();
        let district_of: Vec<DistrictIndex> =
            places().iter().map(|place| index_of(place.lad_code).unwrap_or(0)).collect();
        for (at, place) in (0_u32..).zip(places()) {
            if !is_shadow(at) {
                self.add(&key(place.name), Meaning::Place(at));
            }
        }
        self.heads();
        for (table, is_country) in [(COUNTRIES, true), (CITIES, false)] {
            for (name, country) in table {
                self.add(name, Meaning::Foreign(country, is_country));
            }
        }
        let near = Set::from_iter(
            self.meanings
                .iter()
                .filter(|(_, meanings)| meanings.iter().any(|meaning| self.is_of_size(*meaning)))
                .map(|(name, _)| name),
        );
        let mut by_latitude: Vec<(f32, f32, u32)> = (0_u32..)
            .zip(places())
            .filter(|(_, place)| place.kind != PlaceKind::Site)
            .map(|(at, place)| (place.latitude, place.longitude, at))
            .collect();
        by_latitude.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        Names {
            meanings: self.meanings.into_iter().collect(),
            areas: self.areas,
            near: near.unwrap_or_default(),
            one: LevenshteinAutomatonBuilder::new(1, true),
            two: LevenshteinAutomatonBuilder::new(2, true),
            by_latitude,
            district_of,
        }
    }

    /// 'Wimborne' for Wimborne Minster, 'Burton' for Burton upon Trent: the first word of a town's name stands for it
    /// where no place of size bears that word alone.
    fn heads(&mut self) {
        let mut heads: Vec<(String, u32)> = Vec::new();
        for (at, place) in (0_u32..).zip(places()).filter(|(_, place)| is_of_size(place)) {
            let whole = key(place.name);
            let Some((head, rest)) = whole.split_once(' ') else { continue };
            let second = rest.split(' ').next().unwrap_or("");
            let tail =
                matches!(second, "upon" | "on" | "in" | "le" | "de" | "under" | "next" | "minster" | "regis" | "super");
            let taken =
                self.meanings.get(head).is_some_and(|known| known.iter().any(|meaning| self.is_of_size(*meaning)));
            if tail && head.len() >= 5 && !taken {
                heads.push((head.to_owned(), at));
            }
        }
        for (head, at) in heads {
            self.add(&head, Meaning::Place(at));
        }
    }

    fn is_of_size(&self, meaning: Meaning) -> bool {
        match meaning {
            Meaning::Place(at) => is_of_size(&places()[at as usize]),
            Meaning::Area(_) => true,
            Meaning::Foreign(..) => false,
        }
    }

    fn add(&mut self, name: &str, meaning: Meaning) {
        if name.is_empty() {
            return;
        }
        let known = self.meanings.entry(name.to_owned()).or_default();
        if !known.contains(&meaning) {
            known.push(meaning);
        }
    }

    fn area(
        &mut self,
        name: &str,
        level: Level,
        mut set: Vec<DistrictIndex>,
        mut postal: Vec<DistrictIndex>,
        county_code: Option<&'static str>,
    ) -> Meaning {
        set.sort_unstable();
        set.dedup();
        postal.sort_unstable();
        postal.dedup();
        let count = set.len().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
        let count = count as f32;
        let (latitude, longitude) = set.iter().fold((0.0, 0.0), |sum, at| {
            let (latitude, longitude) = self.centres[usize::from(*at)];
            (sum.0 + latitude / count, sum.1 + longitude / count)
        });
        self.areas.push(AreaName {
            name: name.to_owned(),
            level,
            districts: set,
            postal,
            county_code,
            latitude,
            longitude,
        });
        Meaning::Area(u16::try_from(self.areas.len() - 1).unwrap_or(u16::MAX))
    }

    /// Districts under every name the reference tables know; former authorities since divided count as counties.
    fn authorities(&mut self) {
        let mut own: BTreeMap<Vec<DistrictIndex>, Meaning> = BTreeMap::new();
        for (name, found) in aliases() {
            let set: Vec<DistrictIndex> = found.iter().filter_map(|district| index_of(district.code)).collect();
            let meaning = if let Some(meaning) = own.get(&set) {
                *meaning
            } else {
                let (shown, level) = match found {
                    [one] => (one.name.to_owned(), Level::District),
                    _ => ((*name).to_owned(), Level::County),
                };
                let meaning = self.area(&shown, level, set.clone(), Vec::new(), None);
                own.insert(set, meaning);
                meaning
            };
            // County names are the business of the next step.
            self.add(&key(name), meaning);
        }
        for (at, district) in (0_u16..).zip(districts()) {
            let set = vec![at];
            let meaning = if let Some(meaning) = own.get(&set) {
                *meaning
            } else {
                self.area(district.name, Level::District, set, Vec::new(), None)
            };
            self.add(&key(district.name), meaning);
        }
    }

    /// Ceremonial counties and upper-tier authorities. Where both bear one name, the name means the ceremonial county
    /// in addresses, and its county code is the authority's.
    fn counties(&mut self) {
        let mut ceremonial: BTreeMap<&'static str, Vec<DistrictIndex>> = BTreeMap::new();
        let mut upper: BTreeMap<&'static str, (&'static str, Vec<DistrictIndex>)> = BTreeMap::new();
        for (at, district) in (0_u16..).zip(districts()) {
            if !district.ceremonial_county.is_empty() {
                ceremonial.entry(district.ceremonial_county).or_default().push(at);
            }
            upper.entry(district.county_name).or_insert_with(|| (district.county_code, Vec::new())).1.push(at);
        }
        for (name, set) in &ceremonial {
            if matches!(*name, "Greater London" | "City of London" | "West Midlands") {
                continue;
            }
            let county = upper.get(name).or_else(|| {
                upper.iter().find(|(upper, _)| upper.starts_with(&format!("{name},"))).map(|(_, found)| found)
            });
            let meaning = self.area(name, Level::County, set.clone(), postal(name), county.map(|(code, _)| *code));
            self.county_names(name, meaning);
        }
        for (name, (code, set)) in &upper {
            if set.len() > 1 && !ceremonial.contains_key(name) {
                let meaning = self.area(name, Level::County, set.clone(), postal(name), Some(code));
                self.county_names(name, meaning);
            }
        }
    }

    fn county_names(&mut self, name: &str, meaning: Meaning) {
        let plain = key(name);
        // A city that is its own ceremonial county (Bristol) stays a district.
        let own_district = |this: &Self| this.meanings.get(&plain).and_then(|known| known.first().copied());
        let Meaning::Area(at) = meaning else { return };
        if self.areas[usize::from(at)].districts.len() == 1 && own_district(self).is_some() {
            return;
        }
        let base = plain.strip_prefix("county ").unwrap_or(&plain).to_owned();
        let mut names = vec![plain.clone(), format!("{plain} county"), format!("county of {plain}")];
        if plain.starts_with("county ") {
            names.push(format!("{base} county"));
        }
        for (county, short) in SHORT {
            if *county == plain {
                names.extend(short.iter().map(|short| (*short).to_owned()));
            }
        }
        for name in names {
            // The ceremonial reading replaces the authority's: one name, one county.
            self.meanings.insert(name, vec![meaning]);
        }
    }

    fn informal(&mut self) {
        for informal in AREAS {
            let set: Vec<DistrictIndex> = informal.districts.iter().flat_map(|name| named(name)).collect();
            let Some(first) = informal.names.first() else { continue };
            let meaning = self.area(&title_case(first), informal.level, set, Vec::new(), None);
            for name in informal.names {
                let key = key(name);
                // Antrim and Armagh are towns as well; the county reading stands beside them.
                if informal.level == Level::Region {
                    self.meanings.insert(key, vec![meaning]);
                } else {
                    self.add(&key, meaning);
                }
            }
        }
    }

    fn regions_and_countries(&mut self) {
        let all = || (0_u16..).zip(districts());
        for (name, names) in REGIONS {
            let set: Vec<DistrictIndex> = all()
                .filter(|(_, district)| district.region_name == *name && district.country == "England")
                .map(|(at, _)| at)
                .collect();
            let postal = postal(&name.to_lowercase());
            let meaning = self.area(name, Level::Region, set, postal, None);
            for name in *names {
                self.meanings.insert(key(name), vec![meaning]);
            }
        }
        for (name, names) in COUNTRIES_OF_UK {
            let set: Vec<DistrictIndex> = all()
                .filter(|(_, district)| district.country == *name || *name == "United Kingdom")
                .map(|(at, _)| at)
                .collect();
            let level = if *name == "United Kingdom" { Level::Uk } else { Level::Country };
            let meaning = self.area(name, level, set, Vec::new(), None);
            for name in *names {
                self.meanings.insert(key(name), vec![meaning]);
            }
        }
    }
}

/// A weightless entry beside a much larger one of the same name is that place's other bank or its outskirts.
fn is_shadow(at: u32) -> bool {
    let place = &places()[at as usize];
    if place.weight > 500 {
        return false;
    }
    let from = places().partition_point(|other| other.name < place.name);
    places()[from..].iter().take_while(|other| other.name == place.name).any(|other| {
        other.weight >= 20 * place.weight
            && distance_km((place.latitude, place.longitude), (other.latitude, other.longitude)) < 25.0
    })
}

fn postal(county: &str) -> Vec<DistrictIndex> {
    let county = county.to_lowercase();
    POSTAL
        .iter()
        .filter(|(name, _)| *name == county)
        .flat_map(|(_, names)| names.iter().flat_map(|name| named(name)))
        .collect()
}

/// The middle of each district: the mean of its places, larger ones counting more.
fn centres() -> Vec<(f32, f32)> {
    let mut sums = vec![(0.0_f64, 0.0_f64, 0.0_f64); districts().len()];
    for place in places() {
        if let Some(at) = index_of(place.lad_code) {
            let weight = f64::from(place.weight).sqrt();
            let sum = &mut sums[usize::from(at)];
            *sum = (
                sum.0 + f64::from(place.latitude) * weight,
                sum.1 + f64::from(place.longitude) * weight,
                sum.2 + weight,
            );
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "degrees")]
    sums.into_iter()
        .map(
            |(latitude, longitude, weight)| {
                if weight > 0.0 { ((latitude / weight) as f32, (longitude / weight) as f32) } else { (54.0, -2.5) }
            },
        )
        .collect()
}

fn title_case(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}
