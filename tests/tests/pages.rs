//! The served API and page, as a program and a person meet them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use openvacancy_tests::{Bench, Ran};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A title that would run in a careless page.
const HOSTILE: &str = "<script>document.title='taken'</script><img src=x onerror=alert(1)> Cook \u{202e}kooC";

/// The server, ended with the test.
struct Served {
    child: Child,
    base: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn start(bench: &Bench) -> Self {
        let mut child = bench.command(&["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.split_whitespace().nth(1).unwrap_or_default().trim_end_matches('/').to_owned();
        assert!(base.starts_with("http://127.0.0.1:"), "the server says where it listens: {line}");
        Self { child, base }
    }

    fn client() -> reqwest::Client {
        // A second installation of the same provider answers with an error that means nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::new()
    }
}

fn bench() -> Bench {
    let bench = Bench::new();
    let lines: Vec<String> = (0..60)
        .map(|number| {
            let title = if number == 0 { HOSTILE } else { "Registered Nurse" };
            serde_json::json!({
                "portal": "board", "portal_posting_id": number.to_string(), "title": title, "employer": format!("Ward {number}"),
                "location": "Leeds", "salary": "£33,000 per annum", "url": format!("https://board.example/{number}"),
                "contract": "Permanent", "hours": "Full time", "date_posted": "2026-10-07",
                "description": format!("Nursing post {number} on ward {}. A degree and experience are needed.", number * 31),
            })
            .to_string()
        })
        .collect();
    let file = bench.write("ads.jsonl", lines.join("\n"));
    let done = |ran: Ran| drop(ran.ok());
    done(bench.run(&["import", &file, "--as-of", "2026-10-08"]));
    done(bench.run(&["process"]));
    done(bench.run(&["release", "build", "2026-10"]));
    done(bench.run(&["release", "check", "2026-10"]));
    done(bench.run(&["release", "publish", "2026-10"]));
    bench
}

#[tokio::test]
async fn the_api_answers_pages_and_refuses_writes() {
    let bench = bench();
    let served = Served::start(&bench);
    let client = Served::client();
    let get = |path: String| {
        let request = client.get(format!("{}{path}", served.base));
        async move { request.send().await.unwrap() }
    };
    assert_eq!(get("/health".to_owned()).await.status(), 200);

    let mut seen = 0;
    let mut path = "/api/v1/vacancies?limit=25".to_owned();
    loop {
        let page: serde_json::Value = get(path).await.json().await.unwrap();
        seen += page["data"].as_array().unwrap().len();
        match page["meta"]["next"].as_str() {
            Some(next) => path = format!("/api/v1/vacancies?limit=25&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, 60);

    let answer = get("/api/v1/observations?indicator=vacancies_flow&area=K02000001&occupation=total".to_owned()).await;
    let etag = answer.headers()["etag"].clone();
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["data"][0]["value"].as_f64(), Some(60.0));
    let again = client
        .get(format!("{}/api/v1/observations?indicator=vacancies_flow&area=K02000001&occupation=total", served.base))
        .header("if-none-match", etag)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);

    let wrong = get("/api/v1/observations?colour=red".to_owned()).await;
    assert_eq!(wrong.status(), 400);
    assert_eq!(wrong.headers()["content-type"], "application/problem+json");
    let refused = client.post(format!("{}/api/v1/vacancies", served.base)).body("{}").send().await.unwrap();
    assert_eq!(refused.status(), 401);
}

fn chromium() -> Option<PathBuf> {
    ["/usr/bin/chromium", "/usr/bin/google-chrome"].map(PathBuf::from).into_iter().find(|path| path.exists())
}

#[test]
fn every_page_is_accessible_and_fits_every_screen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let target = root.join("target");
    let modules = target.join("browser");
    let (Some(chromium), true) = (chromium(), modules.join("node_modules/playwright-core").is_dir()) else {
        eprintln!("SKIPPED every_page_is_accessible: needs Chromium, node and npm; tests/run installs the rest");
        return;
    };
    let bench = bench();
    let served = Served::start(&bench);
    let looked = Command::new("node")
        .arg(root.join("tests/browser/look.mjs"))
        .args([modules.as_os_str(), served.base.as_ref(), chromium.as_os_str()])
        .args([target.join("screenshots"), bench.path("profile")])
        .output()
        .unwrap();
    let told = [looked.stdout, looked.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(looked.status.success(), "what the browser found:\n{told}");
}

#[test]
fn the_explore_page_shows_in_a_browser_and_hostile_text_stays_text() {
    let Some(chromium) = chromium() else {
        eprintln!("SKIPPED the_explore_page_shows_in_a_browser: no Chromium; tests/run installs it");
        return;
    };
    let bench = bench();
    let served = Served::start(&bench);
    let dump = |path: &str| {
        let output = Command::new(&chromium)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"])
            .arg(format!("--user-data-dir={}", bench.path("browser").display()))
            .arg(format!("{}{path}", served.base))
            .stderr(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let page = dump("/");
    assert!(page.contains("October 2026"), "the month is named:\n{page}");
    assert!(page.contains("<svg"), "a picture is shown");
    assert!(page.contains("<table"), "with its table");
    assert!(!page.contains("<title>taken") && !page.contains("<script>document"), "no text of an advertisement runs");
}
