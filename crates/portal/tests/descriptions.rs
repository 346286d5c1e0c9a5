//! A mistake in a portal description is named with its line and column.

use openvacancy_portal::{PortalSpec, load_dir, portals};

const GOOD: &str = r#"id = "test"
name = "Test"
owner = "Nobody"
base_url = "https://example.org"
publish = ["title"]
[terms]
status = "permitted"
read_on = "2026-11-20"
note = "made up"
[rate]
requests_per_second = 0.5
concurrency = 1
[crawl]
start = ["/jobs"]
[[document]]
name = "posting"
format = "html"
recognise = { css = "h1" }
[document.fields]
title = [{ css = "h1" }]
salary = [{ label = ["Pay"] }, { css = ".pay", as = ["trim", { after = ":" }] }]
"#;

#[test]
fn a_good_description_is_read() {
    let spec = PortalSpec::from_toml("test.toml", GOOD).unwrap();
    assert_eq!(spec.start_urls()[0].as_str(), "https://example.org/jobs");
    let moved = spec.with_base_url("http://127.0.0.1:8080").unwrap();
    assert_eq!(moved.start_urls()[0].as_str(), "http://127.0.0.1:8080/jobs");
    assert!(moved.is_same_site(&"http://127.0.0.1:8080/x".parse().unwrap()));
    assert!(!moved.is_same_site(&"http://127.0.0.1:9090/x".parse().unwrap()));
    assert!(moved.with_base_url("nowhere").is_err());
}

#[test]
fn mistakes_are_named_with_their_place() {
    let check = |from: &str, to: &str, place: &str, said: &str| {
        assert!(GOOD.contains(from), "{from}");
        let error = PortalSpec::from_toml("test.toml", &GOOD.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.starts_with(&format!("test.toml:{place}: ")), "{error}");
        assert!(error.contains(said), "{error}");
    };
    check("owner = ", "ownner = ", "3:1", "unknown field `ownner`");
    check("status = \"permitted\"", "status = \"fine\"", "7:10", "unknown variant `fine`");
    check("read_on = \"2026-11-20\"", "read_on = \"soon\"", "8:11", "YYYY-MM-DD");
    check("requests_per_second = 0.5", "requests_per_second = 0.0", "11:23", "0.0001");
    check("concurrency = 1", "concurrency = 0", "12:15", "at least 1");
    check("base_url = \"https://example.org\"", "base_url = \"/jobs\"", "4:12", "absolute");
    check("publish = [\"title\"]", "publish = [\"prose\"]", "5:12", "no field 'prose'");
    check("{ css = \"h1\" }\n[doc", "{ css = \"h1[\" }\n[doc", "18:21", "CSS selector");
    check("title = [{ css = \"h1\" }]", "titel = [{ css = \"h1\" }]", "20:1", "no field 'titel'");
    check("title = [{ css = \"h1\" }]", "title = [{ css = \"h1\", json = \"a\" }]", "20:10", "one place");
    check("title = [{ css = \"h1\" }]", "title = [{ css = \"h1\", as = [\"trimm\"] }]", "20:30", "unknown variant");
    check(
        "title = [{ css = \"h1\" }]",
        "title = [{ css = \"h1\", as = [{ regex = \"(\" }] }]",
        "20:30",
        "regular expression",
    );
    check("title = [{ css = \"h1\" }]", "title = [{ jsonld = \"a..b\" }]", "20:21", "empty name");
    check("title = [{ css = \"h1\" }]", "title = []", "20:1", "no rule");
    check("title = [{ css = \"h1\" }]\n", "", "16:8", "no 'title'");
    check("format = \"html\"", "format = \"json\"", "21:11", "HTML documents only");
    check("start = [\"/jobs\"]", "start = [\"/jobs\"", "15:1", "");
}

#[test]
fn one_bad_description_does_not_keep_the_others_away() {
    let folder = std::env::temp_dir().join(format!("openvacancy-portal-{}", std::process::id()));
    for (id, text) in [("test", GOOD.to_owned()), ("bad", "id = 3".to_owned()), ("twin", GOOD.to_owned())] {
        std::fs::create_dir_all(folder.join(id)).unwrap();
        std::fs::write(folder.join(id).join("portal.toml"), text).unwrap();
    }
    std::fs::create_dir_all(folder.join("empty")).unwrap();
    let loaded = load_dir(&folder);
    assert_eq!((loaded.portals.len(), loaded.errors.len()), (1, 2), "{:?}", loaded.errors);
    let all = portals(Some(&folder));
    assert_eq!(all.portals.len(), 4);
    assert_eq!(load_dir(&folder.join("nowhere")).errors.len(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}
