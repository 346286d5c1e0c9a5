//! The pretend portals collected over real HTTP and held against the simulator's truth.

use openvacancy_collect::{Archive, Cancel, NoProgress, Report, Settings, collect};
use openvacancy_domain::ports::{PostingStore, RunLog, Store};
use openvacancy_domain::{Clock, FixedClock, Posting, RunState};
use openvacancy_simulator::{Portal, Simulator, World, WorldConfig};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn two_rounds_see_what_the_portals_showed() {
    let world = Arc::new(World::generate(WorldConfig { vacancies: 260, ..WorldConfig::default() }));
    let simulator = Simulator::start(Arc::clone(&world)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite")).unwrap());
    let archive = Archive::new(folder.path().join("archive"));
    let clock = Arc::new(FixedClock::new(chrono::DateTime::UNIX_EPOCH));
    let days = world.collection_days();
    let mut reports: Vec<Report> = Vec::new();
    for day in days {
        world.set_day(day);
        clock.set(day.and_hms_opt(12, 0, 0).unwrap().and_utc());
        for spec in openvacancy_portal::builtin() {
            let base = simulator.base_url(&spec.id).unwrap();
            let spec = spec.with_base_url(&base).unwrap();
            let shared: Arc<dyn Store> = Arc::clone(&store) as Arc<dyn Store>;
            let time: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
            let report = collect(&spec, shared, &archive, time, &Settings::default(), &NoProgress, &Cancel::new())
                .await
                .unwrap();
            assert_eq!((report.state, report.listing_complete), (RunState::Done, true), "{report:?}");
            let counts = report.counts;
            assert_eq!(counts.read, counts.stored + counts.unchanged + counts.rejected);
            reports.push(report);
        }
    }
    let stored: BTreeMap<_, _> =
        store.postings(0, 100_000).unwrap().into_iter().map(|stored| (stored.posting.id(), stored)).collect();
    // Nothing lost, nothing invented.
    for truth in world.truth() {
        let expected = truth.is_live_on_any(&days) && truth.is_usable();
        assert_eq!(stored.contains_key(&truth.posting), expected, "{:?}", truth.posting);
        let Some(found) = stored.get(&truth.posting) else { continue };
        let live_at_the_end = truth.live_from <= days[1] && truth.live_to >= days[1];
        assert_eq!(found.closed_on.is_none(), live_at_the_end, "{:?} {:?}", truth.posting, found.closed_why);
    }
    let unusable = world.truth().iter().filter(|t| t.is_live_on_any(&days) && !t.is_usable()).count();
    let rejected: u64 = reports.iter().map(|report| report.counts.rejected).sum();
    assert!(rejected as usize >= unusable, "{rejected} rejected, {unusable} unusable postings were shown");
    assert!(reports.iter().any(|report| report.not_modified > 0), "the second round asks conditionally");
    assert!(store.portal_spans().unwrap().len() == 3 && !store.runs(10).unwrap().is_empty());
    for portal in Portal::ALL {
        assert_eq!(simulator.requests_under(&portal.id(), "/private"), 0);
    }
    compare(&world, &stored.into_iter().map(|(id, stored)| (id.to_string(), stored.posting)).collect());
}

/// Field by field with what a perfect parser would read, over the postings that are not malformed.
fn compare(world: &World, stored: &BTreeMap<String, Posting>) {
    let mut differing: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut compared = 0;
    for perfect in world.postings() {
        let id = perfect.id();
        let Some(found) = stored.get(&id.to_string()) else { continue };
        if world.truth_of(&id).is_none_or(|truth| truth.malformed.is_some()) {
            continue;
        }
        compared += 1;
        let mut field = |name: &'static str, found: &Option<String>, perfect: &Option<String>| {
            if found != perfect {
                differing.entry(name).or_default().push(format!("{id}: {found:?} for {perfect:?}"));
            }
        };
        field("title", &Some(found.title.clone()), &Some(perfect.title.clone()));
        field("employer", &found.employer, &perfect.employer);
        // Where the visible line is missing, the structured address stands in for it.
        if perfect.location.is_some() {
            field("location", &found.location, &perfect.location);
        }
        field("contract", &found.contract, &perfect.contract);
        field("postcode", &found.postcode, &perfect.postcode.clone().filter(|_| found.postcode.is_some()));
        field("salary", &found.salary, &perfect.salary);
        field("reference", &found.reference, &perfect.reference);
        field("category", &found.category, &perfect.category);
        field("date_posted", &found.date_posted, &perfect.date_posted);
        field("date_closing", &found.date_closing, &perfect.date_closing);
        let words =
            |text: &Option<String>| text.as_ref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        field("description", &words(&found.description), &words(&perfect.description));
    }
    assert!(compared > 250, "{compared}");
    let shown: Vec<String> =
        differing.iter().map(|(name, all)| format!("{name}: {} of {compared}, first {}", all.len(), all[0])).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
