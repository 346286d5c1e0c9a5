//! A release to export from.

use super::sample;
use openvacancy_domain::education::Skill;
use openvacancy_domain::ports::{PostingStore as _, RunLog as _, SeenPosting};
use openvacancy_domain::{ContentHash, Posting, Release, Stage, Vacancy};
use openvacancy_release::export;
use openvacancy_release::export::{Audience, ExportOptions, Format, Table};
use openvacancy_store::SqliteStore;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Every column of every vacancy, as CSV.
pub const ALL: ExportOptions = ExportOptions {
    table: Table::Vacancies,
    format: Format::Csv,
    audience: Audience::Researcher,
    spreadsheet_safe: false,
};

/// A folder, a store with five vacancies, and their release.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub store: SqliteStore,
    pub release: Release,
}

/// Five vacancies that bring what tables stumble over: a formula, line ends, lists, prose with contact details.
pub fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.sqlite")).unwrap();
    let prose = "Ring 020 7946 0000 or write to jo@example.org.\nGood pay, \"flexible\" hours.";
    let posting = Posting {
        portal: "alpha".into(),
        portal_posting_id: Some("p".to_owned()),
        title: "x".to_owned(),
        description: Some(prose.to_owned()),
        ..Posting::default()
    };
    let run = store.start_run(Stage::Import, None, sample::noon(2026, 10, 1), &BTreeMap::new()).unwrap();
    store.record(run, &[SeenPosting { posting, seen_at: Some(sample::noon(2026, 10, 1)) }]).unwrap();
    let skill = |id: &str, label: &str| Skill { id: id.to_owned(), label: label.to_owned(), matched: label.to_owned() };
    let mut vacancies: Vec<Vacancy> = (0..5).map(|n| sample::vacancy(n, sample::noon(2026, 10, 3))).collect();
    vacancies[0].job_title = "=HYPERLINK(\"http://evil.example\")".to_owned();
    vacancies[0].description_hash = Some(ContentHash::of(prose.as_bytes()));
    vacancies[1].skills = vec![skill("a1", "nursing"), skill("b2", "first aid")];
    vacancies[2].skills = vec![skill("b2", "first aid")];
    vacancies[3].employer = Some("Line one\nline two, \"quoted\"".to_owned());
    super::fill(&store, &vacancies);
    let release = super::built(&store, "2026-10", None);
    Desk { folder, store, release }
}

impl Desk {
    /// Exports to a file of the folder.
    pub fn write(&self, name: &str, options: ExportOptions) -> PathBuf {
        let path = self.folder.path().join(name);
        export(&self.store, self.release.id, &options, &path, &mut |_| {}).unwrap();
        path
    }
}
