//! Releases: built out of sight, shown as drafts, immutable once published.
//!
//! While the next version of a month is being built, the draft it replaces stays in view; a build that is cut short
//! leaves that draft as it was, and the next build clears what the other left.

use super::{observations, released, search_index};
use crate::error::Trouble;
use crate::rows;
use crate::rows::cells::{ReadCells as _, json_text, time_text};
use crate::rows::vacancy::vacancy_columns;
use crate::session::{Bulk, Session};
use crate::store::{Area, Backend, SqlStore};
use openvacancy_domain::ports::{ObservationQuery, Page, ReleaseStore, ReleaseVacancy, VacancyQuery};
use openvacancy_domain::{Month, Observation, Release, ReleaseId, ReleaseState, StoreError};

macro_rules! select_release {
    () => {
        "SELECT month, version, state, as_of, built_at, published_at, vacancies, observations, digest, versions, gate, \
         quality FROM release WHERE state <> 'building'"
    };
}

const ALL: &str = concat!(select_release!(), " ORDER BY month DESC, version DESC");
const ONE: &str = concat!(select_release!(), " AND month = $1 AND version = $2");
const KEY_IN_VIEW: &str = "SELECT key FROM release WHERE month = $1 AND version = $2 AND state <> 'building'";
const KEY_UNDER_WAY: &str = "SELECT key FROM release WHERE month = $1 AND version = $2 AND state = 'building'";
const STATE: &str = "SELECT state FROM release WHERE month = $1 AND version = $2 AND state <> 'building'";
const NEXT_VERSION: &str = "SELECT coalesce(max(version), 0) + 1 FROM release WHERE month = $1 AND state = 'published'";
const BEGIN: &str = "INSERT INTO release (month, version, state) VALUES ($1, $2, 'building')";
const UNFINISHED: &str = "SELECT key FROM release WHERE month = $1 AND state = 'building'";
const UNPUBLISHED: &str = "SELECT key FROM release WHERE month = $1 AND state IN ('draft', 'checked')";
/// In this order: rows before the release they refer to.
const DISCARD: [&str; 3] = [
    "DELETE FROM release_vacancy WHERE release_key = $1",
    "DELETE FROM observation WHERE release_key = $1",
    "DELETE FROM release WHERE key = $1",
];
const FINISH: &str = "UPDATE release SET state = $1, as_of = $2, built_at = $3, published_at = $4, vacancies = $5, \
    observations = $6, digest = $7, versions = $8, gate = $9, quality = $10 WHERE key = $11";
const UPDATE: &str = "UPDATE release SET state = $1, published_at = $2, gate = $3, quality = $4 \
    WHERE month = $5 AND version = $6 AND state <> 'building'";
const ADD_VACANCIES: Bulk = Bulk {
    table: "release_vacancy",
    columns: concat!("release_key, ", vacancy_columns!(), ", in_flow, in_stock"),
    count: rows::release::VACANCY_COLUMNS,
    tail: "",
};
const ADD_OBSERVATIONS: Bulk = Bulk {
    table: "observation",
    columns: "release_key, indicator, area_type, area, occupation, period, value, unit, status",
    count: rows::release::OBSERVATION_COLUMNS,
    tail: "",
};

impl<B: Backend> ReleaseStore for SqlStore<B> {
    fn begin_release(&self, month: Month) -> Result<ReleaseId, StoreError> {
        self.write(Area::Releases, "beginning a release", async |connection| {
            discard(connection, UNFINISHED, month).await?;
            let version = connection.first(NEXT_VERSION, &[month.to_string().into()], |cells| cells.number()).await?;
            let version: u32 = version.unwrap_or(1);
            connection.execute(BEGIN, &[month.to_string().into(), version.into()]).await?;
            Ok(ReleaseId { month, version })
        })
    }

    fn add_release_vacancies(&self, id: ReleaseId, rows: &[ReleaseVacancy]) -> Result<(), StoreError> {
        self.write(Area::Releases, "storing a release's vacancies", async |connection| {
            let key = under_way(connection, id).await?;
            connection
                .insert(&ADD_VACANCIES, rows, |row, values| rows::release::write_vacancy(key, row, values))
                .await?;
            Ok(())
        })
    }

    fn add_observations(&self, id: ReleaseId, rows: &[Observation]) -> Result<(), StoreError> {
        self.write(Area::Releases, "storing a release's observations", async |connection| {
            let key = under_way(connection, id).await?;
            connection
                .insert(&ADD_OBSERVATIONS, rows, |row, values| rows::release::write_observation(key, row, values))
                .await?;
            Ok(())
        })
    }

    fn finish_release(&self, release: &Release) -> Result<(), StoreError> {
        self.write(Area::Releases, "showing a release", async |connection| {
            let key = under_way(connection, release.id).await?;
            if state(connection, release.id).await? == Some(ReleaseState::Published) {
                return Err(Trouble::conflict(format!(
                    "release {} was published while its successor was built: build again for the next version",
                    release.id
                )));
            }
            discard(connection, UNPUBLISHED, release.id.month).await?;
            search_index::index(connection, key).await?;
            let values = [
                release.state.as_str().into(),
                time_text(release.as_of).into(),
                time_text(release.built_at).into(),
                release.published_at.map(time_text).into(),
                release.vacancies.into(),
                release.observations.into(),
                (&release.digest).into(),
                json_text(&release.versions).into(),
                json_text(&release.gate).into(),
                json_text(&release.quality).into(),
                key.into(),
            ];
            connection.execute(FINISH, &values).await?;
            Ok(())
        })
    }

    fn update_release(&self, release: &Release) -> Result<(), StoreError> {
        self.write(Area::Releases, "changing a release", async |connection| {
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
            let values = [
                release.state.as_str().into(),
                release.published_at.map(time_text).into(),
                json_text(&release.gate).into(),
                json_text(&release.quality).into(),
                release.id.month.to_string().into(),
                release.id.version.into(),
            ];
            connection.execute(UPDATE, &values).await?;
            Ok(())
        })
    }

    fn releases(&self) -> Result<Vec<Release>, StoreError> {
        self.read("reading releases", async |connection| {
            connection.all(ALL, &[], |cells| rows::release::read(cells)).await
        })
    }

    fn release(&self, id: ReleaseId) -> Result<Release, StoreError> {
        self.read("reading a release", async |connection| {
            let values = [id.month.to_string().into(), id.version.into()];
            let found = connection.first(ONE, &values, |cells| rows::release::read(cells)).await?;
            found.ok_or_else(|| no_release(id))
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

async fn find_key(connection: &mut impl Session, sql: &'static str, id: ReleaseId) -> Result<Option<i64>, Trouble> {
    connection.first(sql, &[id.month.to_string().into(), id.version.into()], |cells| cells.must_int()).await
}

async fn in_view(connection: &mut impl Session, id: ReleaseId) -> Result<i64, Trouble> {
    find_key(connection, KEY_IN_VIEW, id).await?.ok_or_else(|| no_release(id))
}

async fn under_way(connection: &mut impl Session, id: ReleaseId) -> Result<i64, Trouble> {
    find_key(connection, KEY_UNDER_WAY, id).await?.ok_or_else(|| {
        Trouble::conflict(format!(
            "release {id} is not under way: another build of the month began meanwhile, or it is finished; build again"
        ))
    })
}

async fn state(connection: &mut impl Session, id: ReleaseId) -> Result<Option<ReleaseState>, Trouble> {
    connection.first(STATE, &[id.month.to_string().into(), id.version.into()], |cells| cells.must_parse()).await
}

/// Throws away the releases of a month that `which` finds; none of them is published.
async fn discard(connection: &mut impl Session, which: &'static str, month: Month) -> Result<(), Trouble> {
    for key in connection.all(which, &[month.to_string().into()], |cells| cells.must_int()).await? {
        search_index::drop(connection, key).await?;
        for sql in DISCARD {
            connection.execute(sql, &[key.into()]).await?;
        }
    }
    Ok(())
}

fn no_release(id: ReleaseId) -> Trouble {
    Trouble::not_found(format!("release {id}"))
}
