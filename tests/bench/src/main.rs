//! Measures every figure that README and docs claim, each beside a named baseline of the same run.
//!
//! A measure runs two command lines in turn, ours and the baseline's, several times over; each in a process of its own
//! under the `timed` command, which says how long it took by the clock and by the processor and how much memory it
//! held. The processor's figure is the one that holds on a shared machine. Baselines are commands of this program
//! (`work …`), so that both sides pay for starting, reading and writing alike.

mod machine;
mod measure;
mod measures;
mod outcome;
mod page;
mod sample;
mod setup;
mod timed;
mod work;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use setup::Setup;
use std::path::PathBuf;

/// Measures every figure that README and docs claim, each beside a named baseline.
#[derive(Debug, Parser)]
#[command(name = "tests/bench/run", args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Only these measures [default: all]
    names: Vec<String>,
    /// Tiny inputs, once each: shows that the measures run, not how fast anything is
    #[arg(long)]
    quick: bool,
    /// Name the measures
    #[arg(long)]
    list: bool,
    /// Write the page of results and measure nothing
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "docs/benchmarks.md")]
    page: Option<PathBuf>,
    /// Folder of the results [default: `bench` in the target folder]
    #[arg(long, value_name = "DIR")]
    results: Option<PathBuf>,
    #[command(subcommand)]
    inner: Option<Inner>,
}

#[derive(Debug, Subcommand)]
enum Inner {
    /// Runs a program and writes down what it took
    #[command(hide = true)]
    Timed {
        /// Where to write it
        result: PathBuf,
        /// The program and its arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<std::ffi::OsString>,
    },
    /// One side of a measure
    #[command(hide = true, subcommand)]
    Work(work::Work),
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    match arguments.inner {
        Some(Inner::Timed { result, command }) => return timed::run(&result, &command),
        Some(Inner::Work(work)) => return work::run(work),
        None => {}
    }
    let own = std::env::current_exe()?;
    let programs = own.parent().context("the program lies in a folder")?.to_owned();
    let results = match arguments.results {
        Some(folder) => folder,
        None => programs.parent().context("the target folder")?.join("bench"),
    };
    if let Some(file) = arguments.page {
        return page::write(&results, &file);
    }
    if arguments.list {
        return measures::ALL.iter().try_for_each(|measure| say(&format!("{:18} {}", measure.name, measure.what)));
    }
    let chosen = measures::chosen(&arguments.names)?;
    let setup = Setup::new(own, programs, arguments.quick)?;
    std::fs::create_dir_all(&results).with_context(|| format!("cannot make {}", results.display()))?;
    for measure in chosen {
        match (measure.run)(&setup, measure).with_context(|| format!("measuring {}", measure.name))? {
            Some(outcome) => {
                say(&outcome.to_string())?;
                outcome.write(&results)?;
            }
            None => say(&format!("{}: skipped, its files are not beside this workspace", measure.name))?,
        }
    }
    Ok(())
}

/// One line on stdout.
fn say(line: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
