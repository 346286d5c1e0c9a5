//! Where a PostgreSQL store is.

use crate::hash;
use openvacancy_domain::{ContentHash, StoreError};
use sqlx::ConnectOptions as _;
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr as _;
use url::Url;

/// An address, and the schema in it. It shows itself without the password.
#[derive(Clone)]
pub(super) struct Address {
    url: Url,
    schema: Option<String>,
    /// The schema the server said it is; filled in when it is opened.
    pub(super) current_schema: String,
}

impl Address {
    /// Reads `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it is none.
    pub(super) fn read(url: &str, schema: Option<&str>) -> Result<Self, StoreError> {
        // The address itself is not shown: it may hold a password.
        let wrong = |reason: String| StoreError::Conflict {
            message: format!(
                "the address of the database is no PostgreSQL address ({reason}): expected \
                 postgres://USER@HOST:PORT/DATABASE"
            ),
        };
        let parsed = Url::parse(url).map_err(|error| wrong(error.to_string()))?;
        if !matches!(parsed.scheme(), "postgres" | "postgresql") {
            return Err(wrong("it does not begin with postgres:".to_owned()));
        }
        PgConnectOptions::from_str(url).map_err(|_| wrong("a part of it is malformed".to_owned()))?;
        if let Some(name) = schema {
            let sound = name.starts_with(|ch: char| ch.is_ascii_lowercase())
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
                && name.len() < 64;
            if !sound {
                return Err(StoreError::Conflict {
                    message: format!("'{name}' cannot name a schema: use small letters, digits and _"),
                });
            }
        }
        Ok(Self { url: parsed, schema: schema.map(str::to_owned), current_schema: String::new() })
    }

    /// The schema asked for by name.
    pub(super) fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    /// For people, without the password.
    pub(super) fn shown(&self) -> String {
        let mut url = self.url.clone();
        // Either fails only for an address that cannot have them.
        let _ = url.set_password(None);
        url.set_query(None);
        match &self.schema {
            Some(schema) => format!("{url} (schema {schema})"),
            None => url.to_string(),
        }
    }

    /// How to connect.
    ///
    /// # Errors
    /// Never, for what [`Address::read`] has read.
    pub(super) fn options(&self) -> Result<PgConnectOptions, sqlx::Error> {
        let options = PgConnectOptions::from_str(self.url.as_str())?.application_name("openvacancy");
        let options = options.options([
            // 'already exists, skipping' is no news.
            ("client_min_messages", "warning"),
            // A lock that is not had in ten minutes never is.
            ("lock_timeout", "600s"),
            // Our queries are short; compiling them takes longer than running them.
            ("jit", "off"),
            // Pages are mostly in memory or on disks without moving parts.
            ("random_page_cost", "1.1"),
        ]);
        // A statement that waits for another writer is not slow, and none is news.
        let options = options.disable_statement_logging();
        Ok(match &self.schema {
            Some(schema) => options.options([("search_path", schema)]),
            None => options,
        })
    }

    /// The address for another program, and the password for its environment.
    pub(super) fn for_program(&self) -> (String, Option<String>) {
        let mut url = self.url.clone();
        let password = url
            .password()
            .map(percent_decoded)
            .or_else(|| url.query_pairs().find(|(name, _)| name == "password").map(|(_, value)| value.into_owned()));
        let _ = url.set_password(None);
        let others: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| name != "password")
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.set_query(None);
        if !others.is_empty() {
            url.query_pairs_mut().extend_pairs(others);
            // A form's `+` is no space in an address of libpq.
            let query = url.query().unwrap_or_default().replace('+', "%20");
            url.set_query(Some(&query));
        }
        (url.to_string(), password)
    }

    /// The number of an advisory lock: those of a database are shared by all its schemas and programs.
    pub(super) fn lock_key(&self, what: &str) -> i64 {
        let name = format!("openvacancy {} {what}", self.current_schema);
        let digest = hash::to_bytes(&ContentHash::of(name.as_bytes())).unwrap_or_default();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        i64::from_be_bytes(first)
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = if byte == b'%' { after.get(..2) } else { None };
        match code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for url in ["postgres://me:s3cret@db.example:5433/jobs", "postgresql://db/jobs?password=s3cret&user=me"] {
            let address = Address::read(url, Some("own")).unwrap();
            assert!(!address.shown().contains("s3cret"), "{}", address.shown());
            assert!(address.shown().contains("/jobs"), "{}", address.shown());
            let (shown, password) = address.for_program();
            assert!(!shown.contains("s3cret"), "{shown}");
            assert_eq!(password.as_deref(), Some("s3cret"));
        }
        let (shown, _) = Address::read("postgres://db/jobs?options=-c%20a%3Db", None).unwrap().for_program();
        assert_eq!(shown, "postgres://db/jobs?options=-c%20a%3Db");
        let (_, password) = Address::read("postgres://me:a%2Fb%@db/jobs", None).unwrap().for_program();
        assert_eq!(password.as_deref(), Some("a/b%"));
    }

    #[test]
    fn what_is_no_address_is_refused_without_showing_it() {
        for url in ["sqlite:x", "postgres//me:s3cret@x", "", "mysql://me:s3cret@h/d", "postgres://me:s3cret@h:port/d"] {
            let Err(StoreError::Conflict { message }) = Address::read(url, None).map(|address| address.shown()) else {
                panic!("{url} is taken for an address");
            };
            assert!(!message.contains("s3cret"), "{message}");
        }
        for schema in ["", "Own", "a b", "1a", "a;drop", &"x".repeat(64)] {
            assert!(Address::read("postgres://h/d", Some(schema)).is_err(), "{schema}");
        }
    }

    #[test]
    fn locks_of_two_schemas_differ() {
        let mut one = Address::read("postgres://h/d", None).unwrap();
        one.current_schema = "public".to_owned();
        let mut other = one.clone();
        other.current_schema = "demo".to_owned();
        assert_ne!(one.lock_key("Postings"), other.lock_key("Postings"));
        assert_ne!(one.lock_key("Postings"), one.lock_key("Releases"));
        assert_eq!(one.lock_key("Postings"), one.clone().lock_key("Postings"));
    }
}
