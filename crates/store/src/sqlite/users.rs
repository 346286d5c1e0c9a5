//! People who may write.

use super::SqliteStore;
use super::cells::{Cells, read_all};
use super::fault;
use crate::error::Trouble;
use crate::password;
use crate::rows::cells::{ReadCells as _, time_text, to_millis};
use crate::rows::correction::read_user;
use openvacancy_domain::ports::UserStore;
use openvacancy_domain::user::{Role, User};
use openvacancy_domain::{StoreError, Timestamp};

const ADD: &str = "INSERT INTO user_account (name, role, created_at, password_hash) VALUES (?, ?, ?, ?)";
const ALL: &str = "SELECT name, role, disabled, created_at FROM user_account ORDER BY name";
const ONE: &str = "SELECT password_hash, name, role, disabled, created_at FROM user_account WHERE name = ?";
const DISABLE: &str = "UPDATE user_account SET disabled = ? WHERE name = ?";

impl UserStore for SqliteStore {
    fn add_user(&self, at: Timestamp, name: &str, role: Role, password: &str) -> Result<User, StoreError> {
        let action = "adding a user";
        // Hashing is slow by design and needs no lock.
        let hash = password::hash(password).map_err(|trouble| fault::said(action, trouble))?;
        self.write(action, async |connection| {
            let query = sqlx::query(ADD).bind(name).bind(role.as_str()).bind(time_text(at)).bind(&hash);
            match query.execute(connection).await.map_err(Trouble::from) {
                Ok(_) => Ok(User { name: name.to_owned(), role, disabled: false, created_at: to_millis(at) }),
                Err(trouble) if trouble.is_duplicate() => {
                    Err(Trouble::conflict(format!("there is a user '{name}' already; choose another name")))
                }
                Err(trouble) => Err(trouble),
            }
        })
    }

    fn users(&self) -> Result<Vec<User>, StoreError> {
        self.read("reading users", async |connection| {
            read_all(&sqlx::query(ALL).fetch_all(connection).await?, |cells| read_user(cells))
        })
    }

    fn set_user_disabled(&self, name: &str, disabled: bool) -> Result<(), StoreError> {
        self.write("changing a user", async |connection| {
            match sqlx::query(DISABLE).bind(disabled).bind(name).execute(connection).await?.rows_affected() {
                0 => Err(Trouble::not_found(format!("user '{name}'"))),
                _ => Ok(()),
            }
        })
    }

    fn authenticate(&self, name: &str, password: &str) -> Result<Option<User>, StoreError> {
        let action = "checking a password";
        let found = self.read(action, async |connection| {
            match sqlx::query(ONE).bind(name).fetch_optional(connection).await? {
                Some(row) => {
                    let mut cells = Cells::of(&row);
                    Ok(Some((cells.must_text()?, read_user(&mut cells)?)))
                }
                None => Ok(None),
            }
        })?;
        // A disabled user's password is checked too, so that the time taken does not tell who is disabled.
        let hash = found.as_ref().map(|(hash, _)| hash.as_str());
        let fits = password::fits(password, hash).map_err(|trouble| fault::said(action, trouble))?;
        Ok(found.map(|(_, user)| user).filter(|user| fits && !user.disabled))
    }
}
