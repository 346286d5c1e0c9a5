//! Under what terms a table may be used, as far as this program can know.

use super::Table;

/// Terms, in the words of Data Package: a name of the Open Definition's list, and a sentence.
pub(super) struct Licence {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
}

/// The terms of a table. Which licence a publisher gives to its statistics is the publisher's to say.
pub(super) fn of(table: Table) -> Licence {
    match table {
        Table::Vacancies | Table::Wide => Licence {
            name: "other-closed",
            title: "Microdata: the advertisements belong to those who placed them; use within the terms of each portal.",
        },
        Table::Observations => Licence {
            name: "notspecified",
            title: "Statistics: under the licence that the office which publishes this release states.",
        },
    }
}

/// Whose reference data the codes and names come from: title and address.
pub(super) const REFERENCE: &[(&str, &str)] = &[
    (
        "Office for National Statistics: SOC 2020, SOC 2010, UK SIC 2007, names and codes of areas (Open Government Licence v3.0)",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    ("European Commission: ESCO classification (CC BY 4.0)", "https://creativecommons.org/licenses/by/4.0/"),
    ("GeoNames: place names (CC BY 4.0)", "https://www.geonames.org/"),
];
