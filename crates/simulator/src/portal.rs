//! The three pretend portals.

use openvacancy_domain::PortalId;

/// A pretend portal. Each speaks another dialect of the web, as real portals do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Portal {
    /// A commercial job board: HTML listing, posting pages with schema.org JSON-LD.
    Harbour,
    /// A public-sector board: HTML tables and definition lists, no JSON-LD.
    Civic,
    /// A JSON API with paging.
    Feed,
}

impl Portal {
    /// All of them, in the order of their ids' first use.
    pub const ALL: [Self; 3] = [Self::Harbour, Self::Civic, Self::Feed];

    /// The portal's id as text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Harbour => "pretend-harbour",
            Self::Civic => "pretend-civic",
            Self::Feed => "pretend-feed",
        }
    }

    /// The portal's id.
    #[must_use]
    pub fn id(self) -> PortalId {
        PortalId::from(self.as_str())
    }

    /// The portal with this id, where there is one.
    #[must_use]
    pub fn from_id(id: &PortalId) -> Option<Self> {
        Self::ALL.into_iter().find(|portal| portal.as_str() == id.as_str())
    }

    /// Advertisements on one page of its listing.
    #[must_use]
    pub const fn page_size(self) -> usize {
        match self {
            Self::Harbour => 25,
            Self::Civic => 50,
            Self::Feed => 100,
        }
    }

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Harbour => 0,
            Self::Civic => 1,
            Self::Feed => 2,
        }
    }
}
