//! Official geography: local authority districts and the counties, regions, countries and partnerships they lie in.

use crate::table::{Row, find, rows};
use std::sync::LazyLock;

/// A Local Enterprise Partnership of 2021 (England).
#[derive(Debug, PartialEq, Eq)]
pub struct Lep {
    /// ONS code of April 2021, `E37…`.
    pub code: &'static str,
    /// The ONS name, not the trading name.
    pub name: &'static str,
}

/// A current local authority district of the United Kingdom, with all that it lies in.
#[derive(Debug)]
pub struct District {
    /// ONS code, current.
    pub code: &'static str,
    /// Official name.
    pub name: &'static str,
    /// County or unitary authority, metropolitan district, London borough, council area or Northern Irish district:
    /// the upper tier, so that every district has one.
    pub county_code: &'static str,
    /// Its official name.
    pub county_name: &'static str,
    /// The ceremonial county; empty outside England.
    pub ceremonial_county: &'static str,
    /// Region in England, the country elsewhere.
    pub region_code: &'static str,
    /// Its name.
    pub region_name: &'static str,
    /// Country.
    pub country_code: &'static str,
    /// `England`, `Scotland`, `Wales` or `Northern Ireland`.
    pub country: &'static str,
    /// The partnerships of 2021, the primary first; empty outside England. Seven districts lie in two: their primary is
    /// the first that the ONS list names, Greater Birmingham and Solihull.
    pub leps: &'static [&'static Lep],
    /// Residents, mid-2020 estimate.
    pub population: u32,
}

/// What an area is. The order is that of [`areas`] for equal codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaKind {
    /// The United Kingdom.
    Uk,
    /// One of its four countries.
    Country,
    /// A region of England.
    Region,
    /// A county or unitary authority.
    County,
    /// A local authority district.
    Lad,
    /// A Local Enterprise Partnership.
    Lep,
}

/// An area for which something can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// ONS code.
    pub code: &'static str,
    /// Official name.
    pub name: &'static str,
    /// What it is. A district that is its own upper tier stands twice, as [`AreaKind::County`] and [`AreaKind::Lad`].
    pub kind: AreaKind,
    /// The area it lies in: a district in its county, a county in its region (outside England: country), a region and a
    /// partnership in England, a country in the United Kingdom.
    pub parent: Option<&'static str>,
}

/// The current districts, sorted by code.
#[must_use]
pub fn districts() -> &'static [District] {
    &DISTRICTS
}

/// The current district that a code of any vintage since 2011 belongs to. A district that was since divided leads to
/// the successor that holds most of it.
#[must_use]
pub fn district(code: &str) -> Option<&'static District> {
    let current = |code: &str| find(&DISTRICTS, code, |district| district.code);
    current(code).or_else(|| current(find(&FORMER, code, |(former, _)| former)?.1))
}

/// All areas, sorted by code, then kind.
#[must_use]
pub fn areas() -> &'static [Area] {
    &AREAS
}

/// The area a code names; for a district that is its own upper tier, the county.
#[must_use]
pub fn area(code: &str) -> Option<&'static Area> {
    let at = AREAS.partition_point(|area| area.code < code);
    AREAS.get(at).filter(|area| area.code == code)
}

/// The area of one kind that a code names.
#[must_use]
pub fn area_of_kind(code: &str, kind: AreaKind) -> Option<&'static Area> {
    let at = AREAS.binary_search_by(|area| (area.code, area.kind).cmp(&(code, kind))).ok()?;
    AREAS.get(at)
}

/// The current districts a name stands for: official names, former names and other spellings of authorities, former
/// authorities since divided (several districts). `name` in lower case.
#[must_use]
pub fn alias(name: &str) -> &'static [&'static District] {
    find(&ALIASES, name, |(name, _)| name).map_or(&[], |(_, districts)| districts)
}

/// All names that [`alias`] knows, sorted, each with its districts.
#[must_use]
pub fn aliases() -> &'static [(&'static str, &'static [&'static District])] {
    &ALIASES
}

/// The 38 partnerships, sorted by code.
#[must_use]
pub fn leps() -> &'static [Lep] {
    &LEPS
}

static LEPS: LazyLock<Vec<Lep>> = LazyLock::new(|| {
    let table = rows("areas", include_str!("../data/areas.csv")).filter(|row| row.text(2) == "lep");
    table.map(|row| Lep { code: row.text(0), name: row.text(1) }).collect()
});

static AREAS: LazyLock<Vec<Area>> = LazyLock::new(|| {
    let read = |row: Row| Area {
        code: row.text(0),
        name: row.text(1),
        kind: match row.text(2) {
            "uk" => AreaKind::Uk,
            "country" => AreaKind::Country,
            "region" => AreaKind::Region,
            "county" => AreaKind::County,
            "lad" => AreaKind::Lad,
            "lep" => AreaKind::Lep,
            _ => row.fault(2, "is no kind of area"),
        },
        parent: Some(row.text(3)).filter(|parent| !parent.is_empty()),
    };
    rows("areas", include_str!("../data/areas.csv")).map(read).collect()
});

static DISTRICTS: LazyLock<Vec<District>> = LazyLock::new(|| {
    let name = |row: &Row, column: usize| {
        area(row.text(column)).map_or_else(|| row.fault(column, "names no area"), |area| area.name)
    };
    let lep = |row: &Row, code| find(&LEPS, code, |lep: &Lep| lep.code).unwrap_or_else(|| row.fault(6, "names no LEP"));
    let read = |row: Row| District {
        code: row.text(0),
        name: row.text(1),
        county_code: row.text(2),
        county_name: name(&row, 2),
        ceremonial_county: row.text(3),
        region_code: row.text(4),
        region_name: name(&row, 4),
        country_code: row.text(5),
        country: name(&row, 5),
        leps: row.list(6).map(|code| lep(&row, code)).collect::<Vec<_>>().leak(),
        population: row.number(7),
    };
    rows("districts", include_str!("../data/districts.csv")).map(read).collect()
});

static FORMER: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let table = rows("district_codes", include_str!("../data/district_codes.csv"));
    table.map(|row| (row.text(0), row.text(1))).collect()
});

type Alias = (&'static str, &'static [&'static District]);

static ALIASES: LazyLock<Vec<Alias>> = LazyLock::new(|| {
    let read = |row: Row| {
        let found = |code| district(code).unwrap_or_else(|| row.fault(1, "names no district"));
        (row.text(0), &*row.list(1).map(found).collect::<Vec<_>>().leak())
    };
    rows("district_aliases", include_str!("../data/district_aliases.csv")).map(read).collect()
});
