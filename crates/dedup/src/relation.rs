//! What two postings are to each other: the score, and the rules that stand between.

use crate::employer::{Employer, EmployerRelation};
use crate::features::{Comparison, Features};
use crate::model;
use crate::options::Options;
use crate::place::PlaceRelation;
use crate::profile::Profile;

/// A rule that keeps two postings apart, whatever their likeness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// They are for different places.
    Place,
    /// They stood side by side on one portal under two ids.
    SideBySide,
    /// One employer's two references: side by side on one portal, or two entries of one numbering anywhere.
    Reference,
    /// They appeared too far apart. It does not keep them apart within a vacancy that was posted in between.
    Days,
    /// Copies, or re-postings, are not to be joined.
    Switch,
}

/// The verdict on a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Probability that they are one vacancy, of the fields alone.
    pub score: f32,
    /// The rule that keeps them apart, where one does.
    pub barrier: Option<Barrier>,
    /// The later is a re-posting of the earlier, not a copy.
    pub repost: bool,
}

impl Verdict {
    /// Whether the pair is to be joined.
    #[must_use]
    pub fn same(&self, options: &Options) -> bool {
        self.barrier.is_none() && self.score >= options.threshold
    }

    /// Whether the rule holds also between members of one vacancy that others join.
    pub(crate) fn forbids(&self) -> bool {
        matches!(self.barrier, Some(Barrier::Place | Barrier::SideBySide | Barrier::Reference))
    }
}

/// Weighs a pair. Where the places alone decide, the score is 0 and the rest is not looked at.
pub(crate) fn weigh(a: &Profile, b: &Profile, options: &Options) -> Verdict {
    let same_url = a.url.is_some() && a.url == b.url;
    if options.separate_places && !same_url && a.place.relation(&b.place) == PlaceRelation::Different {
        return Verdict { score: 0.0, barrier: Some(Barrier::Place), repost: false };
    }
    let comparison = Comparison::of(a, b);
    weigh_compared(a, b, &comparison, options)
}

pub(crate) fn weigh_compared(a: &Profile, b: &Profile, comparison: &Comparison, options: &Options) -> Verdict {
    let score = model::probability(&Features::of(comparison));
    let days = a.days_apart(b);
    let one_portal = a.id.portal == b.id.portal;
    let repost = one_portal && !side_by_side(a, b, options) && days.is_some_and(|days| days > 0);
    let one_advertisement = comparison.same_url || comparison.same_reference == Some(true);
    let barrier = if options.separate_places && comparison.place == PlaceRelation::Different && !comparison.same_url {
        Some(Barrier::Place)
    } else if options.separate_references && !comparison.same_url && two_entries(a, b, comparison) {
        Some(Barrier::Reference)
    } else if options.separate_side_by_side && one_portal && !one_advertisement && neighbours(a, b, comparison, options)
    {
        Some(if comparison.same_reference == Some(false) { Barrier::Reference } else { Barrier::SideBySide })
    } else if days.is_some_and(|days| days > u32::from(options.repost_days)) {
        Some(Barrier::Days)
    } else if if repost { !options.join_reposts } else { !options.join_copies } {
        Some(Barrier::Switch)
    } else {
        None
    };
    Verdict { score, barrier, repost }
}

/// Two entries of one employer's numbering: whoever counts vacancies there counted two. An agency numbers its
/// advertisements, one vacancy on three portals three times, so its numbers say nothing.
fn two_entries(a: &Profile, b: &Profile, comparison: &Comparison) -> bool {
    let agency = |profile: &Profile| profile.employer.as_ref().is_some_and(|employer| employer.agency);
    comparison.employer == EmployerRelation::Same
        && comparison.same_series
        && comparison.same_reference == Some(false)
        && !agency(a)
        && !agency(b)
}

/// Two advertisements side by side on a portal that shows its own: one employer's two, or those of two employers neither
/// of which is an agency.
fn neighbours(a: &Profile, b: &Profile, comparison: &Comparison, options: &Options) -> bool {
    let differing_reference = comparison.same_reference == Some(false);
    let agency = |profile: &Profile| profile.employer.as_ref().is_some_and(|employer| employer.agency);
    let counted_apart = match comparison.employer {
        EmployerRelation::Same => true,
        EmployerRelation::Unknown => a.employer.is_none() && b.employer.is_none(),
        EmployerRelation::Different => !agency(a) && !agency(b),
        EmployerRelation::Agency => false,
    };
    if !counted_apart || (!differing_reference && options.aggregators.contains(&a.id.portal)) {
        return false;
    }
    side_by_side(a, b, options) || (differing_reference && a.days_apart(b).is_none())
}

/// Whether two postings of one portal stood side by side, as far as sightings and days show.
fn side_by_side(a: &Profile, b: &Profile, options: &Options) -> bool {
    const DAY: i64 = 86_400;
    if let ((Some(a_first), Some(a_last)), (Some(b_first), Some(b_last))) = (a.seen, b.seen) {
        let overlap = a_last.min(b_last) - a_first.max(b_first);
        if overlap >= 3 * DAY {
            return true;
        }
        // Both were watched for a while and did not meet.
        if overlap < 0 && a_last.max(b_last) - a_first.min(b_first) >= DAY {
            return false;
        }
    }
    a.days_apart(b).is_some_and(|days| days < u32::from(options.side_by_side_days))
}

/// Employers of a pair, the title taken into account: a board's own name in the employer field and the employer's
/// behind a dash in the title mean the employer.
pub(crate) fn employers(a: &Profile, b: &Profile) -> EmployerRelation {
    let relation = Employer::relation(a.employer.as_ref(), b.employer.as_ref());
    let named = |employer: Option<&Employer>, other: &Profile| {
        employer.is_some_and(|employer| employer.name.len() >= 3 && other.title.holds(&employer.name))
    };
    match relation {
        EmployerRelation::Agency | EmployerRelation::Different
            if named(a.employer.as_ref(), b) || named(b.employer.as_ref(), a) =>
        {
            EmployerRelation::Same
        }
        _ => relation,
    }
}
