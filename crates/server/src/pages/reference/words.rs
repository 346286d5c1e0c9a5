//! What a schema says, in words.

use serde_json::Value;

/// A piece of text, and whether it is code.
pub(super) type Piece = (bool, String);
/// A paragraph.
pub(super) type Paragraph = Vec<Piece>;

/// A text; nothing where there is none.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Paragraphs of a description; what stands between backticks is code.
pub(super) fn paragraphs(value: &Value) -> Vec<Paragraph> {
    let text = value.as_str().unwrap_or_default();
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs
        .map(|paragraph| {
            paragraph.split('`').enumerate().map(|(number, piece)| (number % 2 == 1, piece.to_owned())).collect()
        })
        .collect()
}

/// The name a reference ends with.
pub(super) fn referred(reference: &str) -> String {
    reference.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The schema that describes a member or the members of its list.
pub(super) fn link(schema: &Value) -> Option<String> {
    let direct = schema["$ref"].as_str().or_else(|| schema["items"]["$ref"].as_str());
    let either = || schema["oneOf"].as_array()?.iter().find_map(|part| part["$ref"].as_str());
    direct.or_else(either).map(referred)
}

/// What a schema says of itself; of several that may hold, what one of them says.
pub(super) fn description(schema: &Value) -> &Value {
    let parts = schema["oneOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut all = std::iter::once(schema).chain(parts).map(|part| &part["description"]);
    all.find(|text| text.is_string()).unwrap_or(&Value::Null)
}

/// The type of a schema: `text or null`, `whole number, 1 to 4`, `list of ObservationRow`.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return referred(name);
    }
    if let Some(parts) = schema["oneOf"].as_array() {
        return parts.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        Value::String(only) => vec![only],
        _ => Vec::new(),
    };
    let words: Vec<String> = types
        .into_iter()
        .map(|name| match name {
            "string" => match schema["format"].as_str() {
                Some("date") => "day".to_owned(),
                Some("date-time") => "instant".to_owned(),
                Some("uri") => "address".to_owned(),
                _ => "text".to_owned(),
            },
            "integer" => match (schema["minimum"].as_u64(), schema["maximum"].as_u64()) {
                (Some(least), Some(most)) => format!("whole number, {least} to {most}"),
                _ => "whole number".to_owned(),
            },
            "number" => "number".to_owned(),
            "boolean" => "true or false".to_owned(),
            "array" => format!("list of {}", kind(&schema["items"])),
            "object" => "object".to_owned(),
            other => other.to_owned(),
        })
        .collect();
    words.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::{kind, link, paragraphs};
    use serde_json::json;

    #[test]
    fn types_are_said_in_words() {
        for (schema, words) in [
            (json!({"type": "string"}), "text"),
            (json!({"type": ["string", "null"], "format": "date"}), "day or null"),
            (json!({"type": "integer", "minimum": 1, "maximum": 4}), "whole number, 1 to 4"),
            (json!({"type": "array", "items": {"$ref": "#/components/schemas/Row"}}), "list of Row"),
            (json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Row"}]}), "null or Row"),
        ] {
            assert_eq!(kind(&schema), words, "{schema}");
        }
        assert_eq!(link(&json!({"items": {"$ref": "#/x/Row"}})), Some("Row".to_owned()));
        assert_eq!(link(&json!({"type": "string"})), None);
    }

    #[test]
    fn backticks_are_code() {
        let found = paragraphs(&json!("Give `x`.\n\nSecond."));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], [(false, "Give ".to_owned()), (true, "x".to_owned()), (false, ".".to_owned())]);
    }
}
