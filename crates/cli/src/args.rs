//! The words of the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use openvacancy_domain::{Month, ReleaseId, Scheme};
use std::path::PathBuf;

/// Vacancy statistics from job advertisements: collect, code, de-duplicate, correct, publish.
#[derive(Debug, Parser)]
#[command(name = "openvacancy", version, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where state is kept.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// Folder for the database, the archive and the rejects [default: ./openvacancy-data]
    #[arg(long, global = true, env = "OPENVACANCY_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Database, sqlite:FILE or postgres://USER@HOST/NAME [default: sqlite in the data folder]
    #[arg(long, global = true, env = "OPENVACANCY_DATABASE", value_name = "URL", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// Configuration file [default: ./openvacancy.toml where it exists]
    #[arg(long, global = true, env = "OPENVACANCY_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Folder of portal files that add to the built-in ones or replace them
    #[arg(long, global = true, env = "OPENVACANCY_PORTALS_DIR", value_name = "DIR")]
    pub(crate) portals_dir: Option<PathBuf>,
    /// How portals can reach whoever collects: an e-mail address or a page, sent with every request
    #[arg(long, global = true, env = "OPENVACANCY_CONTACT", value_name = "ADDRESS")]
    pub(crate) contact: Option<String>,
    /// The present instant for this command, such as 2026-10-31T18:00:00Z, so that a run can be repeated
    #[arg(long, global = true, env = "OPENVACANCY_NOW", value_name = "TIME", hide = true)]
    pub(crate) now: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The whole system on pretend portals: collects, processes, releases a month, serves its pages
    Demo(Demo),
    /// Reads a file of advertisements
    Import(Import),
    /// Fetches portals, archives and parses; or parses again from the archive
    Collect(Collect),
    /// Normalises, codes, de-duplicates
    Process(Process),
    /// Builds, checks, publishes and lists monthly releases
    #[command(subcommand)]
    Release(ReleaseCommand),
    /// Writes a release to a file
    Export(Export),
    /// Serves the API and the pages
    Serve(Serve),
    /// Shows what ran, when, and how it ended
    #[command(subcommand)]
    Runs(RunsCommand),
    /// Titles in, codes out (CSV, streaming)
    Code(Code),
    /// Postings in (JSONL), normalised postings out (JSONL, streaming)
    Normalise(FileArgument),
    /// Postings in (JSONL), `id,cluster` out (CSV)
    Dedup(Dedup),
    /// Portals: list, check, parse one document
    #[command(subcommand)]
    Portal(PortalCommand),
    /// Trains the occupation classifier from files to weights and a model card
    Train(Train),
    /// Measures the occupation coder on a labelled file
    Evaluate(Evaluate),
    /// Reviewers' decisions, in and out as CSV
    #[command(subcommand)]
    Corrections(CorrectionsCommand),
    /// The classifications and geography in use, and the import of official files
    #[command(subcommand)]
    Reference(ReferenceCommand),
    /// People who may write
    #[command(subcommand)]
    User(UserCommand),
    /// Copies the database, while it is in use, to a file
    Backup {
        /// The file to write; it must not exist
        file: PathBuf,
    },
    /// Says what is missing or wrong, and the mend
    Doctor,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// End when the release is out, without serving pages
    #[arg(long)]
    pub(crate) once: bool,
    /// Where the pages are served
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    pub(crate) listen: String,
    /// Vacancies in the pretend world
    #[arg(long, default_value_t = 2000, value_name = "N")]
    pub(crate) vacancies: u32,
    /// Seed of the pretend world: the same seed, the same advertisements
    #[arg(long, default_value_t = 20_261_001, value_name = "N")]
    pub(crate) seed: u64,
    /// The summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// CSV or JSONL, also gzipped, or Parquet; `-` for stdin
    pub(crate) file: PathBuf,
    /// The portal these advertisements come from; overrides a `portal` column
    #[arg(long, value_name = "ID")]
    pub(crate) portal: Option<String>,
    /// The day they were seen on the portal. Without it the flow goes by date posted, and there is no stock
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// Take FIELD from COLUMN of the file; may repeat
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) map: Vec<String>,
    /// Encoding of the file, such as windows-1252 [default: UTF-8, or UTF-16 by its mark]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// The counts as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Collect {
    /// Only this portal; may repeat [default: every portal that is switched on]
    #[arg(long, value_name = "ID")]
    pub(crate) portal: Vec<String>,
    /// Parse again from the archive; nothing is fetched
    #[arg(long)]
    pub(crate) replay: bool,
    /// The counts as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Process {
    /// Only look at whether this month has vacancies at the end; the stages always cover every posting
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: Option<Month>,
    /// The counts as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReleaseCommand {
    /// Builds the month's next version as a draft
    Build {
        /// The month
        month: Month,
        /// What was known at this instant counts, later sightings do not [default: now]
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
    /// Puts the draft through the quality gate
    Check {
        /// The month
        month: Month,
        /// Pass in spite of this rule; may repeat; needs --by and --reason
        #[arg(long = "override", value_name = "RULE", requires_all = ["by", "reason"])]
        overrides: Vec<String>,
        /// Who takes the decision
        #[arg(long, value_name = "WHO")]
        by: Option<String>,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Publishes the checked draft; it can't be changed after that
    Publish {
        /// The month
        month: Month,
    },
    /// Lists releases, newest first
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// A month (its newest published version) or a release, such as 2026-10.2
    pub(crate) release: ReleaseName,
    /// What to write
    #[arg(long, value_enum, default_value_t = Table::Vacancies)]
    pub(crate) table: Table,
    /// How
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub(crate) format: Format,
    /// Where; `-` for stdout
    #[arg(long, value_name = "PATH")]
    pub(crate) output: PathBuf,
    /// Put an apostrophe before text that a spreadsheet would run as a formula
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
}

/// A month, or one version of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ReleaseName {
    Month(Month),
    Version(ReleaseId),
}

impl std::str::FromStr for ReleaseName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains('.') { text.parse().map(Self::Version) } else { text.parse().map(Self::Month) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Table {
    /// One row per vacancy
    Vacancies,
    /// One row per published number
    Observations,
    /// Vacancies with a 0/1 column per skill
    Wide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated values
    Csv,
    /// One JSON object a line
    Jsonl,
    /// Apache Parquet: typed and compressed
    Parquet,
    /// SDMX-CSV 2.0, for observations
    SdmxCsv,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where [default: 127.0.0.1:8080]
    #[arg(long, env = "OPENVACANCY_LISTEN", value_name = "ADDR:PORT")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RunsCommand {
    /// The newest runs
    List {
        /// How many
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// One run with its problems
    Show {
        /// Its number
        run: i64,
        /// How many problems
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct FileArgument {
    /// The file; `-` for stdin
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Code {
    /// CSV with a header; `-` for stdin
    pub(crate) file: PathBuf,
    /// The column that holds the title
    #[arg(long, default_value = "title", value_name = "COLUMN")]
    pub(crate) column: String,
}

#[derive(Debug, Args)]
pub(crate) struct Dedup {
    /// JSONL of postings; `-` for stdin
    pub(crate) file: PathBuf,
    /// Say what two postings (portal|portal_posting_id, or line numbers) are to each other, and why
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub(crate) explain: Option<Vec<String>>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PortalCommand {
    /// Every portal known, with its terms and whether it is switched on
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Field by field, what a portal's file finds on its samples
    Check {
        /// The portal
        portal: String,
    },
    /// One document of a portal in, postings out (JSONL)
    Parse {
        /// The portal
        portal: String,
        /// The document: listing, posting page or API answer; `-` for stdin
        file: PathBuf,
        /// The address it came from
        #[arg(long)]
        url: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Train {
    /// Folder with the official and advertisement files (`reference/`, `realdata/`)
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Folder for weights and model card
    #[arg(long, default_value = "classifiers/soc2020-titles", value_name = "DIR")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// CSV with titles and right codes, also gzipped
    pub(crate) file: PathBuf,
    /// Which classification the label is of
    #[arg(long, default_value = "soc2020")]
    pub(crate) scheme: Scheme,
    /// The column that holds the right code; several allowed codes joined by `|`
    #[arg(long, default_value = "soc2020", value_name = "COLUMN")]
    pub(crate) label: String,
    /// The column that holds the title
    #[arg(long, default_value = "title", value_name = "COLUMN")]
    pub(crate) column: String,
    /// The figures as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CorrectionsCommand {
    /// Reads decisions: columns target, posting, other, cleaned_title, context, field, value, author, reason, note
    Import {
        /// CSV
        file: PathBuf,
    },
    /// Writes every decision
    Export {
        /// CSV; `-` for stdout
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReferenceCommand {
    /// Which tables are in use, and where they come from
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Reads official files as their publishers issue them
    Import {
        /// The folder they lie in
        dir: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Adds a user; the password is read from the environment or stdin, never from the command line
    Add {
        /// The name they sign in with
        name: String,
        /// What they may do: researcher, reviewer, data_manager, administrator
        #[arg(long)]
        role: openvacancy_domain::user::Role,
        /// The password; without it one line of stdin is read
        #[arg(long, env = "OPENVACANCY_PASSWORD", hide = true, hide_env_values = true)]
        password: Option<String>,
    },
    /// Lists users
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Takes a user's right to sign in; nothing they did is lost
    Disable {
        /// The name
        name: String,
        /// Give it back
        #[arg(long)]
        undo: bool,
    },
}
