//! Every row of an imported file is accounted for: read = stored + unchanged + rejected.

use openvacancy_tests::{Bench, Ran};
use std::io::Write as _;

fn counts(ran: &Ran) -> &str {
    ran.last_line()
}

#[test]
fn rows_are_stored_then_unchanged_then_a_new_version() {
    let bench = Bench::new();
    let csv = "portal,ad_id,title,salary\nReed,1,Cook,£20k\nReed,2,Baker,\n";
    let file = bench.write("ads.csv", csv);
    assert_eq!(counts(&bench.run(&["import", &file]).ok()), "read 2, stored 2, unchanged 0, rejected 0");
    assert_eq!(counts(&bench.run(&["import", &file]).ok()), "read 2, stored 0, unchanged 2, rejected 0");
    let file = bench.write("ads.csv", csv.replace("£20k", "£21k"));
    assert_eq!(counts(&bench.run(&["import", &file]).ok()), "read 2, stored 1, unchanged 1, rejected 0");
}

#[test]
fn each_rejection_has_its_line_and_reason_in_a_file() {
    let bench = Bench::new();
    let file = bench.write("ads.csv", b"portal,ad_id,title\na,1,Cook\na,2,\na,3,Bak\xe9r\na,4\n\na,5,Baker\n");
    let ran = bench.run(&["import", &file]).ok();
    assert_eq!(counts(&ran), "read 5, stored 2, unchanged 0, rejected 3");
    let rejects = std::fs::read_to_string(bench.path("data/rejects/run-1-ads.csv.rejects.csv")).unwrap();
    let lines: Vec<&str> = rejects.lines().map(|line| line.split(',').take(2).last().unwrap()).collect();
    assert_eq!(lines, ["code", "title_missing", "not_utf8", "wrong_field_count"]);
    assert!(rejects.lines().nth(2).unwrap().starts_with("4,"), "{rejects}");
    let ran = bench.run(&["import", &file, "--encoding", "windows-1252"]).ok();
    assert_eq!(counts(&ran), "read 5, stored 1, unchanged 2, rejected 2");
}

#[test]
fn jsonl_from_stdin_with_columns_named_by_hand() {
    let bench = Bench::new();
    let input = "{\"role\":\"Cook\",\"ref\":7}\n{\"role\":\"Baker\",\"ref\":8}\nnonsense\n";
    let words = ["import", "-", "--portal", "feed", "--map", "title=role", "--map", "portal_posting_id=ref", "--json"];
    let ran = bench.run_with(&words, input.as_bytes()).ok();
    let json = ran.json();
    assert_eq!([&json["read"], &json["stored"], &json["rejected"]], [3, 2, 1]);
}

#[test]
fn a_truncated_archive_keeps_what_was_read_and_says_where_it_broke() {
    let bench = Bench::new();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writeln!(packed, "portal,ad_id,title").unwrap();
    for row in 0..50_000 {
        writeln!(packed, "a,{row},Cook number {}", row * 7919 % 50_021).unwrap();
    }
    let bytes = packed.finish().unwrap();
    let file = bench.write("ads.csv.gz", &bytes[..bytes.len() / 2]);
    let ran = bench.run(&["import", &file]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("cannot be read to its end"), "{}", ran.stderr);
    let runs = bench.run(&["runs", "list", "--json"]).ok().json();
    assert_eq!(runs[0]["state"], "failed");
    let read = runs[0]["counts"]["read"].as_u64().unwrap();
    assert!(read > 0 && runs[0]["counts"]["stored"] == read, "{runs}");
    let whole = bench.write("ads.csv.gz", &bytes);
    let ran = bench.run(&["import", &whole]).ok();
    assert_eq!(counts(&ran), format!("read 50000, stored {}, unchanged {read}, rejected 0", 50_000 - read));
}

#[test]
fn a_field_of_forty_megabytes_is_refused_by_name() {
    let bench = Bench::new();
    let huge = "x".repeat(40 << 20);
    let file = bench.write("ads.csv", format!("portal,ad_id,title,description\na,1,Cook,\"{huge}\"\na,2,Baker,fine\n"));
    assert_eq!(counts(&bench.run(&["import", &file]).ok()), "read 2, stored 1, unchanged 0, rejected 1");
    let file = bench.write(
        "ads.jsonl",
        format!("{{\"portal\":\"a\",\"title\":\"{huge}\"}}\n{{\"portal\":\"a\",\"title\":\"Cook\"}}\n"),
    );
    assert_eq!(counts(&bench.run(&["import", &file]).ok()), "read 2, stored 1, unchanged 0, rejected 1");
}

#[test]
fn wrong_words_are_status_two_and_a_missing_file_is_status_one() {
    let bench = Bench::new();
    let file = bench.write("ads.csv", "title\nCook\n");
    let failed = |words: &[&str], status: i32, said: &str| {
        let ran = bench.run(words);
        assert_eq!(ran.status, status, "{words:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{words:?}: {}", ran.stderr);
    };
    failed(&["import", &file, "--map", "salery=pay"], 2, "no field 'salery'");
    failed(&["import", &file, "--portal", "Not An Id"], 2, "not a portal id");
    failed(&["import", &file, "--as-of", "yesterday"], 2, "neither a day");
    failed(&["import", &file, "--encoding", "klingon"], 2, "no encoding");
    failed(&["import", "nowhere.csv"], 1, "cannot open nowhere.csv");
    failed(&["imprt"], 2, "unrecognized subcommand");
    failed(&["runs", "list", "--data-dir", "elsewhere"], 2, "there is no data yet");
}
