//! `GET /api`: the API for people, rendered from its OpenAPI document.

mod words;

use super::{html, style_version};
use crate::{api, cache};
use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::Value;
use std::sync::LazyLock;
use words::{Paragraph, kind, paragraphs, text};

#[derive(Template)]
#[template(path = "reference.html")]
struct Page {
    style: String,
    here: &'static str,
    base: String,
    reference: &'static Reference,
}

/// All that the document says.
struct Reference {
    about: Vec<Paragraph>,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

/// Operations under one heading.
struct Group {
    name: String,
    about: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    path: String,
    summary: String,
    about: Vec<Paragraph>,
    parameters: Vec<Parameter>,
    /// Path and query to try it with.
    example: String,
    /// The schema of its answer: name, and the anchor of it.
    answer: Option<String>,
}

struct Parameter {
    name: String,
    in_path: bool,
    kind: String,
    about: Vec<Paragraph>,
}

struct Schema {
    name: String,
    about: Vec<Paragraph>,
    values: Vec<String>,
    members: Vec<Member>,
}

struct Member {
    name: String,
    kind: String,
    /// The schema it is described by.
    link: Option<String>,
    optional: bool,
    about: Vec<Paragraph>,
}

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| {
    let document = serde_json::to_value(api::described().1).unwrap_or_default();
    Reference {
        about: paragraphs(&document["info"]["description"]),
        groups: groups(&document),
        schemas: schemas(&document),
    }
});

/// `GET /api`.
pub(crate) async fn reference(headers: HeaderMap) -> Response {
    let base = base(&headers);
    let etag = cache::etag(&["reference", &style_version(), &base]);
    if let Some(answer) = cache::unchanged(&headers, &etag, false) {
        return answer;
    }
    let page = Page { style: style_version(), here: "api", base, reference: &REFERENCE };
    cache::with_headers(html(&page), &etag, false)
}

/// The address of the service as the reader knows it. On this machine there is no TLS; elsewhere a proxy provides it.
fn base(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let sound = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte));
    let host = if sound { host } else { "vacancies.example" };
    let here = ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| host.starts_with(name));
    format!("{}://{host}", if here { "http" } else { "https" })
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn groups(document: &Value) -> Vec<Group> {
    let tags = document["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    tags.iter()
        .map(|tag| Group {
            name: text(&tag["name"]),
            about: text(&tag["description"]),
            operations: members(&document["paths"])
                .filter(|(_, item)| item["get"]["tags"][0] == tag["name"])
                .map(|(path, item)| operation(path, &item["get"]))
                .collect(),
        })
        .collect()
}

fn operation(path: &str, item: &Value) -> Operation {
    let parameters = item["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut example = path.to_owned();
    let mut query = Vec::new();
    for parameter in parameters {
        let value = match &parameter["example"] {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let name = text(&parameter["name"]);
        if parameter["in"] == "path" {
            example = example.replace(&format!("{{{name}}}"), &value);
        } else {
            query.push(format!("{name}={value}"));
        }
    }
    if !query.is_empty() {
        example = format!("{example}?{}", query.join("&"));
    }
    let answer = item["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].as_str();
    Operation {
        id: text(&item["operationId"]),
        path: path.to_owned(),
        summary: text(&item["summary"]),
        about: paragraphs(&item["description"]),
        parameters: parameters
            .iter()
            .map(|parameter| Parameter {
                name: text(&parameter["name"]),
                in_path: parameter["in"] == "path",
                kind: kind(&parameter["schema"]),
                about: paragraphs(&parameter["description"]),
            })
            .collect(),
        example,
        answer: answer.map(words::referred),
    }
}

fn schemas(document: &Value) -> Vec<Schema> {
    members(&document["components"]["schemas"])
        .map(|(name, schema)| {
            // A schema made of others has its own members in one of them.
            let parts = schema["allOf"].as_array().map(Vec::as_slice).unwrap_or_default();
            let own = parts.iter().chain([schema]).flat_map(|part| {
                let required = part["required"].as_array().cloned().unwrap_or_default();
                members(&part["properties"]).map(move |(name, member)| {
                    self::member(name, member, required.contains(&Value::from(name.as_str())))
                })
            });
            let inherited = parts.iter().filter_map(|part| part["$ref"].as_str()).map(|link| Member {
                name: "…".to_owned(),
                kind: format!("all of {}", words::referred(link)),
                link: Some(words::referred(link)),
                optional: false,
                about: Vec::new(),
            });
            let values = schema["enum"].as_array().map(Vec::as_slice).unwrap_or_default();
            Schema {
                name: name.clone(),
                about: paragraphs(&schema["description"]),
                values: values.iter().map(text).collect(),
                members: inherited.chain(own).collect(),
            }
        })
        .collect()
}

fn member(name: &str, schema: &Value, required: bool) -> Member {
    Member {
        name: name.to_owned(),
        kind: kind(schema),
        link: words::link(schema),
        optional: !required,
        about: paragraphs(words::description(schema)),
    }
}
