//! The import of publishers' workbooks, on small ones written here and on the real ones where they are at hand.

mod workbook;

use chrono::DateTime;
use openvacancy_domain::FixedClock;
use openvacancy_reference::official::{ImportError, TableState, import, load_titles, status};
use openvacancy_reference::{beside, sic};
use std::path::Path;

fn clock() -> FixedClock {
    FixedClock::new(DateTime::UNIX_EPOCH + chrono::Duration::seconds(1_760_000_000))
}

const INDEX: &[&[&str]] = &[
    &[
        "UNIQUE ID",
        "RECNO",
        "D",
        "SOC_2010",
        "SOC_2020",
        "SOC_2020_ext",
        "INDEXOCC",
        "ADD",
        "IND",
        "SEE",
        "ISCO-08 code based on SOC2020",
    ],
    &["a1", "1", "O", "2122", "2122", "2122/02", "Engineer, mechanical", "", "", "", "2144"],
    &["a2", "2", "", "2317", "2319", "", "Keeper, time", "nos - any", "Clock Works & Sons", "", "2359"],
    &["a3", "3", "", "}}}}", "}}}}", "}}}}", "Keeper", "", "", "see Keeper, time", "}}}}"],
    &["a4", "4", "", "2122", "9876", "", "Wizard", "", "", "", "2144"],
];

const STRUCTURE: &[&[&str]] = &[
    &[
        "Description",
        "SECTION",
        "Division",
        "Group",
        "Class",
        "Sub Class",
        "Most disaggregated level",
        "Level headings",
    ],
    &["AGRICULTURE", " A", "na", "na", "na", "na", " A", "SECTION"],
    &["Crops", " A", "01", "na", "na", "na", "01", "Division"],
    &["Annual crops", " A", "01", "011", "na", "na", "011", "Group"],
    &["Cereals", " A", "01", "011", "0111", "na", "01110", "Class"],
];

#[test]
fn imports_what_it_recognises_and_reports_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    workbook::write(&dir.path().join("any name.xlsx"), &[("notes", &[&["hello"]]), ("sheet 7", INDEX)]);
    workbook::write(&dir.path().join("other.xlsx"), &[("reworked", STRUCTURE)]);
    workbook::write(&dir.path().join("third.xlsx"), &[("budget", &[&["a", "b"]])]);
    std::fs::write(dir.path().join("read me.txt"), "not a workbook").unwrap();

    let report = import(dir.path(), &out, &clock()).unwrap();
    assert_eq!(report.unrecognised, ["third.xlsx"]);
    assert_eq!(report.pointers, 1);
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        ["any name.xlsx [sheet 7] row 5: '9876' is no unit group of soc2020; the row was left out (unknown_code)"]
    );
    let tables: Vec<_> =
        report.tables.iter().map(|table| (table.table.as_str(), table.rows, table.source_file.as_str())).collect();
    assert_eq!(tables, [("sic2007.csv", 3, "other.xlsx"), ("titles.csv", 2, "any name.xlsx")]);
    assert_eq!(report.tables[0].imported_at, "2025-10-09T08:53:20Z");

    let titles = load_titles(&out).unwrap();
    assert_eq!(titles.len(), 2);
    let first = &titles[0];
    assert_eq!(
        (first.title.as_str(), first.default, first.soc2020_ext.as_str()),
        ("mechanical engineer", true, "2122/02")
    );
    let second = titles[1].clone().leak();
    assert_eq!(
        (second.title, second.qualifier, second.industry, second.default),
        ("time keeper", "", "clock works & sons", false)
    );
    let sic = std::fs::read_to_string(out.join("sic2007.csv")).unwrap();
    assert_eq!(sic.lines().nth(1), Some("section,A,A,AGRICULTURE,"));

    assert_eq!(status(&out).unwrap(), report.tables);
    std::fs::write(out.join("sic2007.csv"), "edited").unwrap();
    std::fs::remove_file(out.join("titles.csv")).unwrap();
    let states: Vec<_> = status(&out).unwrap().into_iter().map(|table| table.state).collect();
    assert_eq!(states, [TableState::Edited, TableState::Missing]);
}

#[test]
fn a_second_import_keeps_tables_it_does_not_bring() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let out = first.path().join("out");
    workbook::write(&first.path().join("i.xlsx"), &[("x", INDEX)]);
    workbook::write(&second.path().join("s.xlsx"), &[("x", STRUCTURE)]);
    import(first.path(), &out, &clock()).unwrap();
    import(second.path(), &out, &clock()).unwrap();
    let kept: Vec<_> = status(&out).unwrap().into_iter().map(|table| (table.table, table.state)).collect();
    let expected =
        [("sic2007.csv".to_owned(), TableState::Unchanged), ("titles.csv".to_owned(), TableState::Unchanged)];
    assert_eq!(kept, expected);
}

#[test]
fn faults_say_where_and_what_to_do() {
    let check = |sheets: &[(&str, &[&[&str]])], expected: &str| {
        let dir = tempfile::tempdir().unwrap();
        workbook::write(&dir.path().join("w.xlsx"), sheets);
        let message = import(dir.path(), &dir.path().join("out"), &clock()).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
        assert!(!dir.path().join("out").exists(), "nothing is written after a fault");
    };
    check(&[("x", &[&["a"]])], "sheets seen: w.xlsx [x]");
    check(&[("x", &[&["Unique ID", "SOC2020", "INDEXOCC", "ADD"]])], "w.xlsx [x] row 1: the column 'ind' is missing");
    check(&[("x", &INDEX[..1])], "w.xlsx [x]: no usable row; the first problem: the sheet is empty");
    check(&[("x", &[INDEX[0], INDEX[4]])], "w.xlsx [x]: no usable row; the first problem: w.xlsx [x] row 2: '9876'");

    let dir = tempfile::tempdir().unwrap();
    let error = import(dir.path(), dir.path(), &clock()).unwrap_err();
    assert!(matches!(error, ImportError::NoWorkbook { .. }), "{error}");
    let error = import(&dir.path().join("absent"), dir.path(), &clock()).unwrap_err();
    assert!(matches!(error, ImportError::Folder { .. }), "{error}");
    std::fs::write(dir.path().join("broken.xlsx"), "this is no zip archive").unwrap();
    let error = import(dir.path(), dir.path(), &clock()).unwrap_err();
    assert!(matches!(error, ImportError::Workbook { .. }) && error.to_string().contains("broken.xlsx"), "{error}");
    std::fs::write(dir.path().join("titles.csv"), "a,b\n1,2\n").unwrap();
    let error = load_titles(dir.path()).unwrap_err();
    assert!(matches!(error, ImportError::Damaged { .. }), "{error}");
}

#[test]
fn nothing_imported_is_no_fault() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(status(dir.path()).unwrap(), []);
    assert_eq!(load_titles(Path::new("no such folder")).unwrap(), []);
}

#[test]
fn imports_the_publishers_own_files() {
    let (Some(soc), Some(sic)) = (beside::shared("reference/soc"), beside::shared("reference/sic")) else {
        eprintln!("SKIPPED imports_the_publishers_own_files: the shared reference folder is absent");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(soc.join("soc2020_vol2_coding_index_v13_2025-12-03.xlsx"), dir.path().join("one.xlsx")).unwrap();
    std::fs::copy(sic.join("sic2007_indexes_with_addendum_2022-12.xlsx"), dir.path().join("two.xlsx")).unwrap();
    std::fs::copy(sic.join("sic2007_summary_of_structure.xlsx"), dir.path().join("three.xlsx")).unwrap();
    let report = import(dir.path(), &dir.path().join("out"), &clock()).unwrap();
    let tables: Vec<_> = report.tables.iter().map(|table| (table.table.as_str(), table.rows)).collect();
    let rows = [("sic2007.csv", 381), ("sic2007_index.csv", 15_957), ("soc2020.csv", 551), ("titles.csv", 32_145)];
    assert_eq!(tables, rows);
    assert_eq!(report.pointers, 231);
    assert_eq!(report.problems, []);
    let titles = load_titles(&dir.path().join("out")).unwrap();
    let found = titles.iter().find(|entry| entry.title == "midwife" && entry.qualifier.is_empty()).unwrap();
    assert_eq!((found.soc2020.as_str(), found.soc2010.as_str(), found.isco08.as_str()), ("2231", "2232", "3222"));
    let built_in = sic::groups().len() + sic::divisions().len() + sic::sections().len();
    assert_eq!(built_in, 381);
}
