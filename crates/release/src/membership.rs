//! What belongs to a month: flow, stock, and what was known as of an instant.

use chrono::Duration;
use openvacancy_domain::clock::london_date;
use openvacancy_domain::ports::PortalSpan;
use openvacancy_domain::{Month, PortalId, Timestamp, Vacancy};
use std::collections::BTreeSet;

/// The window a release looks through.
#[derive(Debug, Clone)]
pub struct Window {
    /// The month.
    pub month: Month,
    /// What was known at this instant counts; later sightings do not.
    pub as_of: Timestamp,
    /// The instant stock is counted at: the month's end, or `as_of` if that is earlier.
    pub stock_at: Timestamp,
    /// Portals seen in the month, or later. One that was not seen any more has left: whether its advertisements are
    /// still open nobody knows, so they are not in the stock.
    observed: BTreeSet<PortalId>,
    /// Portals whose first sighting falls in the month: what they showed then may have stood there for long.
    entered: BTreeSet<PortalId>,
    /// Portals last seen in the month before.
    left: BTreeSet<PortalId>,
}

impl Window {
    /// The window of `month` as of `as_of`, over the portals with these spans.
    #[must_use]
    pub fn new(month: Month, as_of: Timestamp, spans: &[PortalSpan]) -> Self {
        let (mut observed, mut entered, mut left) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for span in spans {
            let (Some(first), Some(last)) = (span.first_seen, span.last_seen) else { continue };
            if first > as_of {
                continue;
            }
            if last >= month.start() && first < month.end() {
                observed.insert(span.portal.clone());
            }
            if Month::of(first) == month {
                entered.insert(span.portal.clone());
            }
            if Month::of(last) == month.previous() {
                left.insert(span.portal.clone());
            }
        }
        Self { month, as_of, stock_at: as_of.min(month.end()), observed, entered, left }
    }

    /// Whether the month was over at `as_of`.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.as_of >= self.month.end()
    }

    /// Whether any portal was seen in the month: without sightings there is no stock.
    #[must_use]
    pub fn has_stock(&self) -> bool {
        !self.observed.is_empty()
    }

    /// Whether the portals differ from the month before, so that the month cannot be compared with it as it is. The
    /// first month of all has nothing to break with.
    #[must_use]
    pub fn has_break(&self) -> bool {
        !self.left.is_empty() || (!self.entered.is_empty() && self.entered.len() < self.observed.len())
    }

    /// Portals whose first month this is.
    #[must_use]
    pub fn entered(&self) -> &BTreeSet<PortalId> {
        &self.entered
    }

    /// Portals that were seen in the month before and no more.
    #[must_use]
    pub fn left(&self) -> &BTreeSet<PortalId> {
        &self.left
    }

    /// The month whose flow a vacancy belongs to: that of its first sighting, or else of the day posted.
    #[must_use]
    pub fn flow_month(vacancy: &Vacancy) -> Option<Month> {
        vacancy.first_seen.map(Month::of).or_else(|| vacancy.date_posted.map(Month::of_date))
    }

    /// Whether a vacancy was known at `as_of`.
    #[must_use]
    pub fn known(&self, vacancy: &Vacancy) -> bool {
        match (vacancy.first_seen, vacancy.date_posted) {
            (Some(first_seen), _) => first_seen <= self.as_of,
            // At the month's very end the day that begins is not yet known of.
            (None, Some(posted)) => posted <= london_date(self.as_of - Duration::milliseconds(1)),
            (None, None) => false,
        }
    }

    /// Whether a vacancy is in the month's flow.
    #[must_use]
    pub fn in_flow(&self, vacancy: &Vacancy) -> bool {
        self.known(vacancy) && Self::flow_month(vacancy) == Some(self.month)
    }

    /// Whether a vacancy is in the stock: seen by then, not found closed by then, its closing day not past, and
    /// at least one of its portals still observed in the month.
    #[must_use]
    pub fn in_stock(&self, vacancy: &Vacancy) -> bool {
        let Some(first_seen) = vacancy.first_seen else { return false };
        // 24:00 of a day belongs to that day: a vacancy may be applied for until the end of its closing day.
        let last_day = london_date(self.stock_at - Duration::milliseconds(1));
        self.known(vacancy)
            && first_seen < self.month.end()
            && first_seen <= self.stock_at
            && vacancy.closed_on.is_none_or(|closed| closed > self.stock_at)
            && vacancy.date_closing.is_none_or(|closing| closing >= last_day)
            && vacancy.portals.iter().any(|portal| self.observed.contains(portal))
    }

    /// Whether the flow month of a vacancy is uncertain: every portal that shows it was first seen in this month.
    #[must_use]
    pub fn left_censored(&self, vacancy: &Vacancy) -> bool {
        vacancy.first_seen.is_some()
            && !vacancy.portals.is_empty()
            && vacancy.portals.iter().all(|portal| self.entered.contains(portal))
    }

    /// Takes back what was not known at `as_of`: a later closing, and later sightings (then `last_seen` is `as_of`).
    pub fn clip(&self, vacancy: &mut Vacancy) {
        vacancy.flow_month = Self::flow_month(vacancy);
        vacancy.posted_month = vacancy.date_posted.map(Month::of_date);
        vacancy.last_seen = vacancy.last_seen.map(|seen| seen.min(self.as_of));
        if vacancy.closed_on.is_some_and(|closed| closed > self.as_of) {
            vacancy.closed_on = None;
            vacancy.closed_why = None;
        }
    }
}
