//! `openvacancy user`: people who may write.

use crate::args::UserCommand;
use crate::context::Context;
use crate::failure::usage;
use crate::output;
use std::io::BufRead as _;

/// Shorter passwords are guessed.
const SHORTEST_PASSWORD: usize = 12;

pub(super) fn run(context: &Context, words: UserCommand) -> anyhow::Result<()> {
    match words {
        UserCommand::Add { name, role, password } => {
            let password = password.map_or_else(read_password, Ok)?;
            if password.chars().count() < SHORTEST_PASSWORD {
                return Err(usage(format!("the password needs at least {SHORTEST_PASSWORD} characters")));
            }
            let user = context.store()?.add_user(context.clock.now(), &name, role, &password)?;
            output::line(&format!("{} may now sign in as {}", user.name, user.role))
        }
        UserCommand::List { json } => {
            let users = context.existing_store()?.users()?;
            if json {
                return output::json(&users);
            }
            users.iter().try_for_each(|user| {
                let state = if user.disabled { "disabled" } else { "active" };
                output::line(&format!("{:24} {:14} {state}", user.name, user.role))
            })
        }
        UserCommand::Disable { name, undo } => {
            context.existing_store()?.set_user_disabled(&name, !undo)?;
            output::line(&format!("{name} may {}sign in", if undo { "" } else { "no longer " }))
        }
    }
}

fn read_password() -> anyhow::Result<String> {
    output::say("Password (one line; or set OPENVACANCY_PASSWORD):");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
