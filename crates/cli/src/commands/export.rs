//! `openvacancy export`: a release to a file.

use crate::args::{Export, Format, ReleaseName, Table};
use crate::context::Context;
use crate::failure::usage;
use crate::output;
use crate::progress::Work;
use openvacancy_domain::ports::ReleaseStore;
use openvacancy_domain::{ReleaseId, ReleaseState};
use openvacancy_release::export::{Audience, ExportOptions};

pub(super) fn run(context: &Context, words: &Export) -> anyhow::Result<()> {
    let store = context.existing_store()?;
    let id = named(store.as_ref(), words.release)?;
    let options = ExportOptions {
        table: match words.table {
            Table::Vacancies => openvacancy_release::export::Table::Vacancies,
            Table::Observations => openvacancy_release::export::Table::Observations,
            Table::Wide => openvacancy_release::export::Table::Wide,
        },
        format: match words.format {
            Format::Csv => openvacancy_release::export::Format::Csv,
            Format::Jsonl => openvacancy_release::export::Format::Jsonl,
            Format::Parquet => openvacancy_release::export::Format::Parquet,
            Format::SdmxCsv => openvacancy_release::export::Format::SdmxCsv,
        },
        // Whoever reads the database on this machine may read every column.
        audience: Audience::Researcher,
        spreadsheet_safe: words.spreadsheet_safe,
    };
    let summary = {
        let work = Work::start("export");
        let mut show = |progress: openvacancy_release::Progress| work.set(progress.done, 0);
        openvacancy_release::export(store.as_ref(), id, &options, &words.output, &mut show)?
    };
    if words.output.as_os_str() != "-" {
        output::line(&format!(
            "{id}: {} rows of {} columns in {}",
            summary.rows,
            summary.columns,
            words.output.display()
        ))?;
    }
    Ok(())
}

/// The release a word names: a version as it stands, or a month's newest published version.
fn named(store: &dyn ReleaseStore, name: ReleaseName) -> anyhow::Result<ReleaseId> {
    match name {
        ReleaseName::Version(id) => Ok(store.release(id)?.id),
        ReleaseName::Month(month) => store
            .releases()?
            .into_iter()
            .find(|release| release.id.month == month && release.state == ReleaseState::Published)
            .map(|release| release.id)
            .ok_or_else(|| {
                usage(format!("{month} has no published release; name a draft by its version, such as {month}.1"))
            }),
    }
}
