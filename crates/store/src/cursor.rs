//! Where a page begins: the key of the last row of the page before, opaque to whoever carries it.
//!
//! A cursor is `v1.` and the hexadecimal JSON of the key's parts, so it is safe in a URL whatever the key holds, and a
//! later format can be told apart.

use crate::error::Trouble;
use crate::hash::{from_hex, to_hex};

const PREFIX: &str = "v1.";

/// The cursor after the row with this key.
pub(crate) fn after(key: &[&str]) -> String {
    // A list of texts always serialises.
    let json = serde_json::to_vec(key).unwrap_or_default();
    format!("{PREFIX}{}", to_hex(&json))
}

/// The key a cursor stands for.
///
/// # Errors
/// [`openvacancy_domain::StoreError::Conflict`] where it is none that this store gave.
pub(crate) fn read<const PARTS: usize>(cursor: &str) -> Result<[String; PARTS], Trouble> {
    cursor
        .strip_prefix(PREFIX)
        .and_then(from_hex)
        .and_then(|json| serde_json::from_slice::<Vec<String>>(&json).ok())
        .and_then(|parts| parts.try_into().ok())
        .ok_or_else(|| {
            let shown: String = cursor.chars().take(80).collect();
            Trouble::conflict(format!(
                "'{shown}' is no cursor of this list: give back the `next` of the page before, or none to begin anew"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_key_comes_back(a in ".*", b in ".*") {
            let cursor = after(&[&a, &b]);
            prop_assert!(cursor.chars().all(|ch| ch.is_ascii_alphanumeric() || ch == '.'));
            prop_assert_eq!(read::<2>(&cursor).unwrap(), [a, b]);
        }

        #[test]
        fn any_text_is_a_key_or_an_error(text in ".*") {
            let _ = read::<1>(&text);
            let _ = read::<1>(&format!("{PREFIX}{text}"));
        }
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        assert!(read::<1>(&after(&["a", "b"])).is_err());
    }
}
