//! The portals over HTTP: every posting is reachable, pages are well served, refusals come on request.
#![expect(clippy::unwrap_used, reason = "a portal that does not answer fails its test")]

use openvacancy_domain::PortalId;
use openvacancy_simulator::{Fault, Portal, Refusal, Simulator, World, WorldConfig, pages};
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

fn start(vacancies: u32) -> Simulator {
    let world = World::generate(WorldConfig { vacancies, ..WorldConfig::default() });
    Simulator::start(Arc::new(world)).unwrap()
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A plain HTTP/1.1 client, so that nothing is done to headers or bodies on the way.
fn get(simulator: &Simulator, portal: Portal, path: &str, headers: &str) -> Answer {
    let base = simulator.base_url(&portal.id()).unwrap();
    let mut stream = TcpStream::connect(base.strip_prefix("http://").unwrap()).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..at].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: bytes.split_off(at + 4) }
}

/// Values of an attribute-like prefix up to the next quote.
fn after<'a>(html: &'a str, prefix: &str) -> Vec<&'a str> {
    html.split(prefix).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_live_posting_is_reachable_through_the_lists() {
    let simulator = start(300);
    let world = simulator.world();
    for day in world.collection_days() {
        world.set_day(day);
        for portal in Portal::ALL {
            let mut found: BTreeSet<String> = BTreeSet::new();
            let mut path = match portal {
                Portal::Harbour => "/jobs?page=1".to_owned(),
                Portal::Civic => "/search?p=1".to_owned(),
                Portal::Feed => "/api/v1/vacancies?page=1&per_page=100".to_owned(),
            };
            loop {
                let page = get(&simulator, portal, &path, "");
                assert_eq!(page.status, 200);
                let text = page.text();
                let next = match portal {
                    Portal::Harbour => {
                        found.extend(after(&text, "job-card__title\" href=\"").into_iter().map(str::to_owned));
                        after(&text, "rel=\"next\" href=\"").first().map(ToString::to_string)
                    }
                    Portal::Civic => {
                        found.extend(after(&text, "<td><a href=\"").into_iter().map(str::to_owned));
                        after(&text, "class=\"next\" href=\"").first().map(ToString::to_string)
                    }
                    Portal::Feed => {
                        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
                        let results = json["results"].as_array().unwrap();
                        found.extend(results.iter().map(|result| result["url"].as_str().unwrap().to_owned()));
                        let page = json["page"].as_u64().unwrap();
                        let more = page * json["per_page"].as_u64().unwrap() < json["total"].as_u64().unwrap();
                        more.then(|| format!("/api/v1/vacancies?page={}&per_page=100", page + 1))
                    }
                };
                match next {
                    Some(next) => path = next,
                    None => break,
                }
            }
            let live: BTreeSet<String> = world
                .listings()
                .iter()
                .filter(|listing| listing.portal == portal && listing.is_live(day))
                .map(openvacancy_simulator::Listing::path)
                .collect();
            assert!(!live.is_empty());
            let missing: Vec<_> = live.difference(&found).collect();
            assert!(missing.is_empty(), "{}: {missing:?}", portal.as_str());
            let sample = live.iter().step_by(7);
            for path in sample {
                assert_eq!(get(&simulator, portal, path, "").status, 200, "{path}");
            }
        }
    }
}

#[test]
fn pages_show_what_the_truth_says() {
    let world = World::generate(WorldConfig { vacancies: 400, ..WorldConfig::default() });
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let mut seen = 0;
    for listing in world.listings().iter().filter(|listing| listing.fault.is_none()) {
        let page = pages::answer(&world, listing.portal, &listing.path(), "", listing.live_from);
        assert_eq!(page.status, 200);
        if page.content_type.contains("utf-8") {
            let html = String::from_utf8(page.body).unwrap();
            assert!(html.contains(&escaped(&listing.title)), "{}", listing.title);
            assert!(html.contains(&escaped(&listing.employer)));
            seen += 1;
        } else {
            // windows-1252: never valid UTF-8 where it says a pound sign.
            assert!(listing.portal == Portal::Civic);
        }
    }
    assert!(seen > 200);
}

#[test]
fn what_is_over_is_gone() {
    let simulator = start(300);
    let world = simulator.world();
    let last = world.month().last_day();
    world.set_day(last);
    let (mut gone, mut notices, mut not_found) = (0, 0, 0);
    for listing in world.listings().iter().filter(|listing| listing.live_to < last) {
        let page = get(&simulator, listing.portal, &listing.path(), "");
        match (listing.portal, page.status) {
            (Portal::Harbour, 410) => gone += 1,
            (Portal::Harbour, 200) => {
                assert!(page.text().contains("This job is no longer available"));
                notices += 1;
            }
            (Portal::Civic | Portal::Feed, 404) => not_found += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(gone > 5 && notices > 5 && not_found > 5, "{gone} {notices} {not_found}");
    let future = world.listings().iter().find(|listing| listing.live_from > world.month().first_day()).unwrap();
    world.set_day(world.month().first_day());
    assert_eq!(get(&simulator, future.portal, &future.path(), "").status, 404);
}

#[test]
fn unchanged_pages_answer_304_and_bodies_are_compressed_on_request() {
    let simulator = start(60);
    for (portal, path) in
        [(Portal::Harbour, "/jobs"), (Portal::Civic, "/search"), (Portal::Feed, "/api/v1/vacancies?page=1")]
    {
        let plain = get(&simulator, portal, path, "");
        let tag = plain.header("etag").unwrap().to_owned();
        let again = get(&simulator, portal, path, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0));
        let other = get(&simulator, portal, path, "If-None-Match: \"something-else\"\r\n");
        assert_eq!(other.status, 200);
        let packed = get(&simulator, portal, path, "Accept-Encoding: br, gzip;q=0.8\r\n");
        assert_eq!(packed.header("content-encoding"), Some("gzip"));
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);
        assert!(packed.body.len() < plain.body.len());
    }
    // The lists change with the day, and so do their tags.
    let before = get(&simulator, Portal::Harbour, "/jobs", "");
    simulator.world().set_day(simulator.world().month().last_day());
    assert_ne!(before.header("etag"), get(&simulator, Portal::Harbour, "/jobs", "").header("etag"));
}

#[test]
fn robots_forbid_what_the_lists_tempt_to() {
    let simulator = start(60);
    for (portal, path) in [(Portal::Harbour, "/jobs"), (Portal::Civic, "/search")] {
        let robots = get(&simulator, portal, "/robots.txt", "").text();
        assert!(
            robots.contains("User-agent: *")
                && robots.contains("Disallow: /private")
                && !robots.contains("Crawl-delay")
        );
        assert!(get(&simulator, portal, path, "").text().contains("href=\"/private/"));
        assert_eq!(simulator.requests_under(&portal.id(), "/private"), 0);
        get(&simulator, portal, "/private/job/featured-0000001", "User-Agent: rude\r\n");
        assert_eq!(simulator.requests_under(&portal.id(), "/private"), 1);
        assert_eq!(simulator.request_count(&portal.id()), 3);
        let last = simulator.requests(&portal.id()).pop().unwrap();
        assert_eq!((last.status, last.user_agent.as_str()), (200, "rude"));
    }
    let unknown = PortalId::from("reed");
    assert_eq!((simulator.base_url(&unknown), simulator.request_count(&unknown)), (None, 0));
}

#[test]
fn portals_refuse_on_request() {
    let simulator = start(20);
    let portal = Portal::Feed;
    let path = "/api/v1/vacancies";
    simulator.refuse_next(&portal.id(), 2, Refusal::TooManyRequests { retry_after: 3 });
    assert_eq!(get(&simulator, portal, "/robots.txt", "").status, 200);
    let refused = get(&simulator, portal, path, "");
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("3")));
    assert_eq!(get(&simulator, portal, path, "").status, 429);
    assert_eq!(get(&simulator, portal, path, "").status, 200);
    for (refusal, status) in [
        (Refusal::ServerError(503), 503),
        (Refusal::ServerError(200), 500),
        (Refusal::Forbidden, 403),
        (Refusal::Challenge, 200),
    ] {
        simulator.refuse_next(&portal.id(), 1, refusal);
        assert_eq!(get(&simulator, portal, path, "").status, status);
    }
    assert_eq!(get(&simulator, Portal::Civic, "/search", "").status, 200);
}

#[test]
fn malformed_pages_are_malformed_as_the_truth_says() {
    let config = WorldConfig { vacancies: 400, malformed_per_thousand: 500, ..WorldConfig::default() };
    let world = World::generate(config);
    let mut met = BTreeSet::new();
    for listing in world.listings() {
        let Some(fault) = listing.fault else { continue };
        if listing.portal == Portal::Feed {
            continue;
        }
        let page = pages::answer(&world, listing.portal, &listing.path(), "", listing.live_from);
        let text = String::from_utf8_lossy(&page.body).into_owned();
        match fault {
            Fault::MissingTitle => assert!(text.contains("title\"></h1>") && !text.contains("<title>Jobs"), "{text}"),
            Fault::TruncatedPage => assert!(!text.contains("</html>")),
            Fault::WrongEncoding => {
                assert!(page.content_type.contains("utf-8"));
                if listing.salary.as_deref().is_some_and(|salary| salary.contains('£')) {
                    assert!(String::from_utf8(page.body).is_err());
                }
            }
            Fault::AbsurdDate => assert!(text.contains("31/02/20")),
            Fault::HostileText => {
                assert!(text.contains("onerror=") && text.contains('\u{202e}'));
                assert!(!text.contains("<h1 class=\"job__title\"><script>"));
            }
            Fault::BrokenJsonLd => {
                let json = after_script(&text);
                assert!(serde_json::from_str::<serde_json::Value>(&json).is_err());
            }
            Fault::WrongTypes | Fault::HugePage => panic!("not on this portal"),
        }
        met.insert(fault);
    }
    assert_eq!(met.len(), 6, "{met:?}");
}

fn after_script(html: &str) -> String {
    let from = html.split("application/ld+json\">").nth(1).unwrap();
    from.split("</script>").next().unwrap().to_owned()
}

#[test]
fn a_page_of_40_mb_only_comes_when_asked_for() {
    let world = World::generate(WorldConfig { vacancies: 20, huge_pages: 12, ..WorldConfig::default() });
    let listing = world.listings().iter().find(|listing| listing.fault == Some(Fault::HugePage)).unwrap();
    let page = pages::answer(&world, listing.portal, &listing.path(), "", listing.live_from);
    assert_eq!(page.body.len(), 40 << 20);
}

#[test]
fn any_path_and_query_is_answered() {
    let world = World::generate(WorldConfig { vacancies: 30, ..WorldConfig::default() });
    for portal in Portal::ALL {
        for path in
            ["/", "//", "/job/", "/job/x-", "/vacancy/C", "/vacancies/é", "/api/v1/vacancies/0", "/jobs/../..", ""]
        {
            for query in ["", "page=0", "page=18446744073709551615&p=18446744073709551615", "per_page=0", "page=&&=%"] {
                let page = pages::answer(&world, portal, path, query, world.day());
                assert!((200..500).contains(&page.status), "{path} {query}");
            }
        }
    }
}

#[test]
fn a_simulator_can_start_inside_async_code_and_frees_its_ports() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let port = runtime.block_on(async {
        let simulator = start(5);
        let base = simulator.base_url(&Portal::Feed.id()).unwrap();
        base.rsplit(':').next().unwrap().parse::<u16>().unwrap()
    });
    let world = Arc::new(World::generate(WorldConfig { vacancies: 5, ..WorldConfig::default() }));
    let again = Simulator::start_at(Arc::clone(&world), [0, 0, port]).unwrap();
    assert!(again.base_url(&Portal::Feed.id()).unwrap().ends_with(&port.to_string()));
    let taken = Simulator::start_at(world, [0, 0, port]).unwrap_err();
    assert!(taken.to_string().contains("pretend-feed"), "{taken}");
}
