//! Claims on a PostgreSQL store: an advisory lock held by a connection of its own, which ends with that connection.

use super::{PgStore, Postgres, connection};
use crate::blocking::Blocking;
use crate::claim::{Claim, taken};
use crate::store::said;
use openvacancy_domain::StoreError;
use sqlx::{Connection as _, PgConnection};
use std::sync::Arc;

const TRY: &str = "SELECT pg_try_advisory_lock($1)";
const GIVE_BACK: &str = "SELECT pg_advisory_unlock($1)";

struct Held {
    connection: Option<PgConnection>,
    key: i64,
    blocking: Arc<Blocking>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            self.blocking.wait(async {
                // The server takes it back anyway when it notices that the connection is gone; this is sooner.
                let _ = sqlx::query(GIVE_BACK).bind(self.key).execute(&mut connection).await;
                let _ = connection.close().await;
            });
        }
    }
}

pub(super) fn claim(store: &PgStore, work: &str) -> Result<Claim, StoreError> {
    let key = store.backend.address.lock_key(&format!("claim {work}"));
    let tried = store.blocking.wait(async {
        let mut connection = connection::connect(&store.backend.address).await?;
        let had: bool = sqlx::query_scalar(TRY).bind(key).fetch_one(&mut connection).await?;
        Ok((connection, had))
    });
    let (connection, had) = tried.map_err(|trouble| said::<Postgres>(&format!("claiming '{work}'"), trouble))?;
    if !had {
        return Err(taken(work, &store.name));
    }
    Ok(Claim::new(Held { connection: Some(connection), key, blocking: Arc::clone(&store.blocking) }))
}
