//! The measures, one file for each command or room.

mod answer;
mod code;
mod collect;
mod dedup;
mod import;
mod input;
mod normalise;
mod parse;
mod right;
mod store;

use crate::measure::Measure;
use anyhow::bail;

/// All measures, in the order of the page.
pub(crate) const ALL: &[Measure] = &[
    Measure { name: "import-csv", what: "`import` of a CSV of advertisements", run: import::csv },
    Measure { name: "import-jsonl", what: "`import` of the same advertisements as JSONL", run: import::jsonl },
    Measure {
        name: "import-real",
        what: "`import` of 2,500 real advertisements of a public employer",
        run: import::real,
    },
    Measure {
        name: "code-stream",
        what: "`code` on titles as portals show them, half of them repeats",
        run: code::stream,
    },
    Measure { name: "code-distinct", what: "`code` on titles of which no two are the same", run: code::distinct },
    Measure { name: "code-prose", what: "`code` on whole advertisements, prose included", run: code::prose },
    Measure { name: "code-start", what: "`code` with one title: the time to start", run: code::start },
    Measure { name: "normalise", what: "`normalise` on whole advertisements", run: normalise::run },
    Measure { name: "dedup", what: "`dedup` on postings of which a quarter are copies", run: dedup::run },
    Measure {
        name: "parse-harbour",
        what: "posting pages with JSON-LD, read by the portal's description",
        run: parse::harbour,
    },
    Measure {
        name: "parse-civic",
        what: "posting pages of plain HTML, read by the portal's description",
        run: parse::civic,
    },
    Measure {
        name: "collect",
        what: "collecting over HTTP from loopback, archive and store included",
        run: collect::run,
    },
    Measure { name: "store-load", what: "the store taking new postings of 2 KB", run: store::load },
    Measure {
        name: "api-observations",
        what: "`/api/v1/observations` of a region, on loopback",
        run: answer::observations,
    },
    Measure {
        name: "api-vacancies",
        what: "`/api/v1/vacancies` of an occupation, on loopback",
        run: answer::vacancies,
    },
    Measure {
        name: "right-codes",
        what: "SOC 2020 right at four digits, against the pretend world's truth",
        run: right::codes,
    },
    Measure {
        name: "right-duplicates",
        what: "F1 of duplicate pairs, against the pretend world's truth",
        run: right::duplicates,
    },
];

/// The measures of these names, all where none is given.
pub(crate) fn chosen(names: &[String]) -> anyhow::Result<Vec<&'static Measure>> {
    for name in names {
        if !ALL.iter().any(|measure| measure.name == name) {
            bail!("no measure '{name}'; --list names them");
        }
    }
    Ok(ALL.iter().filter(|measure| names.is_empty() || names.iter().any(|name| name == measure.name)).collect())
}
