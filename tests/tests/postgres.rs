//! The program on PostgreSQL does what it does on SQLite.

use openvacancy_tests::Bench;
use serde_json::Value;

fn demo(bench: &Bench) -> Value {
    bench.run(&["demo", "--once", "--json", "--vacancies", "200"]).ok().json()
}

#[test]
fn the_demo_comes_to_the_same_on_either_database() {
    let Some(bench) = Bench::postgres() else { return };
    let told = demo(&bench);
    let on_sqlite = demo(&Bench::new());
    assert_eq!(told["release"]["state"], "published");
    assert_eq!(told["release"]["digest"], on_sqlite["release"]["digest"]);
    assert_eq!(told["score"], on_sqlite["score"]);
    // Again, in place of the first; what the user keeps in the database is not the demo's.
    assert_eq!(demo(&bench)["release"]["digest"], told["release"]["digest"]);
    assert!(!bench.path("data/demo/openvacancy.db").exists());
    assert_eq!(bench.run(&["runs", "list", "--json"]).ok().json(), serde_json::json!([]));
}

#[test]
fn every_step_from_a_file_to_a_table_works() {
    let Some(bench) = Bench::postgres() else { return };
    let mut file = "portal,portal_posting_id,title,location,description\n".to_owned();
    for number in 0..30 {
        file.push_str(&format!("board,{number},Care Assistant,Leeds,Advertisement {number} of a home in Leeds.\n"));
    }
    let file = bench.write("ads.csv", file);
    let read = bench.run(&["import", &file, "--as-of", "2026-10-08", "--json"]).ok().json();
    assert_eq!((&read["read"], &read["stored"]), (&30.into(), &30.into()));
    let processed = bench.run(&["process", "--json"]).ok().json();
    assert_eq!(processed["postings"], 30);
    let _ = bench.run(&["release", "build", "2026-10", "--at", "2026-11-01T09:00:00Z"]).ok();
    let table = bench.run(&["export", "2026-10.1", "--table", "vacancies", "--format", "csv", "--output", "-"]).ok();
    assert!(table.stdout.lines().count() > 1, "{}", table.stdout);
    let doctor = bench.run(&["doctor"]).ok();
    assert!(doctor.stdout.contains("ok     database"), "{}", doctor.stdout);
    let copy = bench.path("copy.dump").display().to_string();
    let _ = bench.run(&["backup", &copy]).ok();
    assert!(bench.path("copy.dump").is_file());
}

#[test]
fn an_address_is_never_shown_with_its_password() {
    let bench = Bench::new();
    for url in
        ["postgres://me:s3cret@127.0.0.1:1/jobs", "mysql://me:s3cret@127.0.0.1/jobs", "postgres://me:s3cret@h:x/d"]
    {
        for words in [&["runs", "list"][..], &["doctor"], &["demo", "--once"]] {
            let ran = bench.run(&[&["--database", url], words].concat());
            assert_ne!(ran.status, 0, "{url} {words:?}");
            let all = format!("{}{}", ran.stdout, ran.stderr);
            assert!(!all.contains("s3cret"), "{all}");
        }
    }
}
