//! Job titles with their codes.

use crate::table::rows;
use std::sync::LazyLock;

/// Who says that a title bears its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TitleSource {
    /// Decided for advertisements, where the official index answers for surveys; outranks the index.
    Curated,
    /// The official coding index.
    Index,
}

/// A job title and its codes in four classifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TitleEntry {
    /// The title in natural word order, lower case: `mechanical design engineer`.
    pub title: &'static str,
    /// Speciality or circumstance the codes hold for (`own business`), empty where they hold without one.
    pub qualifier: &'static str,
    /// Industry the codes hold for, in plain words, empty where they hold in any.
    pub industry: &'static str,
    /// SOC 2020 unit group.
    pub soc2020: &'static str,
    /// Extended SOC 2020 group, `NNNN/NN`; empty where none is given.
    pub soc2020_ext: &'static str,
    /// SOC 2010 unit group.
    pub soc2010: &'static str,
    /// ISCO-08 unit group.
    pub isco08: &'static str,
    /// Who says so.
    pub source: TitleSource,
    /// The entry to take where nothing but the title is known.
    pub default: bool,
}

/// All built-in titles, in the order of the table.
#[must_use]
pub fn titles() -> &'static [TitleEntry] {
    &TITLES
}

static TITLES: LazyLock<Vec<TitleEntry>> = LazyLock::new(|| {
    let read = |row: crate::table::Row| TitleEntry {
        title: row.text(0),
        qualifier: row.text(1),
        industry: row.text(2),
        soc2020: row.text(3),
        soc2020_ext: row.text(4),
        soc2010: row.text(5),
        isco08: row.text(6),
        source: match row.text(7) {
            "curated" => TitleSource::Curated,
            "index" => TitleSource::Index,
            _ => row.fault(7, "is neither curated nor index"),
        },
        default: match row.text(8) {
            "1" => true,
            "" | "0" => false,
            _ => row.fault(8, "is neither 1 nor 0"),
        },
    };
    rows("titles", include_str!("../data/titles.csv")).map(read).collect()
});
