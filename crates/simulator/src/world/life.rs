//! When postings appear, end, and appear again.

use crate::listing::Listing;
use crate::random::Dice;
use chrono::{Days, NaiveDate};
use openvacancy_domain::Month;

/// From when to when something is shown, and the day it closes to applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) posted: NaiveDate,
    pub(super) closing: Option<NaiveDate>,
    pub(super) live_from: NaiveDate,
    pub(super) live_to: NaiveDate,
}

/// The day a vacancy is first posted: in the month or in the six weeks before, later days more often.
pub(super) fn posted(month: Month, dice: &mut Dice) -> NaiveDate {
    let first = month.first_day();
    let length = (month.last_day() - first).num_days();
    // The later of two throws for some keeps the older part thin.
    let throw = if dice.chance(500) { dice.between(-35, length) } else { dice.between(-12, length) };
    after(first, throw)
}

/// The life of a posting that begins on `posted`.
pub(super) fn life(posted: NaiveDate, closing: Option<NaiveDate>, dice: &mut Dice) -> Life {
    let live_from = after(posted, i64::from(dice.chance(250)));
    let natural = closing.unwrap_or_else(|| after(posted, dice.between(28, 60)));
    // Some are filled early and taken down.
    let live_to = if dice.chance(70) { after(posted, dice.between(7, 20)).min(natural) } else { natural };
    Life { posted, closing, live_from, live_to: live_to.max(live_from) }
}

/// The day `days` after `day`; before it where negative.
pub(super) fn after(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = match u64::try_from(days) {
        Ok(days) => day.checked_add_days(Days::new(days)),
        Err(_) => day.checked_sub_days(Days::new(days.unsigned_abs())),
    };
    moved.unwrap_or(day)
}

/// Whether a portal's list names it. Lists lag: one in twenty stays for three days after its end.
pub(super) fn is_listed(listing: &Listing, day: NaiveDate) -> bool {
    let lags = listing.portal != crate::Portal::Feed && listing.variant % 20 == 7;
    let last = if lags { after(listing.live_to, 3) } else { listing.live_to };
    listing.live_from <= day && day <= last
}
