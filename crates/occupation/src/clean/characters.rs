//! Characters: damaged encodings, entities, tags, emoji, case and white space.

use super::MAX_TITLE_CHARS;
use unicode_normalization::UnicodeNormalization;

/// What Windows-1252 shows for the bytes 0x80 to 0x9F, where UTF-8 text was once read as Windows-1252.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&nbsp;", " "),
    ("&pound;", "£"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&ndash;", "-"),
    ("&mdash;", "-"),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&#163;", "£"),
    ("&rsquo;", "'"),
];

/// Lower case, one kind of dash and apostrophe, no tags, no pictures, single spaces, at most [`MAX_TITLE_CHARS`].
pub(super) fn plain(title: &str) -> String {
    // Only so much is ever read: a megabyte of "title" costs no more than a long one.
    let head: String = title.chars().take(MAX_TITLE_CHARS * 8).collect();
    let mended = mend(&head).unwrap_or(head);
    let mut text = mended;
    for _ in 0..2 {
        // twice: some portals escape what was escaped already
        if text.contains('&') {
            for (entity, plain) in ENTITIES {
                if text.contains(entity) {
                    text = text.replace(entity, plain);
                }
            }
        }
    }
    let text = without_tags(&text);
    let mut plain = String::with_capacity(text.len());
    let mut space = true;
    let mut count = 0;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        let c = match c {
            '–' | '—' | '‐' | '‑' | '−' | '―' => '-',
            '‘' | '’' | '`' | '´' => '\'',
            '·' | '•' | '●' | '►' | '¦' | '~' | '_' | '=' => '|',
            c if c.is_alphanumeric() => c,
            '\'' | '-' | '/' | '\\' | '&' | '+' | '#' | '.' | ',' | ':' | ';' | '(' | ')' | '[' | ']' | '{' | '}'
            | '|' | '£' | '€' | '$' | '%' | '*' | '!' | '?' | '@' | '"' => c,
            // combining marks left by composition belong to their letter; all else is a picture or white space
            _ => ' ',
        };
        if c == ' ' && space {
            continue;
        }
        space = c == ' ';
        plain.push(c);
        count += 1;
        if count >= MAX_TITLE_CHARS {
            break;
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// Text whose UTF-8 was once read as Windows-1252, mended; `None` where it was not.
fn mend(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â']) {
        return None;
    }
    let bytes: Option<Vec<u8>> = text
        .chars()
        .map(|c| match u32::from(c) {
            code @ (0..=0x7f | 0xa0..=0xff) => u8::try_from(code).ok(),
            _ => WINDOWS_1252.iter().position(|&shown| shown == c).and_then(|at| u8::try_from(at + 0x80).ok()),
        })
        .collect();
    String::from_utf8(bytes?).ok()
}

/// `text` with a space for every `<...>` of at most 200 characters.
fn without_tags(text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, from) = rest.split_at(open);
        left.push_str(before);
        left.push(' ');
        match from.find('>') {
            Some(close) if close <= 200 => rest = from.get(close + 1..).unwrap_or(""),
            _ => rest = from.get(1..).unwrap_or(""),
        }
    }
    left.push_str(rest);
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mends_and_lowers() {
        assert_eq!(plain("CafÃ© Manager"), "café manager");
        assert_eq!(plain("Nurse â€“ Leeds"), "nurse - leeds");
        assert_eq!(plain("Ｎurse\u{200b}  Manager"), "nurse manager");
        assert_eq!(plain("<script>alert(1)</script>Chef"), "alert(1) chef");
        assert_eq!(plain("a < b"), "a b");
    }
}
