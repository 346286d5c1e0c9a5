//! A killed program loses nothing that was acknowledged and leaves a store that goes on.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]
#![cfg(unix)]

use openvacancy_tests::Bench;
use std::fmt::Write as _;
use std::process::Stdio;
use std::time::Duration;

/// Moments after the start at which the program is killed, milliseconds: spread over an import and a process run.
const MOMENTS: &[u64] = &[30, 120, 250, 400, 700, 1100];

fn advertisements(count: usize) -> String {
    let mut csv = "portal,ad_id,title,location,salary,description\n".to_owned();
    for number in 0..count {
        let prose = format!("Advertisement number {number} for a careful cook. ").repeat(12);
        let _ =
            writeln!(csv, "board,{number},Cook {},Leeds,£{} per annum,{prose}", number % 500, 20_000 + number % 9000);
    }
    csv
}

fn kill_at(bench: &Bench, words: &[&str], moment: u64) {
    let mut child = bench.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(moment));
    // SIGKILL; a child that has ended already is fine too.
    let _ = child.kill();
    let _ = child.wait();
}

#[test]
fn an_import_killed_at_any_moment_goes_on_and_comes_to_the_same_end() {
    let rows = 20_000;
    let bench = Bench::new();
    let file = bench.write("ads.csv", advertisements(rows));
    for moment in MOMENTS {
        kill_at(&bench, &["import", &file, "--as-of", "2026-10-08"], *moment);
        if bench.path("data/openvacancy.db").exists() {
            let _ = bench.run(&["doctor"]).ok();
        }
    }
    let ran = bench.run(&["import", &file, "--as-of", "2026-10-08", "--json"]).ok().json();
    assert_eq!(ran["read"], rows);
    let whole = ran["stored"].as_u64().unwrap() + ran["unchanged"].as_u64().unwrap();
    assert_eq!(whole, rows as u64);
    // Counts of a run that was cut off are never more than what is stored.
    for moment in MOMENTS {
        kill_at(&bench, &["process"], *moment);
        let _ = bench.run(&["doctor"]).ok();
    }
    let report = bench.run(&["process", "--json"]).ok().json();
    assert_eq!(report["postings"], rows);
    assert_eq!(report["rejected"], 0);
}
