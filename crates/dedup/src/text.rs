//! Words and stable hashes. The hashes are part of the result (they choose which pairs are compared), so they are our
//! own and the same on every machine.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Spreads the bits of a hash (the finaliser of MurmurHash3).
pub(crate) const fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// The hash of two hashes in order.
pub(crate) const fn pair(a: u64, b: u64) -> u64 {
    mix(a.rotate_left(23) ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The hash of a text's bytes.
pub(crate) fn hash(text: &str) -> u64 {
    mix(text.bytes().fold(FNV_OFFSET, |h, byte| (h ^ u64::from(byte)).wrapping_mul(FNV_PRIME)))
}

/// Calls `each` with every word's hash and length in bytes: letters and digits, lower case, marks off, apostrophes
/// passed over. `hash` of a folded word gives the same number.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(u64, usize)) {
    let (mut h, mut length) = (FNV_OFFSET, 0_usize);
    let mut end = |h: &mut u64, length: &mut usize| {
        if *length > 0 {
            each(mix(*h), *length);
        }
        (*h, *length) = (FNV_OFFSET, 0);
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            at += 1;
            if byte.is_ascii_alphanumeric() {
                h = (h ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(FNV_PRIME);
                length += 1;
            } else if byte != b'\'' {
                end(&mut h, &mut length);
            }
            continue;
        }
        let Some(ch) = text[at..].chars().next() else { break };
        at += ch.len_utf8();
        if !fold_char(ch, |byte| {
            h = (h ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
            length += 1;
        }) && ch != '\u{2019}'
        {
            end(&mut h, &mut length);
        }
    }
    end(&mut h, &mut length);
}

/// Passes on the folded bytes of a letter or digit outside ASCII; false for all else.
fn fold_char(ch: char, mut push: impl FnMut(u8)) -> bool {
    let mut any = false;
    let mut buffer = [0; 4];
    for part in std::iter::once(ch).nfkd() {
        if is_combining_mark(part) {
            any = true;
        } else if part.is_alphanumeric() {
            any = true;
            for lower in part.to_lowercase() {
                lower.encode_utf8(&mut buffer).bytes().for_each(&mut push);
            }
        }
    }
    any
}

/// The words of a text as [`each_word`] sees them.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Vec<u8> = Vec::new();
    let mut end = |word: &mut Vec<u8>| {
        if !word.is_empty() {
            words.push(String::from_utf8_lossy(word).into_owned());
            word.clear();
        }
    };
    for ch in text.chars() {
        if ch.is_ascii_alphanumeric() {
            word.push(ch.to_ascii_lowercase() as u8);
        } else if ch.is_ascii() {
            if ch != '\'' {
                end(&mut word);
            }
        } else if !fold_char(ch, |byte| word.push(byte)) && ch != '\u{2019}' {
            end(&mut word);
        }
    }
    end(&mut word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_folded() {
        let check = |text: &str, expected: &[&str]| assert_eq!(words(text), expected, "{text}");
        check("Café Manager – Leeds", &["cafe", "manager", "leeds"]);
        check("You'll (and we’ll)", &["youll", "and", "well"]);
        check("C++/C#, .NET", &["c", "c", "net"]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn hashing_and_reading_see_the_same_words(text in "\\PC{0,80}") {
            let mut hashes = Vec::new();
            each_word(&text, |h, length| hashes.push((h, length)));
            let read: Vec<_> = words(&text).iter().map(|word| (hash(word), word.len())).collect();
            prop_assert_eq!(hashes, read);
        }
    }
}
