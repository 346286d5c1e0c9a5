//! Every measure still runs: with tiny inputs, once each, and no word about how fast.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::path::Path;
use std::process::Command;

fn bench(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_openvacancy-bench")).args(words).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{words:?}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn json(file: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn every_measure_runs_and_the_page_is_written_from_what_it_found() {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("results");
    let results_text = results.to_str().unwrap();
    bench(&["--quick", "--results", results_text]);
    let listed = bench(&["--list"]);
    let mut measured = 0;
    for name in listed.lines().map(|line| line.split_whitespace().next().unwrap()) {
        let file = results.join(format!("{name}.json"));
        // Real files are not part of a clone.
        if !file.exists() && name.ends_with("-real") {
            continue;
        }
        let found = json(&file);
        measured += 1;
        for side in ["ours", "baseline"] {
            assert!(found[side]["count"].as_u64().unwrap() > 0, "{name}: {found}");
            let figures = found[side]["figures"].as_object().unwrap();
            assert!(!figures.is_empty(), "{name}: {found}");
            assert!(figures.values().all(|spread| spread["median"].as_f64().unwrap() > 0.0), "{name}: {found}");
        }
        for ratio in found["ratio"].as_object().unwrap().values() {
            let at = |key: &str| ratio[key].as_f64().unwrap();
            assert!(0.0 < at("min") && at("min") <= at("median") && at("median") <= at("max"), "{name}: {ratio}");
        }
        let memory = &found["ours"]["peak_memory"];
        assert!(name.starts_with("right-") || memory.as_u64().unwrap() > 1_000_000, "{name}: {memory}");
    }
    assert!(measured >= 16, "only {measured} of\n{listed}");

    let page = folder.path().join("page.md");
    bench(&["--results", results_text, &format!("--page={}", page.display())]);
    let text = std::fs::read_to_string(page).unwrap();
    assert!(text.contains("quick or a debug run, whose figures mean nothing"), "{text}");
    for name in ["code-distinct", "api-vacancies", "right-duplicates"] {
        assert!(text.contains(&format!("**{name}**")), "{name} is not on the page\n{text}");
    }
}

#[test]
fn a_measure_that_is_none_is_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_openvacancy-bench")).arg("speed").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no measure 'speed'; --list names them"));
}
