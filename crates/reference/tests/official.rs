//! Holds every built-in table against the official files, independently of the program that compiled it. Each
//! disagreement is listed with table, key, ours and official; one without a note in its row fails the test.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests: a fault shall stop the test, and it prints what it found"
)]

use openvacancy_reference::{area, beside, gazetteer, occupation};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Rows = Vec<BTreeMap<String, String>>;

fn read(path: &Path) -> Rows {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let headings = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        headings.iter().zip(&record).map(|(h, v)| (h.to_owned(), v.trim().to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// One of our tables, its rows by their first `keys` cells.
struct Ours {
    name: &'static str,
    rows: BTreeMap<String, BTreeMap<String, String>>,
    faults: Vec<String>,
    noted: usize,
}

impl Ours {
    fn new(name: &'static str, keys: &[&str]) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(format!("{name}.csv"));
        let key =
            |row: &BTreeMap<String, String>| keys.iter().map(|key| row[*key].as_str()).collect::<Vec<_>>().join("|");
        let rows = read(&path).into_iter().map(|row| (key(&row), row)).collect();
        Self { name, rows, faults: Vec::new(), noted: 0 }
    }

    fn get(&self, key: &str, column: &str) -> String {
        self.rows.get(key).map_or_else(|| "(no row)".to_owned(), |row| row[column].clone())
    }

    /// Lists a disagreement between `ours` and `official` at `key`, if they differ.
    fn hold(&mut self, key: &str, ours: &str, official: &str) {
        if ours == official {
            return;
        }
        let note = self.rows.get(key).map_or("", |row| row["note"].as_str());
        eprintln!("{} | {key} | ours: {ours} | official: {official} | {note}", self.name);
        if note.is_empty() {
            self.faults.push(format!("{} {key}: ours {ours}, official {official}", self.name));
        } else {
            self.noted += 1;
        }
    }

    fn done(self) {
        let (name, rows, noted) = (self.name, self.rows.len(), self.noted);
        eprintln!("{name}: {rows} rows held, {noted} disagreements with a note");
        assert!(self.faults.is_empty(), "{} disagreements without a note: {:#?}", self.faults.len(), self.faults);
    }
}

/// The official file, or a loud line and `None`.
fn official(test: &str, relative: &str) -> Option<Rows> {
    let path = beside::shared(&format!("reference/{relative}"));
    if path.is_none() {
        eprintln!("SKIPPED {test}: reference/{relative} is absent");
    }
    Some(read(&path?))
}

fn fold(title: &str) -> String {
    title.to_lowercase()
}

#[test]
fn soc2020_and_its_extension() {
    let Some(rows) = official("soc2020_and_its_extension", "soc/soc2020_structure.csv") else { return };
    let mut ours = Ours::new("soc2020", &["code"]);
    assert_eq!(ours.rows.len(), rows.len());
    rows.iter().for_each(|row| ours.hold(&row["code"], &fold(&ours.get(&row["code"], "title")), &fold(&row["title"])));
    ours.done();
    let Some(rows) = official("soc2020_and_its_extension", "soc/soc2020_extended_groups.csv") else { return };
    let mut ours = Ours::new("soc2020_extended", &["code"]);
    assert_eq!(ours.rows.len(), rows.len());
    rows.iter().for_each(|row| ours.hold(&row["soc2020_ext"], &ours.get(&row["soc2020_ext"], "title"), &row["title"]));
    ours.done();
}

#[test]
fn soc2010() {
    let Some(rows) = official("soc2010", "soc/soc2010_structure.csv") else { return };
    let mut ours = Ours::new("soc2010", &["code"]);
    for row in &rows {
        let code = &row["soc2010"];
        for (digits, column) in [(1, "major_title"), (2, "submajor_title"), (3, "minor_title"), (4, "unit_title")] {
            let key = &code[..digits];
            ours.hold(key, &fold(&ours.get(key, "title")), &fold(&row[column]));
        }
    }
    ours.done();
}

#[test]
fn isco08() {
    let Some(rows) = official("isco08", "isco/isco08_structure.csv") else { return };
    let mut ours = Ours::new("isco08", &["code"]);
    assert_eq!(ours.rows.len(), rows.len());
    for row in &rows {
        for source in ["title_esco", "title_ons_framework"] {
            ours.hold(&row["code"], &fold(&ours.get(&row["code"], "title")), &fold(&row[source]));
        }
    }
    ours.done();
}

#[test]
fn pay() {
    let Some(rows) = official("pay", "soc/ashe_table14_2023p_annual_ft.csv") else { return };
    let mut ours = Ours::new("soc2020_pay", &["soc2020"]);
    for row in rows.iter().filter(|row| row["Code"].len() == 4) {
        ours.hold(&row["Code"], &ours.get(&row["Code"], "median_pay"), &row["Median"]);
    }
    ours.done();
}

/// The official pairs of two classifications with a count or share for each.
fn pairs(rows: &Rows, from: &str, to: &str, count: &str) -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut pairs: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for row in rows {
        let count = row[count].parse().unwrap_or(0.0);
        *pairs.entry(row[from].clone()).or_default().entry(row[to].clone()).or_default() += count;
    }
    pairs
}

fn hold_crosswalk(name: &'static str, key: &str, sources: &[BTreeMap<String, BTreeMap<String, f64>>], leaders: usize) {
    let mut ours = Ours::new(name, &[key]);
    let keys: BTreeSet<String> = sources.iter().flat_map(|source| source.keys().cloned()).collect();
    assert_eq!(keys, ours.rows.keys().cloned().collect(), "{name}: not the same groups");
    let column = if key == "soc2020" { name.trim_start_matches("soc2020_") } else { "soc2020" };
    for from in &keys {
        let cell = ours.get(from, column);
        let codes: Vec<&str> = cell.split('|').filter_map(|pair| Some(pair.split_once(':')?.0)).collect();
        let known: BTreeSet<&str> =
            sources.iter().filter_map(|source| source.get(from)).flat_map(|to| to.keys().map(String::as_str)).collect();
        assert_eq!(codes.iter().copied().collect::<BTreeSet<_>>(), known, "{name} {from}: not the official pairs");
        for source in &sources[..leaders] {
            let Some(targets) = source.get(from) else { continue };
            let most = targets.values().copied().fold(0.0, f64::max);
            // Of several official leaders with equal counts any will do.
            if most > 0.0 && targets.get(codes[0]) != Some(&most) {
                let best = targets.iter().find(|(_, count)| **count == most).map_or("", |(code, _)| code);
                ours.hold(from, codes[0], best);
            }
        }
    }
    ours.done();
}

#[test]
fn crosswalks() {
    let Some(index) = official("crosswalks", "soc/soc2010_soc2020_index_pairs.csv") else { return };
    let Some(mut people) = official("crosswalks", "soc/soc2010_soc2020_relationship.csv") else { return };
    let Some(isco) = official("crosswalks", "soc/soc2020_isco08_index_pairs.csv") else { return };
    for row in &mut people {
        let flow = ["men_lfs", "women_lfs", "men_census", "women_census"].map(|who| {
            let number = |kind| row[&format!("{who}_{kind}")].parse::<f64>().unwrap_or(0.0);
            number("share") * number("base")
        });
        row.insert("flow".to_owned(), flow.iter().sum::<f64>().to_string());
    }
    for (name, from, to) in [("soc2010_soc2020", "soc2010", "soc2020"), ("soc2020_soc2010", "soc2020", "soc2010")] {
        let sources = [pairs(&index, from, to, "index_rows"), pairs(&people, from, to, "flow")];
        hold_crosswalk(name, from, &sources, 2);
    }
    hold_crosswalk("soc2020_isco08", "soc2020", &[pairs(&isco, "soc2020", "isco08", "index_rows")], 1);
}

#[test]
fn districts_against_every_vintage() {
    let Some(rows) = official("districts_against_every_vintage", "geo/lad_lookup_all_vintages.csv") else { return };
    let mut ours = Ours::new("districts", &["code"]);
    for row in &rows {
        let (code, now) = (&row["LADCD"], &row["LADCD_ACTIVE"]);
        assert_eq!(area::district(code).map(|district| district.code), Some(now.as_str()), "{code} leads elsewhere");
        if code != now {
            continue;
        }
        let district = area::district(code).unwrap();
        let leps: Vec<&str> = district.leps.iter().map(|lep| lep.name).collect();
        let second = if row["LEP21NM2"].is_empty() { String::new() } else { format!("|{}", row["LEP21NM2"]) };
        let region = if row["RGNCD"].is_empty() { &row["CTRYCD"] } else { &row["RGNCD"] };
        for (mine, official) in [
            (district.name, row["LADNM"].as_str()),
            (district.county_code, &row["UTLACD"]),
            (district.county_name, &row["UTLANM"]),
            (district.region_code, region),
            (district.country, &row["CTRYNM"]),
            (district.ceremonial_county, &row["CEREMONIAL_COUNTY"]),
            (&leps.join("|"), &format!("{}{second}", row["LEP21NM1"])),
        ] {
            ours.hold(code, mine, official);
        }
    }
    assert_eq!(rows.iter().filter(|row| row["Current"] == "TRUE").count(), ours.rows.len());
    ours.done();
}

#[test]
fn districts_against_the_2021_lists() {
    let Some(leps) = official("districts_against_the_2021_lists", "geo/lad21_lep21.csv") else { return };
    let Some(counties) = official("districts_against_the_2021_lists", "geo/lad21_county21.csv") else { return };
    let mut ours = Ours::new("districts", &["code"]);
    for row in &leps {
        let district = area::district(&row["LAD21CD"]).unwrap();
        let codes: Vec<&str> = district.leps.iter().map(|lep| lep.code).collect();
        let expected: Vec<&str> = [&row["LEP21CD1"], &row["LEP21CD2"]]
            .into_iter()
            .map(String::as_str)
            .filter(|code| !code.is_empty())
            .collect();
        ours.hold(district.code, &codes.join("|"), &expected.join("|"));
    }
    for row in &counties {
        let district = area::district(&row["LAD21CD"]).unwrap();
        // A district that was since merged into another is held by its successor.
        if district.code == row["LAD21CD"] || district.code.starts_with("E08") {
            ours.hold(district.code, district.county_code, &row["CTY21CD"]);
        }
    }
    ours.done();
}

#[test]
fn names_of_districts() {
    let Some(rows) = official("names_of_districts", "geo/la_name_aliases.csv") else { return };
    let mut ours = Ours::new("district_aliases", &["name"]);
    for row in &rows {
        let Some(district) = area::district(&row["gss-code"]) else { continue };
        let name = fold(&row["la-name"]).split_whitespace().collect::<Vec<_>>().join(" ");
        let found = area::alias(&name).iter().map(|district| district.code).collect::<Vec<_>>();
        if !found.contains(&district.code) {
            ours.hold(&name, &found.join("|"), district.code);
        }
    }
    ours.done();
}

#[test]
fn places_and_outward_postcodes() {
    let Some(named) = official("places_and_outward_postcodes", "geo/outward_place_geonames.csv") else { return };
    let Some(derived) = official("places_and_outward_postcodes", "geo/outward_lad_derived.csv") else { return };
    let Some(centres) = official("places_and_outward_postcodes", "geo/outward_districts_gibbs.csv") else { return };
    let known: BTreeSet<(String, &str)> =
        gazetteer::places().iter().map(|place| (fold(place.name), place.lad_code)).collect();
    let mut missing = Vec::new();
    for row in &named {
        assert!(gazetteer::outward(&row["outward"]).is_some(), "{} is missing", row["outward"]);
        let district = area::district(&row["LAD24CD"]).map_or("", |district| district.code);
        if !district.is_empty() && row["place"] != "London" && !known.contains(&(fold(&row["place"]), district)) {
            missing.push(format!("{} in {district}", row["place"]));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    let mut ours = Ours::new("outwards", &["code"]);
    let best =
        |code: &str| gazetteer::outward(code).and_then(|outward| Some(outward.districts.first()?.0)).unwrap_or("");
    let mut most: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for row in &derived {
        let district = area::district(&row["LAD24CD"]).map_or("", |district| district.code);
        *most.entry(&row["outward"]).or_default().entry(district).or_default() += row["share"].parse::<f64>().unwrap();
    }
    for (code, districts) in &most {
        let top = districts.values().copied().fold(0.0, f64::max);
        if districts.get(best(code)) != Some(&top) {
            let official = districts.iter().find(|(_, share)| **share == top).map_or("", |(district, _)| district);
            ours.hold(code, best(code), official);
        }
    }
    for row in &centres {
        if let Some(district) = area::district(&row["LAD24CD"]) {
            ours.hold(&row["outward"], best(&row["outward"]), district.code);
        }
    }
    ours.done();
}

#[test]
fn industries() {
    let Some(rows) = official("industries", "sic/sic2007_structure.csv") else { return };
    let mut ours = Ours::new("sic2007", &["level", "code"]);
    let kept = rows.iter().filter(|row| ["section", "division", "group"].contains(&row["level"].as_str()));
    for row in kept {
        let key = format!("{}|{}", row["level"], row["code"].replace('.', ""));
        ours.hold(&key, &fold(&ours.get(&key, "title")), &fold(&row["title"]));
        ours.hold(&key, &ours.get(&key, "section"), &row["section"]);
    }
    ours.done();
}

#[test]
fn skills() {
    let Some(rows) = official("skills", "esco/skills.csv") else { return };
    let mut ours = Ours::new("skills", &["id"]);
    let labels: BTreeMap<&str, &str> = rows
        .iter()
        .filter_map(|row| Some((row["conceptUri"].rsplit('/').next()?, row["preferredLabel"].as_str())))
        .collect();
    let ids: Vec<String> = ours.rows.keys().filter(|id| !id.starts_with("ov:")).cloned().collect();
    for id in &ids {
        ours.hold(id, &ours.get(id, "label"), labels.get(id.as_str()).copied().unwrap_or("no ESCO concept"));
    }
    ours.done();
}

#[test]
fn titles() {
    let Some(index) = beside::shared("reference/soc/soc2020_coding_index.csv") else {
        eprintln!("SKIPPED titles: reference/soc/soc2020_coding_index.csv is absent");
        return;
    };
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let columns = ["title_natural", "add", "ind", "soc2020", "soc2020_ext", "soc2010", "isco08"];
    for [title, qualifier, industry, coded @ ..] in cells(&index, columns) {
        // An entry that points elsewhere says nothing of codes.
        if !coded.iter().any(|code| code.starts_with('}')) {
            codes.entry(fold(&[title, qualifier, industry].join("|"))).or_default().push(coded.join(" "));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/titles.csv");
    let columns = ["title", "qualifier", "industry", "soc2020", "soc2020_ext", "soc2010", "isco08", "note"];
    let (mut faults, mut noted, mut held) = (Vec::new(), 0, 0);
    for [title, qualifier, industry, soc2020, ext, soc2010, isco08, note] in cells(&path, columns) {
        let key = [title, qualifier, industry].join("|");
        let pairs = occupation::soc2010_of(&soc2020).iter().any(|target| target.code == soc2010)
            && occupation::isco08_of(&soc2020).iter().any(|target| target.code == isco08);
        let ours = [soc2020, ext, soc2010, isco08].join(" ");
        let found = codes.get(&key);
        held += usize::from(found.is_some());
        let official = found.map_or_else(String::new, |found| found.join(" or "));
        if pairs && found.is_none_or(|found| found.contains(&ours)) {
            continue;
        }
        let official = if pairs { official } else { format!("(no official correspondence) {official}") };
        eprintln!("titles | {key} | ours: {ours} | official: {official} | {note}");
        if note.is_empty() {
            faults.push(format!("{key}: ours {ours}, official {official}"));
        } else {
            noted += 1;
        }
    }
    eprintln!("titles: {held} rows held, {noted} disagreements with a note");
    assert!(held >= 4_000, "only {held} titles are in the official index");
    assert!(faults.is_empty(), "{} disagreements without a note: {faults:#?}", faults.len());
}

/// The named columns of a file, row by row.
fn cells<const N: usize>(path: &Path, columns: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headings = reader.headers().unwrap().clone();
    let at = columns.map(|column| headings.iter().position(|heading| heading == column).unwrap());
    let row = |record: csv::StringRecord| at.map(|column| record[column].trim().to_owned());
    reader.records().map(|record| row(record.unwrap())).collect()
}
