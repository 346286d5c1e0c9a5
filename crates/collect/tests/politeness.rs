//! Politeness and persistence, asserted from the server's side and from the store's.

#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure there is the test's failure")]

mod server;

use openvacancy_collect::{Archive, Cancel, CollectError, NoProgress, Report, Settings, collect, replay};
use openvacancy_domain::ports::{FrontierStore, PostingStore, RunLog, Store};
use openvacancy_domain::{Clock, FixedClock, PostingId, RunState};
use openvacancy_portal::PortalSpec;
use openvacancy_store::SqliteStore;
use server::{Asked, Server, cut_off, respond};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

const SPEC: &str = r#"id = "test"
name = "Test"
owner = "Nobody"
base_url = "http://127.0.0.1"
[terms]
status = "permitted"
read_on = "2026-11-20"
note = "made up"
[rate]
requests_per_second = 400.0
concurrency = 4
[crawl]
start = ["/list?p=1"]
max_listing_pages = 20
[[document]]
name = "listing"
format = "html"
recognise = { url = '^/list' }
items = { css = "li" }
posting_link = [{ css = "a", attr = "href" }]
next = [{ css = "a.next", attr = "href" }]
[[document]]
name = "posting"
format = "html"
recognise = { url = '^/job/' }
[document.fields]
portal_posting_id = [{ url = '^/job/(\d+)' }]
title = [{ css = "h1" }]
salary = [{ css = ".none" }]
"#;

struct Bench {
    folder: TempDir,
    store: Arc<SqliteStore>,
    clock: Arc<FixedClock>,
    settings: Settings,
    spec: PortalSpec,
}

impl Bench {
    fn new(server: &Server, spec: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
        let settings = Settings {
            backoff: Duration::from_millis(5),
            pause_unasked: Duration::from_millis(50),
            timeout: Duration::from_secs(5),
            batch_delay: Duration::from_millis(20),
            ..Settings::default()
        };
        let spec = PortalSpec::from_toml("test.toml", spec).unwrap().with_base_url(&server.base).unwrap();
        let clock = Arc::new(FixedClock::new("2026-11-02T09:00:00Z".parse().unwrap()));
        Self { folder, store, clock, settings, spec }
    }

    fn archive(&self) -> Archive {
        Archive::new(self.folder.path().join("archive"))
    }

    async fn try_run(&self, cancel: &Cancel) -> Result<Report, CollectError> {
        let store: Arc<dyn Store> = Arc::clone(&self.store) as Arc<dyn Store>;
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as Arc<dyn Clock>;
        let report = collect(&self.spec, store, &self.archive(), clock, &self.settings, &NoProgress, cancel).await;
        if let Ok(report) = &report {
            let counts = report.counts;
            assert_eq!(counts.read, counts.stored + counts.unchanged + counts.rejected, "every posting accounted for");
            assert_eq!(self.store.run(report.run).unwrap().state, report.state);
        }
        report
    }

    async fn run(&self) -> Report {
        self.try_run(&Cancel::new()).await.unwrap()
    }

    /// The next day's round.
    async fn next_day(&self) -> Report {
        self.clock.advance(chrono::Duration::days(1));
        self.run().await
    }

    /// Ids of all postings, `*` after those that are closed, with the reason.
    fn postings(&self) -> Vec<String> {
        let stored = self.store.postings(0, 10_000).unwrap();
        let mut shown: Vec<String> = stored
            .iter()
            .map(|stored| match &stored.closed_why {
                Some(why) => format!("{}*{why}", stored.posting.id().id),
                None => stored.posting.id().id,
            })
            .collect();
        shown.sort();
        shown
    }

    fn problem_codes(&self, report: &Report) -> BTreeSet<String> {
        self.store.problems(report.run, 1_000).unwrap().into_iter().map(|problem| problem.code).collect()
    }
}

fn list(ids: impl IntoIterator<Item = u32>, next: Option<u32>) -> Vec<u8> {
    let mut body = String::from("<html><ul>");
    for id in ids {
        body.push_str(&format!("<li><a href=\"/job/{id}\">job</a></li>"));
    }
    body.push_str("</ul>");
    if let Some(next) = next {
        body.push_str(&format!("<a class=next href=\"/list?p={next}\">Next</a>"));
    }
    respond(200, &[], &(body + "</html>"))
}

fn job(path: &str) -> Vec<u8> {
    respond(200, &[], &format!("<html><h1>Job at {path}</h1><p class=pay>£{} an hour</p></html>", path.len()))
}

fn robots(text: &str) -> Vec<u8> {
    respond(200, &["Content-Type: text/plain"], text)
}

/// A board with these postings, on one page, and a way to put other answers in between.
fn board(
    ids: Vec<u32>,
    other: impl Fn(&Asked) -> Option<Vec<u8>> + Send + Sync + 'static,
) -> (Server, Arc<Mutex<Vec<u32>>>) {
    let ids = Arc::new(Mutex::new(ids));
    let listed = Arc::clone(&ids);
    let server = Server::start(move |asked| {
        if let Some(answer) = other(asked) {
            return answer;
        }
        match asked.path.as_str() {
            "/robots.txt" => robots("User-agent: *\nDisallow: /private\n"),
            "/list?p=1" => list(listed.lock().unwrap().iter().copied(), None),
            path if path.starts_with("/job/") => job(path),
            _ => respond(404, &[], "no"),
        }
    });
    (server, ids)
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_is_asked_first_and_obeyed() {
    let (server, _) = board(vec![], |asked| {
        (asked.path == "/list?p=1").then(|| {
            respond(200, &[], "<html><li><a href=/job/1>a</a><li><a href=/private/2>b</a><li><a href=http://127.0.0.9/job/3>c</a></html>")
        })
    });
    let bench = Bench::new(&server, SPEC);
    let report = bench.run().await;
    assert_eq!((report.state, report.disallowed, report.listing_complete), (RunState::Done, 1, true));
    assert_eq!(bench.postings(), ["1"]);
    let asked = server.asked();
    assert_eq!(asked[0].path, "/robots.txt");
    assert_eq!(server.count("/robots.txt"), 1);
    assert!(!asked.iter().any(|asked| asked.path.starts_with("/private")));
    assert!(asked.iter().all(|asked| asked.header("user-agent").unwrap().starts_with("OpenVacancy/")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robots_file_in_trouble_or_a_refusal_means_leaving() {
    for status in [500, 403] {
        let (server, _) = board(vec![1], move |asked| (asked.path == "/robots.txt").then(|| respond(status, &[], "x")));
        let report = Bench::new(&server, SPEC).run().await;
        assert_eq!(report.state, RunState::Failed);
        assert!(report.stopped.unwrap().contains(&status.to_string()));
        assert!(server.asked().iter().all(|asked| asked.path == "/robots.txt"));
    }
    // HTML with status 200 is not a robots file.
    let (server, _) =
        board(vec![1], |asked| (asked.path == "/robots.txt").then(|| respond(200, &[], "<html>Disallow: /</html>")));
    assert_eq!(Bench::new(&server, SPEC).run().await.counts.stored, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_promised_rate_and_the_delay_asked_for_are_kept() {
    let check = async |spec: String, rules: &'static str, period: Duration| {
        let (server, _) = board((1..=7).collect(), move |asked| (asked.path == "/robots.txt").then(|| robots(rules)));
        let bench = Bench::new(&server, &spec);
        assert_eq!(bench.run().await.counts.stored, 7);
        let at: Vec<_> = server.asked().iter().map(|asked| asked.at).collect();
        assert_eq!(at.len(), 9);
        // One request may be held up on its way and the next not, so single gaps may be shorter; runs of them may not.
        for window in at.windows(4) {
            let taken = window[3] - window[0];
            assert!(taken + Duration::from_millis(40) >= period * 3, "{taken:?} for three periods of {period:?}");
        }
    };
    let slow = SPEC.replace("requests_per_second = 400.0", "requests_per_second = 10.0");
    check(slow.clone(), "", Duration::from_millis(100)).await;
    check(slow, "User-agent: *\nCrawl-delay: 0.2", Duration::from_millis(200)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn retry_after_is_waited_for() {
    let (server, _) = board(vec![1, 2, 3], |asked| {
        (asked.path == "/job/2" && asked.earlier == 0).then(|| respond(429, &["Retry-After: 1"], "wait"))
    });
    let bench = Bench::new(&server, &SPEC.replace("concurrency = 4", "concurrency = 1"));
    let report = bench.run().await;
    assert_eq!((report.state, report.counts.stored), (RunState::Done, 3));
    let asked = server.asked();
    let refused = asked.iter().position(|asked| asked.path == "/job/2").unwrap();
    assert!(asked[refused + 1].at - asked[refused].at >= Duration::from_millis(990), "nothing is asked for meanwhile");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_again_and_again_or_too_long_a_wait_means_leaving() {
    let (server, _) = board(vec![1], |asked| asked.path.starts_with("/job/").then(|| respond(429, &[], "no")));
    let report = Bench::new(&server, SPEC).run().await;
    assert_eq!((report.state, server.count("/job/1")), (RunState::Failed, 3));
    let (server, _) =
        board(vec![1], |asked| asked.path.starts_with("/job/").then(|| respond(429, &["Retry-After: 86400"], "no")));
    let report = Bench::new(&server, SPEC).run().await;
    assert!(report.stopped.unwrap().contains("86400 seconds"));
    assert_eq!(server.count("/job/1"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_in_trouble_is_tried_again_and_a_posting_it_cannot_show_stays_open() {
    let broken = Arc::new(AtomicBool::new(false));
    let trouble = Arc::clone(&broken);
    let (server, _) = board(vec![1, 2], move |asked| {
        let fails = asked.path == "/job/1" && (asked.earlier < 2 || trouble.load(Ordering::SeqCst));
        fails.then(|| respond(503, &[], "trouble"))
    });
    let bench = Bench::new(&server, SPEC);
    let report = bench.run().await;
    assert_eq!((report.state, report.counts.stored, report.given_up), (RunState::Done, 2, 0));
    assert_eq!(server.count("/job/1"), 3);
    broken.store(true, Ordering::SeqCst);
    let report = bench.next_day().await;
    assert_eq!((report.state, report.given_up, report.listing_complete), (RunState::Done, 1, true));
    assert!(bench.problem_codes(&report).contains("not_fetched"));
    assert_eq!(bench.postings(), ["1", "2"], "listed, but not to be read: still open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_or_a_challenge_stops_the_portal_and_closes_nothing() {
    for answer in [
        respond(403, &[], "no"),
        respond(200, &[], "<html><head><title>Just a moment...</title></head><p>Checking your browser</p></html>"),
    ] {
        let refusing = Arc::new(AtomicBool::new(false));
        let switch = Arc::clone(&refusing);
        let (server, ids) = board(vec![1, 2, 3, 4, 5], move |asked| {
            (asked.path == "/job/2" && switch.load(Ordering::SeqCst)).then(|| answer.clone())
        });
        let bench = Bench::new(&server, &SPEC.replace("concurrency = 4", "concurrency = 1"));
        bench.run().await;
        refusing.store(true, Ordering::SeqCst);
        ids.lock().unwrap().retain(|id| *id != 5);
        server.forget();
        let report = bench.next_day().await;
        assert_eq!((report.state, report.listing_complete), (RunState::Failed, false));
        assert_eq!(server.asked().last().unwrap().path, "/job/2", "nothing is asked for afterwards");
        assert_eq!(bench.postings(), ["1", "2", "3", "4", "5"]);
        // The round goes on where it stopped, and then closes what is not listed.
        refusing.store(false, Ordering::SeqCst);
        let report = bench.next_day().await;
        assert!(report.resumed && report.listing_complete);
        assert_eq!(bench.postings(), ["1", "2", "3", "4", "5*unlisted"]);
        assert_eq!(server.count("/job/1"), 1, "nothing is fetched twice in a round");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_cut_off_is_fetched_again() {
    let (server, _) = board(vec![1, 2], |asked| match (asked.path.as_str(), asked.earlier) {
        ("/job/1", 0) => Some(cut_off("<html><h1>Half a")),
        ("/job/2", _) => Some(cut_off("<html><h1>Half a")),
        _ => None,
    });
    let bench = Bench::new(&server, SPEC);
    let report = bench.run().await;
    assert_eq!((report.counts.stored, report.given_up), (1, 1));
    assert_eq!((server.count("/job/1"), server.count("/job/2")), (2, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_followed_within_the_portal_and_not_for_ever() {
    let (server, _) = board(vec![1, 2, 3, 4], |asked| match asked.path.as_str() {
        "/job/1" => Some(respond(302, &["Location: /job/1"], "")),
        "/job/2" => Some(respond(301, &["Location: http://127.0.0.9/job/2"], "")),
        "/job/3" => Some(respond(302, &["Location: /private/3"], "")),
        "/job/4" => Some(respond(302, &["Location: /job/4/new-slug"], "")),
        _ => None,
    });
    let bench = Bench::new(&server, SPEC);
    let report = bench.run().await;
    assert_eq!((report.state, report.counts.stored, report.disallowed), (RunState::Done, 1, 1));
    let codes = bench.problem_codes(&report);
    assert!(codes.contains("redirect_loop") && codes.contains("off_site"), "{codes:?}");
    assert_eq!(bench.postings(), ["4"]);
    assert_eq!(server.count("/private/3"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_changed_is_not_sent_again() {
    let (server, _) = board(vec![1], |asked| {
        let known = asked.header("if-none-match") == Some("\"v1\"");
        match asked.path.as_str() {
            "/job/1" if known => Some(respond(304, &["ETag: \"v1\""], "")),
            "/job/1" => Some(respond(200, &["ETag: \"v1\""], "<html><h1>Job</h1></html>")),
            _ => None,
        }
    });
    let bench = Bench::new(&server, SPEC);
    bench.run().await;
    for _ in 0..2 {
        let report = bench.next_day().await;
        assert_eq!((report.not_modified, report.counts.unchanged, report.counts.stored), (1, 1, 0));
    }
    let id = PostingId { portal: bench.spec.id.clone(), id: "1".to_owned() };
    let stored = bench.store.posting(&id).unwrap().unwrap();
    assert_eq!(stored.last_seen, Some(bench.clock.now()), "not modified is a sighting");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_copy_is_fetched_again() {
    let (server, _) = board(vec![1], |asked| {
        let known = asked.header("if-none-match").is_some();
        (asked.path == "/job/1").then(|| match known {
            true => respond(304, &["ETag: \"v1\""], ""),
            false => respond(200, &["ETag: \"v1\""], "<html><h1>Job</h1></html>"),
        })
    });
    let bench = Bench::new(&server, SPEC);
    bench.run().await;
    std::fs::remove_dir_all(bench.archive().root()).unwrap();
    let report = bench.next_day().await;
    assert_eq!((report.counts.unchanged, report.not_modified, server.count("/job/1")), (1, 0, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_that_shows_far_less_than_it_says_closes_nothing() {
    let (server, ids) = board((1..=20).collect(), |_| None);
    let bench = Bench::new(&server, &SPEC.replace("items = {", "total = [{ constant = \"20\" }]\nitems = {"));
    bench.run().await;
    ids.lock().unwrap().truncate(12);
    let report = bench.next_day().await;
    assert_eq!((report.listing_complete, report.counts.closed), (false, 0));
    assert!(bench.problem_codes(&report).contains("listing_incomplete"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_complete_listing_no_longer_shows_is_closed_and_nothing_else() {
    let (server, ids) = board(vec![1, 2, 3, 4], |asked| {
        (asked.path == "/job/4" && asked.earlier > 0).then(|| respond(410, &[], "gone"))
    });
    let bench = Bench::new(&server, SPEC);
    bench.run().await;
    ids.lock().unwrap().retain(|id| *id != 2);
    let report = bench.next_day().await;
    assert_eq!(report.counts.closed, 2);
    assert_eq!(bench.postings(), ["1", "2*unlisted", "3", "4*gone"]);
    // A listing that shows nothing and does not say why is a fault of the page, not the end of all postings.
    ids.lock().unwrap().clear();
    let report = bench.next_day().await;
    assert_eq!((report.listing_complete, report.counts.closed), (false, 0));
    assert!(bench.problem_codes(&report).contains("listing_incomplete"));
    assert_eq!(bench.postings(), ["1", "2*unlisted", "3", "4*gone"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_posting_that_left_the_listing_is_asked_once_more_where_the_portal_wants_it() {
    let (server, ids) =
        board(vec![1, 2, 3], |asked| (asked.path == "/job/3" && asked.earlier > 0).then(|| respond(404, &[], "gone")));
    let bench = Bench::new(&server, &SPEC.replace("max_listing_pages = 20", "confirm_unlisted = true"));
    bench.run().await;
    ids.lock().unwrap().retain(|id| *id == 1);
    let report = bench.next_day().await;
    assert_eq!(report.state, RunState::Done);
    assert_eq!(bench.postings(), ["1", "2", "3*gone"], "2 is not listed but still shown");
}

#[tokio::test(flavor = "multi_thread")]
async fn paging_in_circles_ends() {
    let served = AtomicUsize::new(0);
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/robots.txt" => robots(""),
        path if path.starts_with("/list") => {
            let page = u32::try_from(served.fetch_add(1, Ordering::SeqCst)).unwrap();
            list([1, 2], Some(page + 2))
        }
        path => job(path),
    });
    let bench = Bench::new(&server, SPEC);
    let report = bench.run().await;
    assert_eq!((report.counts.stored, report.listing_complete), (2, false));
    assert_eq!(server.asked().iter().filter(|asked| asked.path.starts_with("/list")).count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_past_the_cap_is_a_problem_and_not_read_to_its_end() {
    let (server, _) = board(vec![1, 2], |asked| {
        (asked.path == "/job/1").then(|| respond(200, &[], &format!("<html><h1>Big</h1>{}", " ".repeat(300_000))))
    });
    let mut bench = Bench::new(&server, SPEC);
    bench.settings.body_cap = 100_000;
    let report = bench.run().await;
    assert_eq!((report.counts.stored, report.counts.rejected), (1, 1));
    assert!(bench.problem_codes(&report).contains("too_large"));
}

/// A board of `pages` listing pages with ten postings each.
fn long_board(pages: u32) -> Server {
    Server::start(move |asked| match asked.path.as_str() {
        "/robots.txt" => robots(""),
        path => match path.strip_prefix("/list?p=").and_then(|page| page.parse::<u32>().ok()) {
            Some(page) => list((page * 10)..(page * 10 + 10), (page < pages).then_some(page + 1)),
            None => job(path),
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_round_goes_on_and_fetches_nothing_twice() {
    let server = long_board(6);
    let bench = Bench::new(&server, &SPEC.replace("400.0", "100.0"));
    let mut rounds = 0;
    loop {
        let cancel = Cancel::new();
        let stop = cancel.clone();
        let timer = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(150)).await;
            stop.cancel();
        });
        let report = bench.try_run(&cancel).await.unwrap();
        timer.abort();
        rounds += 1;
        assert_eq!(report.resumed, rounds > 1);
        if report.state == RunState::Done {
            break;
        }
        assert_eq!(report.state, RunState::Interrupted);
        assert!(rounds < 60, "it never ends");
    }
    assert!(rounds > 1, "it was interrupted at least once");
    assert_eq!(bench.postings().len(), 60);
    let mut paths: Vec<String> =
        server.asked().into_iter().map(|asked| asked.path).filter(|path| path != "/robots.txt").collect();
    let all = paths.len();
    paths.sort();
    paths.dedup();
    assert_eq!((paths.len(), all), (66, 66), "each page once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_round_goes_on_with_at_most_the_pages_on_their_way_fetched_twice() {
    let server = long_board(20);
    let mut bench = Bench::new(&server, &SPEC.replace("400.0", "150.0"));
    bench.settings.batch = 1;
    let mut kills = 0;
    for millis in [30, 60, 110, 45, 160, 80, 200] {
        // Dropping the round is what a kill leaves behind: no farewell, whatever was not in a transaction is lost.
        let cancel = Cancel::new();
        if tokio::time::timeout(Duration::from_millis(millis), bench.try_run(&cancel)).await.is_err() {
            kills += 1;
        }
        // The writer's lock goes with the last blocking task that holds it.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(kills > 2);
    // 220 pages at 150 a second take longer than all these tries, so the round is still the first.
    assert!(bench.run().await.resumed);
    assert_eq!(bench.postings().len(), 200);
    let mut paths: Vec<String> =
        server.asked().into_iter().map(|asked| asked.path).filter(|path| path != "/robots.txt").collect();
    let all = paths.len();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 220);
    let on_their_way = (bench.spec.rate.concurrency as usize + 2) * kills;
    assert!(all <= 220 + on_their_way, "{all} requests for 220 pages after {kills} kills");
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_budget_is_kept_over_runs() {
    let server = long_board(3);
    let bench = Bench::new(&server, &SPEC.replace("concurrency = 4", "concurrency = 2\nrequests_per_day = 12"));
    let report = bench.run().await;
    assert_eq!(report.state, RunState::Interrupted);
    assert!(report.stopped.unwrap().contains("budget"));
    bench.run().await;
    assert!(server.asked().len() <= 13, "{}", server.asked().len());
    let mut days = 1;
    while bench.next_day().await.state != RunState::Done {
        days += 1;
        assert!(days < 10);
    }
    assert_eq!(bench.postings().len(), 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mended_description_recovers_the_past_from_the_archive() {
    let (server, ids) = board(vec![1, 2], |_| None);
    let mut bench = Bench::new(&server, SPEC);
    bench.run().await;
    ids.lock().unwrap().retain(|id| *id == 1);
    bench.next_day().await;
    let mended = SPEC.replace("css = \".none\"", "css = \".pay\"");
    bench.spec = PortalSpec::from_toml("test.toml", &mended).unwrap().with_base_url(&server.base).unwrap();
    server.forget();
    let report =
        replay(&bench.spec, &*bench.store, &bench.archive(), &*bench.clock, &NoProgress, &Cancel::new()).unwrap();
    assert_eq!(report.counts.read, 3);
    assert!(server.asked().is_empty(), "a replay asks nobody");
    let stored = bench.store.postings(0, 10).unwrap();
    assert!(stored.iter().all(|stored| stored.posting.salary.as_deref() == Some("£6 an hour")), "{stored:?}");
    assert_eq!(bench.postings(), ["1", "2*unlisted"], "what was closed stays closed");
    let captures = bench.store.captures(&bench.spec.id, 0, 100).unwrap();
    assert_eq!(captures.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_leave_or_a_contact_nothing_is_asked() {
    let (server, _) = board(vec![1], |_| None);
    let mut bench = Bench::new(&server, &SPEC.replace("\"permitted\"", "\"needs_permission\""));
    assert!(matches!(bench.try_run(&Cancel::new()).await, Err(CollectError::NotPermitted { .. })));
    assert!(server.asked().is_empty());
    bench.settings.permissions = vec![bench.spec.id.clone()];
    assert_eq!(bench.run().await.state, RunState::Done);
    let far =
        Bench { spec: bench.spec.clone().with_base_url("https://example.org").unwrap(), ..Bench::new(&server, SPEC) };
    let far = Bench { settings: Settings { permissions: vec![far.spec.id.clone()], ..far.settings.clone() }, ..far };
    assert!(matches!(far.try_run(&Cancel::new()).await, Err(CollectError::NoContact { .. })));
}
