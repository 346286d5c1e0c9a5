//! The log of runs.

use super::SqliteStore;
use super::bulk::Bulk;
use super::cells::{Cells, read_all};
use crate::error::Trouble;
use crate::rows::cells::{json_text, time_text};
use crate::rows::run::{read_problem, read_run, write_problem};
use openvacancy_domain::ports::RunLog;
use openvacancy_domain::{PortalId, Problem, Run, RunCounts, RunId, RunState, Stage, StoreError, Timestamp};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

macro_rules! select_run {
    () => {
        "SELECT id, stage, portal, started_at, ended_at, state, fetched, bytes, read, stored, unchanged, rejected, closed, \
         versions, error FROM run"
    };
}

const START: &str = "INSERT INTO run (stage, portal, started_at, state, versions) VALUES (?, ?, ?, ?, ?)";
const FINISH: &str = "UPDATE run SET ended_at = ?, state = ?, error = ?, fetched = ?, bytes = ?, read = ?, stored = ?, \
    unchanged = ?, rejected = ?, closed = ? WHERE id = ?";
const EXISTS: &str = "SELECT EXISTS (SELECT 1 FROM run WHERE id = ?)";
const NEWEST: &str = concat!(select_run!(), " ORDER BY id DESC LIMIT ?");
const ONE: &str = concat!(select_run!(), " WHERE id = ?");
const PROBLEMS: &str = "SELECT code, place, field, message FROM problem WHERE run_id = ? ORDER BY key LIMIT ?";

impl RunLog for SqliteStore {
    fn start_run(
        &self,
        stage: Stage,
        portal: Option<&PortalId>,
        at: Timestamp,
        versions: &BTreeMap<String, String>,
    ) -> Result<RunId, StoreError> {
        self.write("opening a run", async |connection| {
            let started = sqlx::query(START)
                .bind(stage.as_str())
                .bind(portal.map(PortalId::as_str))
                .bind(time_text(at))
                .bind(RunState::Running.as_str())
                .bind(json_text(versions))
                .execute(connection)
                .await?;
            Ok(RunId(started.last_insert_rowid()))
        })
    }

    fn finish_run(
        &self,
        run: RunId,
        at: Timestamp,
        state: RunState,
        counts: &RunCounts,
        error: Option<&str>,
    ) -> Result<(), StoreError> {
        self.write("closing a run", async |connection| {
            let mut query = sqlx::query(FINISH).bind(time_text(at)).bind(state.as_str()).bind(error);
            let RunCounts { fetched, bytes, read, stored, unchanged, rejected, closed } = *counts;
            for count in [fetched, bytes, read, stored, unchanged, rejected, closed] {
                query = query.bind(i64::try_from(count).unwrap_or(i64::MAX));
            }
            match query.bind(run.0).execute(connection).await?.rows_affected() {
                0 => Err(no_run(run)),
                _ => Ok(()),
            }
        })
    }

    fn add_problems(&self, run: RunId, problems: &[Problem]) -> Result<(), StoreError> {
        self.write("keeping problems", async |connection| add(connection, run, problems).await)
    }

    fn runs(&self, limit: u32) -> Result<Vec<Run>, StoreError> {
        self.read("reading the runs", async |connection| {
            read_all(&sqlx::query(NEWEST).bind(limit).fetch_all(connection).await?, |cells| read_run(cells))
        })
    }

    fn run(&self, run: RunId) -> Result<Run, StoreError> {
        self.read("reading a run", async |connection| {
            match sqlx::query(ONE).bind(run.0).fetch_optional(connection).await? {
                Some(row) => read_run(&mut Cells::of(&row)),
                None => Err(no_run(run)),
            }
        })
    }

    fn problems(&self, run: RunId, limit: u32) -> Result<Vec<Problem>, StoreError> {
        self.read("reading problems", async |connection| {
            must_exist(connection, run).await?;
            let rows = sqlx::query(PROBLEMS).bind(run.0).bind(limit).fetch_all(connection).await?;
            read_all(&rows, |cells| read_problem(cells))
        })
    }
}

/// Keeps problems within a transaction.
pub(super) async fn add(connection: &mut SqliteConnection, run: RunId, problems: &[Problem]) -> Result<(), Trouble> {
    const INSERT: Bulk =
        Bulk { head: "INSERT INTO problem (run_id, code, place, field, message) VALUES", columns: 5, tail: "" };
    if problems.is_empty() {
        return Ok(());
    }
    must_exist(connection, run).await?;
    INSERT.insert(connection, problems, |problem, values| write_problem(run, problem, values)).await?;
    Ok(())
}

async fn must_exist(connection: &mut SqliteConnection, run: RunId) -> Result<(), Trouble> {
    let exists: bool = sqlx::query_scalar(EXISTS).bind(run.0).fetch_one(connection).await?;
    if exists { Ok(()) } else { Err(no_run(run)) }
}

fn no_run(run: RunId) -> Trouble {
    Trouble::not_found(format!("run {run}"))
}
