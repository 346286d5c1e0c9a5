//! Occupational classifications: SOC 2020, SOC 2010, ISCO-08, what corresponds to what, and typical pay.
//!
//! Groups and the extended SOC 2020 groups are the Office for National Statistics' and the International Labour
//! Organization's. Titles of major and sub-major groups are printed in capitals by the ONS and kept here in sentence case.

use crate::table::{find, rows};
use openvacancy_domain::Scheme;
use std::sync::LazyLock;

/// A group of a classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The code, as text: `0110` keeps its zero.
    pub code: &'static str,
    /// The official title, in sentence case.
    pub title: &'static str,
    /// The number of digits: 1 for a major group, 4 for a unit group.
    pub level: u8,
}

/// A group of another classification and how much of the first group falls in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correspondence {
    /// The unit group corresponded to.
    pub code: &'static str,
    /// The share of the first group, above 0 and at most 1. The shares of one group sum to 1.
    pub share: f32,
}

/// All groups of a scheme at all four levels, sorted by code.
#[must_use]
pub fn groups(scheme: Scheme) -> &'static [Group] {
    match scheme {
        Scheme::Soc2020 => &SOC2020,
        Scheme::Soc2010 => &SOC2010,
        Scheme::Isco08 => &ISCO08,
    }
}

/// The group a code of one to four digits names.
#[must_use]
pub fn group(scheme: Scheme, code: &str) -> Option<&'static Group> {
    find(groups(scheme), code, |group| group.code)
}

/// The SOC 2010 unit groups a SOC 2020 unit group corresponds to, best first. The shares count titles of the ONS coding
/// index, corrected by the ONS dual coding of survey respondents where that has enough cases.
#[must_use]
pub fn soc2010_of(soc2020: &str) -> &'static [Correspondence] {
    correspondences(&SOC2020_SOC2010, soc2020)
}

/// The ISCO-08 unit groups a SOC 2020 unit group corresponds to, best first. The shares count titles of the ONS coding
/// index: prefer the code of a matched title where there is one.
#[must_use]
pub fn isco08_of(soc2020: &str) -> &'static [Correspondence] {
    correspondences(&SOC2020_ISCO08, soc2020)
}

/// The SOC 2020 unit groups a SOC 2010 unit group corresponds to, best first, with the shares of people found by the
/// ONS dual coding.
#[must_use]
pub fn soc2020_of_soc2010(soc2010: &str) -> &'static [Correspondence] {
    correspondences(&SOC2010_SOC2020, soc2010)
}

/// Median annual gross pay of full-time employees of a SOC 2020 unit group in the United Kingdom, in pounds: ASHE 2023
/// (provisional), table 14. `None` where the ONS suppressed the figure.
#[must_use]
pub fn median_pay(soc2020: &str) -> Option<u32> {
    find(&PAY, soc2020, |(code, _)| code).map(|(_, pay)| *pay)
}

/// The title of an extended SOC 2020 group, `NNNN/NN`.
#[must_use]
pub fn extended(code: &str) -> Option<&'static str> {
    find(&EXTENDED, code, |(code, _)| code).map(|(_, title)| *title)
}

/// All extended SOC 2020 groups as `(code, title)`, sorted by code.
#[must_use]
pub fn extended_groups() -> &'static [(&'static str, &'static str)] {
    &EXTENDED
}

type Crosswalk = Vec<(&'static str, &'static [Correspondence])>;

static SOC2020: LazyLock<Vec<Group>> = LazyLock::new(|| read_groups("soc2020", include_str!("../data/soc2020.csv")));
static SOC2010: LazyLock<Vec<Group>> = LazyLock::new(|| read_groups("soc2010", include_str!("../data/soc2010.csv")));
static ISCO08: LazyLock<Vec<Group>> = LazyLock::new(|| read_groups("isco08", include_str!("../data/isco08.csv")));
static EXTENDED: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let table = rows("soc2020_extended", include_str!("../data/soc2020_extended.csv"));
    table.map(|row| (row.text(0), row.text(1))).collect()
});
static PAY: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    let table = rows("soc2020_pay", include_str!("../data/soc2020_pay.csv"));
    table.map(|row| (row.text(0), row.number(1))).collect()
});
static SOC2020_SOC2010: LazyLock<Crosswalk> =
    LazyLock::new(|| read_crosswalk("soc2020_soc2010", include_str!("../data/soc2020_soc2010.csv")));
static SOC2020_ISCO08: LazyLock<Crosswalk> =
    LazyLock::new(|| read_crosswalk("soc2020_isco08", include_str!("../data/soc2020_isco08.csv")));
static SOC2010_SOC2020: LazyLock<Crosswalk> =
    LazyLock::new(|| read_crosswalk("soc2010_soc2020", include_str!("../data/soc2010_soc2020.csv")));

fn read_groups(table: &'static str, text: &'static str) -> Vec<Group> {
    let group = |code: &'static str, title| Group { code, title, level: u8::try_from(code.len()).unwrap_or(u8::MAX) };
    rows(table, text).map(|row| group(row.text(0), row.text(1))).collect()
}

fn read_crosswalk(table: &'static str, text: &'static str) -> Crosswalk {
    let read = |row: crate::table::Row| {
        let targets = row.shares(1).into_iter().map(|(code, share)| Correspondence { code, share });
        (row.text(0), &*targets.collect::<Vec<_>>().leak())
    };
    rows(table, text).map(read).collect()
}

fn correspondences(crosswalk: &'static Crosswalk, code: &str) -> &'static [Correspondence] {
    find(crosswalk, code, |(from, _)| from).map_or(&[], |(_, targets)| targets)
}
