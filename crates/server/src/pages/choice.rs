//! What a reader chose to look at, and what there is to choose.

use crate::names;
use crate::params::Params;
use crate::{ApiError, names as name_of};
use openvacancy_domain::Scheme;
use openvacancy_reference::area::{self, Area, AreaKind};
use openvacancy_reference::occupation;
use openvacancy_release::indicator::{AreaType, TOTAL, UK};

/// The area and occupation looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) area: String,
    pub(super) kind: AreaType,
    pub(super) occupation: String,
}

/// One line of a list to choose from.
pub(super) struct Item {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) chosen: bool,
}

/// Lines under one heading.
pub(super) struct Group {
    pub(super) label: &'static str,
    pub(super) items: Vec<Item>,
}

impl Choice {
    /// Reads `area` and `occupation`; absent, they mean the UK and all occupations.
    pub(super) fn read(params: &Params) -> Result<Self, ApiError> {
        let area = params.get("area").unwrap_or(UK);
        let kind = area::area(area).map(|area| names::area_type(area.kind));
        let kind = kind.ok_or_else(|| ApiError::bad("area", "no area of the United Kingdom has this ONS code"))?;
        let occupation = params.get("occupation").unwrap_or(TOTAL);
        if occupation != TOTAL && occupation::group(Scheme::Soc2020, occupation).is_none() {
            return Err(ApiError::bad("occupation", "no SOC 2020 group has this code"));
        }
        Ok(Self { area: area.to_owned(), kind, occupation: occupation.to_owned() })
    }

    pub(super) fn area_name(&self) -> String {
        name_of::area(self.kind.as_str(), &self.area)
    }

    pub(super) fn occupation_name(&self) -> String {
        names::occupation(&self.occupation)
    }

    pub(super) fn is_uk(&self) -> bool {
        self.kind == AreaType::Uk
    }

    /// Address of this page with another area or occupation.
    pub(super) fn address(&self, area: &str, occupation: &str) -> String {
        let mut query = Vec::new();
        if area != UK {
            query.push(format!("area={area}"));
        }
        if occupation != TOTAL {
            query.push(format!("occupation={occupation}"));
        }
        if query.is_empty() { "/".to_owned() } else { format!("/?{}", query.join("&")) }
    }

    /// The smaller areas this one is divided into on the page, with the kind they are published as.
    pub(super) fn parts(&self) -> (AreaType, Vec<String>) {
        let within = |kind: AreaKind, parent: &str| -> Vec<String> {
            let of = area::areas().iter().filter(|area| area.kind == kind && area.parent == Some(parent));
            of.map(|area| area.code.to_owned()).collect()
        };
        match self.kind {
            AreaType::Uk => {
                let mut regions: Vec<String> =
                    area::areas().iter().filter(|a| a.kind == AreaKind::Region).map(|a| a.code.to_owned()).collect();
                regions.extend(["N92000002", "S92000003", "W92000004"].map(str::to_owned));
                (AreaType::Region, regions)
            }
            AreaType::Country if self.area.starts_with('E') => (AreaType::Region, within(AreaKind::Region, &self.area)),
            AreaType::Country | AreaType::Region => (AreaType::County, within(AreaKind::County, &self.area)),
            AreaType::County => (AreaType::Lad, within(AreaKind::Lad, &self.area)),
            AreaType::Lad | AreaType::Lep => (AreaType::Lad, Vec::new()),
        }
    }

    /// The areas to choose from.
    pub(super) fn area_groups(&self) -> Vec<Group> {
        [
            ("Countries", AreaKind::Country),
            ("Regions of England", AreaKind::Region),
            ("Counties and unitary authorities", AreaKind::County),
            ("Local Enterprise Partnerships", AreaKind::Lep),
        ]
        .into_iter()
        .map(|(label, kind)| {
            let mut areas: Vec<&Area> = area::areas().iter().filter(|area| area.kind == kind).collect();
            areas.sort_by_key(|area| area.name);
            let items = areas.into_iter().map(|area| self.item(area.code, area.name)).collect();
            Group { label, items }
        })
        .collect()
    }

    fn item(&self, code: &str, name: &str) -> Item {
        Item { value: code.to_owned(), text: name.to_owned(), chosen: code == self.area }
    }

    /// Whether the area chosen is in none of the lists: a district, reached by a link.
    pub(super) fn area_outside_lists(&self) -> bool {
        self.kind == AreaType::Lad
    }

    /// The occupations to choose from: major and sub-major groups, and what was reached by a link.
    pub(super) fn occupation_items(&self) -> Vec<Item> {
        let groups = occupation::groups(Scheme::Soc2020).iter();
        groups
            .filter(|group| group.level <= 2 || group.code == self.occupation)
            .map(|group| Item {
                value: group.code.to_owned(),
                text: format!(
                    "{}{} {}",
                    if group.level > 1 { "\u{2003}" } else { "" },
                    group.code,
                    names::occupation(group.code)
                ),
                chosen: group.code == self.occupation,
            })
            .collect()
    }
}
