//! Pieces of the sentences at the head of the first page.

use super::choice::Choice;
use super::cube::Cube;
use super::format;
use openvacancy_domain::{Month, ObsStatus, Release};
use openvacancy_release::indicator::TOTAL;
use openvacancy_release::quality::Quality;

/// `the United Kingdom` within a sentence.
pub(super) fn in_sentence(name: &str) -> String {
    let article = [
        "United Kingdom",
        "North East",
        "North West",
        "East Midlands",
        "West Midlands",
        "East of England",
        "South East",
        "South West",
    ];
    if article.contains(&name) { format!("the {name}") } else { name.to_owned() }
}

/// `professional occupations` within a sentence; abbreviations keep their capitals.
pub(super) fn begin_small(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + &title[first.len_utf8()..]
        }
        _ => title.to_owned(),
    }
}

/// From when on there are sightings, or else the first month published.
pub(super) fn since(quality: &Quality, releases: &[Release]) -> String {
    let first_seen = quality.portals.iter().filter_map(|portal| portal.first_seen).min();
    match (first_seen, releases.last()) {
        (Some(first), _) => format::day(first),
        (None, Some(first)) => format::month(first.id.month),
        (None, None) => String::new(),
    }
}

/// Title of the page: `Vacancies for midwifery nurses in London, October 2026`.
pub(super) fn title(choice: &Choice, month: Month) -> String {
    let what = match choice.occupation.as_str() {
        TOTAL => "Job vacancies".to_owned(),
        _ => format!("Vacancies for {}", begin_small(&choice.occupation_name())),
    };
    let place = if choice.is_uk() { String::new() } else { format!(" in {}", in_sentence(&choice.area_name())) };
    format!("{what}{place}, {}", format::month(month))
}

/// How the flow differs from the month before, where that was published: `up 6.1 % on September 2026`.
pub(super) fn change(cube: &Cube, month: Month) -> Option<String> {
    let flow = |of: Month| cube.series.iter().find(|column| column.0 == of).and_then(|column| column.1);
    let (now, before) = (flow(month)?, flow(month.previous())?);
    let name = format::month(month.previous());
    if now.status == ObsStatus::Break {
        return Some(format!("not comparable with {name}: the portals differ"));
    }
    let (now, before) = (now.value?, before.value.filter(|before| *before > 0.0)?);
    let share = (now - before) / before;
    Some(match share {
        share if share.abs() < 0.0005 => format!("as in {name}"),
        share if share > 0.0 => format!("up {} on {name}", format::percent(share)),
        share => format!("down {} on {name}", format::percent(-share)),
    })
}

#[cfg(test)]
mod tests {
    use super::{begin_small, in_sentence};

    #[test]
    fn names_fit_into_sentences() {
        assert_eq!(in_sentence("North East"), "the North East");
        assert_eq!(in_sentence("London"), "London");
        assert_eq!(begin_small("Midwifery nurses"), "midwifery nurses");
        assert_eq!(begin_small("IT managers"), "IT managers");
    }
}
