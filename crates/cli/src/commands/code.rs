//! `openvacancy code`: titles in, codes out. CSV, streaming, one row out for one row in, every input column kept.

use super::stages::{coder, in_chunks};
use crate::args::Code;
use crate::context::Context;
use crate::failure::usage;
use crate::input::{self, CsvRows, Encoding, shown};
use crate::output;
use anyhow::Context as _;
use openvacancy_domain::ports::CodeOccupation as _;
use openvacancy_domain::{Alternative, CodingContext, OccupationCoding};
use rayon::prelude::*;

/// The columns the command adds.
const ADDED: &[&str] = &[
    "soc2020",
    "soc2020_title",
    "soc2020_confidence",
    "soc2020_level",
    "soc2020_ext",
    "soc2010",
    "soc2010_confidence",
    "isco08",
    "isco08_confidence",
    "occupation_method",
    "evidence",
    "alternatives",
    "soc2010_alternatives",
    "isco08_alternatives",
    "coder_version",
];

/// Where a row's title and context stand.
pub(super) struct TitleColumns {
    title: usize,
    description: Option<usize>,
    employer: Option<usize>,
    category: Option<usize>,
    salary: Option<usize>,
    location: Option<usize>,
}

impl TitleColumns {
    /// Finds the columns by a posting's names.
    pub(super) fn find(header: &[String], title: &str) -> anyhow::Result<Self> {
        let at = |name: &str| header.iter().position(|column| column == name);
        let title = at(title).ok_or_else(|| {
            usage(format!("no column '{title}' in the file; name one of {} with --column", header.join(", ")))
        })?;
        Ok(Self {
            title,
            description: at("description"),
            employer: at("employer"),
            category: at("category"),
            salary: at("salary"),
            location: at("location"),
        })
    }

    /// The title of a row and what stands beside it.
    pub(super) fn read<'a>(&self, row: &'a [String]) -> (&'a str, CodingContext<'a>) {
        let field = |at: Option<usize>| at.map(|at| row[at].as_str()).filter(|text| !text.trim().is_empty());
        let context = CodingContext {
            description: field(self.description),
            employer: field(self.employer),
            category: field(self.category),
            salary: field(self.salary),
            wage_annual: None,
            location: field(self.location),
        };
        (&row[self.title], context)
    }
}

pub(super) fn run(context: &Context, words: &Code) -> anyhow::Result<()> {
    let coder = coder(context)?;
    let place = shown(&words.file);
    let mut rows = CsvRows::new(input::open(&words.file, Encoding::default())?, place.clone())?;
    let columns = TitleColumns::find(rows.header(), &words.column)?;
    let header: Vec<String> = rows.header().to_vec();
    let width = header.len();

    let mut out = csv::Writer::from_writer(output::stdout());
    let kept =
        header.iter().map(|name| if ADDED.contains(&name.as_str()) { format!("input_{name}") } else { name.clone() });
    out.write_record(kept.chain(ADDED.iter().map(|name| (*name).to_owned())))?;
    in_chunks(
        || {
            let row = rows.next_row().with_context(|| format!("{place} cannot be read to its end"))?;
            Ok(row.map(|row| row.content.map(|fields| fields.iter().map(str::to_owned).collect::<Vec<_>>())))
        },
        |chunk| {
            let coded: Vec<_> = chunk
                .into_par_iter()
                .map(|row| match row {
                    Ok(row) => {
                        let (title, beside) = columns.read(&row);
                        let coding = coder.code(title, &beside);
                        (row, coding)
                    }
                    // A row that cannot be read still has its place in the answer, which says why it is empty.
                    Err(problem) => {
                        let evidence = format!("row not readable: {problem}");
                        (vec![String::new(); width], OccupationCoding::uncodable("", &evidence, coder.version()))
                    }
                })
                .collect();
            for (row, coding) in coded {
                for field in &row {
                    out.write_field(field)?;
                }
                write_coding(&mut out, &coding)?;
            }
            Ok(())
        },
    )?;
    out.flush()?;
    Ok(())
}

fn write_coding<W: std::io::Write>(out: &mut csv::Writer<W>, coding: &OccupationCoding) -> csv::Result<()> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    out.write_record([
        text(&coding.soc2020),
        text(&coding.soc2020_title),
        format!("{:.3}", coding.soc2020_confidence),
        coding.soc2020_level.to_string(),
        text(&coding.soc2020_ext),
        text(&coding.soc2010),
        format!("{:.3}", coding.soc2010_confidence),
        text(&coding.isco08),
        format!("{:.3}", coding.isco08_confidence),
        coding.occupation_method.to_string(),
        coding.evidence.clone(),
        alternatives(&coding.alternatives),
        alternatives(&coding.soc2010_alternatives),
        alternatives(&coding.isco08_alternatives),
        coding.coder_version.clone(),
    ])
}

/// `code:probability` with three decimals, separated by `|`, best first.
fn alternatives(alternatives: &[Alternative]) -> String {
    let shown: Vec<String> =
        alternatives.iter().map(|alternative| format!("{}:{:.3}", alternative.code, alternative.probability)).collect();
    shown.join("|")
}
