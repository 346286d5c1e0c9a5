//! People who may write.

use super::samples::{assert_conflict, assert_not_found, at};
use openvacancy_domain::ports::Store;
use openvacancy_domain::user::Role;

pub fn a_user_signs_in_with_the_right_password_only(store: &dyn Store) {
    let ada = store.add_user(at(1, 0), "ada", Role::DataManager, "an engine of brass").unwrap();
    assert_eq!(
        (ada.name.as_str(), ada.role, ada.disabled, ada.created_at),
        ("ada", Role::DataManager, false, at(1, 0))
    );
    assert_eq!(store.authenticate("ada", "an engine of brass").unwrap(), Some(ada));
    for (name, password) in [("ada", "An engine of brass"), ("ada", ""), ("Ada", "an engine of brass"), ("bob", "x")] {
        assert_eq!(store.authenticate(name, password).unwrap(), None, "{name} {password}");
    }
}

pub fn a_name_is_taken_once(store: &dyn Store) {
    store.add_user(at(1, 0), "grace", Role::Reviewer, "one").unwrap();
    assert_conflict(store.add_user(at(2, 0), "grace", Role::Administrator, "two"), "already");
    store.add_user(at(1, 0), "ada", Role::Researcher, "three").unwrap();
    let listed: Vec<_> = store.users().unwrap().into_iter().map(|user| (user.name, user.role)).collect();
    assert_eq!(listed, [("ada".to_owned(), Role::Researcher), ("grace".to_owned(), Role::Reviewer)]);
    assert!(store.authenticate("grace", "two").unwrap().is_none(), "the refused password opens nothing");
}

pub fn a_disabled_user_cannot_sign_in(store: &dyn Store) {
    store.add_user(at(1, 0), "ada", Role::Reviewer, "secret").unwrap();
    store.set_user_disabled("ada", true).unwrap();
    assert_eq!(store.authenticate("ada", "secret").unwrap(), None);
    assert!(store.users().unwrap()[0].disabled);
    store.set_user_disabled("ada", false).unwrap();
    assert!(store.authenticate("ada", "secret").unwrap().is_some());
    assert_not_found(store.set_user_disabled("bob", true));
}
