//! The commands that need no database: they stream, keep order, and answer one row for one row.

use openvacancy_tests::Bench;

#[test]
fn code_keeps_every_column_and_every_row_in_order() {
    let bench = Bench::new();
    let input = "id,title,soc2020\n1,Registered Nurse,mine\n2,,\n3,\"Chef de Partie, Leeds\",\n4,<b>&&&</b>,\n";
    let ran = bench.run_with(&["code", "-"], input.as_bytes()).ok();
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    assert_eq!(&header.iter().take(4).collect::<Vec<_>>(), &["id", "title", "input_soc2020", "soc2020"]);
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|row| &row[0]).collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    assert_eq!(&rows[0][2], "mine");
    let soc = |row: usize| rows[row][3].to_owned();
    assert!(soc(0).starts_with("223"), "a registered nurse is coded {}", soc(0));
    assert_eq!(soc(1), "");
    assert_eq!(soc(2), "5434");
    let method = header.iter().position(|name| name == "occupation_method").unwrap();
    assert_eq!(&rows[1][method], "uncodable");
    assert!(!bench.path("data").exists(), "coding keeps no state");
}

#[test]
fn code_says_which_columns_there_are() {
    let ran = Bench::new().run_with(&["code", "-", "--column", "role"], b"id,title\n1,Cook\n");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("no column 'role'") && ran.stderr.contains("id, title"), "{}", ran.stderr);
}

#[test]
fn normalise_answers_one_line_for_one_line() {
    let input = concat!(
        r#"{"portal":"p","portal_posting_id":"1","title":"Cook","location":"Leeds, West Yorkshire","salary":"£12.50 per hour"}"#,
        "\nnot json\n",
        r#"{"portal":"p"}"#,
        "\n",
        r#"{"portal":"p","portal_posting_id":"2","title":"Cook","location":"Cardiff"}"#,
        "\n"
    );
    let ran = Bench::new().run_with(&["normalise", "-"], input.as_bytes()).ok();
    let lines: Vec<serde_json::Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["lad_code"], "E08000035");
    assert_eq!(lines[0]["wage_min"], 12.5);
    assert_eq!(lines[0]["wage_period"], "hour");
    assert_eq!(lines[1]["error"]["code"], "not_json");
    assert_eq!((&lines[1]["line"], &lines[1]["error"]["place"]), (&2.into(), &"stdin:2".into()));
    assert_eq!(lines[2]["error"]["code"], "title_missing");
    assert_eq!(lines[3]["country"], "Wales");
    assert_eq!(lines[3]["lep_code"], "not_applicable");
}

#[test]
fn dedup_names_every_posting_once_and_explains() {
    let prose = "We are looking for a baker to join our craft bakery in the old mill. You will shape loaves by hand, \
                 mind the ovens through the night and teach our apprentices what good dough feels like. ";
    let posting = |portal: &str, id: &str, place: &str| {
        serde_json::json!({
            "portal": portal, "portal_posting_id": id, "title": "Baker", "employer": "Old Mill Bakery Ltd",
            "location": place, "salary": "£28,000 per annum", "description": prose.repeat(3),
            "date_posted": "2026-10-05"
        })
        .to_string()
    };
    let input = [posting("a", "1", "Leeds"), posting("b", "9", "Leeds"), posting("b", "10", "Exeter")].join("\n");
    let bench = Bench::new();
    let ran = bench.run_with(&["dedup", "-"], input.as_bytes()).ok();
    assert_eq!(ran.stdout, "id,cluster\na|1,1\nb|9,1\nb|10,2\n");
    let ran = bench.run_with(&["dedup", "-", "--explain", "a|1", "b|10"], input.as_bytes()).ok();
    assert!(ran.stdout.starts_with("different vacancies"), "{}", ran.stdout);
    let ran = bench.run_with(&["dedup", "-", "--explain", "a|1", "zzz"], input.as_bytes());
    assert_eq!(ran.status, 2);
}
