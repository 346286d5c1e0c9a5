//! Where a vacancy is.

use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// How closely a place could be read.
    LocationPrecision {
        /// A whole or outward postcode.
        Postcode = "postcode",
        /// A town, village, ward or neighbourhood.
        Place = "place",
        /// A local authority district.
        District = "district",
        /// A county or unitary authority.
        County = "county",
        /// A region (ITL1).
        Region = "region",
        /// A country of the UK, or the UK.
        Country = "country",
        /// Work from home, no place stated.
        Remote = "remote",
        /// Outside the UK.
        Foreign = "foreign",
        /// Nothing could be read.
        None = "none",
    }
}

/// What stands in `lep_code` and `lep_name` outside England: an answer, not a gap.
pub const LEP_NOT_APPLICABLE: &str = "not_applicable";

/// One place a vacancy is at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The name as recognised.
    pub name: String,
    /// Local authority district, current code.
    pub lad_code: Option<String>,
    /// County or unitary authority.
    pub county_code: Option<String>,
    /// Primary LEP, or [`LEP_NOT_APPLICABLE`].
    pub lep_code: Option<String>,
    /// How closely it was read.
    pub precision: LocationPrecision,
}

/// Where a vacancy is: the primary place in full, and every place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// `England`, `Scotland`, `Wales`, `Northern Ireland`, `United Kingdom` or a foreign country's name.
    pub country: Option<String>,
    /// Region (England) or country code: `E12000007`, `W92000004`.
    pub region_code: Option<String>,
    /// County or unitary authority, ONS code.
    pub county_code: Option<String>,
    /// Its official name.
    pub county_name: Option<String>,
    /// Ceremonial county.
    pub ceremonial_county: Option<String>,
    /// Local authority district, current code.
    pub lad_code: Option<String>,
    /// Primary LEP of 2021, or [`LEP_NOT_APPLICABLE`].
    pub lep_code: Option<String>,
    /// Its official name, or [`LEP_NOT_APPLICABLE`].
    pub lep_name: Option<String>,
    /// How closely the primary place was read.
    #[serde(rename = "location_precision")]
    pub precision: LocationPrecision,
    /// How, in words a rule list explains: `postcode`, `gazetteer`, `gazetteer_county`, `fuzzy`, `coordinates`.
    #[serde(rename = "location_method")]
    pub method: String,
    /// Every place, the primary first.
    pub places: Vec<Place>,
}

impl Default for Location {
    fn default() -> Self {
        Self {
            country: None,
            region_code: None,
            county_code: None,
            county_name: None,
            ceremonial_county: None,
            lad_code: None,
            lep_code: None,
            lep_name: None,
            precision: LocationPrecision::None,
            method: String::new(),
            places: Vec::new(),
        }
    }
}
