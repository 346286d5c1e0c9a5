//! What a search of a release's vacancies finds, the same on every back-end.

use super::releases::{all, build, found, october, release};
use super::samples::{at, day, release_vacancy};
use openvacancy_domain::ReleaseId;
use openvacancy_domain::ports::{ReleaseVacancy, Store, VacancyQuery};

fn row(id: &str, title: &str, employer: Option<&str>) -> ReleaseVacancy {
    let mut row = release_vacancy(id, title);
    row.vacancy.employer = employer.map(str::to_owned);
    row
}

fn text(text: &str) -> VacancyQuery {
    VacancyQuery { text: Some(text.to_owned()), ..all() }
}

#[track_caller]
fn check(store: &dyn Store, id: ReleaseId, searches: &[(&str, &[&str])]) {
    for (words, expected) in searches {
        assert_eq!(found(store, id, &text(words)), *expected, "{words}");
        let count = store.count_release_vacancies(id, &text(words)).unwrap();
        assert_eq!(count, expected.len() as u64, "{words}");
    }
}

pub fn a_word_is_found_by_its_beginning(store: &dyn Store) {
    let rows = [row("v1", "Night Porter", Some("Harbour Hotel")), row("v2", "Sport Coach Physiotherapist", None)];
    let id = build(store, &rows, &[]);
    check(
        store,
        id,
        &[
            ("porter", &["v1"]),
            ("port", &["v1"]),
            ("p", &["v1", "v2"]),
            ("porters", &[]),
            ("orter", &[]),
            ("hot", &["v1"]),
            ("sport", &["v2"]),
            ("coach s", &["v2"]),
            ("hote coach", &[]),
            ("physiotherap", &["v2"]),
            ("physiotherapi", &["v2"]),
            ("physiotherapist sport", &["v2"]),
            ("physiotherapists", &[]),
        ],
    );
}

pub fn case_and_accents_do_not_matter(store: &dyn Store) {
    let rows = [
        row("v1", "Crèche WORKER", Some("Straße & Söhne")),
        row("v2", "Creche worker", Some("日本 料理店")),
        row("v3", "Ἀθῆναι ﬁtter", Some("МОСКВА")),
    ];
    let id = build(store, &rows, &[]);
    check(
        store,
        id,
        &[
            ("creche", &["v1", "v2"]),
            ("CRÈCHE worker", &["v1", "v2"]),
            ("cre\u{300}che", &["v1", "v2"]),
            ("sohne", &["v1"]),
            ("straß", &["v1"]),
            ("料理", &["v2"]),
            ("本", &[]),
            ("αθηναι", &["v3"]),
            ("fitter", &["v3"]),
            ("москва", &["v3"]),
        ],
    );
}

pub fn every_word_must_occur(store: &dyn Store) {
    let rows = [
        row("v1", "Care Assistant", Some("Vale Homes")),
        row("v2", "Care Manager", Some("Vale Homes")),
        row("v3", "Assistant Cook", Some("Care Kitchens")),
    ];
    let id = build(store, &rows, &[]);
    check(
        store,
        id,
        &[
            ("care", &["v1", "v2", "v3"]),
            ("care assistant", &["v1", "v3"]),
            ("assistant  care\tCARE", &["v1", "v3"]),
            ("care assistant vale", &["v1"]),
            ("care cook vale", &[]),
            (&"care ".repeat(32), &["v1", "v2", "v3"]),
        ],
    );
}

pub fn punctuation_is_no_word(store: &dyn Store) {
    let rows = [
        row("v1", "C++ developer, 100% Remote_Work", Some("O'Neill \\ Sons")),
        row("v2", "C# developer (\"senior\") | lead:*", Some("Porter's AND Co")),
        row("v3", "R&D ' OR 1=1; --", None),
    ];
    let id = build(store, &rows, &[]);
    check(
        store,
        id,
        &[
            ("%", &["v1", "v2", "v3"]),
            (" ' \" ", &["v1", "v2", "v3"]),
            ("c++", &["v1"]),
            ("c#", &["v2"]),
            ("100%", &["v1"]),
            ("work", &["v1"]),
            ("oneill", &["v1"]),
            ("O\u{2019}Neill", &["v1"]),
            ("porter", &["v2"]),
            ("\"senior\"", &["v2"]),
            ("lead:*", &["v2"]),
            ("NOT developer", &[]),
            ("and co", &["v2"]),
            ("r&d", &["v1", "v3"]),
            ("') OR ('a", &[]),
        ],
    );
}

pub fn marks_cannot_be_searched_for(store: &dyn Store) {
    let id = build(store, &[row("v1", "Cook", None)], &[]);
    check(store, id, &[("#c", &["v1"]), ("#o6", &[]), ("#ae07000189", &[]), ("o6135", &[]), ("#open", &[])]);
    for code in ["#c", "6135\" OR \"x", "'", "6 OR 7", "*"] {
        for query in [
            VacancyQuery { occupation: Some(code.to_owned()), ..all() },
            VacancyQuery { area: Some(code.to_owned()), ..all() },
        ] {
            assert_eq!(found(store, id, &query), Vec::<String>::new(), "{query:?}");
        }
    }
}

pub fn pages_of_a_search_are_complete(store: &dyn Store) {
    // Added out of order, and in several batches.
    let rows: Vec<ReleaseVacancy> = (0..90)
        .map(|n| row(&format!("v{:03}", n * 37 % 90), ["Care Assistant", "Cook", "Careful Cook"][n % 3], None))
        .collect();
    let id = store.begin_release(october()).unwrap();
    for part in rows.chunks(13) {
        store.add_release_vacancies(id, part).unwrap();
    }
    store.finish_release(&release(id)).unwrap();
    let mut expected: Vec<String> = rows
        .iter()
        .filter(|row| row.vacancy.job_title.starts_with("Care"))
        .map(|row| row.vacancy.vacancy_id.0.clone())
        .collect();
    expected.sort();
    for limit in [1, 7, 59, 60, 61] {
        let mut query = VacancyQuery { limit, ..text("care") };
        let mut met = Vec::new();
        loop {
            let page = store.release_vacancies(id, &query).unwrap();
            assert!(page.rows.len() <= limit as usize);
            met.extend(page.rows.into_iter().map(|row| row.vacancy.vacancy_id.0));
            assert_eq!(store.count_release_vacancies(id, &query).unwrap(), 60);
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(met, expected, "limit {limit}");
    }
    // A cursor of a list without the filter is good too: it names a place in the same order.
    let whole = store.release_vacancies(id, &VacancyQuery { limit: 10, ..VacancyQuery::default() }).unwrap();
    let rest = store.release_vacancies(id, &VacancyQuery { cursor: whole.next, ..text("care") }).unwrap();
    let rest: Vec<String> = rest.rows.into_iter().map(|row| row.vacancy.vacancy_id.0).collect();
    assert_eq!(rest, expected.into_iter().filter(|id| id.as_str() > "v009").collect::<Vec<_>>());
}

pub fn a_search_goes_with_every_filter(store: &dyn Store) {
    let mut rows: Vec<ReleaseVacancy> =
        (0..40).map(|n| row(&format!("v{n:02}"), if n % 2 == 0 { "Cook" } else { "Porter" }, None)).collect();
    for (n, row) in rows.iter_mut().enumerate() {
        row.vacancy.occupation.soc2020 = Some(if n % 3 == 0 { "5434" } else { "9263" }.to_owned());
        row.vacancy.location.lad_code = Some(if n % 5 == 0 { "E07000189" } else { "E07000188" }.to_owned());
        row.vacancy.excluded_reason = (n % 4 == 0).then(|| "training_course".to_owned());
        row.vacancy.closed_on = (n >= 20).then(|| at(10, 0));
    }
    let id = build(store, &rows, &[]);
    let query = VacancyQuery {
        occupation: Some("54".to_owned()),
        area: Some("E07000189".to_owned()),
        open_at: Some(at(9, 0)),
        ..text("cook")
    };
    assert_eq!(found(store, id, &query), ["v00", "v30"]);
    assert_eq!(found(store, id, &VacancyQuery { counted_only: true, ..query.clone() }), ["v30"]);
    assert_eq!(found(store, id, &VacancyQuery { open_at: Some(at(12, 0)), ..query.clone() }), ["v00"]);
    assert_eq!(found(store, id, &VacancyQuery { area: None, text: None, ..query.clone() }).len(), 14);
    assert_eq!(store.count_release_vacancies(id, &query).unwrap(), 2);
    assert_eq!(found(store, id, &VacancyQuery { occupation: Some("54345".to_owned()), ..query }), Vec::<String>::new());
}

pub fn open_vacancies_are_those_of_the_instant(store: &dyn Store) {
    let mut rows: Vec<ReleaseVacancy> = (0..5).map(|n| row(&format!("v{n}"), "Cook", None)).collect();
    for row in &mut rows {
        row.vacancy.first_seen = Some(at(3, 0));
        (row.vacancy.closed_on, row.vacancy.date_closing) = (None, None);
    }
    rows[1].vacancy.closed_on = Some(at(10, 0) + chrono::Duration::days(60));
    rows[2].vacancy.date_closing = day(15).checked_add_months(chrono::Months::new(60));
    rows[3].vacancy.date_closing = Some(day(31));
    rows[4].vacancy.first_seen = None;
    let id = build(store, &rows, &[]);
    let open = |at| found(store, id, &VacancyQuery { open_at: Some(at), ..all() });
    let days = |days: i64| at(1, 0) + chrono::Duration::days(days);
    assert_eq!(open(days(0)), Vec::<String>::new());
    assert_eq!(open(days(2)), ["v0", "v1", "v2", "v3"]);
    assert_eq!(open(days(40)), ["v0", "v1", "v2"]);
    assert_eq!(open(days(400)), ["v0", "v2"]);
    assert_eq!(open(days(4_000)), ["v0"]);
    // The last hour of the day in London, on either side of the end of a month.
    assert_eq!(open(at(31, 0) + chrono::Duration::hours(11)), ["v0", "v1", "v2", "v3"]);
    assert_eq!(open(at(31, 0) + chrono::Duration::hours(12)), ["v0", "v1", "v2"]);
}

pub fn releases_are_searched_apart(store: &dyn Store) {
    let first = build(store, &[row("v1", "Cook", None), row("v2", "Porter", None)], &[]);
    let second = store.begin_release("2026-11".parse().unwrap()).unwrap();
    store.add_release_vacancies(second, &[row("v1", "Porter", None), row("v3", "Cook", None)]).unwrap();
    store.finish_release(&release(second)).unwrap();
    check(store, first, &[("cook", &["v1"]), ("porter", &["v2"])]);
    check(store, second, &[("cook", &["v3"]), ("porter", &["v1"])]);
}

pub fn a_draft_that_is_replaced_leaves_the_index(store: &dyn Store) {
    let kept = store.begin_release("2026-09".parse().unwrap()).unwrap();
    store.add_release_vacancies(kept, &[row("v1", "Cook", None)]).unwrap();
    store.finish_release(&release(kept)).unwrap();
    for title in ["Porter", "Nurse", "Baker"] {
        let id = build(store, &[row("v1", title, None), row("v2", "Cook", None)], &[]);
        check(store, id, &[("cook", &["v2"]), (title, &["v1"])]);
        check(store, kept, &[("cook", &["v1"]), (title, &[])]);
    }
    let id = build(store, &[], &[]);
    check(store, id, &[("cook", &[]), ("", &[])]);
}
