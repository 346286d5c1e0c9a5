//! The log of runs.

use crate::error::Trouble;
use crate::rows::cells::{ReadCells as _, json_text, time_text};
use crate::rows::run::{read_problem, read_run, write_problem};
use crate::session::{Bulk, Session, Value};
use crate::store::{Area, Backend, SqlStore};
use openvacancy_domain::ports::RunLog;
use openvacancy_domain::{PortalId, Problem, Run, RunCounts, RunId, RunState, Stage, StoreError, Timestamp};
use std::collections::BTreeMap;

macro_rules! select_run {
    () => {
        "SELECT id, stage, portal, started_at, ended_at, state, fetched, bytes, read, stored, unchanged, rejected, closed, \
         versions, error FROM run"
    };
}

const START: &str =
    "INSERT INTO run (stage, portal, started_at, state, versions) VALUES ($1, $2, $3, $4, $5) RETURNING id";
const FINISH: &str = "UPDATE run SET ended_at = $1, state = $2, error = $3, fetched = $4, bytes = $5, read = $6, stored = $7, \
    unchanged = $8, rejected = $9, closed = $10 WHERE id = $11";
const EXISTS: &str = "SELECT id FROM run WHERE id = $1";
const NEWEST: &str = concat!(select_run!(), " ORDER BY id DESC LIMIT $1");
const ONE: &str = concat!(select_run!(), " WHERE id = $1");
const PROBLEMS: &str = "SELECT code, place, field, message FROM problem WHERE run_id = $1 ORDER BY key LIMIT $2";

impl<B: Backend> RunLog for SqlStore<B> {
    fn start_run(
        &self,
        stage: Stage,
        portal: Option<&PortalId>,
        at: Timestamp,
        versions: &BTreeMap<String, String>,
    ) -> Result<RunId, StoreError> {
        self.write(Area::Runs, "opening a run", async |connection| {
            let values = [
                stage.as_str().into(),
                portal.map(PortalId::as_str).into(),
                time_text(at).into(),
                RunState::Running.as_str().into(),
                json_text(versions).into(),
            ];
            let id = connection.first(START, &values, |cells| cells.must_int()).await?;
            id.map(RunId).ok_or_else(|| Trouble::corrupt("new run", "it has no number"))
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
        self.write(Area::Runs, "closing a run", async |connection| {
            let mut values: Vec<Value<'_>> = vec![time_text(at).into(), state.as_str().into(), error.into()];
            let RunCounts { fetched, bytes, read, stored, unchanged, rejected, closed } = *counts;
            values.extend([fetched, bytes, read, stored, unchanged, rejected, closed].map(Value::from));
            values.push(run.0.into());
            match connection.execute(FINISH, &values).await? {
                0 => Err(no_run(run)),
                _ => Ok(()),
            }
        })
    }

    fn add_problems(&self, run: RunId, problems: &[Problem]) -> Result<(), StoreError> {
        self.write(Area::Runs, "keeping problems", async |connection| add(connection, run, problems).await)
    }

    fn runs(&self, limit: u32) -> Result<Vec<Run>, StoreError> {
        self.read("reading the runs", async |connection| {
            connection.all(NEWEST, &[limit.into()], |cells| read_run(cells)).await
        })
    }

    fn run(&self, run: RunId) -> Result<Run, StoreError> {
        self.read("reading a run", async |connection| {
            let found = connection.first(ONE, &[run.0.into()], |cells| read_run(cells)).await?;
            found.ok_or_else(|| no_run(run))
        })
    }

    fn problems(&self, run: RunId, limit: u32) -> Result<Vec<Problem>, StoreError> {
        self.read("reading problems", async |connection| {
            must_exist(connection, run).await?;
            connection.all(PROBLEMS, &[run.0.into(), limit.into()], |cells| read_problem(cells)).await
        })
    }
}

/// Keeps problems within a transaction.
pub(super) async fn add(connection: &mut impl Session, run: RunId, problems: &[Problem]) -> Result<(), Trouble> {
    const INSERT: Bulk = Bulk { table: "problem", columns: "run_id, code, place, field, message", count: 5, tail: "" };
    if problems.is_empty() {
        return Ok(());
    }
    must_exist(connection, run).await?;
    connection.insert(&INSERT, problems, |problem, values| write_problem(run, problem, values)).await?;
    Ok(())
}

async fn must_exist(connection: &mut impl Session, run: RunId) -> Result<(), Trouble> {
    let found = connection.first(EXISTS, &[run.0.into()], |cells| cells.must_int()).await?;
    found.map(|_| ()).ok_or_else(|| no_run(run))
}

fn no_run(run: RunId) -> Trouble {
    Trouble::not_found(format!("run {run}"))
}
