//! Small tools on text that several readers share: folding, word bounds, sentences, evidence.

use std::borrow::Cow;

/// Longest evidence kept of one field, in characters.
const EVIDENCE_CHARS: usize = 120;

/// `text` in lower case with typographic signs, encoding damage and odd spaces made plain, for short fields.
pub(crate) fn fold(text: &str) -> String {
    let text = repair(text);
    let mut folded = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00ad}' => folded.push('-'),
            '\u{2018}' | '\u{2019}' | '`' | '\u{00b4}' => folded.push('\''),
            '\u{201c}' | '\u{201d}' => folded.push('"'),
            '\u{00a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\t' => folded.push(' '),
            _ if ch.is_ascii() => folded.push(ch.to_ascii_lowercase()),
            _ => folded.extend(ch.to_lowercase()),
        }
    }
    folded
}

/// Undoes the commonest damage of text that was decoded as the wrong character set.
fn repair(text: &str) -> Cow<'_, str> {
    const DAMAGE: &[(&str, &str)] =
        &[("Â£", "£"), ("&pound;", "£"), ("â‚¬", "€"), ("‚¬", "€"), ("â€“", "-"), ("â€™", "'"), ("\u{fffd}", "£")];
    // Sound text, pound signs included, has none of the signs damage begins with.
    if !text.contains(['Â', 'â', '‚', '\u{fffd}', '&']) {
        return Cow::Borrowed(text);
    }
    let mut repaired = Cow::Borrowed(text);
    for (damaged, right) in DAMAGE {
        if repaired.contains(damaged) {
            repaired = Cow::Owned(repaired.replace(damaged, right));
        }
    }
    repaired
}

/// True where `start..end` of `text` neither begins nor ends inside a word.
pub(crate) fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// The largest character boundary at or below `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// At most `bytes` of `text` before `at`.
pub(crate) fn before(text: &str, at: usize, bytes: usize) -> &str {
    let at = floor(text, at);
    &text[floor(text, at.saturating_sub(bytes))..at]
}

/// At most `bytes` of `text` from `at` on.
pub(crate) fn after(text: &str, at: usize, bytes: usize) -> &str {
    let at = floor(text, at);
    &text[at..floor(text, at.saturating_add(bytes)).max(at)]
}

/// The bounds of the sentence or list item that holds `start..end`, at most `reach` bytes to either side.
pub(crate) fn sentence(text: &str, start: usize, end: usize, reach: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let low = floor(text, start.saturating_sub(reach));
    let high = floor(text, end.saturating_add(reach));
    let mut from = low;
    for at in (low..start).rev() {
        if ends_sentence(bytes, at) {
            from = at + 1;
            break;
        }
    }
    let to = (end..high).find(|&at| ends_sentence(bytes, at)).unwrap_or(high);
    let from = (from..=start).find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    (from, floor(text, to.max(end)))
}

/// True where the byte at `at` closes a sentence or list item. A full stop counts before a space only, and not in
/// the short words that qualifications and times are written with (`e.g. `, `p.a. `).
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'\n' | b'\r' | b';' | b'!' | b'?' | b'*' => true,
        // The last byte of '•' (E2 80 A2), '·' (C2 B7) and '▪' (E2 96 AA).
        0xA2 => at >= 2 && bytes[at - 2..at] == [0xE2, 0x80],
        0xB7 => at >= 1 && bytes[at - 1] == 0xC2,
        0xAA => at >= 2 && bytes[at - 2..at] == [0xE2, 0x96],
        b'.' => {
            bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace)
                && !(at >= 2 && bytes[at - 2] == b'.')
                && !(at >= 2 && bytes[at - 2] == b' ' && bytes[at - 1].is_ascii_lowercase())
        }
        _ => false,
    }
}

/// A span of the text as evidence: spaces collapsed, at most 120 characters.
pub(crate) fn evidence(span: &str) -> String {
    let mut kept = String::with_capacity(span.len().min(EVIDENCE_CHARS));
    let mut count = 0;
    for word in span.split_whitespace() {
        if !kept.is_empty() {
            if count + 1 >= EVIDENCE_CHARS {
                break;
            }
            kept.push(' ');
            count += 1;
        }
        for ch in word.chars() {
            if count >= EVIDENCE_CHARS {
                return kept;
            }
            kept.push(ch);
            count += 1;
        }
    }
    kept
}

/// Evidence of what stands at `at` within the sentence `from..to`: begins near `at` where the sentence is long.
pub(crate) fn evidence_at(text: &str, from: usize, to: usize, at: usize) -> String {
    const LEAD: usize = 50;
    let start = if at > from + LEAD {
        let cut = floor(text, at - LEAD);
        text[cut..at].find(' ').map_or(cut, |space| cut + space + 1)
    } else {
        from
    };
    evidence(text.get(start..to).unwrap_or(""))
}

/// True where `text` contains one of `words` (plain substrings).
pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_repairs_and_lowers() {
        assert_eq!(fold("Â£30K – Â£35K"), "£30k - £35k");
        assert_eq!(fold("King’s\u{a0}Lynn"), "king's lynn");
    }

    #[test]
    fn sentences_end_at_stops_and_bullets() {
        let text = "We grow. You need a degree, e.g. in physics. Apply now";
        let at = text.find("degree").unwrap();
        let (from, to) = sentence(text, at, at + 6, 200);
        assert_eq!(text[from..to].trim(), "You need a degree, e.g. in physics");
        let bullets = "• HNC\n• driving licence";
        let at = bullets.find("HNC").unwrap();
        let (from, to) = sentence(bullets, at, at + 3, 200);
        assert_eq!(bullets[from..to].trim(), "HNC");
    }

    #[test]
    fn evidence_is_short() {
        assert_eq!(evidence("  a\n b "), "a b");
        assert!(evidence(&"wörd ".repeat(100)).chars().count() <= 120);
    }
}
