//! From a file of advertisements to a published month, through the command line alone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use openvacancy_tests::Bench;
use serde_json::{Value, json};

/// Duties that differ from post to post, so that no two advertisements are one.
fn duties(number: usize) -> String {
    const DUTIES: [&str; 11] = [
        "keep the stores",
        "train the juniors",
        "write the rota",
        "open at dawn",
        "mind the records",
        "order supplies",
        "meet the families",
        "close the week's books",
        "drive between sites",
        "answer the telephone",
        "clean the tools",
    ];
    let duty = |step: usize| DUTIES[(number * step + number / 11) % DUTIES.len()];
    format!("At employer {number} you will {}, {} and {}, and never {}.", duty(1), duty(3), duty(5), duty(7))
}

/// Names as unlike as employers' are.
fn employer(number: usize) -> String {
    const FIRST: [&str; 11] =
        ["Ash", "Birch", "Cedar", "Dove", "Elm", "Fern", "Gorse", "Heath", "Ivy", "Juniper", "Kelp"];
    const LAST: [&str; 11] =
        ["gate", "field", "brook", "moor", "side", "wick", "holm", "dale", "bank", "well", "combe"];
    format!("{}{} Ltd", FIRST[number % 11], LAST[number / 11])
}

/// Advertisements enough for a month: towns by turns, so that counts are known.
fn advertisements() -> String {
    let towns = [("Leeds", "West Yorkshire"), ("Cardiff", ""), ("Newport", "Isle of Wight"), ("Glasgow", "")];
    let jobs = [
        ("Registered Nurse", "£33,000 per annum"),
        ("Chef de Partie", "£13.50 per hour"),
        ("HGV Class 1 Driver", "£750 per week"),
    ];
    let lines: Vec<String> = (0..120)
        .map(|number| {
            let (town, county) = towns[number % 4];
            let (title, salary) = jobs[number % 3];
            json!({
                "portal": "board", "portal_posting_id": format!("{number}"), "title": title, "salary": salary,
                "employer": employer(number), "location": format!("{town}, {county}").trim_end_matches(", "),
                "contract": "Permanent, full-time", "date_posted": "2026-10-07", "url": format!("https://board.example/{number}"),
                "description": format!("{} Post number {number}. Apply to jobs{number}@example.org or ring 01632 960{number:03}. Two years of experience and a degree are needed.", duties(number)),
            })
            .to_string()
        })
        .collect();
    lines.join("\n")
}

fn published(bench: &Bench) {
    let file = bench.write("ads.jsonl", advertisements());
    let _ = bench.run(&["import", &file, "--as-of", "2026-10-08"]).ok();
    let _ = bench.run(&["process"]).ok();
    let _ = bench.run(&["release", "build", "2026-10"]).ok();
    let _ = bench.run(&["release", "check", "2026-10"]).ok();
    let _ = bench.run(&["release", "publish", "2026-10"]).ok();
}

fn exported(bench: &Bench, release: &str, table: &str) -> Vec<Value> {
    let ran = bench.run(&["export", release, "--table", table, "--format", "jsonl", "--output", "-"]).ok();
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_month_is_published_and_never_changes() {
    let bench = Bench::new();
    published(&bench);
    let vacancies = exported(&bench, "2026-10", "vacancies");
    assert_eq!(vacancies.len(), 120);
    let wight = vacancies.iter().filter(|row| row["lad_code"] == "E06000046").count();
    assert_eq!(wight, 30, "Newport, Isle of Wight");
    let first = &vacancies[0];
    assert_eq!(first["flow_month"], "2026-10");
    let prose = first["description"].as_str().unwrap();
    assert!(!prose.contains('@') && !prose.contains("01632"), "contact details are masked: {prose}");

    let total = exported(&bench, "2026-10.1", "observations")
        .into_iter()
        .find(|row| row["indicator"] == "vacancies_flow" && row["area"] == "K02000001" && row["occupation"] == "total")
        .unwrap();
    assert_eq!(total["value"].as_f64(), Some(120.0));

    let ran = bench.run(&["release", "publish", "2026-10"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("has no draft"), "{}", ran.stderr);
    let _ = bench.run(&["release", "build", "2026-10"]).ok();
    let releases = bench.run(&["release", "list", "--json"]).ok().json();
    assert_eq!([&releases[0]["id"], &releases[1]["id"]], ["2026-10.2", "2026-10.1"]);
    assert_eq!([&releases[0]["state"], &releases[1]["state"]], ["draft", "published"]);
    assert_eq!(releases[0]["digest"], releases[1]["digest"], "the same data, the same digest");
}

#[test]
fn an_exported_file_has_its_dictionary_beside_it() {
    let bench = Bench::new();
    published(&bench);
    let file = bench.path("vacancies.csv");
    let _ = bench.run(&["export", "2026-10", "--output", file.to_str().unwrap()]).ok();
    let mut reader = csv::Reader::from_path(&file).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert!(
        header
            .iter()
            .map(String::as_str)
            .eq(openvacancy_domain::vacancy::COLUMNS.iter().copied().chain(["in_flow", "in_stock"])),
        "{header:?}"
    );
    assert_eq!(reader.records().count(), 120);
    let dictionary = std::fs::read_to_string(bench.path("vacancies.csv.dictionary.csv")).unwrap();
    for column in header {
        assert!(dictionary.lines().any(|line| line.starts_with(&format!("{column},"))), "{column} is not documented");
    }
}

#[test]
fn a_correction_outranks_the_machine_and_survives() {
    let bench = Bench::new();
    published(&bench);
    let decisions = bench.write(
        "decisions.csv",
        "target,posting,other,cleaned_title,context,field,value,author,reason,note\n\
         posting,board|0,,,,soc2020,2231,ada,wrong_code,midwife by the prose\n",
    );
    let _ = bench.run(&["corrections", "import", &decisions]).ok();
    for _ in 0..2 {
        let _ = bench.run(&["process"]).ok();
        let _ = bench.run(&["release", "build", "2026-10"]).ok();
        let row = exported(&bench, "2026-10.2", "vacancies")
            .into_iter()
            .find(|row| row["job_link"] == "https://board.example/0")
            .unwrap();
        assert_eq!([&row["soc2020"], &row["occupation_method"]], ["2231", "correction"]);
        // A new version of the advertisement does not undo what a person decided.
        let file = bench.write("ads.jsonl", advertisements().replace("Two years", "Three years"));
        let _ = bench.run(&["import", &file, "--as-of", "2026-10-09"]).ok();
    }
    let back = bench.run(&["corrections", "export", "-"]).ok();
    assert!(back.stdout.contains("board|0"), "{}", back.stdout);
    let wrong = bench.write("wrong.csv", "target,posting,field,value,author\nposting,nonsense,soc2020,2231,ada\n");
    let ran = bench.run(&["corrections", "import", &wrong]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("wrong.csv:2"), "{}", ran.stderr);
}

#[test]
fn a_failed_gate_keeps_the_draft_until_a_named_person_overrides_it() {
    let bench = Bench::new();
    let lines: Vec<String> = (0..50)
        .map(|number| json!({"portal": "board", "portal_posting_id": number.to_string(), "title": "Cook"}).to_string())
        .collect();
    let file = bench.write("ads.jsonl", lines.join("\n"));
    let _ = bench.run(&["import", &file, "--as-of", "2026-10-08"]).ok();
    let _ = bench.run(&["process"]).ok();
    let _ = bench.run(&["release", "build", "2026-10"]).ok();
    let ran = bench.run(&["release", "check", "2026-10"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("FAILED      county_missing_share"), "{}", ran.stdout);
    assert_eq!(bench.run(&["release", "publish", "2026-10"]).status, 1);
    let failed: Vec<String> = ran
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("FAILED"))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    let mut words = vec!["release", "check", "2026-10", "--by", "ada", "--reason", "a test of places"];
    for rule in &failed {
        words.extend(["--override", rule]);
    }
    let _ = bench.run(&words).ok();
    let _ = bench.run(&["release", "publish", "2026-10"]).ok();
    let release = &bench.run(&["release", "list", "--json"]).ok().json()[0];
    let overridden =
        release["gate"].as_array().unwrap().iter().filter(|rule| rule["overridden"]["by"] == "ada").count();
    assert_eq!(overridden, failed.len());
    assert_eq!(bench.run(&["release", "check", "2026-10", "--override", "x"]).status, 2, "an override needs a name");
}
