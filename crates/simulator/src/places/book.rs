//! Chooses places as jobs are spread: districts by residents and the pull of city centres, towns within them by size.

use crate::random::Dice;
use openvacancy_reference::area::{self, District};
use openvacancy_reference::gazetteer::{self, Outward, Place, PlaceKind};
use std::collections::BTreeMap;

/// One place of work.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) district: &'static District,
    pub(crate) place: &'static Place,
    /// The outward postcode nearest to it in its district.
    pub(crate) outward: Option<&'static Outward>,
    /// A bare name would be understood: no other place of that name is nearly as likely.
    pub(crate) clear: bool,
    /// The largest town of its district, where it is a neighbourhood of that town.
    pub(crate) part_of: Option<&'static Place>,
}

struct Entry {
    district: &'static District,
    places: Vec<&'static Place>,
    cumulative: Vec<u64>,
    outwards: Vec<&'static Outward>,
}

/// The places to choose from.
pub(crate) struct Book {
    entries: Vec<Entry>,
    cumulative: Vec<u64>,
    /// Districts of each ceremonial county, for vacancies at several places.
    neighbours: BTreeMap<&'static str, Vec<usize>>,
}

/// Residents that jobs of a district are worth beyond its own: centres where many more work than live.
fn pull(code: &str) -> u64 {
    match code {
        // City of London, Westminster.
        "E09000001" | "E09000033" => 500_000,
        // Camden, Tower Hamlets, Islington, Southwark.
        "E09000007" | "E09000030" | "E09000019" | "E09000028" => 250_000,
        // Manchester, Birmingham, Leeds, Bristol, Glasgow, Edinburgh, Cardiff, Belfast.
        "E08000003" | "E08000025" | "E08000035" | "E06000023" | "S12000049" | "S12000036" | "W06000015"
        | "N09000003" => 200_000,
        // Cambridge, Oxford, Reading, Milton Keynes.
        "E07000008" | "E07000178" | "E06000038" | "E06000042" => 80_000,
        _ => 0,
    }
}

impl Book {
    pub(crate) fn new() -> Self {
        let mut places: BTreeMap<&str, Vec<&'static Place>> = BTreeMap::new();
        for place in gazetteer::places() {
            if is_advertised(place) {
                places.entry(place.lad_code).or_default().push(place);
            }
        }
        let mut outwards: BTreeMap<&str, Vec<&'static Outward>> = BTreeMap::new();
        for outward in gazetteer::outwards() {
            if let Some((district, share)) = outward.districts.first()
                && *share >= 0.85
                && is_geographic(outward.code)
            {
                outwards.entry(district).or_default().push(outward);
            }
        }
        let entries: Vec<Entry> = area::districts()
            .iter()
            .filter_map(|district| {
                let places = places.remove(district.code)?;
                let cumulative = rising(places.iter().map(|place| attraction(place)));
                Some(Entry {
                    district,
                    places,
                    cumulative,
                    outwards: outwards.remove(district.code).unwrap_or_default(),
                })
            })
            .collect();
        let cumulative =
            rising(entries.iter().map(|entry| u64::from(entry.district.population) + pull(entry.district.code)));
        let mut neighbours: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            neighbours.entry(county(entry.district)).or_default().push(number);
        }
        Self { entries, cumulative, neighbours }
    }

    /// A place anywhere in the United Kingdom. `None` only where the gazetteer is empty.
    pub(crate) fn anywhere(&self, dice: &mut Dice) -> Option<Spot> {
        let entry = self.entries.get(dice.weighted(&self.cumulative))?;
        Some(entry.spot(dice))
    }

    /// Another place of the same district.
    pub(crate) fn near(&self, spot: &Spot, dice: &mut Dice) -> Spot {
        let entry = self.entries.iter().find(|entry| entry.district.code == spot.district.code);
        entry.map_or(*spot, |entry| entry.spot(dice))
    }

    /// The chief towns of up to `count` other districts of the same county, each clear by its bare name.
    pub(crate) fn neighbours(&self, spot: &Spot, count: usize, dice: &mut Dice) -> Vec<Spot> {
        let numbers = self.neighbours.get(county(spot.district)).map_or(&[][..], Vec::as_slice);
        let others = dice.some(numbers, count + 1).into_iter().map(|number| &self.entries[number]);
        others
            .filter(|entry| entry.district.code != spot.district.code)
            .filter_map(|entry| entry.chief().map(|place| entry.spot_of(place)))
            .filter(|spot| spot.clear)
            .take(count)
            .collect()
    }
}

impl Entry {
    fn spot(&self, dice: &mut Dice) -> Spot {
        self.spot_of(self.places[dice.weighted(&self.cumulative)])
    }

    fn spot_of(&self, place: &'static Place) -> Spot {
        let distance = |outward: &Outward| {
            // Near enough at these latitudes; only the order matters.
            let (north, east) =
                (f64::from(outward.latitude - place.latitude), f64::from(outward.longitude - place.longitude) * 0.6);
            north * north + east * east
        };
        let outward = self
            .outwards
            .iter()
            .copied()
            .min_by(|one, other| distance(one).total_cmp(&distance(other)).then_with(|| one.code.cmp(other.code)));
        let near = |chief: &&Place| {
            (chief.latitude - place.latitude).abs() < 0.08 && (chief.longitude - place.longitude).abs() < 0.13
        };
        let quarter = place.kind == PlaceKind::Neighbourhood;
        let chief = self.chief().filter(|chief| quarter && chief.name != place.name).filter(near);
        Spot { district: self.district, place, outward, clear: is_clear(place), part_of: chief }
    }

    /// The largest town.
    fn chief(&self) -> Option<&'static Place> {
        self.places.iter().copied().filter(|place| place.kind == PlaceKind::Town).max_by_key(|place| place.weight)
    }
}

/// How often advertisements name a place: towns far more than the quarters they are made of.
fn attraction(place: &Place) -> u64 {
    let weight = u64::from(place.weight);
    match place.kind {
        PlaceKind::Town => weight * 4,
        PlaceKind::Neighbourhood => weight.div_ceil(2),
        _ => weight,
    }
}

fn county(district: &'static District) -> &'static str {
    if district.ceremonial_county.is_empty() { district.region_name } else { district.ceremonial_county }
}

/// Whether streets lie in it: the highest numbers of an area are for post boxes and large users.
fn is_geographic(outward: &str) -> bool {
    let letters: &str = outward.split(|ch: char| ch.is_ascii_digit()).next().unwrap_or_default();
    let last = match letters {
        "E" | "SW" => 20,
        "N" => 22,
        "NW" => 11,
        "SE" => 28,
        "W" => 14,
        "EC" => 4,
        "WC" => 2,
        "BT" => 99,
        _ => 79,
    };
    let digits: String = outward.chars().skip(letters.len()).take_while(char::is_ascii_digit).collect();
    digits.parse::<u32>().is_ok_and(|number| number <= last)
}

/// Whether a name is an authority's and nobody's address, such as `East Riding and Holderness`.
fn is_administrative(name: &str) -> bool {
    let compass = ["North ", "South ", "East ", "West ", "Mid "];
    name.contains(" and ") || name.contains(" & ") || compass.iter().any(|word| name.starts_with(word))
}

/// Names that stand alone in advertisements: no ward names, no names with brackets or digits.
fn is_advertised(place: &Place) -> bool {
    if is_administrative(place.name) && area::district(place.lad_code).is_some_and(|lad| lad.name.contains(place.name))
    {
        return false;
    }
    let plain = |ch: char| ch.is_alphabetic() || matches!(ch, ' ' | '-' | '\'' | '.');
    !matches!(place.kind, PlaceKind::Ward | PlaceKind::Site) && place.weight >= 1500 && place.name.chars().all(plain)
}

/// Whether a reader takes the bare name for this place.
pub(super) fn is_clear(place: &Place) -> bool {
    let all = gazetteer::places();
    let from = all.partition_point(|other| other.name < place.name);
    let others = all[from..].iter().take_while(|other| other.name == place.name);
    let rival = others.filter(|other| other.lad_code != place.lad_code).map(|other| other.weight).max();
    place.kind != PlaceKind::Neighbourhood && rival.is_none_or(|rival| place.weight / 4 > rival)
}

fn rising(weights: impl Iterator<Item = u64>) -> Vec<u64> {
    weights
        .scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Book;
    use crate::random::{Dice, Stream};
    use std::collections::BTreeMap;

    #[test]
    fn places_fall_as_people_live() {
        let book = Book::new();
        let mut regions: BTreeMap<&str, u32> = BTreeMap::new();
        let mut dice = Dice::new(3, Stream::Vacancy, 0);
        for _ in 0..4000 {
            let spot = book.anywhere(&mut dice).unwrap();
            assert_eq!(spot.place.lad_code, spot.district.code);
            *regions.entry(spot.district.region_name).or_default() += 1;
        }
        assert_eq!(regions.len(), 12, "{regions:?}");
        assert!(regions["London"] > 600 && regions["London"] < 1000, "{regions:?}");
        assert!(regions["Northern Ireland"] > 50, "{regions:?}");
    }
}
