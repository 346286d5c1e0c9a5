//! What holds of the built-in tables whatever their sources say. Reads every row of every table, so that a faulty table
//! stops the tests and not a user.

use openvacancy_domain::Scheme;
use openvacancy_reference::area::{self, AreaKind};
use openvacancy_reference::gazetteer::{self, PlaceKind};
use openvacancy_reference::titles::TitleSource;
use openvacancy_reference::{occupation, sic, skills, titles};
use std::collections::{BTreeMap, BTreeSet};

fn level_sizes(scheme: Scheme) -> Vec<usize> {
    (1..=4).map(|level| occupation::groups(scheme).iter().filter(|group| group.level == level).count()).collect()
}

#[test]
fn classifications_are_complete() {
    assert_eq!(level_sizes(Scheme::Soc2020), [9, 26, 104, 412]);
    assert_eq!(level_sizes(Scheme::Soc2010), [9, 25, 90, 369]);
    assert_eq!(level_sizes(Scheme::Isco08), [10, 43, 130, 436]);
    for scheme in Scheme::ALL {
        let groups = occupation::groups(*scheme);
        assert!(groups.windows(2).all(|pair| pair[0].code < pair[1].code), "{scheme} is not sorted");
        for group in groups {
            assert_eq!(occupation::group(*scheme, group.code), Some(group));
            assert!(
                group.title.chars().next().is_some_and(char::is_uppercase),
                "{scheme} {}: {}",
                group.code,
                group.title
            );
            assert!(
                group.title.chars().any(char::is_lowercase),
                "{scheme} {} is in capitals: {}",
                group.code,
                group.title
            );
            let parent = &group.code[..group.code.len() - 1];
            assert!(
                parent.is_empty() || occupation::group(*scheme, parent).is_some(),
                "{scheme} {} has no parent",
                group.code
            );
        }
    }
    assert_eq!(occupation::group(Scheme::Isco08, "0110").map(|group| group.level), Some(4));
    assert_eq!(occupation::group(Scheme::Soc2020, "6115"), None);
}

#[test]
fn extended_groups_lie_in_unit_groups() {
    assert!(occupation::extended_groups().len() >= 1_384);
    for (code, title) in occupation::extended_groups() {
        let (unit, part) = code.split_once('/').unwrap();
        assert!(occupation::group(Scheme::Soc2020, unit).is_some() && part.len() == 2, "{code}");
        assert_eq!(occupation::extended(code), Some(*title));
    }
}

#[test]
fn crosswalks_cover_every_unit_group_and_sum_to_one() {
    type Look = fn(&str) -> &'static [occupation::Correspondence];
    let crosswalks: [(Scheme, Scheme, Look); 3] = [
        (Scheme::Soc2020, Scheme::Soc2010, occupation::soc2010_of),
        (Scheme::Soc2020, Scheme::Isco08, occupation::isco08_of),
        (Scheme::Soc2010, Scheme::Soc2020, occupation::soc2020_of_soc2010),
    ];
    for (from, to, look) in crosswalks {
        for group in occupation::groups(from).iter().filter(|group| group.level == 4) {
            let targets = look(group.code);
            assert!(!targets.is_empty(), "{from} {} leads nowhere in {to}", group.code);
            assert!(
                targets.windows(2).all(|pair| pair[0].share >= pair[1].share),
                "{from} {} is not best first",
                group.code
            );
            let sum: f32 = targets.iter().map(|target| target.share).sum();
            assert!((sum - 1.0).abs() < 0.01, "{from} {} to {to}: the shares sum to {sum}", group.code);
            for target in targets {
                assert!(target.share > 0.0);
                let known = occupation::group(to, target.code).is_some_and(|group| group.level == 4);
                assert!(known, "{from} {} leads to {to} {}, which is no unit group", group.code, target.code);
            }
        }
        assert!(look("0000").is_empty());
    }
}

#[test]
fn every_unit_group_has_a_plausible_median_pay() {
    for group in occupation::groups(Scheme::Soc2020).iter().filter(|group| group.level == 4) {
        let pay = occupation::median_pay(group.code).unwrap();
        assert!((15_000..150_000).contains(&pay), "{}: {pay}", group.code);
    }
}

#[test]
fn every_district_lies_in_county_region_and_country() {
    assert_eq!(area::districts().len(), 361);
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for district in area::districts() {
        *countries.entry(district.country).or_default() += 1;
        let england = district.country == "England";
        assert_eq!(area::area_of_kind(district.code, AreaKind::Lad).map(|area| area.name), Some(district.name));
        assert_eq!(
            area::area_of_kind(district.county_code, AreaKind::County).map(|area| area.name),
            Some(district.county_name)
        );
        let region = if england { AreaKind::Region } else { AreaKind::Country };
        assert_eq!(area::area_of_kind(district.region_code, region).map(|area| area.name), Some(district.region_name));
        assert_eq!(area::area(district.country_code).map(|area| area.name), Some(district.country));
        assert_eq!(!district.leps.is_empty(), england, "{}: LEPs", district.name);
        assert_eq!(!district.ceremonial_county.is_empty(), england, "{}: ceremonial county", district.name);
        assert!(district.population > 2_000, "{}: {} residents", district.name, district.population);
    }
    let expected = [("England", 296), ("Northern Ireland", 11), ("Scotland", 32), ("Wales", 22)];
    assert_eq!(countries.into_iter().collect::<Vec<_>>(), expected);
    let residents: u32 = area::districts().iter().map(|district| district.population).sum();
    assert!((66_000_000..69_000_000).contains(&residents), "{residents} residents in all");
}

#[test]
fn seven_districts_lie_in_two_partnerships() {
    let twice: Vec<_> = area::districts().iter().filter(|district| district.leps.len() == 2).collect();
    assert_eq!(twice.len(), 7);
    for district in twice {
        assert_eq!(district.leps[0].name, "Greater Birmingham and Solihull", "{}", district.name);
    }
    assert_eq!(area::leps().len(), 38);
    let led: BTreeSet<&str> = area::districts().iter().flat_map(|district| district.leps).map(|lep| lep.code).collect();
    assert_eq!(led.len(), 38, "every partnership has a district");
}

#[test]
fn areas_form_a_tree_under_the_united_kingdom() {
    let kinds = |kind| area::areas().iter().filter(|area| area.kind == kind).count();
    assert_eq!([kinds(AreaKind::Uk), kinds(AreaKind::Country), kinds(AreaKind::Region)], [1, 4, 9]);
    assert_eq!([kinds(AreaKind::Lad), kinds(AreaKind::Lep)], [361, 38]);
    assert_eq!(area::area("K02000001").map(|area| area.parent), Some(None));
    for one in area::areas() {
        let Some(parent) = one.parent else { continue };
        let above = match one.kind {
            AreaKind::Lad => area::area_of_kind(parent, AreaKind::County),
            _ => area::area(parent),
        };
        assert!(above.is_some_and(|above| above.kind < one.kind), "{:?} {} lies in {parent}", one.kind, one.code);
    }
    assert!(area::areas().windows(2).all(|pair| (pair[0].code, pair[0].kind) < (pair[1].code, pair[1].kind)));
    assert_eq!(area::area("E99999999"), None);
}

#[test]
fn codes_of_other_years_lead_to_current_districts() {
    for (old, now) in [
        ("E07000026", "Cumberland"),
        ("E07000031", "Westmorland and Furness"),
        ("E07000168", "North Yorkshire"),
        ("E07000190", "Somerset"),
        ("E07000246", "Somerset"),
        ("E08000016", "Barnsley"),
        ("E08000019", "Sheffield"),
        ("E08000020", "Gateshead"),
        ("E07000004", "Buckinghamshire"),
        ("E07000154", "West Northamptonshire"),
        ("S12000046", "Glasgow City"),
        ("S12000024", "Perth and Kinross"),
        ("E06000048", "Northumberland"),
        ("W06000015", "Cardiff"),
    ] {
        assert_eq!(area::district(old).map(|district| district.name), Some(now), "{old}");
    }
    assert!(area::district("").is_none() && area::district("X").is_none());
}

#[test]
fn names_lead_to_districts() {
    let names = |alias: &str| area::alias(alias).iter().map(|district| district.name).collect::<Vec<_>>();
    assert_eq!(names("kingston upon hull"), ["Kingston upon Hull, City of"]);
    assert_eq!(names("taunton deane"), ["Somerset"]);
    assert_eq!(names("cumbria"), ["Cumberland", "Westmorland and Furness"]);
    assert_eq!(names("berks").len(), 6);
    assert_eq!(names("no such place"), [""; 0]);
    for (name, districts) in area::aliases() {
        assert!(!districts.is_empty() && *name == name.to_lowercase(), "{name}");
    }
    for district in area::districts() {
        let found = area::alias(&district.name.to_lowercase());
        assert!(found.iter().any(|one| one.code == district.code), "{} is not found by its own name", district.name);
    }
}

#[test]
fn every_place_lies_in_a_current_district() {
    let places = gazetteer::places();
    assert!(places.len() >= 20_000, "{} places", places.len());
    let names: BTreeSet<&str> = places.iter().map(|place| place.name).collect();
    assert!(names.len() >= 8_000, "{} names", names.len());
    for place in places {
        let district = area::district(place.lad_code).unwrap();
        assert_eq!(district.code, place.lad_code, "{}: not the current code", place.name);
        assert!(place.weight > 0 && !place.name.trim().is_empty(), "{}", place.name);
        let inside = (49.8..61.0).contains(&place.latitude) && (-8.7..2.0).contains(&place.longitude);
        assert!(inside, "{} lies at {} {}", place.name, place.latitude, place.longitude);
    }
    let order = |place: &gazetteer::Place| (place.name, u32::MAX - place.weight, place.lad_code);
    assert!(places.windows(2).all(|pair| order(&pair[0]) < order(&pair[1])), "not sorted, or an entry twice");
    for kind in [PlaceKind::Town, PlaceKind::Village, PlaceKind::Neighbourhood, PlaceKind::Ward, PlaceKind::Site] {
        assert!(places.iter().filter(|place| place.kind == kind).count() >= 100, "{kind:?}");
    }
}

#[test]
fn a_bare_name_means_the_likeliest_place() {
    for (name, district) in [
        ("Newport", "Newport"),
        ("Richmond", "Richmond upon Thames"),
        ("Ashford", "Ashford"),
        ("Washington", "Sunderland"),
        ("Newcastle", "Newcastle upon Tyne"),
        ("Hull", "Kingston upon Hull, City of"),
        ("Northampton", "West Northamptonshire"),
        ("Perth", "Perth and Kinross"),
        ("Leeds", "Leeds"),
        ("Lincoln", "Lincoln"),
        ("Boston", "Boston"),
        ("Heathrow", "Hillingdon"),
        ("Canary Wharf", "Tower Hamlets"),
        ("Bangor", "Ards and North Down"),
        ("Salford Quays", "Salford"),
        ("Scarborough", "North Yorkshire"),
        ("Kendal", "Westmorland and Furness"),
        ("Carlisle", "Cumberland"),
        ("Taunton", "Somerset"),
    ] {
        let best = gazetteer::places().iter().find(|place| place.name == name).unwrap();
        assert_eq!(area::district(best.lad_code).unwrap().name, district, "{name}");
    }
}

#[test]
fn places_lie_near_others_of_their_district() {
    let mut middles: BTreeMap<&str, (f32, f32, f32)> = BTreeMap::new();
    for place in gazetteer::places().iter().filter(|place| place.kind != PlaceKind::Site) {
        let middle = middles.entry(place.lad_code).or_default();
        *middle = (middle.0 + place.latitude, middle.1 + place.longitude, middle.2 + 1.0);
    }
    for site in gazetteer::places().iter().filter(|place| place.kind == PlaceKind::Site) {
        let near =
            gazetteer::places().iter().filter(|place| place.lad_code == site.lad_code && place.kind != PlaceKind::Site);
        let distance = near.map(|place| {
            let (north, east) = ((place.latitude - site.latitude) * 111.0, (place.longitude - site.longitude) * 65.0);
            north.hypot(east)
        });
        let closest = distance.fold(f32::MAX, f32::min);
        assert!(closest < 12.0, "{} is {closest} km from the next place of its district", site.name);
    }
    assert_eq!(middles.len(), 361, "every district has a place");
}

#[test]
fn every_outward_postcode_lies_in_current_districts() {
    let outwards = gazetteer::outwards();
    assert!(outwards.len() >= 3_000, "{} outward postcodes", outwards.len());
    for outward in outwards {
        assert_eq!(gazetteer::outward(outward.code), Some(outward));
        let crown = ["GY", "JE", "IM"].iter().any(|area| outward.code.starts_with(area));
        assert_eq!(outward.districts.is_empty(), crown, "{}", outward.code);
        let sum: f32 = outward.districts.iter().map(|(_, share)| share).sum();
        assert!(crown || (sum - 1.0).abs() < 0.01, "{}: the shares sum to {sum}", outward.code);
        for (code, _) in outward.districts {
            assert_eq!(area::district(code).map(|district| district.code), Some(*code), "{}", outward.code);
        }
        assert!(!outward.town.is_empty(), "{} has no town", outward.code);
    }
    for (code, district) in [("LS1", "Leeds"), ("EC2M", "City of London"), ("SW1A", "Westminster"), ("BT1", "Belfast")]
    {
        let best = gazetteer::outward(code).unwrap().districts[0].0;
        assert_eq!(area::district(best).unwrap().name, district, "{code}");
    }
    assert_eq!(gazetteer::outward("ZZ1"), None);
}

#[test]
fn industries_are_complete() {
    assert_eq!((sic::sections().len(), sic::divisions().len(), sic::groups().len()), (21, 88, 272));
    for division in sic::divisions() {
        assert_eq!(sic::division(division.code), Some(division));
        assert!(sic::section(division.section).is_some(), "{}", division.code);
    }
    for group in sic::groups() {
        assert!(
            sic::division(&group.code[..2]).is_some_and(|division| division.section == group.section),
            "{}",
            group.code
        );
    }
}

#[test]
fn skills_are_told_apart_by_their_phrases() {
    let concepts = skills::concepts();
    assert!((1_000..=2_500).contains(&concepts.len()), "{} concepts", concepts.len());
    let mut owners = BTreeMap::new();
    for concept in concepts {
        assert_eq!(skills::concept(concept.id), Some(concept));
        assert!(!concept.phrases.is_empty() && !concept.label.is_empty(), "{}", concept.id);
        for phrase in concept.phrases {
            assert!(
                phrase.chars().count() >= 2 && *phrase == phrase.to_lowercase() && *phrase == phrase.trim(),
                "{phrase}"
            );
            let other = owners.insert(*phrase, concept.id);
            assert_eq!(other, None, "'{phrase}' belongs to two concepts");
        }
    }
}

#[test]
fn titles_bear_codes_that_exist() {
    let mut count = BTreeMap::new();
    for entry in titles::titles() {
        let place = format!("{} ({}; {})", entry.title, entry.qualifier, entry.industry);
        for (scheme, code) in
            [(Scheme::Soc2020, entry.soc2020), (Scheme::Soc2010, entry.soc2010), (Scheme::Isco08, entry.isco08)]
        {
            let known = occupation::group(scheme, code).is_some_and(|group| group.level == 4);
            assert!(known, "{place}: {code} is no unit group of {scheme}");
        }
        let extended = entry.soc2020_ext;
        assert!(extended.is_empty() || extended.starts_with(entry.soc2020), "{place}: {extended}");
        assert!(!entry.title.is_empty() && entry.title == entry.title.to_lowercase(), "{place}");
        *count.entry(entry.source).or_insert(0) += 1;
    }
    assert!(count.get(&TitleSource::Index).is_some_and(|count| *count >= 4_000), "{count:?}");
    assert!(count.get(&TitleSource::Curated).is_some_and(|count| *count >= 600), "{count:?}");
}
