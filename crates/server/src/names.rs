//! Official names of the codes that answers carry.

use openvacancy_domain::Scheme;
use openvacancy_reference::area::{self, AreaKind};
use openvacancy_reference::occupation;
use openvacancy_release::indicator::AreaType;

/// The kind of area that `area_type` means. A nation outside England is a region too, under its country's code.
fn kind(area_type: &str) -> Option<AreaKind> {
    Some(match area_type {
        "uk" => AreaKind::Uk,
        "country" => AreaKind::Country,
        "region" => AreaKind::Region,
        "county" => AreaKind::County,
        "lad" => AreaKind::Lad,
        "lep" => AreaKind::Lep,
        _ => return None,
    })
}

/// The kind of area as it is published.
pub(crate) fn area_type(kind: AreaKind) -> AreaType {
    match kind {
        AreaKind::Uk => AreaType::Uk,
        AreaKind::Country => AreaType::Country,
        AreaKind::Region => AreaType::Region,
        AreaKind::County => AreaType::County,
        AreaKind::Lad => AreaType::Lad,
        AreaKind::Lep => AreaType::Lep,
    }
}

/// Name of an area; its code where the tables do not know it.
pub(crate) fn area(area_type: &str, code: &str) -> String {
    if code == openvacancy_release::indicator::UNKNOWN {
        return "Not known".to_owned();
    }
    let of_kind = kind(area_type).and_then(|kind| area::area_of_kind(code, kind));
    of_kind.or_else(|| area::area(code)).map_or_else(|| code.to_owned(), |area| area.name.to_owned())
}

/// Title of an occupation; its code where the tables do not know it.
pub(crate) fn occupation(code: &str) -> String {
    match code {
        openvacancy_release::indicator::TOTAL => "All occupations".to_owned(),
        openvacancy_release::indicator::UNKNOWN => "Not coded".to_owned(),
        code => occupation::group(Scheme::Soc2020, code).map_or_else(|| code.to_owned(), |group| sentence(group.title)),
    }
}

/// Official titles come in capitals here and there; sentences do not.
pub(crate) fn sentence(title: &str) -> String {
    if title.chars().any(char::is_lowercase) {
        return title.to_owned();
    }
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |first| first.to_string() + &chars.as_str().to_lowercase())
}
