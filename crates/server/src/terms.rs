//! What the portals' terms let us show of single advertisements.

use openvacancy_domain::{PortalId, Vacancy};
use std::collections::{BTreeMap, BTreeSet};

/// A field of a posting that a portal's terms speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Url,
    Employer,
    Location,
    DatePosted,
    DateClosing,
}

impl Field {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Url => "url",
            Self::Employer => "employer",
            Self::Location => "location",
            Self::DatePosted => "date_posted",
            Self::DateClosing => "date_closing",
        }
    }
}

/// The fields each portal lets us show, by portal. Of a portal that is not named, such as one that was only imported
/// from a file, title, link, employer, place and dates are shown.
#[derive(Debug, Clone, Default)]
pub struct Terms(BTreeMap<PortalId, BTreeSet<String>>);

impl Terms {
    /// The terms of these portals: the names of posting fields that may be shown.
    #[must_use]
    pub fn new(portals: impl IntoIterator<Item = (PortalId, Vec<String>)>) -> Self {
        Self(portals.into_iter().map(|(portal, fields)| (portal, fields.into_iter().collect())).collect())
    }

    /// Whether a field of a vacancy may be shown. A vacancy's fields come from any of the portals that show it, so all
    /// of them must allow it.
    pub(crate) fn allow(&self, vacancy: &Vacancy, field: Field) -> bool {
        vacancy.portals.iter().all(|portal| self.0.get(portal).is_none_or(|fields| fields.contains(field.as_str())))
    }
}
