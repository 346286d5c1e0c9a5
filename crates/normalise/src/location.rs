//! Place: from any way employers write it to district, county, LEP, region and country.
//!
//! Order: the postcode; the place field; the portal's county and region; the title; what the prose calls the location;
//! last, the portal's coordinates. A later source is asked only where the earlier gave no more than a country.
//! Methods written: `postcode`, `gazetteer`, `gazetteer_context` (what stands beside it decided), `fuzzy`, `area`,
//! `county_field`, `title`, `prose`, `coordinates`, `remote`, `foreign`.

mod build;
mod describe;
mod foreign;
mod informal;
mod key;
mod mention;
mod names;
mod official;
mod postcode;
mod resolve;
mod weigh;
mod words;

use crate::cue::{Cue, Hit};
use crate::text::{after, evidence};
use mention::{Mention, Mentions};
use names::{Meaning, Names};
use openvacancy_domain::Posting;
use openvacancy_domain::place::{Location, LocationPrecision};
use openvacancy_domain::terms::MissingReason;
use openvacancy_reference::gazetteer::Outward;
use postcode::Postcode;
use resolve::{Context, Resolution, resolve};

/// A place as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct LocationReading {
    pub location: Location,
    pub missing: Vec<(&'static str, MissingReason)>,
    pub evidence: Option<String>,
    pub foreign: bool,
}

/// Reads places.
#[derive(Debug)]
pub(crate) struct LocationReader {
    names: Names,
}

impl LocationReader {
    pub(crate) fn new() -> Self {
        Self { names: Names::new() }
    }

    pub(crate) fn read(&self, posting: &Posting, prose_hits: &[Hit]) -> LocationReading {
        let text = posting.location.as_deref().unwrap_or("");
        let mentions = mention::read(&self.names, text);
        let context = self.context(posting);
        if let Some(reading) = self.by_postcode(posting, text, &mentions, context.point) {
            return reading;
        }
        let misspelt = if mentions.unknown { mention::misspelt(&self.names, text) } else { Vec::new() };
        let unreadable = mentions.unknown && misspelt.is_empty();
        let mentioned = if mentions.unknown { &misspelt } else { &mentions.names };
        let resolution = resolve(&self.names, mentioned, &context);
        let mut ambiguous = resolution.ambiguous;
        let mut best = self.described(&resolution, "gazetteer").map(|location| (location, evidence(text)));
        if !is_enough(best.as_ref()) {
            for (source, words) in [("county_field", &posting.county), ("county_field", &posting.region)] {
                let found = words.as_deref().and_then(|words| self.of_text(words, &context, source));
                best = better(best, found);
            }
        }
        if !is_enough(best.as_ref()) {
            best = better(best, self.in_title(posting, &context));
        }
        if !is_enough(best.as_ref()) {
            best = better(best, self.in_prose(posting, prose_hits, &context));
        }
        if !is_enough(best.as_ref())
            && let Some((latitude, longitude)) = context.point
            && let Some(place) = self.names.nearest_place(latitude, longitude)
        {
            let mut location = describe::of_meaning(&self.names, Meaning::Place(place));
            "coordinates".clone_into(&mut location.method);
            best = better(best, Some((location, format!("{latitude}, {longitude}"))));
        }
        let (mut location, words) = best.unwrap_or_default();
        ambiguous &= matches!(location.precision, LocationPrecision::None | LocationPrecision::Country);
        if location.precision == LocationPrecision::None && mentions.remote {
            location.precision = LocationPrecision::Remote;
            "remote".clone_into(&mut location.method);
        }
        finish(location, words, ambiguous, unreadable)
    }

    fn context(&self, posting: &Posting) -> Context {
        let mut around = Vec::new();
        for text in [posting.county.as_deref(), posting.region.as_deref()].into_iter().flatten() {
            around.extend(mention::read(&self.names, text).names);
        }
        #[expect(clippy::cast_possible_truncation, reason = "degrees need no more")]
        let point =
            posting.latitude.zip(posting.longitude).map(|(latitude, longitude)| (latitude as f32, longitude as f32));
        // Nought, swapped or foreign coordinates say nothing of a place in the UK.
        let point =
            point.filter(|(latitude, longitude)| (49.0..=61.5).contains(latitude) && (-9.0..=2.5).contains(longitude));
        Context { around, point, outward: None }
    }

    /// The district of the postcode: of those it lies in the one that the place's name or the coordinates point to, else
    /// the commonest.
    fn by_postcode(
        &self,
        posting: &Posting,
        text: &str,
        mentions: &Mentions,
        point: Option<(f32, f32)>,
    ) -> Option<LocationReading> {
        let in_field = posting.postcode.as_deref().map(|text| postcode::find(text, true)).unwrap_or_default();
        let in_text = if in_field.is_empty() { postcode::find(text, true) } else { Vec::new() };
        let (found, words) = match (in_field.first(), in_text.first()) {
            (Some(found), _) => (*found, posting.postcode.as_deref().unwrap_or("")),
            (None, Some(found)) => (*found, text),
            (None, None) => return None,
        };
        let context = Context { around: Vec::new(), point, outward: Some(found.outward) };
        let mut location = self.of_postcode(&found, mentions, &context);
        // Each further postcode is one more place.
        for other in in_text.iter().skip(1) {
            let more = self.of_postcode(
                other,
                &Mentions::default(),
                &Context { outward: Some(other.outward), ..Context::default() },
            );
            for place in more.places {
                if !location.places.iter().any(|known| known.lad_code == place.lad_code) {
                    location.places.push(place);
                }
            }
        }
        Some(finish(location, evidence(words), false, false))
    }

    fn of_postcode(&self, found: &Postcode, mentions: &Mentions, context: &Context) -> Location {
        let outward = found.outward;
        if outward.districts.is_empty() {
            let country = match outward.code.get(..2) {
                Some("IM") => "Isle of Man",
                Some("JE") => "Jersey",
                _ => "Guernsey",
            };
            let mut location = describe::of_foreign(country);
            "postcode".clone_into(&mut location.method);
            return location;
        }
        let resolution = resolve(&self.names, &mentions.names, context);
        let named = resolution.chosen.first().and_then(|(meaning, _)| resolve::district_of(&self.names, *meaning));
        let holds = |code: &str| outward.districts.iter().any(|(lad, share)| *lad == code && *share >= 0.04);
        let by_name = named.filter(|at| holds(names::district(*at).code));
        let by_point = || {
            let (latitude, longitude) = context.point?;
            let place = self.names.nearest_place(latitude, longitude)?;
            Some(self.names.district_of(place)).filter(|at| holds(names::district(*at).code))
        };
        let commonest = outward.districts.first().and_then(|(code, _)| names::index_of(code));
        let sure = outward.districts.first().is_some_and(|(_, share)| *share >= 0.95);
        let chosen =
            if sure { commonest } else { by_name.or_else(by_point).or_else(|| self.by_town(outward)).or(commonest) };
        let Some(at) = chosen else { return Location::default() };
        let name = resolution
            .chosen
            .first()
            .filter(|_| named == Some(at))
            .map(|(meaning, _)| describe::of_meaning(&self.names, *meaning));
        let name = name.and_then(|location| location.places.into_iter().next()).map(|place| place.name);
        let name = name
            .unwrap_or_else(|| if outward.town.is_empty() { outward.code.to_owned() } else { outward.town.to_owned() });
        let mut location = describe::of_district(at, &name, LocationPrecision::Postcode);
        "postcode".clone_into(&mut location.method);
        location
    }

    /// The district of the post town, where the outward code lies in the town itself.
    fn by_town(&self, outward: &Outward) -> Option<names::DistrictIndex> {
        const IN_TOWN: f32 = 2.5;
        self.names.get(&key::key(outward.town)).iter().find_map(|meaning| {
            let at = resolve::district_of(&self.names, *meaning)?;
            let point = match meaning {
                Meaning::Place(_) => resolve::point_of(&self.names, *meaning)?,
                _ => return None,
            };
            let near = names::distance_km(point, (outward.latitude, outward.longitude)) < IN_TOWN;
            let holds = outward.districts.iter().any(|(lad, _)| *lad == names::district(at).code);
            (near && holds).then_some(at)
        })
    }

    fn of_text(&self, text: &str, context: &Context, method: &str) -> Option<(Location, String)> {
        let mentions = mention::read(&self.names, text);
        let resolution = resolve(&self.names, &mentions.names, context);
        self.described(&resolution, method).map(|location| (location, evidence(text)))
    }

    fn in_title(&self, posting: &Posting, context: &Context) -> Option<(Location, String)> {
        let mentions = mention::in_title(&self.names, &posting.title);
        self.described(&resolve(&self.names, &mentions, context), "title")
            .map(|location| (location, evidence(&posting.title)))
    }

    /// What stands behind 'Location:' and 'based in', and whole postcodes.
    fn in_prose(&self, posting: &Posting, prose_hits: &[Hit], context: &Context) -> Option<(Location, String)> {
        let prose = posting.description.as_deref()?;
        let mut best: Option<(Location, String)> = None;
        for hit in prose_hits.iter().filter(|hit| hit.cue == Cue::Place).take(6) {
            let words = after(prose, hit.end, 60);
            let Some(first) = mention::leading(&self.names, words) else { continue };
            let line = words.split(['\n', '.', ';']).next().unwrap_or(words);
            let mut all: Vec<Mention> = vec![first];
            all.extend(mention::read(&self.names, line).names.into_iter().skip(1).filter(|mention| mention.whole));
            let found = self
                .described(&resolve(&self.names, &all, context), "prose")
                .map(|location| (location, evidence(line)));
            best = better(best, found);
            if is_enough(best.as_ref()) {
                return best;
            }
        }
        let postcodes = postcode::find(crate::text::after(prose, prose.len().saturating_sub(20_000), 20_000), false);
        if let Some(found) = postcodes.iter().find(|found| found.whole) {
            let context = Context { outward: Some(found.outward), ..Context::default() };
            let mut location = self.of_postcode(found, &Mentions::default(), &context);
            "prose".clone_into(&mut location.method);
            best = better(best, Some((location, found.outward.code.to_owned())));
        }
        best
    }

    /// The location of a resolution, with every place of it.
    fn described(&self, resolution: &Resolution, method: &str) -> Option<Location> {
        if let Some(country) = resolution.foreign {
            let mut location = describe::of_foreign(country);
            "foreign".clone_into(&mut location.method);
            return Some(location);
        }
        let mut chosen = resolution.chosen.iter();
        let (primary, _) = chosen.next()?;
        let mut location = describe::of_meaning(&self.names, *primary);
        for (other, _) in chosen {
            location.places.extend(describe::of_meaning(&self.names, *other).places);
        }
        location.method = match (method, primary) {
            ("gazetteer", _) if resolution.fuzzy => "fuzzy".to_owned(),
            ("gazetteer", Meaning::Area(_)) if location.precision > LocationPrecision::District => "area".to_owned(),
            _ => method.to_owned(),
        };
        Some(location)
    }
}

/// Close enough that no further source is asked: a region or better, or outside the UK.
fn is_enough(found: Option<&(Location, String)>) -> bool {
    found.is_some_and(|(location, _)| {
        !matches!(location.precision, LocationPrecision::None | LocationPrecision::Country | LocationPrecision::Remote)
    })
}

/// The closer of two readings; the first where they are equally close.
fn better(first: Option<(Location, String)>, second: Option<(Location, String)>) -> Option<(Location, String)> {
    match (first, second) {
        (Some(first), Some(second)) => Some(if second.0.precision < first.0.precision { second } else { first }),
        (first, second) => first.or(second),
    }
}

fn finish(location: Location, words: String, ambiguous: bool, unreadable: bool) -> LocationReading {
    let reason = match location.precision {
        LocationPrecision::Remote | LocationPrecision::Foreign => MissingReason::NotApplicable,
        LocationPrecision::None if ambiguous => MissingReason::Ambiguous,
        LocationPrecision::None if unreadable => MissingReason::Unreadable,
        LocationPrecision::None => MissingReason::NotStated,
        LocationPrecision::Country if !ambiguous => MissingReason::NotStated,
        _ => MissingReason::Ambiguous,
    };
    let fields = [
        ("country", location.country.is_none()),
        ("region_code", location.region_code.is_none()),
        ("county_code", location.county_code.is_none()),
        ("lad_code", location.lad_code.is_none()),
        ("lep_code", location.lep_code.is_none()),
    ];
    let mut missing: Vec<(&'static str, MissingReason)> =
        fields.iter().filter(|(_, empty)| *empty).map(|(field, _)| (*field, reason)).collect();
    if location.ceremonial_county.is_none() {
        let outside =
            matches!(location.country.as_deref(), Some(country) if country != "England" && country != "United Kingdom");
        missing.push(("ceremonial_county", if outside { MissingReason::NotApplicable } else { reason }));
    }
    let foreign = location.precision == LocationPrecision::Foreign;
    LocationReading { location, missing, evidence: Some(words), foreign }
}
