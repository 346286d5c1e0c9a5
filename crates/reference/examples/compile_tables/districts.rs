//! Districts, the areas around them, codes of other years, other names.

use crate::Outcome;
use crate::files::{Record, Sources, cell, write};
use std::collections::{BTreeMap, BTreeSet};

/// A current district, as later steps need it.
pub(crate) struct District {
    pub code: String,
    pub name: String,
    pub ceremonial: String,
    pub county: String,
    pub region: String,
    pub country: String,
    pub population: u32,
    /// Residents per square kilometre.
    pub density: f64,
    pub latitude: f64,
    pub longitude: f64,
}

/// The current districts and the way from any code to them.
pub(crate) struct Geography {
    pub districts: BTreeMap<String, District>,
    /// Any code since 2011 to the current one.
    pub current: BTreeMap<String, String>,
    /// Former districts: name and current district.
    pub former: Vec<(String, String)>,
}

impl Geography {
    /// The current code for one of any year.
    pub(crate) fn current(&self, code: &str) -> Option<&str> {
        self.current.get(code).map(String::as_str)
    }
}

const UK: &str = "K02000001";
const ENGLAND: &str = "E92000001";

pub(crate) fn compile(sources: &Sources) -> Outcome<Geography> {
    let vintages = sources.official("geo/lad_lookup_all_vintages.csv")?;
    let facts = authority_facts(sources, &vintages)?;
    let mut geography = Geography { districts: BTreeMap::new(), current: BTreeMap::new(), former: Vec::new() };
    let mut areas = Areas::default();
    let mut rows = BTreeMap::new();
    let mut codes = BTreeMap::new();
    areas.add(UK, "United Kingdom", "uk", "");
    for record in &vintages {
        let get = |column| cell(record, column);
        let (code, name, now) = (get("LADCD")?, get("LADNM")?, get("LADCD_ACTIVE")?);
        geography.current.insert(code.to_owned(), now.to_owned());
        let fact = facts.get(code).or_else(|| facts.get(now)).copied().unwrap_or_default();
        if code != now {
            geography.former.push((name.to_owned(), now.to_owned()));
            let note = format!("now {}", get("LADNM_ACTIVE")?);
            codes.insert(code.to_owned(), [code.to_owned(), now.to_owned(), name.to_owned(), note]);
            continue;
        }
        let (country, county) = (get("CTRYCD")?, get("UTLACD")?);
        let region = if country == ENGLAND { get("RGNCD")? } else { country };
        areas.add(country, get("CTRYNM")?, "country", UK);
        if country == ENGLAND {
            areas.add(region, get("RGNNM")?, "region", ENGLAND);
        }
        areas.add(county, get("UTLANM")?, "county", region);
        areas.add(code, name, "lad", county);
        let mut leps = Vec::new();
        for (lep, title) in [("LEP21CD1", "LEP21NM1"), ("LEP21CD2", "LEP21NM2")] {
            if !get(lep)?.is_empty() {
                areas.add(get(lep)?, get(title)?, "lep", ENGLAND);
                leps.push(get(lep)?);
            }
        }
        let mut notes = Vec::new();
        if leps.len() == 2 {
            notes.push("in two LEPs: the primary is the first of the official list");
        }
        if get("LEP_BASIS")?.starts_with("post-2021") {
            notes.push("LEP of all its predecessor districts");
        }
        if code.starts_with("E08") || code.starts_with("E09") {
            notes.push("its own upper tier: no council governs the metropolitan county or London in its stead");
        }
        if code == "E06000004" {
            notes.push("ceremonial county is North Yorkshire south of the Tees");
        }
        let row = [code, name, county, get("CEREMONIAL_COUNTY")?, region, country, &leps.join("|")];
        let mut row: Vec<String> = row.iter().map(ToString::to_string).collect();
        row.extend([fact.population.to_string(), notes.join("; ")]);
        rows.insert(code.to_owned(), <[String; 9]>::try_from(row).map_err(|_| "a district row has nine cells")?);
        let district = District {
            code: code.to_owned(),
            name: name.to_owned(),
            ceremonial: get("CEREMONIAL_COUNTY")?.to_owned(),
            county: county.to_owned(),
            region: region.to_owned(),
            country: country.to_owned(),
            population: fact.population,
            density: f64::from(fact.population) / fact.area.max(1.0),
            latitude: fact.latitude,
            longitude: fact.longitude,
        };
        geography.districts.insert(code.to_owned(), district);
    }
    let headings = [
        "code",
        "name",
        "county_code",
        "ceremonial_county",
        "region_code",
        "country_code",
        "leps",
        "population",
        "note",
    ];
    write("districts", headings, rows.into_values())?;
    write("areas", ["code", "name", "kind", "parent", "note"], areas.rows.into_values())?;
    write("district_codes", ["code", "current", "name", "note"], codes.into_values())?;
    aliases(sources, &geography)?;
    Ok(geography)
}

/// Areas by code and the rank of their kind, so that they come out in the order the program looks them up.
#[derive(Default)]
struct Areas {
    rows: BTreeMap<(String, usize), [String; 5]>,
}

impl Areas {
    fn add(&mut self, code: &str, name: &str, kind: &str, parent: &str) {
        let rank = ["uk", "country", "region", "county", "lad", "lep"].iter().position(|known| *known == kind);
        let row = [code, name, kind, parent, ""].map(str::to_owned);
        self.rows.insert((code.to_owned(), rank.unwrap_or(usize::MAX)), row);
    }
}

#[derive(Default, Clone, Copy)]
struct Fact {
    population: u32,
    area: f64,
    latitude: f64,
    longitude: f64,
}

/// Residents, square kilometres and middle of each authority, under its own code and, where only that code changed,
/// under the present one.
fn authority_facts(sources: &Sources, vintages: &[Record]) -> Outcome<BTreeMap<String, Fact>> {
    let mut facts = BTreeMap::new();
    let number = |record: &Record, column: &str| cell(record, column).ok().and_then(|text| text.parse::<f64>().ok());
    for record in sources.official("geo/uk_local_authorities_mysociety.csv")? {
        let (Some(latitude), Some(longitude)) = (number(&record, "lat"), number(&record, "long")) else { continue };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of residents")]
        let population = number(&record, "pop-2020").unwrap_or(0.0) as u32;
        let fact = Fact { population, area: number(&record, "area").unwrap_or(0.0), latitude, longitude };
        facts.insert(cell(&record, "gss-code")?.to_owned(), fact);
    }
    for record in vintages {
        let (code, now) = (cell(record, "LADCD")?, cell(record, "LADCD_ACTIVE")?);
        if cell(record, "LADNM")? == cell(record, "LADNM_ACTIVE")?
            && !facts.contains_key(now)
            && let Some(fact) = facts.get(code).copied()
        {
            facts.insert(now.to_owned(), fact);
        }
    }
    Ok(facts)
}

/// Names of authorities, official and other, former ones included, and county names people write.
fn aliases(sources: &Sources, geography: &Geography) -> Outcome<()> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |name: &str, code: &str| {
        let name = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() && geography.districts.contains_key(code) {
            names.entry(name).or_default().insert(code.to_owned());
        }
    };
    for record in sources.official("geo/la_name_aliases.csv")? {
        let (name, code) = (cell(&record, "la-name")?, cell(&record, "gss-code")?);
        if let Some(code) = geography.current(code) {
            add(name, code);
        } else if code.starts_with("E10") {
            geography.districts.values().filter(|district| district.county == code).for_each(|d| add(name, &d.code));
        }
    }
    for record in sources.official("geo/lad_lookup_all_vintages.csv")? {
        let (name, code) = (cell(&record, "LADNM")?, cell(&record, "LADCD_ACTIVE")?);
        add(name, code);
        if let Some((head, _)) = name.split_once(", ").filter(|(_, tail)| tail.ends_with(" of")) {
            add(head, code);
        }
    }
    let spelled: Vec<(String, BTreeSet<String>)> =
        names.iter().map(|(name, codes)| (name.clone(), codes.clone())).collect();
    for (name, codes) in spelled {
        names.entry(name.replace(" & ", " and ")).or_default().extend(codes.iter().cloned());
        names.entry(name.replace(" and ", " & ")).or_default().extend(codes);
    }
    let mut notes = BTreeMap::new();
    for record in sources.curated("county_names.csv")? {
        let name = cell(&record, "name")?.to_owned();
        let mut codes = BTreeSet::new();
        for part in cell(&record, "districts")?.split('|') {
            let before = codes.len();
            codes.extend(
                geography.districts.values().filter(|district| lies_in(district, part)).map(|d| d.code.clone()),
            );
            if codes.len() == before {
                return Err(format!("county_names.csv: '{part}' of {name} adds no district").into());
            }
        }
        notes.insert(name.clone(), cell(&record, "note")?.to_owned());
        names.insert(name, codes);
    }
    let rows = names.into_iter().map(|(name, codes)| {
        let note = notes.get(&name).cloned().unwrap_or_default();
        [name, codes.into_iter().collect::<Vec<_>>().join("|"), note]
    });
    write("district_aliases", ["name", "districts", "note"], rows)
}

/// Whether a district lies in what a part of a curated name says: a code of a district, county, region or country, or
/// `ceremonial:NAME`.
fn lies_in(district: &District, part: &str) -> bool {
    match part.strip_prefix("ceremonial:") {
        Some(county) => district.ceremonial == county,
        None => {
            [&district.code, &district.county, &district.region, &district.country].iter().any(|code| *code == part)
        }
    }
}
