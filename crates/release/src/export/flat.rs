//! One vacancy as named values, and values as CSV text.

use super::Audience;
use crate::ReleaseError;
use openvacancy_domain::ports::ReleaseVacancy;
use serde_json::{Map, Value};

/// The row under its column names; `description` is the prose, masked.
pub(super) fn object(
    row: &ReleaseVacancy,
    prose: Option<&str>,
    audience: Audience,
) -> Result<Map<String, Value>, ReleaseError> {
    let value = serde_json::to_value(row)
        .map_err(|source| ReleaseError::Row { row: row.vacancy.vacancy_id.to_string(), source })?;
    let Value::Object(mut object) = value else { return Ok(Map::new()) };
    object.remove("description_hash");
    object.insert("description".to_owned(), prose.map_or(Value::Null, |text| Value::String(super::mask(text))));
    for (name, value) in &mut object {
        match value {
            // 32-bit floats would show digits they do not have.
            Value::Number(number) if name.ends_with("_confidence") || name == "experience_years_min" => {
                *value = number.as_f64().map_or(Value::Null, |number| Value::from((number * 1e4).round() / 1e4));
            }
            Value::Bool(truth) => *value = Value::from(u8::from(*truth)),
            // The words that named a skill are words of the prose.
            Value::Array(items) if name == "skills" && audience == Audience::Public => {
                for skill in items.iter_mut().filter_map(Value::as_object_mut) {
                    skill.shift_remove("matched");
                }
            }
            _ => {}
        }
    }
    Ok(object)
}

/// A value as CSV text: nothing for no value, lists of words joined by `|`, nested ones as JSON.
pub(super) fn text(name: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(truth) => u8::from(*truth).to_string(),
        // A whole number of pounds needs no decimal point.
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        Value::Array(items) if name == "skills" => joined(items.iter().filter_map(|skill| skill.get("id"))),
        Value::Array(items) if items.iter().all(Value::is_string) => joined(items.iter()),
        Value::Object(members) if members.is_empty() => String::new(),
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

fn joined<'a>(items: impl Iterator<Item = &'a Value>) -> String {
    items.filter_map(Value::as_str).collect::<Vec<_>>().join("|")
}

/// Text that a spreadsheet takes as text.
pub(super) fn spreadsheet_safe(text: String) -> String {
    let number = text.parse::<f64>().is_ok();
    if !number && text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
