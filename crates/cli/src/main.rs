//! The program `openvacancy`: parses arguments, wires the rooms, shows progress.
//!
//! Exit status: 0 done; 1 failed, with one clear line on stderr; 2 wrong usage.

mod args;
mod commands;
mod config;
mod context;
mod failure;
mod input;
mod output;
mod progress;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    progress::log_to_stderr();
    match commands::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if failure::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::say(&format!("openvacancy: {error:#}"));
            ExitCode::from(failure::exit_status(&error))
        }
    }
}
