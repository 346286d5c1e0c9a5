//! How good the data of a release is, as tables.

use super::format;
use super::view::bar;
use openvacancy_release::quality::Quality;

/// One portal.
pub(super) struct PortalLine {
    pub(super) name: String,
    pub(super) vacancies: String,
    pub(super) bar: String,
    pub(super) only_here: String,
    pub(super) since: String,
    pub(super) censored: bool,
}

/// One variable.
pub(super) struct CompletenessLine {
    pub(super) name: &'static str,
    pub(super) share: String,
    pub(super) bar: String,
    pub(super) pilot: String,
    pub(super) pilot_at: String,
}

/// The portals, the one with most vacancies first.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) fn portals(quality: &Quality) -> Vec<PortalLine> {
    let mut portals: Vec<_> = quality.portals.iter().collect();
    portals.sort_by(|a, b| b.vacancies.cmp(&a.vacancies).then_with(|| a.portal.cmp(&b.portal)));
    let most = portals.first().map_or(0, |portal| portal.vacancies) as f64;
    portals
        .into_iter()
        .map(|portal| PortalLine {
            name: format::portal(portal.portal.as_str()),
            vacancies: format::count(portal.vacancies as f64),
            bar: bar(portal.vacancies as f64, most),
            only_here: format::count(portal.only_here as f64),
            since: portal.first_seen.map_or_else(|| "imported".to_owned(), format::day),
            censored: portal.left_censored,
        })
        .collect()
}

/// What is missing, by variable.
pub(super) fn completeness(quality: &Quality) -> Vec<CompletenessLine> {
    let name = |variable: &str| {
        Some(match variable {
            "soc2020" => "Occupation (SOC 2020)",
            "county" => "County or unitary authority",
            "lep" => "Local Enterprise Partnership (England)",
            "wage" => "Pay",
            "education" => "Education asked for",
            "experience" => "Experience asked for",
            "sic" => "Industry (SIC 2007)",
            _ => return None,
        })
    };
    quality
        .completeness
        .iter()
        .filter_map(|row| {
            Some(CompletenessLine {
                name: name(&row.variable)?,
                share: format::percent(row.share),
                bar: bar(row.share, 1.0),
                pilot: row.pilot_share.map(format::percent).unwrap_or_default(),
                pilot_at: row.pilot_share.map(|share| bar(share, 1.0)).unwrap_or_default(),
            })
        })
        .collect()
}
