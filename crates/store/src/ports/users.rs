//! People who may write.

use crate::error::Trouble;
use crate::password;
use crate::rows::cells::{ReadCells as _, time_text, to_millis};
use crate::rows::correction::read_user;
use crate::session::Session as _;
use crate::store::{Area, Backend, SqlStore};
use openvacancy_domain::ports::UserStore;
use openvacancy_domain::user::{Role, User};
use openvacancy_domain::{StoreError, Timestamp};

const ADD: &str = "INSERT INTO user_account (name, role, created_at, password_hash) VALUES ($1, $2, $3, $4)";
const ALL: &str = "SELECT name, role, disabled, created_at FROM user_account ORDER BY name";
const ONE: &str = "SELECT password_hash, name, role, disabled, created_at FROM user_account WHERE name = $1";
const DISABLE: &str = "UPDATE user_account SET disabled = $1 WHERE name = $2";

impl<B: Backend> UserStore for SqlStore<B> {
    fn add_user(&self, at: Timestamp, name: &str, role: Role, password: &str) -> Result<User, StoreError> {
        let action = "adding a user";
        // Hashing is slow by design and needs no lock.
        let hash = self.tell(action, password::hash(password))?;
        self.write(Area::Users, action, async |connection| {
            let values = [name.into(), role.as_str().into(), time_text(at).into(), hash.as_str().into()];
            match connection.execute(ADD, &values).await {
                Ok(_) => Ok(User { name: name.to_owned(), role, disabled: false, created_at: to_millis(at) }),
                Err(trouble) if trouble.is_duplicate() => {
                    Err(Trouble::conflict(format!("there is a user '{name}' already; choose another name")))
                }
                Err(trouble) => Err(trouble),
            }
        })
    }

    fn users(&self) -> Result<Vec<User>, StoreError> {
        self.read("reading users", async |connection| connection.all(ALL, &[], |cells| read_user(cells)).await)
    }

    fn set_user_disabled(&self, name: &str, disabled: bool) -> Result<(), StoreError> {
        self.write(Area::Users, "changing a user", async |connection| {
            match connection.execute(DISABLE, &[i64::from(disabled).into(), name.into()]).await? {
                0 => Err(Trouble::not_found(format!("user '{name}'"))),
                _ => Ok(()),
            }
        })
    }

    fn authenticate(&self, name: &str, password: &str) -> Result<Option<User>, StoreError> {
        let action = "checking a password";
        let found = self.read(action, async |connection| {
            connection.first(ONE, &[name.into()], |cells| Ok((cells.must_text()?, read_user(cells)?))).await
        })?;
        // A disabled user's password is checked too, so that the time taken does not tell who is disabled.
        let hash = found.as_ref().map(|(hash, _)| hash.as_str());
        let fits = self.tell(action, password::fits(password, hash))?;
        Ok(found.map(|(_, user)| user).filter(|user| fits && !user.disabled))
    }
}
