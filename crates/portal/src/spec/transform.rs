//! What can be done with a value that was found. Small, named, and without memory.

use regex::Regex;
use std::collections::BTreeMap;

/// A named transform. Each takes a text and gives a text, nothing, or the reason why it cannot be read.
#[derive(Debug, Clone)]
pub(crate) enum Transform {
    /// Outer white space off.
    Trim,
    /// Each run of white space becomes one space.
    Collapse,
    /// HTML to text, paragraphs and list items on lines of their own.
    HtmlText,
    /// Character references decoded, mark-up left alone.
    Unescape,
    /// A date in any usual British or international form to ISO 8601.
    IsoDate,
    /// The first whole number.
    Integer,
    /// The first number, decimals kept.
    Number,
    /// The first line that is not blank.
    FirstLine,
    Lowercase,
    Uppercase,
    /// Joined to the document's address.
    AbsoluteUrl,
    /// A JSON list written as text, its members joined by commas.
    JsonList,
    /// Seconds since 1970 to ISO 8601.
    EpochSeconds,
    /// Milliseconds since 1970 to ISO 8601.
    EpochMillis,
    /// What stands before the first occurrence; all where there is none.
    Before(String),
    /// What stands after the first occurrence; all where there is none.
    After(String),
    /// The first group of the pattern (or the whole match); nothing where it does not match.
    Regex(Regex),
    /// The parts between this separator, joined by a line break.
    Split(String),
    /// One value for another; what is not listed stays.
    Map(BTreeMap<String, String>),
    /// Nothing where the text is one of these (`Not specified`).
    Drop(Vec<String>),
}
