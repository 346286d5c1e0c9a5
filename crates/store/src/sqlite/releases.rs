//! Releases: built out of sight, shown as drafts, immutable once published.
//!
//! While the next version of a month is being built, the draft it replaces stays in view; a build that is cut short
//! leaves that draft as it was, and the next build clears what the other left.

use super::bulk::Bulk;
use super::cells::{Cells, read_all};
use super::{SqliteStore, observations, released};
use crate::error::Trouble;
use crate::rows;
use crate::rows::cells::{json_text, time_text};
use crate::rows::vacancy::vacancy_columns;
use openvacancy_domain::ports::{ObservationQuery, Page, ReleaseStore, ReleaseVacancy, VacancyQuery};
use openvacancy_domain::{Month, Observation, Release, ReleaseId, ReleaseState, StoreError};
use sqlx::SqliteConnection;

macro_rules! select {
    () => {
        "SELECT month, version, state, as_of, built_at, published_at, vacancies, observations, digest, versions, gate, \
         quality FROM release WHERE state <> 'building'"
    };
}

const ALL: &str = concat!(select!(), " ORDER BY month DESC, version DESC");
const ONE: &str = concat!(select!(), " AND month = ? AND version = ?");
const KEY_IN_VIEW: &str = "SELECT key FROM release WHERE month = ? AND version = ? AND state <> 'building'";
const KEY_UNDER_WAY: &str = "SELECT key FROM release WHERE month = ? AND version = ? AND state = 'building'";
const STATE: &str = "SELECT state FROM release WHERE month = ? AND version = ? AND state <> 'building'";
const NEXT_VERSION: &str = "SELECT coalesce(max(version), 0) + 1 FROM release WHERE month = ? AND state = 'published'";
const BEGIN: &str = "INSERT INTO release (month, version, state) VALUES (?, ?, 'building')";
const UNFINISHED: &str = "SELECT key FROM release WHERE month = ? AND state = 'building'";
const UNPUBLISHED: &str = "SELECT key FROM release WHERE month = ? AND state IN ('draft', 'checked')";
/// In this order: rows before the release they refer to.
const DISCARD: [&str; 3] = [
    "DELETE FROM release_vacancy WHERE release_key = ?",
    "DELETE FROM observation WHERE release_key = ?",
    "DELETE FROM release WHERE key = ?",
];
const FINISH: &str = "UPDATE release SET state = ?, as_of = ?, built_at = ?, published_at = ?, vacancies = ?, \
    observations = ?, digest = ?, versions = ?, gate = ?, quality = ? WHERE key = ?";
const UPDATE: &str = "UPDATE release SET state = ?, published_at = ?, gate = ?, quality = ? \
    WHERE month = ? AND version = ? AND state <> 'building'";
const ADD_VACANCIES: Bulk = Bulk {
    head: concat!("INSERT INTO release_vacancy (release_key, ", vacancy_columns!(), ", in_flow, in_stock) VALUES"),
    columns: rows::release::VACANCY_COLUMNS,
    tail: "",
};
const ADD_OBSERVATIONS: Bulk = Bulk {
    head: "INSERT INTO observation (release_key, indicator, area_type, area, occupation, period, value, unit, status) \
        VALUES",
    columns: rows::release::OBSERVATION_COLUMNS,
    tail: "",
};

impl ReleaseStore for SqliteStore {
    fn begin_release(&self, month: Month) -> Result<ReleaseId, StoreError> {
        self.write("beginning a release", async |connection| {
            discard(connection, UNFINISHED, month).await?;
            let version: u32 =
                sqlx::query_scalar(NEXT_VERSION).bind(month.to_string()).fetch_one(&mut *connection).await?;
            sqlx::query(BEGIN).bind(month.to_string()).bind(version).execute(connection).await?;
            Ok(ReleaseId { month, version })
        })
    }

    fn add_release_vacancies(&self, id: ReleaseId, rows: &[ReleaseVacancy]) -> Result<(), StoreError> {
        self.write("storing a release's vacancies", async |connection| {
            let key = under_way(connection, id).await?;
            ADD_VACANCIES
                .insert(connection, rows, |row, values| rows::release::write_vacancy(key, row, values))
                .await?;
            Ok(())
        })
    }

    fn add_observations(&self, id: ReleaseId, rows: &[Observation]) -> Result<(), StoreError> {
        self.write("storing a release's observations", async |connection| {
            let key = under_way(connection, id).await?;
            ADD_OBSERVATIONS
                .insert(connection, rows, |row, values| rows::release::write_observation(key, row, values))
                .await?;
            Ok(())
        })
    }

    fn finish_release(&self, release: &Release) -> Result<(), StoreError> {
        self.write("showing a release", async |connection| {
            let key = under_way(connection, release.id).await?;
            if state(connection, release.id).await? == Some(ReleaseState::Published) {
                return Err(Trouble::conflict(format!(
                    "release {} was published while its successor was built: build again for the next version",
                    release.id
                )));
            }
            discard(connection, UNPUBLISHED, release.id.month).await?;
            sqlx::query(FINISH)
                .bind(release.state.as_str())
                .bind(time_text(release.as_of))
                .bind(time_text(release.built_at))
                .bind(release.published_at.map(time_text))
                .bind(i64::try_from(release.vacancies).unwrap_or(i64::MAX))
                .bind(i64::try_from(release.observations).unwrap_or(i64::MAX))
                .bind(&release.digest)
                .bind(json_text(&release.versions))
                .bind(json_text(&release.gate))
                .bind(json_text(&release.quality))
                .bind(key)
                .execute(connection)
                .await?;
            Ok(())
        })
    }

    fn update_release(&self, release: &Release) -> Result<(), StoreError> {
        self.write("changing a release", async |connection| {
            match state(connection, release.id).await? {
                None => return Err(no_release(release.id)),
                Some(ReleaseState::Published) => {
                    return Err(Trouble::conflict(format!(
                        "release {} is published and never changes: build a revision, which will be the next version",
                        release.id
                    )));
                }
                Some(ReleaseState::Draft | ReleaseState::Checked) => {}
            }
            sqlx::query(UPDATE)
                .bind(release.state.as_str())
                .bind(release.published_at.map(time_text))
                .bind(json_text(&release.gate))
                .bind(json_text(&release.quality))
                .bind(release.id.month.to_string())
                .bind(release.id.version)
                .execute(connection)
                .await?;
            Ok(())
        })
    }

    fn releases(&self) -> Result<Vec<Release>, StoreError> {
        self.read("reading releases", async |connection| {
            read_all(&sqlx::query(ALL).fetch_all(connection).await?, |cells| rows::release::read(cells))
        })
    }

    fn release(&self, id: ReleaseId) -> Result<Release, StoreError> {
        self.read("reading a release", async |connection| {
            let query = sqlx::query(ONE).bind(id.month.to_string()).bind(id.version);
            match query.fetch_optional(connection).await? {
                Some(row) => rows::release::read(&mut Cells::of(&row)),
                None => Err(no_release(id)),
            }
        })
    }

    fn release_vacancies(&self, id: ReleaseId, query: &VacancyQuery) -> Result<Page<ReleaseVacancy>, StoreError> {
        self.read("reading a release's vacancies", async |connection| {
            let key = in_view(connection, id).await?;
            released::page(connection, key, query).await
        })
    }

    fn count_release_vacancies(&self, id: ReleaseId, query: &VacancyQuery) -> Result<u64, StoreError> {
        self.read("counting a release's vacancies", async |connection| {
            let key = in_view(connection, id).await?;
            released::count(connection, key, query).await
        })
    }

    fn observations(&self, id: ReleaseId, query: &ObservationQuery) -> Result<Page<Observation>, StoreError> {
        self.read("reading observations", async |connection| {
            let key = in_view(connection, id).await?;
            observations::page(connection, key, query).await
        })
    }
}

async fn find_key(connection: &mut SqliteConnection, sql: &'static str, id: ReleaseId) -> Result<Option<i64>, Trouble> {
    let query = sqlx::query_scalar(sql).bind(id.month.to_string()).bind(id.version);
    Ok(query.fetch_optional(connection).await?)
}

async fn in_view(connection: &mut SqliteConnection, id: ReleaseId) -> Result<i64, Trouble> {
    find_key(connection, KEY_IN_VIEW, id).await?.ok_or_else(|| no_release(id))
}

async fn under_way(connection: &mut SqliteConnection, id: ReleaseId) -> Result<i64, Trouble> {
    find_key(connection, KEY_UNDER_WAY, id).await?.ok_or_else(|| {
        Trouble::conflict(format!(
            "release {id} is not under way: another build of the month began meanwhile, or it is finished; build again"
        ))
    })
}

async fn state(connection: &mut SqliteConnection, id: ReleaseId) -> Result<Option<ReleaseState>, Trouble> {
    let query = sqlx::query_scalar(STATE).bind(id.month.to_string()).bind(id.version);
    let text: Option<String> = query.fetch_optional(connection).await?;
    let parsed = text.map(|text| text.parse()).transpose();
    parsed.map_err(|reason: String| Trouble::corrupt(format!("state of release {id}"), reason))
}

/// Throws away the releases of a month that `which` finds; none of them is published.
async fn discard(connection: &mut SqliteConnection, which: &'static str, month: Month) -> Result<(), Trouble> {
    let keys: Vec<i64> = sqlx::query_scalar(which).bind(month.to_string()).fetch_all(&mut *connection).await?;
    for key in keys {
        for sql in DISCARD {
            sqlx::query(sql).bind(key).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

fn no_release(id: ReleaseId) -> Trouble {
    Trouble::not_found(format!("release {id}"))
}
