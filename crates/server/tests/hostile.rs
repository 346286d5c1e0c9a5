//! No query string makes the service fail.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "../../release/tests/common/mod.rs"]
mod common;
mod support;

use axum::http::StatusCode;
use proptest::prelude::*;
use support::get;

const PATHS: &[&str] = &[
    "/",
    "/releases",
    "/api",
    "/api/openapi.json",
    "/api/v1/observations",
    "/api/v1/vacancies",
    "/api/v1/vacancies/v0",
    "/api/v1/releases",
    "/api/v1/releases/latest",
    "/api/v1/indicators",
    "/api/v1/occupations",
    "/api/v1/areas",
    "/health",
];

const NAMES: &[&str] = &[
    "release",
    "month",
    "from",
    "to",
    "indicator",
    "area",
    "area_type",
    "occupation",
    "occupation_level",
    "format",
    "limit",
    "cursor",
    "text",
    "scheme",
    "level",
    "parent",
    "q",
    "é",
    "",
];

/// Values that are nearly right, and ones that are not at all.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "latest",
            "2026-10",
            "2026-09.1",
            "2026-10.4294967296",
            "9999-12",
            "0000-00",
            "E12000007",
            "K02000001",
            "unknown",
            "total",
            "2*",
            "*",
            "22,223*,total",
            "csv",
            "json",
            "1",
            "0",
            "1000",
            "-1",
            "1e9",
            "uk,region",
            "v1.5b5d",
            "2026-10.1~v1.5b5d",
            "2026-10.1~",
            "~",
            "%",
            "_",
            "nurse porter",
            "soc2010",
            "vacancies_flow",
        ])
        .prop_map(str::to_owned),
        ".{0,40}",
        "[0-9A-Z.,~*-]{0,20}",
    ]
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn parameters_of_any_value_are_answered_or_refused(
        path in prop::sample::select(PATHS),
        pairs in prop::collection::vec((prop::sample::select(NAMES), value()), 0..4),
    ) {
        let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        check(&format!("{path}?{}", query.join("&")))?;
    }

    #[test]
    fn any_query_string_is_answered_or_refused(
        path in prop::sample::select(PATHS),
        query in "[!$&-;=?-Z_a-z~%]{0,60}",
    ) {
        check(&format!("{path}?{query}"))?;
    }

    #[test]
    fn any_name_in_a_path_is_answered_or_refused(root in prop::sample::select(&[
        "/api/v1/vacancies/", "/api/v1/releases/", "/releases/", "/static/", "/api/",
    ][..]), name in ".{1,30}") {
        check(&format!("{root}{}", encoded(&name)))?;
    }
}

fn check(address: &str) -> Result<(), TestCaseError> {
    let answer = get(address);
    let known = [StatusCode::OK, StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND];
    prop_assert!(known.contains(&answer.status), "{address}: {} {}", answer.status, answer.body);
    if address.starts_with("/api/") && answer.status != StatusCode::OK {
        prop_assert_eq!(answer.header("content-type"), "application/problem+json", "{}", address);
        prop_assert_eq!(answer.json()["status"].as_u64(), Some(u64::from(answer.status.as_u16())));
    }
    Ok(())
}
