//! The present set of vacancies, and how a new one takes its place.
//!
//! Each row belongs to a set. A new set is filled beside the present one; making it present changes one row, so readers
//! see either set and never a mixture. The rows of the former set are cleared afterwards; a process that is killed
//! before leaves them to the next one.

use crate::error::Trouble;
use crate::rows::cells::{ReadCells, WriteCells as _};
use crate::rows::vacancy::{self, vacancy_columns};
use crate::session::{Bulk, Session};
use crate::store::{Area, Backend, SqlStore};
use openvacancy_domain::ports::{VacancyRecord, VacancyStore};
use openvacancy_domain::{PairDecision, PortalId, PostingId, RunId, StoreError, Vacancy, VacancyId};

macro_rules! present {
    () => {
        "(SELECT id FROM vacancy_set WHERE state = 'present')"
    };
}

const BEGIN: &str = "INSERT INTO vacancy_set (run_id, state) VALUES ($1, 'building')";
const BUILDING: &str = "SELECT id FROM vacancy_set WHERE state = 'building' AND run_id = $1";
const PRESENT: &str = "SELECT id FROM vacancy_set WHERE state = 'present'";
const RETIRE: &str = "UPDATE vacancy_set SET state = 'former' WHERE state = $1";
const SHOW: &str = "UPDATE vacancy_set SET state = 'present' WHERE id = $1";
/// In this order: rows before the set they refer to.
const CLEAR_FORMER: [&str; 4] = [
    "DELETE FROM vacancy WHERE vacancy_set IN (SELECT id FROM vacancy_set WHERE state = 'former')",
    "DELETE FROM vacancy_posting WHERE vacancy_set IN (SELECT id FROM vacancy_set WHERE state = 'former')",
    "DELETE FROM vacancy_link WHERE vacancy_set IN (SELECT id FROM vacancy_set WHERE state = 'former')",
    "DELETE FROM vacancy_set WHERE state = 'former'",
];

// $1 the new set, $2 the former one, $3 the run.
const NEW_ALIASES: &str = "INSERT INTO vacancy_alias (alias, portal, posting_id, vacancy_id, run_id) \
    SELECT old.vacancy_id, first.portal, first.posting_id, now.vacancy_id, $3 FROM vacancy AS old \
    JOIN vacancy_posting AS first ON first.vacancy_set = $2 AND first.vacancy_id = old.vacancy_id AND first.position = 0 \
    JOIN vacancy_posting AS now \
        ON now.vacancy_set = $1 AND now.portal = first.portal AND now.posting_id = first.posting_id \
    WHERE old.vacancy_set = $2 \
        AND NOT EXISTS (SELECT 1 FROM vacancy AS new WHERE new.vacancy_set = $1 AND new.vacancy_id = old.vacancy_id) \
    ON CONFLICT (alias) DO UPDATE SET portal = excluded.portal, posting_id = excluded.posting_id, \
        vacancy_id = excluded.vacancy_id, run_id = excluded.run_id";
const FOLLOW_ALIASES: &str = "UPDATE vacancy_alias SET vacancy_id = now.vacancy_id FROM vacancy_posting AS now \
    WHERE now.vacancy_set = $1 AND now.portal = vacancy_alias.portal AND now.posting_id = vacancy_alias.posting_id \
        AND now.vacancy_id <> vacancy_alias.vacancy_id";
const END_ALIASES: &str =
    "DELETE FROM vacancy_alias WHERE alias IN (SELECT vacancy_id FROM vacancy WHERE vacancy_set = $1)";

const PAGE: &str = concat!(
    "SELECT ",
    vacancy_columns!(),
    " FROM vacancy WHERE vacancy_set = ",
    present!(),
    " AND vacancy_id > $1 ORDER BY vacancy_id LIMIT $2"
);
const ONE: &str =
    concat!("SELECT ", vacancy_columns!(), " FROM vacancy WHERE vacancy_set = ", present!(), " AND vacancy_id = $1");
const ALIAS: &str = "SELECT vacancy_id FROM vacancy_alias WHERE alias = $1";
const POSTINGS: &str = concat!(
    "SELECT portal, posting_id FROM vacancy_posting WHERE vacancy_set = ",
    present!(),
    " AND vacancy_id = $1 ORDER BY position"
);
const LINKS: &str = concat!(
    "SELECT a_portal, a_posting_id, b_portal, b_posting_id, score, same, reasons FROM vacancy_link WHERE vacancy_set = ",
    present!(),
    " AND vacancy_id = $1 ORDER BY position"
);
const ALL_LINKS: &str = concat!(
    "SELECT portal, posting_id, vacancy_id FROM vacancy_posting WHERE vacancy_set = ",
    present!(),
    " AND (portal, posting_id) > ($1, $2) ORDER BY portal, posting_id LIMIT $3"
);

const ADD: Bulk = Bulk {
    table: "vacancy",
    columns: concat!("vacancy_set, ", vacancy_columns!()),
    count: vacancy::COLUMNS + 1,
    tail: "",
};
const ADD_POSTINGS: Bulk = Bulk {
    table: "vacancy_posting",
    columns: "vacancy_set, portal, posting_id, vacancy_id, position",
    count: 5,
    tail: "",
};
const ADD_LINKS: Bulk = Bulk {
    table: "vacancy_link",
    columns: "vacancy_set, vacancy_id, position, a_portal, a_posting_id, b_portal, b_posting_id, \
        score, same, reasons",
    count: 10,
    tail: "",
};

impl<B: Backend> VacancyStore for SqlStore<B> {
    fn begin_vacancies(&self, run: RunId) -> Result<(), StoreError> {
        self.write(Area::Vacancies, "beginning a set of vacancies", async |connection| {
            // A set that was begun and never committed is given up.
            connection.execute(RETIRE, &["building".into()]).await?;
            clear_former(connection).await?;
            connection.execute(BEGIN, &[run.0.into()]).await?;
            Ok(())
        })
    }

    fn put_vacancies(&self, run: RunId, records: &[VacancyRecord]) -> Result<(), StoreError> {
        self.write(Area::Vacancies, "storing vacancies", async |connection| {
            let set = building(connection, run).await?;
            let write = |record: &VacancyRecord, values: &mut <B::Session as Session>::Values| {
                values.int(Some(set));
                vacancy::write(&record.vacancy, values);
            };
            connection.insert(&ADD, records, write).await?;
            add_postings(connection, set, records).await?;
            add_links(connection, set, records).await
        })
    }

    fn commit_vacancies(&self, run: RunId) -> Result<(), StoreError> {
        self.write(Area::Vacancies, "showing the new vacancies", async |connection| {
            let new = building(connection, run).await?;
            if let Some(former) = connection.first(PRESENT, &[], |cells| cells.must_int()).await? {
                connection.execute(NEW_ALIASES, &[new.into(), former.into(), run.0.into()]).await?;
            }
            connection.execute(FOLLOW_ALIASES, &[new.into()]).await?;
            connection.execute(END_ALIASES, &[new.into()]).await?;
            connection.execute(RETIRE, &["present".into()]).await?;
            connection.execute(SHOW, &[new.into()]).await?;
            Ok(())
        })?;
        // The new set is in view; that the old rows could not be cleared now is no failure of that.
        let cleared = self
            .write(Area::Vacancies, "clearing the former vacancies", async |connection| clear_former(connection).await);
        if let Err(error) = cleared {
            tracing::warn!(%error, "the former vacancies stay until the next set is begun");
        }
        Ok(())
    }

    fn vacancies(&self, after: Option<&VacancyId>, limit: u32) -> Result<Vec<Vacancy>, StoreError> {
        self.read("reading vacancies", async |connection| {
            let after = after.map_or("", VacancyId::as_str);
            connection.all(PAGE, &[after.into(), limit.into()], |cells| vacancy::read(cells)).await
        })
    }

    fn vacancy(&self, id: &VacancyId) -> Result<Option<VacancyRecord>, StoreError> {
        self.read("reading a vacancy", async |connection| {
            if let Some(record) = one(connection, id.as_str()).await? {
                return Ok(Some(record));
            }
            match connection.first(ALIAS, &[id.as_str().into()], |cells| cells.must_text()).await? {
                Some(target) => one(connection, &target).await,
                None => Ok(None),
            }
        })
    }

    fn vacancy_links(&self, after: Option<&PostingId>, limit: u32) -> Result<Vec<(PostingId, VacancyId)>, StoreError> {
        self.read("reading which vacancy postings belong to", async |connection| {
            let (portal, id) = after.map_or(("", ""), |after| (after.portal.as_str(), after.id.as_str()));
            let values = [portal.into(), id.into(), limit.into()];
            connection.all(ALL_LINKS, &values, |cells| Ok((posting_id(cells)?, VacancyId(cells.must_text()?)))).await
        })
    }
}

async fn building(connection: &mut impl Session, run: RunId) -> Result<i64, Trouble> {
    let set = connection.first(BUILDING, &[run.0.into()], |cells| cells.must_int()).await?;
    set.ok_or_else(|| {
        Trouble::conflict(format!(
            "run {run} has no set of vacancies under way: another run began one meanwhile, or it was committed; begin again"
        ))
    })
}

async fn clear_former(connection: &mut impl Session) -> Result<(), Trouble> {
    for sql in CLEAR_FORMER {
        connection.execute(sql, &[]).await?;
    }
    Ok(())
}

async fn add_postings<S: Session>(connection: &mut S, set: i64, records: &[VacancyRecord]) -> Result<(), Trouble> {
    let postings: Vec<(&VacancyId, usize, &PostingId)> = records
        .iter()
        .flat_map(|record| {
            record.postings.iter().enumerate().map(|(place, posting)| (&record.vacancy.vacancy_id, place, posting))
        })
        .collect();
    let write = |(vacancy, place, posting): &(&VacancyId, usize, &PostingId), values: &mut S::Values| {
        values.int(Some(set));
        values.text(Some(posting.portal.as_str()));
        values.text(Some(&posting.id));
        values.text(Some(vacancy.as_str()));
        values.number(*place);
    };
    connection.insert(&ADD_POSTINGS, &postings, write).await?;
    Ok(())
}

async fn add_links<S: Session>(connection: &mut S, set: i64, records: &[VacancyRecord]) -> Result<(), Trouble> {
    let links: Vec<(&VacancyId, usize, &PairDecision)> = records
        .iter()
        .flat_map(|record| {
            record.links.iter().enumerate().map(|(place, link)| (&record.vacancy.vacancy_id, place, link))
        })
        .collect();
    let write = |(vacancy, place, link): &(&VacancyId, usize, &PairDecision), values: &mut S::Values| {
        values.int(Some(set));
        values.text(Some(vacancy.as_str()));
        values.number(*place);
        for posting in [&link.a, &link.b] {
            values.text(Some(posting.portal.as_str()));
            values.text(Some(&posting.id));
        }
        values.short_real(Some(link.score));
        values.flag(Some(link.same));
        values.json(&link.reasons);
    };
    connection.insert(&ADD_LINKS, &links, write).await?;
    Ok(())
}

async fn one(connection: &mut impl Session, id: &str) -> Result<Option<VacancyRecord>, Trouble> {
    let id = [id.into()];
    let Some(vacancy) = connection.first(ONE, &id, |cells| vacancy::read(cells)).await? else { return Ok(None) };
    let postings = connection.all(POSTINGS, &id, |cells| posting_id(cells)).await?;
    let links = connection.all(LINKS, &id, |cells| link(cells)).await?;
    Ok(Some(VacancyRecord { vacancy, postings, links }))
}

fn link(cells: &mut impl ReadCells) -> Result<PairDecision, Trouble> {
    Ok(PairDecision {
        a: posting_id(cells)?,
        b: posting_id(cells)?,
        score: cells.short_real()?.unwrap_or_default(),
        same: cells.flag()?.unwrap_or_default(),
        reasons: cells.json()?,
    })
}

fn posting_id(cells: &mut impl ReadCells) -> Result<PostingId, Trouble> {
    Ok(PostingId { portal: PortalId(cells.must_text()?), id: cells.must_text()? })
}
