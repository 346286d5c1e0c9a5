//! One rule applied to one part of a document.

use super::page::{Page, Scope};
use crate::spec::{Rule, Source, Transform};
use crate::text::{self, element_text};
use scraper::{ElementRef, Selector};
use serde_json::Value;

/// What rules may ask about the posting beside the document.
pub(super) struct Place<'p> {
    pub(super) page: &'p Page<'p>,
    pub(super) scope: Scope<'p>,
    /// The posting's own address, where it is known.
    pub(super) own_url: Option<&'p str>,
}

/// What a chain of rules found.
pub(super) enum Found {
    Value(String),
    Nothing,
    /// Something stands there that cannot be read, and no later rule found better.
    Unreadable(String),
}

pub(super) fn chain(place: &Place<'_>, rules: &[Rule]) -> Found {
    let mut unreadable = None;
    for rule in rules {
        match apply(place, rule) {
            Ok(Some(value)) => return Found::Value(value),
            Ok(None) => {}
            Err(reason) => unreadable = unreadable.or(Some(reason)),
        }
    }
    unreadable.map_or(Found::Nothing, Found::Unreadable)
}

fn apply(place: &Place<'_>, rule: &Rule) -> Result<Option<String>, String> {
    let mut parts: Vec<String> = Vec::new();
    for value in values(place, &rule.source) {
        if let Some(text) = transformed(place, value, &rule.transforms)? {
            match &rule.join {
                None => return Ok(Some(text)),
                // A town that is its own county is named once.
                Some(_) if parts.contains(&text) => {}
                Some(_) => parts.push(text),
            }
        }
    }
    Ok(rule.join.as_ref().filter(|_| !parts.is_empty()).map(|separator| parts.join(separator)))
}

fn values(place: &Place<'_>, source: &Source) -> Vec<String> {
    let page = place.page;
    match source {
        Source::JsonLd(paths) => {
            let Some(posting) = page.jsonld().postings.first() else { return Vec::new() };
            paths.iter().flat_map(|path| path.find(posting)).flat_map(texts).collect()
        }
        Source::Json(paths) => {
            let Scope::Value(root) = place.scope else { return Vec::new() };
            paths.iter().flat_map(|path| path.find(root)).flat_map(texts).collect()
        }
        Source::Css { selector, attr } => match place.scope {
            Scope::Element(element) => {
                let own = selector.matches(&element).then_some(element);
                own.into_iter()
                    .chain(element.select(selector))
                    .filter_map(|found| shown(found, attr.as_deref()))
                    .collect()
            }
            Scope::Whole | Scope::Value(_) => {
                page.html().select(selector).filter_map(|found| shown(found, attr.as_deref())).collect()
            }
        },
        Source::Label { labels, within } => labelled(place, labels, within.as_ref()),
        Source::Meta(name) => meta(page, name),
        Source::Url(pattern) => {
            let address = place.own_url.map(super::links::path_and_query);
            let group = address.as_deref().and_then(|address| pattern.captures(address));
            group
                .and_then(|found| found.get(1).or_else(|| found.get(0)))
                .map(|m| m.as_str().to_owned())
                .into_iter()
                .collect()
        }
        Source::Constant(text) => vec![text.clone()],
    }
}

/// Text and numbers as text; an object has none.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Array(members) => members.iter().filter(|member| !member.is_array()).flat_map(texts).collect(),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

fn shown(element: ElementRef<'_>, attr: Option<&str>) -> Option<String> {
    match attr {
        Some(attr) => element.attr(attr).map(str::to_owned),
        None => Some(element_text(element)),
    }
}

fn labelled(place: &Place<'_>, wanted: &[String], within: Option<&Selector>) -> Vec<String> {
    let own;
    let pairs = match (place.scope, within) {
        (Scope::Element(element), _) => {
            own = super::labels::of(element);
            &own
        }
        (_, Some(selector)) => {
            own = place.page.html().select(selector).flat_map(super::labels::of).collect();
            &own
        }
        _ => place.page.labels(),
    };
    let mut found = Vec::new();
    for label in wanted {
        found.extend(pairs.iter().filter(|(known, _)| known == label).map(|(_, value)| value.clone()));
    }
    found
}

fn meta(page: &Page<'_>, name: &str) -> Vec<String> {
    let Ok(selector) = Selector::parse("meta[content]") else { return Vec::new() };
    let named = |element: &ElementRef<'_>| {
        ["name", "property", "itemprop"].iter().any(|key| element.attr(key).is_some_and(|value| value == name))
    };
    page.html()
        .select(&selector)
        .filter(named)
        .filter_map(|element| element.attr("content"))
        .map(str::to_owned)
        .collect()
}

fn transformed(place: &Place<'_>, value: String, transforms: &[Transform]) -> Result<Option<String>, String> {
    let mut value = value;
    for transform in transforms {
        match step(place, &value, transform)? {
            Some(next) => value = next,
            None => return Ok(None),
        }
    }
    let value = text::visible(&value);
    Ok((!value.trim().is_empty()).then_some(value))
}

fn step(place: &Place<'_>, value: &str, transform: &Transform) -> Result<Option<String>, String> {
    Ok(Some(match transform {
        Transform::Trim => value.trim().to_owned(),
        Transform::Collapse => text::collapse(value),
        Transform::HtmlText => text::html_to_text(value),
        Transform::Unescape => text::unescape(value),
        Transform::IsoDate if value.trim().is_empty() => return Ok(None),
        Transform::IsoDate => text::iso_date(value)?.to_string(),
        Transform::Integer => return Ok(number(value, false)),
        Transform::Number => return Ok(number(value, true)),
        Transform::FirstLine => {
            return Ok(value.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned));
        }
        Transform::Lowercase => value.to_lowercase(),
        Transform::Uppercase => value.to_uppercase(),
        Transform::AbsoluteUrl => {
            let address = place.page.document.address().and_then(|address| url::Url::parse(address).ok());
            return Ok(address.and_then(|address| address.join(value.trim()).ok()).map(String::from));
        }
        Transform::JsonList => match serde_json::from_str::<Value>(value) {
            Ok(list @ Value::Array(_)) => texts(&list).join(", "),
            _ => value.to_owned(),
        },
        Transform::EpochSeconds => return epoch(value, 1),
        Transform::EpochMillis => return epoch(value, 1_000),
        Transform::Before(mark) => value.split_once(mark.as_str()).map_or(value, |(before, _)| before).to_owned(),
        Transform::After(mark) => value.split_once(mark.as_str()).map_or(value, |(_, after)| after).to_owned(),
        Transform::Regex(pattern) => {
            let group = pattern.captures(value).and_then(|found| found.get(1).or_else(|| found.get(0)));
            return Ok(group.map(|group| group.as_str().to_owned()));
        }
        Transform::Split(separator) => value.replace(separator.as_str(), "\n"),
        Transform::Map(map) => map.get(value.trim()).cloned().unwrap_or_else(|| value.to_owned()),
        Transform::Drop(texts) if texts.iter().any(|text| text::fold(text) == text::fold(value)) => return Ok(None),
        Transform::Drop(_) => value.to_owned(),
    }))
}

fn epoch(value: &str, per_second: i64) -> Result<Option<String>, String> {
    let seconds = value.trim().parse::<i64>().ok().map(|number| number / per_second);
    match seconds.and_then(text::epoch_date) {
        Some(day) => Ok(Some(day.to_string())),
        None => Err(format!("'{}' is not a number of seconds since 1970", value.chars().take(40).collect::<String>())),
    }
}

/// The first number of a text, thousands' commas out.
fn number(value: &str, decimals: bool) -> Option<String> {
    let start = value.find(|ch: char| ch.is_ascii_digit())?;
    let mut digits = String::new();
    for ch in value.get(start..)?.chars() {
        match ch {
            '0'..='9' => digits.push(ch),
            ',' => {}
            '.' if decimals && !digits.contains('.') => digits.push(ch),
            _ => break,
        }
    }
    Some(digits.trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_found() {
        assert_eq!(number("about 1,234.50 pounds", true).as_deref(), Some("1234.50"));
        assert_eq!(number("1,234.50", false).as_deref(), Some("1234"));
        assert_eq!(number("none", true), None);
    }
}
