//! Content hashes as 32 bytes, half the room of their text.

use openvacancy_domain::ContentHash;

/// A SHA-256 as bytes.
pub(crate) type Digest = [u8; 32];

/// The bytes of a hash; `None` where the text is no SHA-256, as of a hash that no content can have.
pub(crate) fn to_bytes(hash: &ContentHash) -> Option<Digest> {
    let text = hash.as_str().as_bytes();
    if text.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// The hash as text.
pub(crate) fn to_hash(bytes: &[u8]) -> ContentHash {
    ContentHash(to_hex(bytes))
}

/// Bytes as hexadecimal text.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Bytes of hexadecimal text of any length.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks_exact(2).map(|pair| Some((nibble(pair[0])? << 4) | nibble(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_comes_back_as_it_was() {
        let hash = ContentHash::of(b"some content");
        assert_eq!(to_hash(&to_bytes(&hash).unwrap()), hash);
        assert_eq!(from_hex(hash.as_str()).unwrap(), to_bytes(&hash).unwrap());
    }

    #[test]
    fn what_is_no_hash_is_none() {
        for text in ["", "abc", &"A".repeat(64), &"g".repeat(64), &"0".repeat(62)] {
            assert_eq!(to_bytes(&ContentHash(text.to_owned())), None, "{text}");
        }
        assert_eq!(from_hex("é"), None);
    }
}
