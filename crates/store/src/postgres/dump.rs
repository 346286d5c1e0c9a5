//! Backups by `pg_dump`, the program that PostgreSQL's own manual names for them: its files outlive versions of the
//! server and can be brought back in part.

use super::address::Address;
use crate::backup;
use crate::error::backend;
use openvacancy_domain::StoreError;
use std::path::Path;
use std::process::{Command, Stdio};

const PROGRAM: &str = "pg_dump";

pub(super) fn write(address: &Address, to: &Path) -> Result<(), StoreError> {
    let action = format!("writing the backup {}", to.display());
    let unfinished = backup::unfinished(to, &action)?;
    let (url, password) = address.for_program();
    let mut command = Command::new(PROGRAM);
    command
        .args(["--format=custom", "--no-owner", "--no-password", "--schema"])
        // Quoted, it is a name and no pattern.
        .arg(format!("\"{}\"", address.current_schema.replace('"', "\"\"")))
        .arg("--file")
        .arg(&unfinished)
        .arg("--dbname")
        .arg(url)
        .stdin(Stdio::null());
    // By the environment, where other users of the machine cannot read it.
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Conflict {
                message: "a backup of a PostgreSQL store is made by pg_dump, which is not on this machine; install \
                          postgresql-client, or run pg_dump where it is"
                    .to_owned(),
            });
        }
        Err(error) => return Err(backend(&action, error.into())),
    };
    if !output.status.success() {
        // What there is of it is worth nothing; that it cannot be removed is no second failure.
        let _ = std::fs::remove_file(&unfinished);
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(StoreError::Conflict { message: format!("{action} failed; {PROGRAM} says: {}", said.trim()) });
    }
    backup::finish(&unfinished, to, &action)
}
