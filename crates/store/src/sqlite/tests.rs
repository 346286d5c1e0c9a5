//! What only the inside can try: a full file, and a call from an async task.

use super::SqliteStore;
use crate::session::Session as _;
use crate::store::Area;
use crate::{Database as _, DatabaseFault};
use openvacancy_domain::ports::{PostingStore as _, RecordOutcome, SeenPosting};
use openvacancy_domain::{Posting, RunId};

#[test]
fn a_full_disk_is_said_and_nothing_is_half_stored() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("store.db")).unwrap();
    // SQLite's own limit stands in for the disk: beyond it the same error is raised.
    let limit = |sql: &'static str| {
        store.write(Area::Runs, "limiting the file", async |connection| connection.execute(sql, &[]).await).unwrap();
    };
    limit("PRAGMA max_page_count = 120");
    let batch: Vec<SeenPosting> = (0..5_000)
        .map(|n| SeenPosting {
            posting: Posting {
                portal: "reed".into(),
                title: format!("Cook {n}"),
                description: Some(format!("Cook number {n} is wanted.")),
                ..Posting::default()
            },
            seen_at: None,
        })
        .collect();
    let error = store.record(RunId(1), &batch).expect_err("it does not fit");
    assert!(matches!(DatabaseFault::of(&error), Some(DatabaseFault::Full(_))), "{error}");
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert_eq!(store.postings(0, 10).unwrap(), []);
    limit("PRAGMA max_page_count = 100000");
    assert_eq!(store.record(RunId(1), &batch).unwrap(), vec![RecordOutcome::New; batch.len()]);
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn the_store_works_inside_an_async_task() {
    let store = SqliteStore::open_url("sqlite::memory:").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async move {
        assert_eq!(store.postings(0, 10).unwrap(), []);
        assert_eq!(
            store
                .pending_count(&openvacancy_domain::ports::StageVersions { rules: "r".into(), coder: "c".into() })
                .unwrap(),
            0
        );
        drop(store);
    });
}
