//! The demo does the main job, says how well, and does it again to the same digest.

use openvacancy_tests::Bench;
use serde_json::Value;

/// Recall and precision the demo must reach on a pretend world. Floors below what was measured, so that a fall shows.
const FLOORS: &[(&str, &str, f64, f64)] = &[
    ("collect", "sound postings found", 1.0, 1.0),
    ("collect", "unusable pages rejected", 1.0, 1.0),
    ("place", "district", 0.95, 0.97),
    ("pay", "lower figure", 0.95, 0.95),
    ("pay", "period", 0.95, 0.95),
    ("occupation", "SOC 2020, 4 digits", 0.90, 0.90),
    ("terms", "contract", 0.95, 0.95),
    ("dates", "posted", 0.97, 0.97),
    ("duplicates", "pairs of one vacancy", 0.80, 0.78),
    ("duplicates", "look-alikes kept apart", 0.88, 0.88),
];

fn demo(bench: &Bench) -> Value {
    bench.run(&["demo", "--once", "--json", "--vacancies", "600"]).ok().json()
}

#[test]
fn the_demo_releases_a_month_and_holds_its_floors() {
    let bench = Bench::new();
    let told = demo(&bench);
    assert_eq!(told["release"]["id"], "2026-10.1");
    assert_eq!(told["release"]["state"], "published");
    let score = told["score"].as_array().unwrap();
    let mut low = Vec::new();
    for (stage, name, recall, precision) in FLOORS {
        let measure = score.iter().find(|measure| measure["stage"] == *stage && measure["name"] == *name);
        let measure = measure.unwrap_or_else(|| panic!("no measure {stage}, {name}"));
        assert!(measure["of"].as_u64().unwrap() > 0, "{measure}");
        if measure["recall"].as_f64().unwrap() < *recall || measure["precision"].as_f64().unwrap() < *precision {
            low.push(measure.to_string());
        }
    }
    assert!(low.is_empty(), "below the floor:\n{}", low.join("\n"));
    for round in told["rounds"].as_array().unwrap() {
        let count = |name: &str| round["counts"][name].as_u64().unwrap();
        assert!(count("read") > 0);
        assert_eq!(count("read"), count("stored") + count("unchanged") + count("rejected"), "{round}");
    }
    let outside: Vec<_> = std::fs::read_dir(bench.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(outside, ["data"], "no file outside the data folder");

    // The pretend world is the same each time, and so is what is made of it.
    let again = demo(&bench);
    assert_eq!(told["release"]["digest"], again["release"]["digest"]);
    assert_eq!(told["score"], again["score"]);
}

#[test]
fn the_demo_does_not_clear_a_folder_it_did_not_make() {
    let bench = Bench::new();
    std::fs::create_dir_all(bench.path("data/demo")).unwrap();
    std::fs::write(bench.path("data/demo/mine.txt"), "keep me").unwrap();
    let ran = bench.run(&["demo", "--once", "--vacancies", "20"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("not a folder of the demo"), "{}", ran.stderr);
    assert!(bench.path("data/demo/mine.txt").exists());
}
