//! Passwords: argon2id with a salt from the operating system.

use crate::error::Trouble;
use argon2::Argon2;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use std::sync::OnceLock;

/// The hash to keep.
///
/// # Errors
/// [`openvacancy_domain::StoreError::Conflict`] where the password cannot be hashed.
pub(crate) fn hash(password: &str) -> Result<String, Trouble> {
    let salt = SaltString::generate(&mut OsRng);
    match Argon2::default().hash_password(password.as_bytes(), &salt) {
        Ok(hash) => Ok(hash.to_string()),
        Err(error) => Err(Trouble::conflict(format!("this password cannot be used: {error}"))),
    }
}

/// Whether the password fits the hash. Without a hash, as for a name that is not there, it does the same work against
/// a hash nobody has the password of, so that the time taken tells nothing.
///
/// # Errors
/// [`openvacancy_domain::StoreError::Corrupt`] where the hash is none.
pub(crate) fn fits(password: &str, hash: Option<&str>) -> Result<bool, Trouble> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let nobody = match NOBODY.get() {
        Some(nobody) => nobody,
        None => {
            let fresh = self::hash(SaltString::generate(&mut OsRng).as_str())?;
            NOBODY.get_or_init(|| fresh)
        }
    };
    let parsed = PasswordHash::new(hash.unwrap_or(nobody)).map_err(|error| Trouble::corrupt("password hash", error))?;
    let fits = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    Ok(fits && hash.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let kept = hash("correct horse").unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert_ne!(kept, hash("correct horse").unwrap(), "each hash has its own salt");
        assert!(fits("correct horse", Some(&kept)).unwrap());
        assert!(!fits("correct horse ", Some(&kept)).unwrap());
        assert!(!fits("", Some(&kept)).unwrap());
        assert!(!fits("correct horse", None).unwrap());
        assert!(fits("x", Some("no hash")).is_err());
    }
}
