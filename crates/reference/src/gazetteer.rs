//! Names of places and outward postcodes, each with the district it lies in.

use crate::table::{Row, find, rows};
use std::sync::LazyLock;

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A city, or a town that gives its name to a post town or district.
    Town,
    /// A village, small town or named locality.
    Village,
    /// A part of a city or town, London areas included.
    Neighbourhood,
    /// An electoral ward whose name means no other place.
    Ward,
    /// An airport, business park, hospital site or other named workplace.
    Site,
}

/// One reading of a place name. A name that means several places has an entry for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The name as usually written.
    pub name: &'static str,
    /// Current code of the district it lies in.
    pub lad_code: &'static str,
    /// Degrees north.
    pub latitude: f32,
    /// Degrees east; west is negative.
    pub longitude: f32,
    /// How likely a bare name means this place, comparable between entries of one name: roughly residents. Nought never occurs.
    pub weight: u32,
    /// What it is.
    pub kind: PlaceKind,
    /// The county people write behind the name: ceremonial county in England, council area or historic county elsewhere;
    /// empty where unknown.
    pub county_hint: &'static str,
}

/// An outward postcode, such as `LS1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outward {
    /// The code in capitals, without a space.
    pub code: &'static str,
    /// The districts it lies in with the share of its named places in each, best first; the shares sum to 1. Empty for
    /// the Crown dependencies.
    pub districts: &'static [(&'static str, f32)],
    /// Degrees north of its middle.
    pub latitude: f32,
    /// Degrees east of its middle.
    pub longitude: f32,
    /// Post town, where known.
    pub town: &'static str,
}

/// All places, sorted by name (byte order), for one name the likeliest first.
#[must_use]
pub fn places() -> &'static [Place] {
    &PLACES
}

/// All outward postcodes, sorted by code.
#[must_use]
pub fn outwards() -> &'static [Outward] {
    &OUTWARDS
}

/// The outward postcode `code`, in capitals.
#[must_use]
pub fn outward(code: &str) -> Option<&'static Outward> {
    find(&OUTWARDS, code, |outward| outward.code)
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let read = |row: Row| Place {
        name: row.text(0),
        lad_code: row.text(1),
        latitude: row.number(2),
        longitude: row.number(3),
        weight: row.number(4),
        kind: match row.text(5) {
            "town" => PlaceKind::Town,
            "village" => PlaceKind::Village,
            "neighbourhood" => PlaceKind::Neighbourhood,
            "ward" => PlaceKind::Ward,
            "site" => PlaceKind::Site,
            _ => row.fault(5, "is no kind of place"),
        },
        county_hint: row.text(6),
    };
    rows("places", include_str!("../data/places.csv")).map(read).collect()
});

static OUTWARDS: LazyLock<Vec<Outward>> = LazyLock::new(|| {
    let read = |row: Row| Outward {
        code: row.text(0),
        districts: row.shares(1).leak(),
        latitude: row.number(2),
        longitude: row.number(3),
        town: row.text(4),
    };
    rows("outwards", include_str!("../data/outwards.csv")).map(read).collect()
});
