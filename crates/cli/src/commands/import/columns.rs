//! Which column of a file is which field of a posting: as the person says, or by the names files commonly use.

use crate::failure::usage;
use openvacancy_domain::posting::FIELDS;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Names that files commonly use for a field, where the field's own name does not occur in the file.
const COMMON: &[(&str, &str)] = &[
    ("ad_id", "portal_posting_id"),
    ("job_id", "portal_posting_id"),
    ("id", "portal_posting_id"),
    ("job_title", "title"),
    ("company", "employer"),
    ("employer_name", "employer"),
    ("company_name", "employer"),
    ("job_link", "url"),
    ("link", "url"),
    ("redirect_url", "url"),
    ("posted", "date_posted"),
    ("posted_date", "date_posted"),
    ("created", "date_posted"),
    ("closing", "date_closing"),
    ("closing_date", "date_closing"),
    ("expires", "date_closing"),
    ("lat", "latitude"),
    ("lon", "longitude"),
    ("lng", "longitude"),
    ("collected", "fetched_at"),
    ("collected_at", "fetched_at"),
    ("contract_type", "contract"),
    ("salary_is_predicted", "salary_predicted"),
];

/// What `--map` said: field by column.
#[derive(Debug, Default)]
pub(super) struct Columns {
    fields: BTreeMap<String, String>,
}

impl Columns {
    /// Reads `FIELD=COLUMN` words.
    pub(super) fn parse(words: &[String]) -> anyhow::Result<Self> {
        let mut fields = BTreeMap::new();
        for word in words {
            let (field, column) = word
                .split_once('=')
                .ok_or_else(|| usage(format!("--map {word}: expected FIELD=COLUMN, such as title=job_title")))?;
            if !FIELDS.contains(&field) {
                return Err(usage(format!("--map {word}: no field '{field}'; there are {}", FIELDS.join(", "))));
            }
            fields.insert(column.to_owned(), field.to_owned());
        }
        Ok(Self { fields })
    }

    /// The field of every column, in the order of the header. A column without one keeps its name and goes to `extra`.
    pub(super) fn resolve(&self, header: &[String]) -> anyhow::Result<Vec<String>> {
        if let Some(missing) = self.fields.keys().find(|column| !header.contains(column)) {
            return Err(usage(format!("--map: no column '{missing}' in the file; it has {}", header.join(", "))));
        }
        let mut names: Vec<String> = header.iter().map(|column| self.field(column, header)).collect();
        for at in 1..names.len() {
            // A second column for one field would silently overwrite the first.
            if FIELDS.contains(&names[at].as_str()) && names[..at].contains(&names[at]) {
                names[at] = format!("{}_2", header[at]);
            }
        }
        Ok(names)
    }

    fn field(&self, column: &str, header: &[String]) -> String {
        if let Some(field) = self.fields.get(column) {
            return field.clone();
        }
        if self.fields.values().any(|field| field == column) {
            // Another column was named for this field: the one that bears its name is kept beside.
            return format!("{column}_as_given");
        }
        COMMON
            .iter()
            .find(|(common, field)| {
                column.eq_ignore_ascii_case(common)
                    && !header.iter().any(|name| name == field)
                    && !self.fields.values().any(|taken| taken == field)
                    // The first of several common names wins, in the order of the list.
                    && !COMMON
                        .iter()
                        .take_while(|earlier| earlier.0 != *common)
                        .any(|earlier| earlier.1 == *field && header.iter().any(|name| name.eq_ignore_ascii_case(earlier.0)))
            })
            .map_or_else(|| column.to_owned(), |(_, field)| (*field).to_owned())
    }

    /// A JSON object with its members renamed as a header's columns would be.
    pub(super) fn rename(&self, value: Value) -> Value {
        match value {
            Value::Object(members) => {
                let header: Vec<String> = members.keys().cloned().collect();
                Value::Object(members.into_iter().map(|(name, value)| (self.field(&name, &header), value)).collect())
            }
            other => other,
        }
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.fields.iter().map(|(column, field)| format!("{field}={column}")).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(map: &[&str], header: &[&str], expected: &[&str]) {
        let map: Vec<String> = map.iter().map(|word| (*word).to_owned()).collect();
        let header: Vec<String> = header.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(Columns::parse(&map).unwrap().resolve(&header).unwrap(), expected);
    }

    #[test]
    fn columns_find_their_fields() {
        check(&[], &["portal", "ad_id", "title", "posted"], &["portal", "portal_posting_id", "title", "date_posted"]);
        check(&[], &["id", "ad_id", "title"], &["id", "portal_posting_id", "title"]);
        check(&[], &["company", "employer", "title"], &["company", "employer", "title"]);
        check(&["title=role"], &["role", "title"], &["title", "title_as_given"]);
        check(&["employer=who"], &["company", "who"], &["company", "employer"]);
    }

    #[test]
    fn wrong_words_are_named() {
        assert!(Columns::parse(&["titel=a".to_owned()]).unwrap_err().to_string().contains("no field 'titel'"));
        let columns = Columns::parse(&["title=role".to_owned()]).unwrap();
        assert!(columns.resolve(&["a".to_owned()]).unwrap_err().to_string().contains("no column 'role'"));
    }
}
