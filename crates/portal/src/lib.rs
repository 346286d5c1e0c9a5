//! All that is particular to one portal, as text (`portals/<id>/portal.toml`), and the pure reader that applies it.
//!
//! [`PortalSpec`] is a portal description, checked and compiled: a mistake in the file is reported with its line and
//! column. [`parse`] turns one [`Document`] (the bytes of one answer) into [`Parsed`]: postings, links to follow, or
//! the news that a posting is gone. It recognises by itself which of the portal's documents it was given. No network
//! and no clock: the same bytes and description give the same answer, and no bytes make it panic.

mod builtin;
pub mod check;
mod document;
mod read;
mod spec;
mod text;

pub use builtin::{Loaded, builtin, load_dir, portals};
pub use document::{Document, MAX_BYTES};
pub use read::{Gone, Kind, Link, Parsed, parse};
pub use spec::{
    FieldRules, PortalSpec, RateSpec, RobotsException, SpecError, SpecLocation, Terms, TermsStatus, UrlRules,
};
pub use text::{html_to_text, iso_date};

/// The version of the readers; a change in what they make of the same bytes raises it.
pub const PARSER_VERSION: &str = "portal-1";
