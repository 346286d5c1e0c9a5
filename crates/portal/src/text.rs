//! Text out of mark-up, and dates out of text.

mod dates;
mod html;

pub(crate) use dates::epoch_date;
pub use dates::iso_date;
pub use html::html_to_text;
pub(crate) use html::{element_text, too_deep, unescape};

/// For comparing labels and phrases: lower case, straight quotes, single spaces, no colon at the end.
pub(crate) fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'").replace(['\u{201C}', '\u{201D}'], "\"");
    collapse(&lower).trim_end_matches([':', ' ']).to_owned()
}

/// Each run of white space becomes one space; outer white space goes.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Lines with single spaces, none of them blank.
pub(crate) fn collapse_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = collapse(line);
        if !line.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&line);
        }
    }
    out
}

/// Takes out what a reader cannot see and a page can be disturbed with: control characters, marks that turn the
/// direction of writing, characters of no width.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .filter(|ch| {
            !matches!(ch,
                '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' |
                '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' |
                '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{collapse_lines, fold, visible};

    #[test]
    fn phrases_are_folded() {
        let check = |text: &str, expected: &str| assert_eq!(fold(text), expected);
        check("  Closing\u{a0}Date : ", "closing date");
        check("We\u{2019}re \u{201C}full\u{201D}", "we're \"full\"");
    }

    #[test]
    fn lines_stay_and_the_invisible_goes() {
        assert_eq!(collapse_lines(" a  b \n\n\t\n c"), "a b\nc");
        assert_eq!(visible("a\u{202e}b\0c\u{200b}\n"), "abc\n");
    }
}
