//! Masks contact details of persons in prose.

/// Replaces e-mail addresses by `[e-mail]` and telephone numbers by `[telephone]`. A telephone number is 9 to 15 digits,
/// spaces, dots, hyphens and brackets between them allowed, that begin with `0`, `+` or `(`; pay and dates do not.
#[must_use]
pub fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|ch: char| !ch.is_whitespace()) {
        masked.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some(length) = telephone(rest) {
            masked.push_str("[telephone]");
            rest = &rest[length..];
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        word(&rest[..end], &mut masked);
        rest = &rest[end..];
    }
    masked.push_str(rest);
    masked
}

/// One word without spaces: an address is masked, and a number that follows a colon or bracket.
fn word(word: &str, masked: &mut String) {
    let Some(at) = word.find('@').filter(|at| is_address(word, *at)) else {
        match word
            .char_indices()
            .find(|&(start, _)| start > 0 && telephone(&word[start..]).is_some() && breaks(word, start))
        {
            Some((start, _)) => {
                masked.push_str(&word[..start]);
                masked.push_str("[telephone]");
                masked.push_str(&word[start + telephone(&word[start..]).unwrap_or(0)..]);
            }
            None => masked.push_str(word),
        }
        return;
    };
    let local = |ch: char| ch.is_alphanumeric() || "._%+-'".contains(ch);
    let domain = |ch: char| ch.is_alphanumeric() || ch == '.' || ch == '-';
    let start = word[..at]
        .rfind(|ch| !local(ch))
        .map_or(0, |before| before + word[before..].chars().next().map_or(1, char::len_utf8));
    let end = at + 1 + word[at + 1..].find(|ch| !domain(ch)).unwrap_or(word.len() - at - 1);
    let end = at + 1 + word[at + 1..end].trim_end_matches(['.', '-']).len();
    masked.push_str(&word[..start]);
    masked.push_str("[e-mail]");
    masked.push_str(&word[end..]);
}

fn is_address(word: &str, at: usize) -> bool {
    let before = word[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    before && word[at + 1..].contains('.') && word[at + 1..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether a number may begin at `start`: not in the middle of a word or of another number.
fn breaks(word: &str, start: usize) -> bool {
    word[..start].chars().next_back().is_some_and(|ch| !ch.is_alphanumeric() && !"£$€.,/-".contains(ch))
}

/// The length in bytes of the telephone number at the beginning of `text`.
fn telephone(text: &str) -> Option<usize> {
    if !text.starts_with(['0', '+', '(']) {
        return None;
    }
    let (mut digits, mut end) = (0, 0);
    for (start, ch) in text.char_indices() {
        if ch.is_ascii_digit() {
            digits += 1;
            end = start + 1;
        } else if !(" .-()\u{a0}+".contains(ch) && start.saturating_sub(end) < 3) {
            break;
        }
        if digits > 15 {
            return None;
        }
    }
    let follows = text[end..].chars().next().is_none_or(|ch| !ch.is_alphanumeric());
    (digits >= 9 && follows).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn contact_details_are_masked_and_nothing_else() {
        let check = |text: &str, expected: &str| assert_eq!(mask(text), expected, "{text}");
        check("Write to jo.bloggs@example.co.uk.", "Write to [e-mail].");
        check("(jobs@example.org)", "([e-mail])");
        check("mailto:a+b@x.example,or call", "mailto:[e-mail],or call");
        check("Call 020 7946 0000 today", "Call [telephone] today");
        check("Tel:01632960123.", "Tel:[telephone].");
        check("+44 (0)1632 960 123", "[telephone]");
        check("£25,000 - £30,000 per annum", "£25,000 - £30,000 per annum");
        check("from 01/02/2026 to 2026-03-04", "from 01/02/2026 to 2026-03-04");
        check("ref 0123 and @home", "ref 0123 and @home");
        check("  spaces\n\nkept  ", "  spaces\n\nkept  ");
        check("", "");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_a_panic(text in "\\PC*") {
            let masked = mask(&text);
            proptest::prop_assert_eq!(masked.is_empty(), text.is_empty());
        }

        #[test]
        fn no_plain_address_survives(local in "[a-z]{1,8}", domain in "[a-z]{1,8}", before in "[ -~]{0,10}") {
            let address = format!("{local}@{domain}.example");
            let masked = mask(&format!("{before} {address} end"));
            proptest::prop_assert!(!masked.contains(&address));
        }
    }
}
