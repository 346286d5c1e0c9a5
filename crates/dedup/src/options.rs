//! The rules of 'Same vacancy?', each with its switch.

use openvacancy_domain::PortalId;

/// What counts as the same vacancy. The defaults are the house's; every departure shows in the version.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// A copy of an advertisement on another portal, or under another address of one portal, is the same vacancy.
    pub join_copies: bool,
    /// An advertisement posted again on one portal after the earlier one is the same vacancy, within `repost_days`.
    pub join_reposts: bool,
    /// Longest time between two postings of one vacancy, in days between the days they appeared. A vacancy posted again
    /// and again may last longer: each posting is joined to the one before it.
    pub repost_days: u16,
    /// The same text for another place is another vacancy.
    pub separate_places: bool,
    /// Advertisements of one employer that stand side by side on one portal under several ids are several vacancies,
    /// however alike ('nine Staff Nurses').
    pub separate_side_by_side: bool,
    /// Advertisements of one employer whose references differ and come from one numbering are several vacancies, on
    /// whatever portals.
    pub separate_references: bool,
    /// Days between the days two postings of one portal appeared, from which the later is a re-posting and not a
    /// neighbour. Used where sightings do not show whether they stood side by side.
    pub side_by_side_days: u16,
    /// Portals that gather advertisements from several feeders: there two ids side by side can be one vacancy.
    pub aggregators: Vec<PortalId>,
    /// Least probability at which two postings are joined.
    pub threshold: f32,
    /// Least mean probability over all pairs that two groups must have to be merged.
    pub cohesion: f32,
    /// Blocks up to this size are compared in full; larger ones by their neighbours in three orders.
    pub block: usize,
    /// Neighbours on each side that are compared in larger blocks.
    pub neighbours: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            join_copies: true,
            join_reposts: true,
            repost_days: 90,
            separate_places: true,
            separate_side_by_side: true,
            separate_references: true,
            side_by_side_days: 7,
            aggregators: [
                "adzuna",
                "careerjet",
                "glassdoor",
                "google-jobs",
                "indeed",
                "jobrapido",
                "jooble",
                "linkedin",
            ]
            .iter()
            .map(|id| PortalId::from(*id))
            .collect(),
            threshold: 0.5,
            cohesion: 0.4,
            block: 24,
            neighbours: 6,
        }
    }
}

impl Options {
    /// The departures from the defaults, as a text for the version; empty where there are none.
    #[must_use]
    pub fn departures(&self) -> String {
        let house = Self::default();
        let mut parts = Vec::new();
        let mut switch = |name: &str, on: bool, usual: bool| {
            if on != usual {
                parts.push(format!("{name}={}", if on { "on" } else { "off" }));
            }
        };
        switch("join_copies", self.join_copies, house.join_copies);
        switch("join_reposts", self.join_reposts, house.join_reposts);
        switch("separate_places", self.separate_places, house.separate_places);
        switch("separate_side_by_side", self.separate_side_by_side, house.separate_side_by_side);
        switch("separate_references", self.separate_references, house.separate_references);
        let mut value = |name: &str, value: String, usual: String| {
            if value != usual {
                parts.push(format!("{name}={value}"));
            }
        };
        value("repost_days", self.repost_days.to_string(), house.repost_days.to_string());
        value("side_by_side_days", self.side_by_side_days.to_string(), house.side_by_side_days.to_string());
        value("aggregators", names(&self.aggregators), names(&house.aggregators));
        value("threshold", self.threshold.to_string(), house.threshold.to_string());
        value("cohesion", self.cohesion.to_string(), house.cohesion.to_string());
        value("block", self.block.to_string(), house.block.to_string());
        value("neighbours", self.neighbours.to_string(), house.neighbours.to_string());
        parts.join(" ")
    }
}

fn names(portals: &[PortalId]) -> String {
    portals.iter().map(PortalId::as_str).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_departures_show() {
        assert_eq!(Options::default().departures(), "");
        let changed = Options { join_reposts: false, repost_days: 60, ..Options::default() };
        assert_eq!(changed.departures(), "join_reposts=off repost_days=60");
    }
}
