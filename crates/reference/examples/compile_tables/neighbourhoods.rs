//! What the names of middle layer areas and wards say of places: how large known ones are, and which others there are.

use crate::Outcome;
use crate::districts::Geography;
use crate::files::{Sources, cell};
use crate::places::{Place, Places, county_hint};
use std::collections::{BTreeMap, BTreeSet};

/// Words that say which part of a place is meant, not which place.
const PARTS: [&str; 11] =
    ["north", "south", "east", "west", "central", "centre", "town", "city", "inner", "outer", "rural"];

/// Words that name no particular place, though some ward or area is called so.
const GENERIC: [&str; 64] = [
    "abbey",
    "airport",
    "bank",
    "barracks",
    "beacon",
    "bridge",
    "castle",
    "cathedral",
    "church",
    "college",
    "common",
    "country",
    "county",
    "docks",
    "downs",
    "estate",
    "farm",
    "field",
    "fields",
    "forest",
    "garden",
    "gardens",
    "gate",
    "green",
    "hall",
    "harbour",
    "heath",
    "hill",
    "hills",
    "hospital",
    "house",
    "lakes",
    "lane",
    "manor",
    "market",
    "meadows",
    "mill",
    "moor",
    "park",
    "parks",
    "quay",
    "quays",
    "queens",
    "race course",
    "river",
    "riverside",
    "road",
    "rural",
    "school",
    "spring",
    "station",
    "street",
    "university",
    "vale",
    "valley",
    "victoria",
    "village",
    "villages",
    "water",
    "wood",
    "woods",
    "york road",
    "landward",
    "munster",
];

/// Areas by what they mention, each key a name in lower case and a district.
pub(crate) struct Areas {
    known: BTreeMap<(String, String), f64>,
    /// Areas of a former district, by its name and the present district.
    former: BTreeMap<(String, String), BTreeSet<String>>,
    ordinary: BTreeSet<String>,
    residents_per_area: BTreeMap<String, u32>,
    unknown: BTreeMap<String, BTreeMap<String, (String, &'static str)>>,
}

impl Areas {
    pub(crate) fn read(sources: &Sources, geography: &Geography, places: &Places) -> Outcome<Self> {
        let mut areas = Self {
            known: BTreeMap::new(),
            former: BTreeMap::new(),
            ordinary: ordinary_words(sources)?,
            residents_per_area: BTreeMap::new(),
            unknown: BTreeMap::new(),
        };
        let mut names: BTreeSet<(String, String)> = BTreeSet::new();
        for record in sources.official("geo/msoa_neighbourhood_names.csv")? {
            let code = cell(&record, "MSOACD")?;
            // England and Wales: the areas of 2021 only. Northern Ireland: the data zones of 2021, not their predecessors.
            let counts = match code.as_bytes().first() {
                Some(b'E' | b'W') => !cell(&record, "MSOA21CD")?.is_empty(),
                Some(b'9') => false,
                _ => true,
            };
            if let Some(lad) = geography.current(cell(&record, "LADCD_ACTIVE")?).filter(|_| counts) {
                names.insert((lad.to_owned(), cell(&record, "MSOAHCLNM")?.to_owned()));
                // Areas are numbered within the district of their time: `Northampton 021`.
                let district = cell(&record, "MSOANM")?.rsplit_once(' ').map_or("", |(district, _)| district);
                let key = (district.to_lowercase(), lad.to_owned());
                areas.former.entry(key).or_default().insert(code.to_owned());
            }
        }
        let mut per_district: BTreeMap<String, u32> = BTreeMap::new();
        for (lad, name) in &names {
            *per_district.entry(lad.clone()).or_default() += 1;
            let segments = segments(name);
            for segment in &segments {
                areas.mention(segment, lad, places, 1.0 / segments.len() as f64);
            }
        }
        for (lad, count) in per_district {
            let residents = geography.districts[&lad].population / count;
            areas.residents_per_area.insert(lad, residents);
        }
        for record in sources.official("geo/wards.csv")? {
            if let Some(lad) = geography.current(cell(&record, "LADCD_ACTIVE")?) {
                for segment in segments(cell(&record, "WDNM")?) {
                    areas.mention_unknown(&segment, lad, places, "ward");
                }
            }
        }
        Ok(areas)
    }

    fn mention(&mut self, segment: &str, lad: &str, places: &Places, part: f64) {
        match longest_known(segment, lad, places) {
            Some(name) => *self.known.entry((name, lad.to_owned())).or_default() += part,
            None => self.mention_unknown(segment, lad, places, "neighbourhood"),
        }
    }

    fn mention_unknown(&mut self, segment: &str, lad: &str, places: &Places, kind: &'static str) {
        if longest_known(segment, lad, places).is_some() {
            return;
        }
        let core = core(segment);
        let lower = core.to_lowercase();
        let plain = core.chars().all(|letter| letter.is_alphabetic() || " '-".contains(letter));
        let ordinary = lower.split(' ').all(|word| self.ordinary.contains(word));
        if plain && core.chars().count() >= 5 && !ordinary && !GENERIC.contains(&lower.as_str()) {
            let districts = self.unknown.entry(lower).or_default();
            districts.entry(lad.to_owned()).or_insert((core, kind));
        }
    }

    /// Residents of the areas that mention a place; an area that mentions several counts in parts.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of residents")]
    pub(crate) fn residents(&self, key: &(String, String)) -> u32 {
        let areas = self.known.get(key).copied().unwrap_or(0.0);
        (areas * f64::from(self.residents_per_area.get(&key.1).copied().unwrap_or(0))) as u32
    }

    /// Residents of a former district that is now part of the district `lad`; nought where the areas do not tell.
    pub(crate) fn residents_of_former(&self, name: &str, lad: &str) -> u32 {
        let areas = self.former.get(&(name.to_lowercase(), lad.to_owned())).map_or(0, BTreeSet::len);
        u32::try_from(areas).unwrap_or(0) * self.residents_per_area.get(lad).copied().unwrap_or(0)
    }

    /// Adds the names that no place bears and that lie in one district only.
    pub(crate) fn add_unknown(&self, geography: &Geography, places: &mut Places) {
        let taken: BTreeSet<String> =
            places.keys().map(|(name, _)| name.clone()).chain(area_names(geography)).collect();
        for (lower, districts) in &self.unknown {
            let (Some((lad, (name, kind))), 1) = (districts.first_key_value(), districts.len()) else { continue };
            if taken.contains(lower) {
                continue;
            }
            let district = &geography.districts[lad];
            let place = Place {
                name: name.clone(),
                lad: lad.clone(),
                latitude: district.latitude,
                longitude: district.longitude,
                weight: if *kind == "ward" {
                    300
                } else {
                    self.residents_per_area.get(lad).copied().unwrap_or(300).max(300)
                },
                kind,
                county_hint: county_hint(district, ""),
                note: "coordinates: middle of the district",
                outwards: BTreeSet::new(),
            };
            places.insert((lower.clone(), lad.clone()), place);
        }
    }
}

/// Words written small in official prose: an area called by such words alone is not told from ordinary speech.
fn ordinary_words(sources: &Sources) -> Outcome<BTreeSet<String>> {
    let mut words = BTreeSet::new();
    for (file, columns) in [
        ("esco/skills.csv", &["preferredLabel", "altLabels", "description"][..]),
        ("soc/soc2020_descriptions.csv", &["description", "entry_routes", "tasks"]),
        ("isco/isco08_structure.csv", &["description"]),
        ("sic/sic2007_alphabetical_index.csv", &["activity"]),
    ] {
        for record in sources.official(file)? {
            for column in columns {
                let all = cell(&record, column)?.split(|letter: char| !letter.is_alphabetic());
                words.extend(all.filter(|word| word.chars().all(char::is_lowercase)).map(str::to_owned));
            }
        }
    }
    Ok(words)
}

/// Names of districts and counties, in lower case, which no ward may claim.
fn area_names(geography: &Geography) -> impl Iterator<Item = String> {
    let former = geography.former.iter().map(|(name, _)| name.to_lowercase());
    let names =
        |district: &crate::districts::District| [district.name.to_lowercase(), district.ceremonial.to_lowercase()];
    geography.districts.values().flat_map(names).chain(former)
}

/// The places an area's name lists: `Harrogate West & Pannal` lists two.
fn segments(name: &str) -> Vec<String> {
    let name = name.split('(').next().unwrap_or(name).replace('_', " ").replace(" & ", "|").replace(" and ", "|");
    let name = name.replace(", ", "|").replace('/', "|");
    name.split('|').map(str::trim).filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}

/// The longest run of words that is a place of that district.
fn longest_known(segment: &str, lad: &str, places: &Places) -> Option<String> {
    let lower = segment.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    (1..=words.len()).rev().find_map(|length| {
        words.windows(length).map(|run| run.join(" ")).find(|name| places.contains_key(&(name.clone(), lad.to_owned())))
    })
}

/// The segment without the words behind it that only say which part is meant, single letters and numbers included.
fn core(segment: &str) -> String {
    let mut words: Vec<&str> = segment.split_whitespace().collect();
    while words.last().is_some_and(|word| {
        PARTS.contains(&word.to_lowercase().as_str()) || word.chars().count() == 1 || word.chars().all(char::is_numeric)
    }) {
        words.pop();
    }
    words.join(" ")
}
