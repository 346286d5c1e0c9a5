//! The weight of one reading of a name: its size, and how what stands beside it fits.

use super::mention::Mention;
use super::names::{DistrictIndex, Level, Meaning, Names, distance_km};
use super::resolve::{Context, district_of, point_of};
use openvacancy_reference::gazetteer::{PlaceKind, places};

/// Roughly the residents a reading stands for.
pub(super) fn size_of(names: &Names, meaning: Meaning) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "an order of magnitude")]
    match meaning {
        Meaning::Place(at) => {
            let place = &places()[at as usize];
            let factor = match place.kind {
                PlaceKind::Town | PlaceKind::Site => 1.0,
                PlaceKind::Village => 0.8,
                PlaceKind::Neighbourhood => 0.5,
                PlaceKind::Ward => 0.3,
            };
            place.weight as f32 * factor
        }
        Meaning::Area(at) => {
            let area = &names.areas[usize::from(at)];
            area.districts.iter().map(|at| super::names::district(*at).population as f32).sum::<f32>() * 0.9
        }
        Meaning::Foreign(..) => 0.0,
    }
}

/// The weight of one reading: its size in the natural logarithm, and what stands beside it.
pub(super) fn weigh(
    names: &Names,
    mentions: &[Mention],
    at: usize,
    meaning: Meaning,
    context: &Context,
) -> (f32, bool, bool) {
    let mut score = size_of(names, meaning).max(1.0).ln();
    let mut supported = false;
    let mut contradicted = false;
    let (Some(district), Some(point)) = (district_of(names, meaning), point_of(names, meaning)) else {
        return (score, false, false);
    };
    let hint = match meaning {
        Meaning::Place(at) => places()[at as usize].county_hint,
        _ => "",
    };
    let others = mentions.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, mention)| (mention, 1.0));
    let around = context.around.iter().map(|mention| (mention, 0.6));
    for (other, trust) in others.chain(around) {
        if other.key == mentions[at].key {
            continue;
        }
        let fit = fit(names, other, district, point, hint);
        score += fit * trust;
        supported |= fit >= 4.0;
        contradicted |= fit <= -3.0 && trust >= 1.0;
    }
    if let Some(outward) = context.outward {
        let code = super::names::district(district).code;
        if outward.districts.iter().any(|(lad, _)| *lad == code) {
            score += 8.0;
            supported = true;
        } else if distance_km(point, (outward.latitude, outward.longitude)) > 40.0 {
            score -= 6.0;
        }
    }
    if let Some(portal) = context.point {
        let distance = distance_km(point, portal);
        supported |= distance < 12.0;
        score += match distance {
            d if d < 6.0 => 8.0,
            d if d < 15.0 => 5.0,
            d if d < 40.0 => 1.0,
            d if d < 100.0 => -2.0,
            _ => -5.0,
        };
    }
    (score, supported, contradicted)
}

/// How well another name fits a reading: +10 for a county that holds it, -5 for one that does not.
fn fit(names: &Names, other: &Mention, district: DistrictIndex, point: (f32, f32), hint: &str) -> f32 {
    let mut best: f32 = f32::MIN;
    for meaning in &other.meanings {
        let value = match meaning {
            Meaning::Area(at) => {
                let area = &names.areas[usize::from(*at)];
                let holds = area.districts.binary_search(&district).is_ok();
                let near = distance_km(point, (area.latitude, area.longitude));
                match area.level {
                    Level::Uk => 0.0,
                    Level::Country => {
                        if holds {
                            3.0
                        } else {
                            -6.0
                        }
                    }
                    Level::Region => {
                        // London's name reaches into its commuter belt.
                        let belt = area.name.contains("London") && near < 40.0;
                        match () {
                            () if holds || area.postal.binary_search(&district).is_ok() => 6.0,
                            () if belt => 1.0,
                            () => -4.0,
                        }
                    }
                    _ if holds => 10.0,
                    _ if hint.eq_ignore_ascii_case(&other.key) => 8.0,
                    _ if area.postal.binary_search(&district).is_ok() => 7.0,
                    Level::District if near < 25.0 => 4.0,
                    Level::District if near < 45.0 => 1.0,
                    Level::District => -1.0,
                    _ if near < 35.0 => -2.0,
                    _ => -5.0,
                }
            }
            Meaning::Place(at) => {
                let place = &places()[*at as usize];
                let same = names.district_of(*at) == district;
                let near = distance_km(point, (place.latitude, place.longitude));
                let town = place.kind == PlaceKind::Town || place.weight >= 5_000;
                match near {
                    _ if same && town => 8.0,
                    near if near < 12.0 && town => 6.0,
                    near if near < 25.0 && town => 4.0,
                    near if near < 12.0 => 3.0,
                    near if near < 45.0 && town => 1.0,
                    _ => -1.0,
                }
            }
            Meaning::Foreign(_, true) => -1.0,
            Meaning::Foreign(..) => f32::MIN,
        };
        best = best.max(value);
    }
    if best == f32::MIN { 0.0 } else { best }
}
