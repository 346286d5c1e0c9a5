//! How the prose of advertisements is packed.

use crate::error::Trouble;

/// zstd level: 3 packs advertisement prose to a little under half at a few hundred megabytes a second.
const LEVEL: i32 = 3;

/// Packs a text.
///
/// # Errors
/// Where memory runs out.
pub(crate) fn pack(text: &str) -> Result<Vec<u8>, Trouble> {
    zstd::bulk::compress(text.as_bytes(), LEVEL).map_err(|error| Trouble::corrupt("prose to be packed", error))
}

/// Unpacks a text of `bytes` bytes.
///
/// # Errors
/// Where the bytes are damaged.
pub(crate) fn unpack(packed: &[u8], bytes: usize) -> Result<String, Trouble> {
    let unpacked = zstd::bulk::decompress(packed, bytes).map_err(|error| Trouble::corrupt("prose", error))?;
    String::from_utf8(unpacked).map_err(|error| Trouble::corrupt("prose", error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_comes_back(text in ".{0,400}") {
            prop_assert_eq!(unpack(&pack(&text).unwrap(), text.len()).unwrap(), text);
        }

        #[test]
        fn damaged_bytes_are_an_error_or_a_text(packed in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack(&packed, 400);
        }
    }
}
