//! The service as a client meets it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "../../release/tests/common/mod.rs"]
mod common;
mod support;

use axum::http::{Method, StatusCode};
use common::sample;
use openvacancy_server::Terms;
use serde_json::Value;
use std::collections::BTreeSet;
use support::{get, ok, sample_vacancies, send, serve, serve_under, world};

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
    assert!(rounded.is_multiple_of(5) && rounded.abs_diff(small.len() as u64) <= 2, "{rounded} of {}", small.len());
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
    check("/api/v1/observations?areas=E12000007", "unknown_parameter", "did you mean 'area'?");
    check("/api/v1/vacancies?q=nurse", "unknown_parameter", "did you mean 'text'?");
    check("/api/v1/observations?area=London", "bad_parameter", "E12000007");
    check("/api/v1/observations?occupation=nurse", "bad_parameter", "SOC 2020");
    check("/api/v1/observations?occupation=0*", "bad_parameter", "begins");
    check("/api/v1/observations?month=October", "bad_parameter", "2026-10");
    check("/api/v1/observations?month=2026-10&release=2026-10", "bad_parameter", "either");
    check("/api/v1/observations?from=2026-10&to=2026-09", "bad_parameter", "later");
    check("/api/v1/observations?cursor=2026-10.1~nonsense", "bad_parameter", "cursor");
    check("/api/v1/observations?cursor=2026-09.1~", "bad_parameter", "cursor");
    check("/api/v1/observations?format=xml", "bad_parameter", "csv");
    check("/api/v1/observations?format=csv&limit=5", "bad_parameter", "whole");
    check("/api/v1/vacancies?month=2026-10&from=2026-09", "bad_parameter", "either");
    check("/api/v1/vacancies?area=Leeds", "bad_parameter", "/api/v1/areas");
    check("/api/v1/occupations?parent=00", "bad_parameter", "parent");
    check("/api/v1/areas?parent=E00000000", "bad_parameter", "parent");
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
    assert!(!ok("/api/v1/observations?release=2026-10.1,2026-09").header("cache-control").contains("immutable"));
    let page = ok("/").body;
    let style = page.split("href=\"").find_map(|part| part.strip_prefix("/static/style.css")).unwrap();
    let style = format!("/static/style.css{}", style.split('"').next().unwrap());
    assert!(ok(&style).header("cache-control").contains("immutable"), "{style}");
    assert!(!ok("/static/style.css?v=0").header("cache-control").contains("immutable"));
}

#[test]
fn months_and_ranges_follow_one_another() {
    let query = "indicator=vacancies_flow&area_type=uk&occupation=total";
    let periods = |path: &str| -> Vec<String> {
        let rows = ok(path).json();
        rows["data"].as_array().unwrap().iter().map(|row| row["period"].as_str().unwrap().to_owned()).collect()
    };
    let both = ["2026-09", "2026-10"];
    for months in ["month=2026-10,2026-09", "from=2026-01", "from=2026-09&to=2026-10", "release=2026-09.1,latest"] {
        assert_eq!(periods(&format!("/api/v1/observations?{months}&{query}")), both, "{months}");
    }
    assert_eq!(periods(&format!("/api/v1/observations?month=latest&{query}")), ["2026-10"]);
    assert_eq!(periods(&format!("/api/v1/observations?to=2026-09&{query}")), ["2026-09"]);
    for gap in ["month=2026-08", "from=2026-11", "month=2026-09,2026-08"] {
        let answer = get(&format!("/api/v1/observations?{gap}"));
        assert_eq!(answer.json()["code"], "release_not_found", "{gap}");
    }
    let first = ok(&format!("/api/v1/observations?from=2026-09&limit=1&{query}")).json();
    assert_eq!(first["meta"]["releases"], serde_json::json!(["2026-09.1", "2026-10.1"]));
    let next = first["links"]["next"].as_str().unwrap();
    assert!(next.contains("release=2026-09.1,2026-10.1") && !next.contains("from="), "{next}");
    assert!(ok(next).header("cache-control").contains("immutable"));
    assert_eq!(periods(next), ["2026-10"]);
}

#[test]
fn a_code_with_a_star_means_all_that_begin_with_it() {
    let codes = |path: &str| -> BTreeSet<String> {
        walk(path, |row| row["occupation"].as_str().unwrap().to_owned()).into_iter().collect()
    };
    let all = codes("/api/v1/observations?area_type=uk&limit=1000");
    let expected: BTreeSet<String> = all.into_iter().filter(|code| code.starts_with('2')).collect();
    assert!(expected.len() > 2);
    assert_eq!(codes("/api/v1/observations?area_type=uk&limit=1000&occupation=2*"), expected);
}

#[test]
fn a_table_holds_what_the_pages_hold() {
    let selection = "area_type=uk,region&from=2026-09";
    let answer = ok(&format!("/api/v1/observations?format=csv&{selection}"));
    assert!(answer.header("content-type").starts_with("text/csv"));
    assert!(answer.header("content-disposition").contains("observations-2026-09.1-to-2026-10.1.csv"));
    let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
    let key = |row: &csv::StringRecord| [0, 2, 3, 4, 6, 8].map(|column| row.get(column).unwrap().to_owned()).join(" ");
    let table: Vec<String> = reader.records().map(|row| key(&row.unwrap())).collect();
    let pages = walk(&format!("/api/v1/observations?limit=89&{selection}"), |row| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let value = row["value"].as_f64().map_or_else(String::new, |value| value.to_string());
        [text("release"), text("indicator"), text("area_type"), text("area"), text("occupation"), value].join(" ")
    });
    assert!(table.len() > 200);
    assert_eq!(table, pages);
}

#[test]
fn codes_can_be_looked_up() {
    let rows = |path: &str| ok(path).json()["data"].as_array().unwrap().clone();
    assert_eq!(rows("/api/v1/indicators").len(), 8);
    let groups = rows("/api/v1/occupations?parent=22&level=4&text=midwifery");
    assert_eq!((groups.len(), groups[0]["code"].as_str()), (1, Some("2231")));
    assert_eq!(groups[0]["parents"], serde_json::json!(["223", "22", "2"]));
    assert!(rows("/api/v1/occupations?scheme=isco08&level=1").iter().any(|row| row["code"] == "0"));
    let leeds = rows("/api/v1/areas?area_type=county&text=leeds&parent=E12000003");
    assert_eq!(leeds[0]["parents"], serde_json::json!(["E12000003", "E92000001", "K02000001"]));
}

#[test]
fn advertisements_are_found_by_month_of_first_sighting() {
    let months = |query: &str| -> BTreeSet<String> {
        walk(&format!("/api/v1/vacancies?limit=1000&{query}"), |row| row["flow_month"].as_str().unwrap().to_owned())
            .into_iter()
            .collect()
    };
    let set = |months: &[&str]| months.iter().map(|&month| month.to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(months("from=2026-01"), set(&["2026-09", "2026-10"]));
    assert_eq!(months("month=latest"), set(&["2026-10"]));
    assert_eq!(months("to=2026-09"), set(&["2026-09"]));
    assert_eq!(months("month=2026-12"), set(&[]));
}

#[test]
fn of_an_advertisement_only_what_every_portal_allows_is_shown() {
    let mut vacancies: Vec<_> = (0..3).map(|number| sample::vacancy(number, sample::noon(2026, 10, 20))).collect();
    for (vacancy, portals) in vacancies.iter_mut().zip([&["open"][..], &["open", "shy"], &["open", "closed"]]) {
        vacancy.portals = portals.iter().map(|&portal| portal.into()).collect();
        vacancy.employer = Some("An employer".to_owned());
    }
    let ids: Vec<String> = vacancies.iter().map(|vacancy| vacancy.vacancy_id.to_string()).collect();
    let terms = Terms::new([("shy".into(), vec!["title".to_owned()]), ("closed".into(), Vec::new())]);
    let world = serve_under(terms, vacancies, &["2026-10"], false);
    let rows = send(world.router.clone(), Method::GET, "/api/v1/vacancies", &[]).json()["data"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 2);
    assert_eq!(rows[0]["employer"], "An employer");
    assert!(rows[0]["date_posted"].is_string());
    for name in ["employer", "job_link", "date_posted", "date_closing"] {
        assert_eq!(rows[1][name], Value::Null, "{name}");
    }
    assert!(rows[1]["job_title"].is_string() && rows[1]["places"].as_array().unwrap().is_empty());
    let one = |id: &str| send(world.router.clone(), Method::GET, &format!("/api/v1/vacancies/{id}"), &[]).status;
    assert_eq!((one(&ids[1]), one(&ids[2])), (StatusCode::OK, StatusCode::NOT_FOUND));
}

#[test]
fn pages_of_other_sites_may_read_and_ask_beforehand() {
    for path in ["/api/v1/releases", "/api/v1/nothing", "/api/v1/observations?x=1", "/api/openapi.json"] {
        assert_eq!(get(path).header("access-control-allow-origin"), "*", "{path}");
        let asked = [("origin", "https://other.example"), ("access-control-request-headers", "if-none-match")];
        let answer = send(world(), Method::OPTIONS, path, &asked);
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert!(answer.header("access-control-allow-headers").contains("if-none-match"));
        assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    }
    assert_eq!(get("/").header("access-control-allow-origin"), "");
}

#[test]
fn heads_are_answered_and_bodies_go_compressed() {
    for path in ["/", "/api", "/api/v1/observations", "/api/v1/areas", "/api/openapi.json"] {
        let (whole, head) = (ok(path), send(world(), Method::HEAD, path, &[]));
        assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""), "{path}");
        assert_eq!(head.header("etag"), whole.header("etag"));
        let packed = send(world(), Method::GET, path, &[("accept-encoding", "gzip")]);
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert!(packed.header("vary").contains("accept-encoding"));
    }
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
    let pages =
        ["/", "/releases", "/releases/2026-10.1", "/methodology", "/api", "/?area=E12000007&occupation=2", "/nothing"];
    let mut titles = BTreeSet::new();
    for path in pages {
        let page = get(path).body;
        for forbidden in ["<script", " style=", "javascript:", " onclick", "http://"] {
            let found = page.replace("http://www.w3.org", "").contains(forbidden);
            assert!(!found, "{path} holds {forbidden}");
        }
        assert!(page.contains("<html lang=\"en-GB\">") && page.contains("class=\"skip\""));
        assert!(
            titles.insert(page.split("</title>").next().unwrap().to_owned()),
            "{path}: another page has this title"
        );
        for part in ["<meta name=\"description\"", "<header", "<nav", "<main id=\"main\"", "<footer"] {
            assert!(page.contains(part), "{path} has no {part}");
        }
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
