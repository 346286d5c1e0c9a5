//! The server behind the store: refusing it, losing it, what another program finds in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test may fail like the test")]

use openvacancy_domain::StoreError;
use openvacancy_domain::ports::{PostingStore as _, RecordOutcome, ReleaseStore as _, RunLog as _, VacancyStore as _};
use openvacancy_domain::{Release, ReleaseState, Stage};
use openvacancy_store::{Database as _, DatabaseFault, PgStore};
use std::collections::BTreeMap;

#[path = "contract/samples.rs"]
mod samples;
#[path = "contract/server.rs"]
mod server;

use server::Schema;

#[track_caller]
fn fault<T: std::fmt::Debug>(answer: Result<T, StoreError>, says: &str) {
    let error = answer.expect_err("it must be refused");
    assert!(DatabaseFault::of(&error).is_some(), "{error:?}");
    let said = error.to_string();
    assert!(said.contains(says), "{said}");
    assert!(!said.contains("s3cret") && !said.contains('\n'), "{said}");
}

/// The server's address with another user, password, port or database.
fn changed(address: &str, change: impl Fn(&mut url::Url)) -> String {
    let mut url = url::Url::parse(address).unwrap();
    change(&mut url);
    url.to_string()
}

#[test]
fn where_no_server_answers_that_is_said() {
    let nobody = "postgres://me:s3cret@127.0.0.1:1/jobs";
    fault(PgStore::open(nobody), "no PostgreSQL server answers there");
    fault(PgStore::open_scratch(nobody, "demo"), "no PostgreSQL server answers there");
}

#[test]
fn a_missing_database_or_user_is_said() {
    let Some(address) = server::address() else { return };
    let no_database = changed(&address, |url| url.set_path("/no_such_database"));
    fault(PgStore::open(&no_database), "createdb");
    let no_user = changed(&address, |url| {
        url.set_username("no_such_user").unwrap();
        url.set_password(Some("s3cret")).unwrap();
    });
    fault(PgStore::open(&no_user), "the server refuses the user or the password");
}

#[test]
fn a_user_without_rights_is_told_which() {
    let Some(schema) = Schema::new() else { return };
    let role = format!("{}_poor", schema.name);
    server::sql(&schema.address, &format!("CREATE ROLE {role} LOGIN PASSWORD 's3cret'")).unwrap();
    let poor = changed(&schema.address, |url| {
        url.set_username(&role).unwrap();
        url.set_password(Some("s3cret")).unwrap();
    });
    fault(PgStore::open_in_schema(&poor, &schema.name), "lacks a right");
    server::sql(&schema.address, &format!("DROP ROLE {role}")).unwrap();
}

#[test]
fn what_is_no_store_of_ours_is_refused_and_left_alone() {
    let Some(schema) = Schema::new() else { return };
    server::sql(&schema.address, &format!("CREATE SCHEMA {}", schema.name)).unwrap();
    schema.sql("CREATE TABLE recipe (id BIGINT)").unwrap();
    fault(PgStore::open_in_schema(&schema.address, &schema.name), "another program");
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()";
    assert_eq!(schema.sql(tables).unwrap(), ["recipe"]);
    // Nor does a scratch store take its place.
    let taken = PgStore::open_scratch(&schema.address, &schema.name);
    assert!(matches!(&taken, Err(StoreError::Conflict { message }) if message.contains("left alone")), "{taken:?}");
    assert_eq!(schema.sql(tables).unwrap(), ["recipe"]);
}

#[test]
fn a_scratch_store_is_made_anew_each_time() {
    let Some(schema) = Schema::new() else { return };
    for _ in 0..2 {
        let store = PgStore::open_scratch(&schema.address, &schema.name).unwrap();
        assert_eq!(store.runs(10).unwrap(), []);
        samples::run(&store);
    }
}

#[test]
fn a_newer_schema_is_refused() {
    let Some(schema) = Schema::new() else { return };
    drop(schema.open());
    let open = || PgStore::open_in_schema(&schema.address, &schema.name);
    schema
        .sql("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, 'x', true, '', 0)")
        .unwrap();
    fault(open(), "made by a newer OpenVacancy: its schema has step 9000");
    schema.sql("DELETE FROM _sqlx_migrations WHERE version = 9000").unwrap();
    schema.sql("UPDATE _sqlx_migrations SET checksum = '' WHERE version = 1").unwrap();
    fault(open(), "development version");
}

#[test]
fn a_full_disk_is_said_and_nothing_is_half_stored() {
    let Some(schema) = Schema::new() else { return };
    let store = schema.open();
    // The server's own code, raised where the last of a posting's rows are written.
    schema
        .sql(
            "CREATE FUNCTION full_disk () RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        )
        .unwrap();
    schema.sql("CREATE TRIGGER full_disk BEFORE INSERT ON portal FOR EACH ROW EXECUTE FUNCTION full_disk ()").unwrap();
    let run = samples::run(&store);
    let batch = [samples::seen("reed", "1", "Cook", samples::at(2, 0))];
    fault(store.record(run, &batch), "the disk is full");
    assert_eq!(store.postings(0, 10).unwrap(), []);
    schema.sql("DROP TRIGGER full_disk ON portal").unwrap();
    assert_eq!(store.record(run, &batch).unwrap(), [RecordOutcome::New]);
}

#[test]
fn a_transaction_undone_because_of_another_is_run_again() {
    let Some(schema) = Schema::new() else { return };
    let store = schema.open();
    schema.sql("CREATE SEQUENCE tries").unwrap();
    // A sequence counts on though the transaction is undone.
    schema
        .sql(
            "CREATE FUNCTION undo_twice () RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN IF nextval('tries') < 3 THEN RAISE EXCEPTION 'no' USING ERRCODE = 'deadlock_detected'; END IF; \
             RETURN NEW; END $$",
        )
        .unwrap();
    schema
        .sql("CREATE TRIGGER undo_twice BEFORE INSERT ON portal FOR EACH ROW EXECUTE FUNCTION undo_twice ()")
        .unwrap();
    let run = samples::run(&store);
    let batch = [samples::seen("reed", "1", "Cook", samples::at(2, 0))];
    assert_eq!(store.record(run, &batch).unwrap(), [RecordOutcome::New]);
    assert_eq!(schema.sql("SELECT last_value::text FROM tries").unwrap(), ["3"]);
    assert_eq!(store.portal_spans().unwrap()[0].postings, 1);
}

#[test]
fn a_connection_lost_in_the_middle_is_said_and_the_store_goes_on() {
    let Some(schema) = Schema::new() else { return };
    let store = schema.open();
    let run = samples::run(&store);
    let batch = [samples::seen("reed", "1", "Cook", samples::at(2, 0))];
    std::thread::scope(|scope| {
        // Holds up whoever writes postings, waits until one is held up, and ends its connection.
        let ending = scope.spawn(|| {
            schema.sql(
                "DO $$ BEGIN LOCK TABLE portal IN ACCESS EXCLUSIVE MODE; \
                 FOR tries IN 1..3000 LOOP \
                   PERFORM pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)); \
                   EXIT WHEN FOUND; \
                   PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); \
                 END LOOP; END $$",
            )
        });
        let mut answer = store.record(run, &batch);
        // It may have been through before the lock was there.
        while answer.is_ok() && !ending.is_finished() {
            answer = store.record(run, &batch);
        }
        fault(answer, "connection to the server was lost");
        ending.join().unwrap().unwrap();
    });
    store.record(run, &batch).unwrap();
    assert_eq!(store.postings(0, 10).unwrap().len(), 1);
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn a_backup_can_be_brought_back() {
    let Some(schema) = Schema::new() else { return };
    let store = schema.open();
    let run = samples::run(&store);
    store.record(run, &[samples::seen("reed", "1", "Cook", samples::at(2, 0))]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.dump");
    store.backup(&copy).unwrap();
    assert!(matches!(store.backup(&copy), Err(StoreError::Conflict { .. })));
    assert!(store.backup(&folder.path().join("nowhere/copy.dump")).is_err());
    let stored = store.postings(0, 10).unwrap();
    drop(store);
    server::sql(&schema.address, &format!("DROP SCHEMA {} CASCADE", schema.name)).unwrap();
    let restored = std::process::Command::new("pg_restore")
        .args(["--no-owner", "--exit-on-error", "--dbname", &schema.address])
        .arg(&copy)
        .output()
        .unwrap();
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let store = schema.open();
    assert_eq!(store.postings(0, 10).unwrap(), stored);
    assert_eq!(
        store.record(run, &[samples::seen("reed", "2", "Cook", samples::at(2, 0))]).unwrap(),
        [RecordOutcome::New]
    );
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn what_protects_the_data_is_looked_at() {
    let Some(schema) = Schema::new() else { return };
    let store = schema.open();
    schema.sql("ALTER TABLE observation DISABLE TRIGGER observation_published_update").unwrap();
    let run = samples::run(&store);
    store.record(run, &[samples::seen("reed", "1", "Cook", samples::at(2, 0))]).unwrap();
    schema.sql("UPDATE posting SET version_key = 99").unwrap();
    let wrong = store.integrity().unwrap();
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].contains("observation_published_update is a trigger that was switched off"), "{wrong:?}");
    assert_eq!(wrong[1], "1 rows of posting refer to rows that are gone");
}

#[test]
fn a_published_release_resists_sql_of_other_programs() {
    let Some(schema) = Schema::new() else { return };
    let store = schema.open();
    let id = store.begin_release("2026-10".parse().unwrap()).unwrap();
    store.add_release_vacancies(id, &[samples::release_vacancy("v1", "Porter")]).unwrap();
    store.add_observations(id, &[samples::observation("vacancies_flow", "uk", "K02000001", "total")]).unwrap();
    let release = Release {
        id,
        state: ReleaseState::Published,
        as_of: samples::at(31, 0),
        built_at: samples::at(31, 0),
        published_at: Some(samples::at(31, 0)),
        vacancies: 1,
        observations: 1,
        digest: String::new(),
        versions: BTreeMap::new(),
        gate: Vec::new(),
        quality: serde_json::Value::Null,
    };
    store.finish_release(&release).unwrap();
    for text in [
        "UPDATE release SET state = 'draft'",
        "DELETE FROM release",
        "TRUNCATE release CASCADE",
        "UPDATE release_vacancy SET job_title = 'x'",
        "DELETE FROM release_vacancy",
        "TRUNCATE release_vacancy",
        "INSERT INTO observation SELECT release_key, 'x', area_type, area, occupation, period, 1, unit, status FROM observation",
        "UPDATE observation SET value = 0",
        "DELETE FROM observation",
    ] {
        let error = schema.sql(text).expect_err(text).to_string();
        assert!(error.contains("never changes"), "{text}: {error}");
    }
    assert!(schema.sql("UPDATE observation SET release_key = 99").is_err());
    assert_eq!(store.release(id).unwrap(), release);
}

#[test]
fn a_reader_finds_typed_columns_and_views() {
    let Some(schema) = Schema::new() else { return };
    let store = schema.open();
    let run = store.start_run(Stage::Process, None, samples::at(1, 0), &BTreeMap::new()).unwrap();
    store.begin_vacancies(run).unwrap();
    store.put_vacancies(run, &[samples::record(&["1", "2"])]).unwrap();
    store.commit_vacancies(run).unwrap();
    let shown = schema
        .sql(
            "SELECT soc2020_confidence || ' ' || wage_annual_gbp || ' ' || first_seen || ' ' || education_gcse || ' ' || \
             (places::json -> 0 ->> 'name') || ' ' || flow_month FROM current_vacancies",
        )
        .unwrap();
    assert_eq!(shown, ["0.91 23439 2026-10-03T12:00:00.000Z 1 Yeovil 2026-10"]);
    store.record(run, &[samples::seen("reed", "1", "Cook", samples::at(2, 0))]).unwrap();
    let sightings = schema.sql("SELECT portal || posting_id || seen_at FROM sightings").unwrap();
    assert_eq!(sightings, ["reed12026-10-02T12:00:00.000Z"]);
    assert_eq!(schema.sql("SELECT title FROM current_postings").unwrap(), ["Cook"]);
    for view in ["released_vacancies", "published_observations"] {
        assert_eq!(schema.sql(&format!("SELECT count(*)::text FROM {view}")).unwrap(), ["0"], "{view}");
    }
}
