//! One file per command. Each turns its words into calls of the rooms, and what they answer into lines for a person
//! or JSON for a program.

mod backup;
mod code;
mod collect;
mod corrections;
mod dedup;
mod demo;
mod doctor;
mod evaluate;
mod export;
mod import;
mod normalise;
mod portal;
mod process;
mod reference;
mod release;
mod runs;
mod serve;
mod stages;
mod train;
mod user;

use crate::args::{Arguments, Command};
use crate::context::Context;

/// Does what the command line says.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let context = Context::new(arguments.place)?;
    match arguments.command {
        Command::Demo(words) => demo::run(&context, &words),
        Command::Import(words) => import::run(&context, &words),
        Command::Collect(words) => collect::run(&context, &words),
        Command::Process(words) => process::run(&context, &words),
        Command::Release(words) => release::run(&context, words),
        Command::Export(words) => export::run(&context, &words),
        Command::Serve(words) => serve::run(&context, &words),
        Command::Runs(words) => runs::run(&context, &words),
        Command::Code(words) => code::run(&context, &words),
        Command::Normalise(words) => normalise::run(&words.file),
        Command::Dedup(words) => dedup::run(&words),
        Command::Portal(words) => portal::run(&context, &words),
        Command::Train(words) => train::run(&words),
        Command::Evaluate(words) => evaluate::run(&context, &words),
        Command::Corrections(words) => corrections::run(&context, &words),
        Command::Reference(words) => reference::run(&context, &words),
        Command::User(words) => user::run(&context, words),
        Command::Backup { file } => backup::run(&context, &file),
        Command::Doctor => doctor::run(&context),
    }
}
