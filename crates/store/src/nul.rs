//! The character NUL. PostgreSQL cannot keep it in text, so no back-end does: it is taken out of whatever is stored or
//! asked for. No advertisement means anything by it; it comes from damaged files.

use openvacancy_domain::Posting;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::borrow::Cow;

/// As it stands in JSON.
const ESCAPED: &str = "\\u0000";

/// The text without it.
pub(crate) fn without(text: &str) -> Cow<'_, str> {
    if text.as_bytes().contains(&0) { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

/// The same of a text that is ours.
pub(crate) fn removed(mut text: String) -> String {
    if text.as_bytes().contains(&0) {
        text.retain(|ch| ch != '\0');
    }
    text
}

/// JSON text without it: there it stands as `\u0000`, which PostgreSQL's JSON functions refuse.
pub(crate) fn removed_from_json(json: String) -> String {
    if !json.contains(ESCAPED) {
        return json;
    }
    let mut kept = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some(place) = rest.find('\\') {
        kept.push_str(&rest[..place]);
        rest = &rest[place..];
        if let Some(after) = rest.strip_prefix(ESCAPED) {
            rest = after;
            continue;
        }
        // A backslash and what it escapes, so that an escaped backslash is not taken for the start of an escape.
        let end = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        kept.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// A value without it, in whatever text of it.
pub(crate) fn cleaned_value<T: Serialize + DeserializeOwned + Clone>(value: &T) -> T {
    let json = serde_json::to_string(value).unwrap_or_default();
    // As it is where there is nothing to take out, so that nothing can be lost on the way.
    let cleaned = json.contains(ESCAPED).then(|| serde_json::from_str(&removed_from_json(json)).ok()).flatten();
    cleaned.unwrap_or_else(|| value.clone())
}

/// The posting without it, in whatever field; `None` where there is nothing to take out.
pub(crate) fn cleaned(posting: &Posting) -> Option<Posting> {
    has_nul(posting).then(|| cleaned_value(posting))
}

fn has_nul(posting: &Posting) -> bool {
    // Every field by name, so that one that is added is not forgotten.
    let Posting {
        portal,
        portal_posting_id,
        url,
        reference,
        title,
        description,
        employer,
        location,
        salary,
        contract,
        hours,
        category,
        date_posted,
        date_closing,
        openings: _,
        language,
        fetched_at,
        postcode,
        region,
        county,
        latitude: _,
        longitude: _,
        salary_min: _,
        salary_max: _,
        salary_period,
        salary_currency,
        salary_predicted: _,
        workplace_type,
        extra,
    } = posting;
    let optional = [
        portal_posting_id,
        url,
        reference,
        description,
        employer,
        location,
        salary,
        contract,
        hours,
        category,
        date_posted,
        date_closing,
        language,
        fetched_at,
        postcode,
        region,
        county,
        salary_period,
        salary_currency,
        workplace_type,
    ];
    let text = |text: &str| text.as_bytes().contains(&0);
    text(portal.as_str())
        || text(title)
        || optional.into_iter().flatten().any(|value| text(value))
        || extra.iter().any(|(name, value)| text(name) || json_has_nul(value))
}

fn json_has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.as_bytes().contains(&0),
        Value::Array(list) => list.iter().any(json_has_nul),
        Value::Object(map) => map.iter().any(|(name, value)| name.as_bytes().contains(&0) || json_has_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_taken_out_of_every_field() {
        let posting = Posting {
            portal: "re\0ed".into(),
            title: "Co\0ok".to_owned(),
            description: Some("\0".to_owned()),
            extra: serde_json::from_str(r#"{"a": ["x\u0000y", {"b\u0000": "\\u0000"}]}"#).unwrap(),
            ..Posting::default()
        };
        let cleaned = cleaned(&posting).unwrap();
        assert_eq!((cleaned.portal.as_str(), cleaned.title.as_str()), ("reed", "Cook"));
        assert_eq!(cleaned.description.as_deref(), Some(""));
        assert_eq!(serde_json::to_string(&cleaned.extra).unwrap(), r#"{"a":["xy",{"b":"\\u0000"}]}"#);
        assert_eq!(super::cleaned(&cleaned), None);
    }

    proptest! {
        #[test]
        fn json_loses_it_and_nothing_else(text in "[a\\\\u0\0\"é]{0,12}") {
            let json = removed_from_json(serde_json::to_string(&text).unwrap());
            let back: String = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&back, &text.replace('\0', ""));
            prop_assert_eq!(without(&text).into_owned(), back);
            prop_assert_eq!(removed(text.clone()), text.replace('\0', ""));
        }
    }
}
