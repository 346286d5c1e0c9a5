//! Industries: the UK Standard Industrial Classification 2007.

use crate::table::{find, rows};
use std::sync::LazyLock;

/// A section, named by a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// `A` to `U`.
    pub code: &'static str,
    /// Official title, in sentence case.
    pub title: &'static str,
}

/// A division, named by two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Division {
    /// Two digits, as text: `01` keeps its zero.
    pub code: &'static str,
    /// The section it belongs to.
    pub section: &'static str,
    /// Official title.
    pub title: &'static str,
}

/// A group, named by three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Three digits without the point: `011` for 01.1.
    pub code: &'static str,
    /// The section it belongs to.
    pub section: &'static str,
    /// Official title.
    pub title: &'static str,
}

/// The 21 sections, sorted by code.
#[must_use]
pub fn sections() -> &'static [Section] {
    &TABLES.sections
}

/// The section `code`, a capital letter.
#[must_use]
pub fn section(code: &str) -> Option<&'static Section> {
    find(sections(), code, |section| section.code)
}

/// The 88 divisions, sorted by code.
#[must_use]
pub fn divisions() -> &'static [Division] {
    &TABLES.divisions
}

/// The division `code`, two digits.
#[must_use]
pub fn division(code: &str) -> Option<&'static Division> {
    find(divisions(), code, |division| division.code)
}

/// The 272 groups, sorted by code.
#[must_use]
pub fn groups() -> &'static [Group] {
    &TABLES.groups
}

#[derive(Default)]
struct Tables {
    sections: Vec<Section>,
    divisions: Vec<Division>,
    groups: Vec<Group>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for row in rows("sic2007", include_str!("../data/sic2007.csv")) {
        let (code, section, title) = (row.text(1), row.text(2), row.text(3));
        match row.text(0) {
            "section" => tables.sections.push(Section { code, title }),
            "division" => tables.divisions.push(Division { code, section, title }),
            "group" => tables.groups.push(Group { code, section, title }),
            _ => row.fault(0, "is no level of SIC 2007 kept here"),
        }
    }
    tables
});
