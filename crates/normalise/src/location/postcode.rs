//! Postcodes in text: whole (`ST14 5JP`, `ST145JP`) and outward (`CT17`).

use openvacancy_reference::gazetteer::{Outward, outward};

/// A postcode found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Postcode {
    pub outward: &'static Outward,
    /// The inward part stands there too.
    pub whole: bool,
    pub end: usize,
}

/// Letters an inward part never holds.
const NOT_INWARD: &[u8] = b"CIKMOV";

/// Motorways and A roads that look like outward postcodes.
const ROADS: &[&str] = &[
    "M1", "M2", "M3", "M4", "M5", "M6", "M8", "M9", "M11", "M18", "M20", "M23", "M25", "M26", "M27", "M32", "M40",
    "M42", "M60", "M61",
];

/// Every postcode of `text`, in order. Outward codes alone count only where `outward_alone` and in capitals or where
/// the text is nothing else.
pub(super) fn find(text: &str, outward_alone: bool) -> Vec<Postcode> {
    let bytes = text.as_bytes();
    let mut found: Vec<Postcode> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let starts_word = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if !starts_word || !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        match at_word(text, at, end, outward_alone) {
            Some(postcode) => {
                at = postcode.end;
                found.push(postcode);
            }
            None => at = end.max(at + 1),
        }
    }
    found
}

fn at_word(text: &str, start: usize, end: usize, outward_alone: bool) -> Option<Postcode> {
    let bytes = text.as_bytes();
    let word = text.get(start..end)?;
    if !(2..=7).contains(&word.len()) || !word.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Whole, written together; the zero of an inward part is often an O.
    if word.len() >= 5 && is_inward(&bytes[end - 3..end]) {
        return outward_of(&word[..word.len() - 3]).map(|outward| Postcode { outward, whole: true, end });
    }
    let code = outward_of(word)?;
    // Whole, with a gap of up to two signs.
    let gap = bytes[end..].iter().take_while(|byte| matches!(byte, b' ' | b'-' | b'.')).take(2).count();
    let next = end + gap;
    if gap > 0
        && bytes.len() >= next + 3
        && is_inward(&bytes[next..next + 3])
        && !bytes.get(next + 3).is_some_and(u8::is_ascii_alphanumeric)
    {
        return Some(Postcode { outward: code, whole: true, end: next + 3 });
    }
    // A sector, `SL6 0`.
    let digit = bytes.get(next).filter(|byte| gap > 0 && byte.is_ascii_digit()).is_some()
        && !bytes.get(next + 1).is_some_and(u8::is_ascii_alphanumeric);
    let capitals = word.bytes().all(|byte| !byte.is_ascii_lowercase());
    let alone = text.trim().len() == word.len();
    // 'L5 Dental Service' is a floor: an outward code alone ends the text or its part.
    let ends_part = text[end..].trim_start_matches([' ', '.']).starts_with([',', ';', ')', '/', '|', '-'])
        || text[end..].trim().is_empty()
        || digit;
    if !outward_alone || !(capitals || alone) || !ends_part || is_road(text, word, end) {
        return None;
    }
    Some(Postcode { outward: code, whole: false, end: if digit { next + 1 } else { end } })
}

/// A road where the text goes on about roads or names a place beside it.
fn is_road(text: &str, word: &str, end: usize) -> bool {
    let word = word.to_ascii_uppercase();
    if !ROADS.contains(&word.as_str()) {
        return false;
    }
    let rest = text[end..].to_ascii_lowercase();
    let head = text[..end - word.len()].to_ascii_lowercase();
    ["corridor", "commut", "junction", "motorway", "area", "region", "/m", " / m", "j1", "j2", "surround"]
        .iter()
        .any(|word| rest.contains(word))
        || ["near", "off the", "along", "within", "inside", "outside", "the ", "j", "/"]
            .iter()
            .any(|word| head.trim_end().ends_with(word.trim_end()) && !head.is_empty())
        || !head.trim().is_empty() && !head.trim_end().ends_with(',')
}

fn is_inward(bytes: &[u8]) -> bool {
    let [digit, first, second] = bytes else { return false };
    let letter = |byte: &u8| byte.is_ascii_alphabetic() && !NOT_INWARD.contains(&byte.to_ascii_uppercase());
    (digit.is_ascii_digit() || matches!(digit, b'O' | b'o')) && letter(first) && letter(second)
}

fn outward_of(word: &str) -> Option<&'static Outward> {
    if !(2..=4).contains(&word.len()) {
        return None;
    }
    let mut buffer = [0_u8; 4];
    for (slot, byte) in buffer.iter_mut().zip(word.bytes()) {
        *slot = byte.to_ascii_uppercase();
    }
    let code = std::str::from_utf8(&buffer[..word.len()]).ok()?;
    if let Some(found) = outward(code) {
        return Some(found);
    }
    // Districts with a letter behind the digit (`EC1A`) may be held without it.
    let shorter = code.strip_suffix(|ch: char| ch.is_ascii_uppercase())?;
    if shorter.ends_with(|ch: char| ch.is_ascii_digit()) { outward(shorter) } else { None }
}
