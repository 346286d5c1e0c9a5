//! The OpenAPI document against the service: what it names exists, what exists it names, and answers are as it says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "../../release/tests/common/mod.rs"]
mod common;
mod support;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::{Answer, get, ok, send, world};

fn document() -> Value {
    ok("/api/openapi.json").json()
}

/// Path, and its GET operation.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths.iter().map(|(path, item)| (path.clone(), item["get"].clone())).collect()
}

/// Addresses that an operation answers: with the examples of its parameters, and without those that may be left out.
fn addresses(path: &str, operation: &Value) -> Vec<String> {
    let (mut plain, mut query) = (path.to_owned(), Vec::new());
    for parameter in operation["parameters"].as_array().unwrap_or(&Vec::new()) {
        let name = parameter["name"].as_str().unwrap();
        let example = match &parameter["example"] {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if parameter["in"] == "path" {
            // Which vacancies there are, no document can know.
            let id = || ok("/api/v1/vacancies?limit=1").json()["data"][0]["vacancy_id"].as_str().unwrap().to_owned();
            let value = if name == "id" { id() } else { example };
            plain = plain.replace(&format!("{{{name}}}"), &value);
        } else {
            query.push(format!("{name}={example}"));
        }
    }
    let with = format!("{plain}?{}", query.join("&"));
    if query.is_empty() { vec![plain] } else { vec![plain, with] }
}

#[test]
fn the_document_keeps_its_shape() {
    insta::assert_json_snapshot!("openapi", document());
}

#[test]
fn every_documented_path_answers_as_documented() {
    let document = document();
    let operations = operations(&document);
    assert!(operations.len() >= 10);
    for (path, operation) in &operations {
        let content = operation["responses"]["200"]["content"].as_object().unwrap();
        for address in addresses(path, operation) {
            let answer = ok(&address);
            let kind = answer.header("content-type").split(';').next().unwrap().to_owned();
            let schema = &content.get(&kind).unwrap_or_else(|| panic!("{address}: {kind} is not documented"))["schema"];
            assert_fits(&document, schema, &answer.json(), &address);
            assert_eq!(send(world(), Method::HEAD, &address, &[]).status, StatusCode::OK, "HEAD {address}");
        }
    }
    let pages = ["/api/v1/observations?from=2026-09&limit=1000", "/api/v1/vacancies?limit=1000&area=E08000035"];
    for address in pages {
        let path = address.split('?').next().unwrap();
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert_fits(&document, schema, &ok(address).json(), address);
    }
    // The schemas do refuse what is not an answer.
    let schema = &document["paths"]["/api/v1/releases"]["get"]["responses"]["200"]["content"]["application/json"];
    assert!(!validator(&document, &schema["schema"]).is_valid(&json!({"data": [], "meta": {}})));
}

#[test]
fn every_problem_is_as_documented() {
    let document = document();
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    let of = |answer: Answer| {
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_fits(&document, &problem, &answer.json(), "problem");
        answer.json()["status"].to_string()
    };
    for (path, operation) in operations(&document) {
        if path != "/health" {
            let address = format!("{}?nonsense=1", addresses(&path, &operation)[0]);
            assert_eq!(of(get(&address)), "400", "{address}");
        }
    }
    assert_eq!(of(get("/api/v1/observations?release=1999-01")), "404");
    assert_eq!(of(get("/api/nothing")), "404");
    assert_eq!(of(send(world(), Method::POST, "/api/v1/vacancies", &[])), "401");
}

#[test]
fn every_route_of_the_router_is_documented() {
    // axum tells the paths of a router only to those who debug it.
    let told = format!("{:?}", world());
    let paths: BTreeSet<String> =
        told.split('"').filter(|text| text.starts_with("/api/") || *text == "/health").map(str::to_owned).collect();
    let documented: BTreeSet<String> = operations(&document()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, documented);
}

#[test]
fn everything_documented_is_explained() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, operation) in operations(&document) {
        for name in ["summary", "description", "operationId"] {
            assert!(!operation[name].as_str().unwrap_or_default().is_empty(), "{path} has no {name}");
        }
        for parameter in operation["parameters"].as_array().unwrap_or(&Vec::new()) {
            assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{path}: {parameter}");
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(!schema["description"].as_str().unwrap_or_default().is_empty(), "{name} is not explained");
        for (member, described) in schema["properties"].as_object().into_iter().flatten() {
            let either = &described["oneOf"][0]["description"];
            let explained = [&described["description"], &described["$ref"], either].iter().any(|text| text.is_string());
            assert!(explained, "{name}.{member} is not explained");
        }
    }
}

fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [schema],
        "components": document["components"],
    });
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn assert_fits(document: &Value, schema: &Value, answer: &Value, what: &str) {
    let validator = validator(document, schema);
    let errors: Vec<String> =
        validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{what}: {errors:?}");
}
