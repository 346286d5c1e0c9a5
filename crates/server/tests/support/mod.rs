//! A service over made-up releases, and requests to it.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part of what they share")]

use crate::common::{self, sample};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use openvacancy_domain::{FixedClock, Vacancy};
use openvacancy_server::{AppState, Terms, router};
use openvacancy_store::SqliteStore;
use serde_json::Value;
use std::sync::{Arc, OnceLock};
use tower::ServiceExt as _;

/// What an unkind advertiser might write.
pub const HOSTILE: &str = "<script>alert('x')</script> & \"quotes\" </title>";

pub struct World {
    _folder: tempfile::TempDir,
    pub router: Router,
}

/// One world for all tests: two months published, one unpublished draft.
pub fn world() -> Router {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| serve(sample_vacancies(), &["2026-09", "2026-10"], true)).router.clone()
}

pub fn sample_vacancies() -> Vec<Vacancy> {
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

pub fn serve(vacancies: Vec<Vacancy>, months: &[&str], draft: bool) -> World {
    serve_under(Terms::default(), vacancies, months, draft)
}

pub fn serve_under(terms: Terms, vacancies: Vec<Vacancy>, months: &[&str], draft: bool) -> World {
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
    let state = AppState::new(Arc::new(store), Arc::new(clock)).with_terms(terms);
    World { _folder: folder, router: router(state) }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub fn send(router: Router, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
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
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    })
}

pub fn get(path: &str) -> Answer {
    send(world(), Method::GET, path, &[])
}

pub fn ok(path: &str) -> Answer {
    let answer = get(path);
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer
}
