//! What can be wrong with a page on purpose.

use serde::Serialize;

/// A way in which a posting's page is malformed. About two in a hundred are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// No job title anywhere on the page.
    MissingTitle,
    /// The JSON-LD ends in the middle; the visible page is whole.
    BrokenJsonLd,
    /// The page ends in the middle of the prose.
    TruncatedPage,
    /// The page says UTF-8 and is windows-1252.
    WrongEncoding,
    /// The date posted does not exist (31 February).
    AbsurdDate,
    /// Scripts, event handlers, styles, bidirectional overrides and zero-width characters in title and prose.
    HostileText,
    /// A JSON answer whose members have other types than the portal documents.
    WrongTypes,
    /// A page of 40 MB. Only made where [`crate::WorldConfig::huge_pages`] asks for it.
    HugePage,
}

impl Fault {
    /// Whether no posting can be made of the page: it has to be rejected, with a problem that names it.
    #[must_use]
    pub const fn is_unusable(self) -> bool {
        matches!(self, Self::MissingTitle | Self::HugePage)
    }
}
