//! The service as a client meets it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "../../release/tests/common/mod.rs"]
mod common;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use common::sample;
use openvacancy_domain::{FixedClock, Vacancy};
use openvacancy_server::{AppState, router};
use openvacancy_store::SqliteStore;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use tower::ServiceExt as _;

/// What an unkind advertiser might write.
const HOSTILE: &str = "<script>alert('x')</script> & \"quotes\" </title>";

struct World {
    _folder: tempfile::TempDir,
    router: Router,
}

/// One world for all tests: two months published, one unpublished draft.
fn world() -> Router {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| serve(sample_vacancies(), &["2026-09", "2026-10"], true)).router.clone()
}

fn sample_vacancies() -> Vec<Vacancy> {
    let mut vacancies = sample::world(1, 150, sample::noon(2026, 9, 1), 28);
    vacancies.extend(sample::world(2, 250, sample::noon(2026, 10, 1), 28));
    for number in 0..3 {
        let mut hostile = sample::vacancy(number, sample::noon(2026, 10, 20));
        hostile.job_title = HOSTILE.to_owned();
        hostile.employer = Some(HOSTILE.to_owned());
        hostile.job_link =
            Some(["javascript:alert(1)", "data:text/html,x", "https://ok.example/1"][number as usize].to_owned());
        hostile.portals = vec!["<b>portal</b>".into()];
        vacancies.push(hostile);
    }
    vacancies.sort_by(|a, b| a.vacancy_id.cmp(&b.vacancy_id));
    vacancies
}

fn serve(vacancies: Vec<Vacancy>, months: &[&str], draft: bool) -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.sqlite")).unwrap();
    common::fill(&store, &vacancies);
    for month in months {
        common::published(&store, month);
    }
    if draft {
        common::built(&store, "2026-10", None);
    }
    let clock = FixedClock::new(sample::noon(2026, 11, 5));
    World { _folder: folder, router: router(AppState::new(Arc::new(store), Arc::new(clock))) }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn send(router: Router, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    })
}

fn get(path: &str) -> Answer {
    send(world(), Method::GET, path, &[])
}

fn ok(path: &str) -> Answer {
    let answer = get(path);
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer
}

#[test]
fn health_names_the_latest_release() {
    let health = ok("/health").json();
    assert_eq!((health["status"].as_str(), health["latest_release"].as_str()), (Some("ok"), Some("2026-10.1")));
}

#[test]
fn only_published_releases_are_listed() {
    let list = ok("/api/v1/releases").json();
    let names: Vec<&str> =
        list["data"].as_array().unwrap().iter().map(|row| row["release"].as_str().unwrap()).collect();
    assert_eq!(names, ["2026-10.1", "2026-09.1"]);
    assert_eq!(get("/api/v1/releases/2026-10.2").status, StatusCode::NOT_FOUND);
    let one = ok("/api/v1/releases/2026-10").json();
    assert_eq!(one["data"]["release"], "2026-10.1");
    assert!(one["data"]["quality"]["completeness"].is_array() && one["data"]["gate"].is_array());
}

#[test]
fn answers_keep_their_shape() {
    let observations = ok("/api/v1/observations?indicator=vacancies_flow&area_type=uk&occupation=total,2").json();
    insta::assert_json_snapshot!("observations", observations);
    let vacancies = ok("/api/v1/vacancies?limit=1").json();
    insta::assert_json_snapshot!("vacancies", vacancies);
    insta::assert_json_snapshot!("unknown_parameter", get("/api/v1/observations?are=K02000001").json());
    insta::assert_json_snapshot!("no_release", get("/api/v1/observations?release=1999-01").json());
}

/// Follows `links.next` to the end; every row's key.
fn walk(start: &str, key: fn(&Value) -> String) -> Vec<String> {
    let (mut next, mut keys) = (Some(start.to_owned()), Vec::new());
    while let Some(path) = next {
        let page = ok(&path).json();
        keys.extend(page["data"].as_array().unwrap().iter().map(key));
        next = page["links"]["next"].as_str().map(str::to_owned);
        assert!(keys.len() < 100_000);
    }
    keys
}

#[test]
fn pages_are_complete_and_have_nothing_twice() {
    let key = |row: &Value| format!("{} {} {} {}", row["indicator"], row["area_type"], row["area"], row["occupation"]);
    let walked = walk("/api/v1/observations?limit=997", key);
    let distinct: BTreeSet<&String> = walked.iter().collect();
    let release = ok("/api/v1/releases/latest").json();
    assert_eq!(walked.len() as u64, release["data"]["observations"].as_u64().unwrap());
    assert_eq!(distinct.len(), walked.len());
    let id = |row: &Value| row["vacancy_id"].as_str().unwrap().to_owned();
    let (small, large) = (walk("/api/v1/vacancies?limit=7", id), walk("/api/v1/vacancies?limit=1000", id));
    assert!(small.len() > 100);
    assert_eq!(small, large);
    let counted = ok("/api/v1/vacancies?limit=1").json();
    let rounded = counted["meta"]["count_rounded"].as_u64().unwrap();
    assert!(rounded % 5 == 0 && rounded.abs_diff(small.len() as u64) <= 2, "{rounded} of {}", small.len());
}

#[test]
fn only_open_advertisements_with_public_fields_are_shown() {
    let rows = ok("/api/v1/vacancies?limit=1000").json();
    let open = sample_vacancies().into_iter().filter(|vacancy| {
        vacancy.excluded_reason.is_none()
            && vacancy
                .closed_on
                .is_none_or(|closed| closed > "2026-10".parse::<openvacancy_domain::Month>().unwrap().end())
    });
    let open: BTreeSet<String> = open.map(|vacancy| vacancy.vacancy_id.to_string()).collect();
    let shown: BTreeSet<String> =
        rows["data"].as_array().unwrap().iter().map(|row| row["vacancy_id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(shown, open);
    for name in ["description", "wage_text", "evidence", "run_id"] {
        assert!(rows["data"][0].get(name).is_none(), "{name}");
    }
    let found = ok("/api/v1/vacancies?occupation=2232&area=E08000035&text=script").json();
    assert_eq!(found["data"].as_array().unwrap().len(), 3);
    let links: Vec<&Value> = found["data"].as_array().unwrap().iter().map(|row| &row["job_link"]).collect();
    assert_eq!(links, [&Value::Null, &Value::Null, &Value::from("https://ok.example/1")]);
}

#[test]
fn one_vacancy_is_found_by_its_id() {
    let some = ok("/api/v1/vacancies?limit=1").json()["data"][0].clone();
    let id = some["vacancy_id"].as_str().unwrap();
    assert_eq!(ok(&format!("/api/v1/vacancies/{id}")).json()["data"], some);
    assert_eq!(get("/api/v1/vacancies/v0000").json()["code"], "vacancy_not_found");
}

#[test]
fn wrong_requests_are_told_what_is_right() {
    let check = |path: &str, code: &str, word: &str| {
        let answer = get(path);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(word), "{path}: {problem}");
    };
    check("/api/v1/observations?foo=1", "unknown_parameter", "indicator");
    check("/api/v1/observations?limit=1001", "bad_parameter", "1000");
    check("/api/v1/observations?limit=many", "bad_parameter", "limit");
    check("/api/v1/observations?indicator=jobs", "bad_parameter", "vacancies_flow");
    check("/api/v1/observations?occupation_level=5", "bad_parameter", "4");
    check("/api/v1/observations?area=a&area=b", "bad_parameter", "twice");
    check("/api/v1/observations?cursor=nonsense", "bad_parameter", "cursor");
    check("/api/v1/observations?release=yesterday", "bad_parameter", "release");
    check("/api/v1/vacancies?occupation=nurse", "bad_parameter", "digits");
    check("/api/v1/vacancies?description=x", "unknown_parameter", "text");
    check("/api/v1/releases?x=1", "unknown_parameter", "none");
}

#[test]
fn writes_need_credentials_and_other_methods_are_refused() {
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in ["/api/v1/vacancies", "/api/v1/nothing", "/review", "/review/1"] {
            let answer = send(world(), method.clone(), path, &[]);
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
        }
        assert_eq!(send(world(), method, "/", &[]).status, StatusCode::METHOD_NOT_ALLOWED);
    }
    assert_eq!(get("/api/v1/nothing").json()["code"], "not_found");
    assert_eq!(get("/nothing").status, StatusCode::NOT_FOUND);
}

#[test]
fn an_unchanged_answer_is_not_sent_again() {
    for path in
        ["/api/v1/observations?area_type=uk", "/api/v1/vacancies", "/api/v1/releases", "/", "/methodology", "/releases"]
    {
        let first = ok(path);
        let etag = first.header("etag").to_owned();
        let again = send(world(), Method::GET, path, &[("if-none-match", &etag)]);
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        assert_eq!(again.header("etag"), etag);
        let other = send(world(), Method::GET, path, &[("if-none-match", "W/\"0\"")]);
        assert_eq!(other.status, StatusCode::OK);
    }
    let tag = |path: &str| ok(path).header("etag").to_owned();
    assert_ne!(tag("/api/v1/observations?limit=1"), tag("/api/v1/observations?limit=2"));
    assert_eq!(tag("/api/v1/observations?limit=1&area_type=uk"), tag("/api/v1/observations?area_type=uk&limit=1"));
    assert!(ok("/api/v1/observations?release=2026-10.1").header("cache-control").contains("immutable"));
    assert!(!ok("/api/v1/observations?release=2026-10").header("cache-control").contains("immutable"));
}

#[test]
fn every_answer_carries_the_security_headers() {
    for path in ["/", "/api/v1/releases", "/nothing", "/static/style.css", "/health", "/api/v1/observations?x=1"] {
        let answer = get(path);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
}

#[test]
fn pages_need_no_script_and_keep_the_security_policy() {
    for path in ["/", "/releases", "/releases/2026-10.1", "/methodology", "/?area=E12000007&occupation=2", "/nothing"] {
        let page = get(path).body;
        for forbidden in ["<script", " style=", "javascript:", " onclick", "http://"] {
            let found = page.replace("http://www.w3.org", "").contains(forbidden);
            assert!(!found, "{path} holds {forbidden}");
        }
        assert!(page.contains("<html lang=\"en-GB\">") && page.contains("class=\"skip\""));
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count(), "{path}: a table without caption");
    }
}

#[test]
fn hostile_text_is_shown_and_not_obeyed() {
    let page = ok("/").body;
    assert!(
        page.contains("portal&#60;") || page.contains("&lt;b&gt;portal") || page.contains("&#60;b&#62;portal"),
        "{page}"
    );
    assert!(!page.contains("<b>portal"));
    let answer = get("/?area=%3Cscript%3Ealert(1)%3C/script%3E");
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(!answer.body.contains("<script>"));
    let answer = get("/releases/%3Cscript%3E");
    assert!(!answer.body.contains("<script>"));
}

#[test]
fn the_first_page_says_how_many_for_what_where_since_when() {
    let page = ok("/").body;
    let flow = ok("/api/v1/observations?indicator=vacancies_flow&area_type=uk&occupation=total").json();
    let flow = flow["data"][0]["value"].as_f64().unwrap();
    assert!(page.contains(&format!("{flow:.0} new vacancies")), "headline");
    for word in [
        "October 2026",
        "2026-10.1",
        "Major groups",
        "Professional occupations",
        "London",
        "observed since",
        "Alpha jobs",
    ] {
        assert!(page.contains(word), "{word}");
    }
    let london = ok("/?area=E12000007").body;
    assert!(london.contains("in London") && london.contains("Counties and unitary authorities"));
    assert!(ok("/?occupation=2").body.contains("Sub-major groups"));
    assert!(ok("/?release=2026-09.1").body.contains("The latest release is here"));
}

#[test]
fn before_anything_is_published_the_service_says_so() {
    let empty = serve(Vec::new(), &[], true);
    let page = send(empty.router.clone(), Method::GET, "/", &[]);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("No release has been published yet"));
    let api = send(empty.router.clone(), Method::GET, "/api/v1/observations", &[]);
    assert_eq!((api.status, api.json()["code"].as_str()), (StatusCode::NOT_FOUND, Some("release_not_found")));
    assert_eq!(send(empty.router, Method::GET, "/health", &[]).json()["latest_release"], Value::Null);
}
