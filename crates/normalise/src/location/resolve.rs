//! Chooses among the readings of the names of one text: which place is meant, which names only say where it lies.
//!
//! A place's readings are weighed by size and by what stands beside them: a county or region that holds it, a town near
//! it, the outward postcode, the portal's coordinates. Two readings that weigh the same are ambiguous, not guessed.

use super::mention::Mention;
use super::names::{DistrictIndex, Level, Meaning, Names, distance_km};
use super::weigh::{size_of, weigh};
use openvacancy_reference::gazetteer::{Outward, PlaceKind, places};

/// What else the posting says of where it is.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Names of the portal's county and region fields.
    pub around: Vec<Mention>,
    /// Degrees north and east, as the portal gives them.
    pub point: Option<(f32, f32)>,
    /// The postcode's outward part.
    pub outward: Option<&'static Outward>,
}

/// One reading, weighed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub meaning: Meaning,
    pub score: f32,
    /// Another district's reading weighs nearly the same.
    pub ambiguous: bool,
    /// Something beside it speaks for it.
    pub supported: bool,
    /// What stands beside it speaks against it.
    pub contradicted: bool,
}

/// The outcome for a text.
#[derive(Debug, Default)]
pub(super) struct Resolution {
    /// Chosen readings of the places, the primary first.
    pub chosen: Vec<(Meaning, bool)>,
    pub ambiguous: bool,
    pub foreign: Option<&'static str>,
    /// The primary name was misspelt.
    pub fuzzy: bool,
}

/// Weighs of two readings of one name closer than this are no decision: one place must be a third larger than the other.
const CLEAR: f32 = 0.3;

/// Chooses.
pub(super) fn resolve(names: &Names, mentions: &[Mention], context: &Context) -> Resolution {
    let mut resolution = Resolution::default();
    let choices: Vec<Option<Choice>> = (0..mentions.len()).map(|at| best_place(names, mentions, at, context)).collect();
    let mut kept: Vec<(usize, Choice)> = Vec::new();
    for (at, choice) in choices.iter().enumerate() {
        let Some(choice) = choice else { continue };
        if !is_outranked(names, mentions, &choices, at, choice) {
            kept.push((at, *choice));
        }
    }
    // 'Perth, Australia' is abroad, 'Gibraltar, Aylesbury' is not: a country stands behind the place it holds.
    let country_at = mentions.iter().position(|mention| foreign(mention, true).is_some());
    let country =
        country_at.filter(|at| kept.iter().all(|(place, _)| place < at)).and_then(|at| foreign(&mentions[at], true));
    let british = mentions.iter().any(|mention| {
        mention
            .meanings
            .iter()
            .any(|meaning| matches!(meaning, Meaning::Area(at) if names.areas[usize::from(*at)].level >= Level::Region))
    });
    if let Some(country) = country.filter(|_| !british && kept.iter().all(|(_, choice)| !choice.supported)) {
        resolution.foreign = Some(country);
        return resolution;
    }
    // Names found whole come before names found inside a longer component.
    let first = kept.iter().position(|(at, _)| mentions[*at].whole).unwrap_or(0);
    if !kept.is_empty() {
        let primary = kept.remove(first);
        kept.insert(0, primary);
    }
    if let Some((at, primary)) = kept.first().copied() {
        if primary.ambiguous {
            resolution.ambiguous = true;
            // The areas beside it may still be given.
        } else {
            resolution.fuzzy = mentions[at].fuzzy;
            resolution.chosen.push((primary.meaning, mentions[at].fuzzy));
            for (other, choice) in &kept[1..] {
                if !choice.ambiguous
                    && is_another_place(names, mentions, (at, &primary), (*other, choice))
                    && !resolution
                        .chosen
                        .iter()
                        .any(|(known, _)| district_of(names, *known) == district_of(names, choice.meaning))
                {
                    resolution.chosen.push((choice.meaning, mentions[*other].fuzzy));
                }
            }
            return resolution;
        }
    }
    let areas = areas(names, mentions);
    if areas.is_empty() {
        resolution.foreign =
            mentions.iter().find_map(|mention| foreign(mention, true).or_else(|| foreign(mention, false)));
    } else {
        // A county or smaller is an answer; beside an ambiguous town a country is none.
        resolution.ambiguous &= areas.iter().all(|at| names.areas[usize::from(*at)].level >= Level::Country);
        resolution.chosen = areas.into_iter().map(|at| (Meaning::Area(at), false)).collect();
    }
    resolution
}

fn foreign(mention: &Mention, country: bool) -> Option<&'static str> {
    if !mention.whole {
        return None;
    }
    mention.meanings.iter().find_map(|meaning| match meaning {
        Meaning::Foreign(name, is_country) if *is_country == country => Some(*name),
        _ => None,
    })
}

/// The district of a place or of an area that is one district.
pub(super) fn district_of(names: &Names, meaning: Meaning) -> Option<DistrictIndex> {
    match meaning {
        Meaning::Place(at) => Some(names.district_of(at)),
        Meaning::Area(at) => match names.areas[usize::from(at)].districts.as_slice() {
            [one] => Some(*one),
            _ => None,
        },
        Meaning::Foreign(..) => None,
    }
}

pub(super) fn point_of(names: &Names, meaning: Meaning) -> Option<(f32, f32)> {
    match meaning {
        Meaning::Place(at) => {
            let place = &places()[at as usize];
            Some((place.latitude, place.longitude))
        }
        Meaning::Area(at) => {
            let area = &names.areas[usize::from(at)];
            Some((area.latitude, area.longitude))
        }
        Meaning::Foreign(..) => None,
    }
}

/// A place or a single district: something a vacancy can be at.
fn is_placelike(names: &Names, meaning: Meaning) -> bool {
    match meaning {
        Meaning::Place(_) => true,
        Meaning::Area(at) => names.areas[usize::from(at)].level == Level::District,
        Meaning::Foreign(..) => false,
    }
}

fn is_town(names: &Names, meaning: Meaning) -> bool {
    match meaning {
        Meaning::Place(at) => {
            let place = &places()[at as usize];
            place.kind == PlaceKind::Town || place.kind == PlaceKind::Village && place.weight >= 8_000
        }
        Meaning::Area(_) => is_placelike(names, meaning),
        Meaning::Foreign(..) => false,
    }
}

/// The best place reading of the mention at `at`, weighed with all the others.
fn best_place(names: &Names, mentions: &[Mention], at: usize, context: &Context) -> Option<Choice> {
    let mention = &mentions[at];
    // 'York, North Yorkshire, Yorkshire': a name that is also a county or region is a place only beside nothing smaller.
    let mut best: Option<Choice> = None;
    let mut rival: f32 = f32::MIN;
    for meaning in mention.meanings.iter().copied().filter(|meaning| is_placelike(names, *meaning)) {
        let (score, supported, contradicted) = weigh(names, mentions, at, meaning, context);
        let choice = Choice { meaning, score, ambiguous: false, supported, contradicted };
        match &best {
            Some(known) if score <= known.score => {
                if district_of(names, meaning) != district_of(names, known.meaning) {
                    rival = rival.max(score);
                }
            }
            _ => {
                if let Some(known) = &best
                    && district_of(names, meaning) != district_of(names, known.meaning)
                {
                    rival = rival.max(known.score);
                }
                best = Some(choice);
            }
        }
    }
    let mut best = best?;
    // A county of the same name ('Durham', 'Antrim') stays possible only where the place is small.
    let area_too = mention.meanings.iter().any(
        |meaning| matches!(meaning, Meaning::Area(area) if names.areas[usize::from(*area)].level > Level::District),
    );
    if area_too && !best.supported && size_of(names, best.meaning) < 20_000.0 {
        return None;
    }
    // 'New York' is a hamlet in Tyneside only where something beside it says so.
    let abroad_too = mention.meanings.iter().any(|meaning| matches!(meaning, Meaning::Foreign(..)));
    if abroad_too && !best.supported && size_of(names, best.meaning) < 20_000.0 {
        return None;
    }
    best.meaning = by_its_own_name(names, mention, best.meaning);
    best.ambiguous = best.score - rival < CLEAR;
    Some(best)
}

/// Of a town and its district the one that bears the name: 'Leeds' is the district, 'Kettering' the town.
fn by_its_own_name(names: &Names, mention: &Mention, chosen: Meaning) -> Meaning {
    let at = district_of(names, chosen);
    let others = || mention.meanings.iter().copied().filter(|other| district_of(names, *other) == at);
    let bears = |meaning: &Meaning| match meaning {
        Meaning::Area(area) => {
            // 'Bristol, City of' is Bristol.
            let name = &names.areas[usize::from(*area)].name;
            super::key::key(name.split(", C").next().unwrap_or(name)) == mention.key
        }
        _ => false,
    };
    match chosen {
        Meaning::Place(_) => others().find(bears).unwrap_or(chosen),
        Meaning::Area(_) if !bears(&chosen) => {
            others().find(|other| matches!(other, Meaning::Place(_))).unwrap_or(chosen)
        }
        _ => chosen,
    }
}

/// True where the mention is small and stands against a larger one it has nothing to do with ('Central, Cardiff'),
/// or where it only says where another lies.
fn is_outranked(names: &Names, mentions: &[Mention], choices: &[Option<Choice>], at: usize, choice: &Choice) -> bool {
    let small = !is_town(names, choice.meaning);
    if (small || !mentions[at].whole) && choice.contradicted && !choice.supported {
        return true;
    }
    let pair = choices.iter().flatten().count() == 2;
    for (other, rival) in choices.iter().enumerate() {
        let Some(rival) = rival else { continue };
        if other == at || mentions[other].key == mentions[at].key {
            continue;
        }
        let apart = match (point_of(names, choice.meaning), point_of(names, rival.meaning)) {
            (Some(a), Some(b)) => distance_km(a, b),
            _ => 0.0,
        };
        let same_district = district_of(names, choice.meaning) == district_of(names, rival.meaning);
        let alone = !choice.supported && !same_district && !mentions[other].joined && mentions[other].whole;
        let behind = other > at && pair;
        // A small name far from the town it stands beside is a part of that town which the gazetteer lacks.
        if small && alone && apart > 25.0 && (behind || is_town(names, rival.meaning)) {
            return true;
        }
        // Likewise a town far before a larger one ('Kensington, Liverpool'), where the two are all there is.
        if behind && alone && apart > 60.0 && size_of(names, rival.meaning) > size_of(names, choice.meaning) * 1.5 {
            return true;
        }
        // A part of a longer component gives way to a whole name elsewhere, unless they belong together.
        if !mentions[at].whole && mentions[other].whole && !same_district && apart > 12.0 && !mentions[at].joined {
            return true;
        }
    }
    false
}

/// True where a later place is one more place rather than the post town or district of the first.
fn is_another_place(names: &Names, mentions: &[Mention], primary: (usize, &Choice), other: (usize, &Choice)) -> bool {
    if !mentions[other.0].whole {
        return false;
    }
    let (Some(a), Some(b)) = (point_of(names, primary.1.meaning), point_of(names, other.1.meaning)) else {
        return false;
    };
    let same_district = district_of(names, primary.1.meaning) == district_of(names, other.1.meaning);
    if same_district {
        return false;
    }
    if mentions[other.0].joined {
        return true;
    }
    // A village, site or neighbourhood with a town near it: the town is its post town.
    let post_town = !is_town(names, primary.1.meaning) && distance_km(a, b) < 30.0;
    // A larger town behind a smaller one close by is its post town as well ('Esher, Kingston').
    let outer = size_of(names, other.1.meaning) > size_of(names, primary.1.meaning) * 2.0
        && distance_km(a, b) < 12.0
        && primary.0 < other.0;
    !post_town && !outer
}

/// Areas named, the smallest of each nest, in order.
fn areas(names: &Names, mentions: &[Mention]) -> Vec<u16> {
    let mut found: Vec<u16> = Vec::new();
    for mention in mentions {
        let area = mention.meanings.iter().find_map(|meaning| match meaning {
            Meaning::Area(at) if names.areas[usize::from(*at)].level > Level::District => Some(*at),
            _ => None,
        });
        if let Some(at) = area.filter(|at| !found.contains(at)) {
            found.push(at);
        }
    }
    let set = |at: u16| &names.areas[usize::from(at)].districts;
    let holds = |outer: u16, inner: u16| {
        set(inner).len() < set(outer).len()
            && set(inner).iter().filter(|district| set(outer).binary_search(district).is_ok()).count() * 2
                > set(inner).len()
    };
    let all = found.clone();
    found.retain(|at| {
        !all.iter().any(|inner| {
            inner != at
                && (holds(*at, *inner)
                    || names.areas[usize::from(*inner)].level < Level::Country
                        && names.areas[usize::from(*at)].level >= Level::Country)
        })
    });
    found
}
