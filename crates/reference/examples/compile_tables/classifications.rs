//! Groups of SOC 2020, SOC 2010 and ISCO-08, extended groups and typical pay.

use crate::Outcome;
use crate::files::{Sources, cell, write};
use std::collections::BTreeMap;

pub(crate) fn compile(sources: &Sources) -> Outcome<()> {
    soc2020(sources)?;
    soc2010(sources)?;
    isco08(sources)?;
    extended(sources)?;
    pay(sources)
}

type Titles = BTreeMap<String, (String, String)>;

fn write_groups(name: &str, groups: Titles) -> Outcome<()> {
    write(name, ["code", "title", "note"], groups.into_iter().map(|(code, (title, note))| [code, title, note]))
}

fn soc2020(sources: &Sources) -> Outcome<()> {
    let mut groups = Titles::new();
    for record in sources.official("soc/soc2020_structure.csv")? {
        let (code, title) = (cell(&record, "code")?, cell(&record, "title")?);
        let title = if code.len() < 4 { sentence_case(&lower(title)) } else { title.to_owned() };
        groups.insert(code.to_owned(), (title, String::new()));
    }
    write_groups("soc2020", groups)
}

fn soc2010(sources: &Sources) -> Outcome<()> {
    let mut groups = Titles::new();
    for record in sources.official("soc/soc2010_structure.csv")? {
        let code = cell(&record, "soc2010")?;
        for (digits, column) in [(1, "major_title"), (2, "submajor_title"), (3, "minor_title")] {
            groups.insert(code[..digits].to_owned(), (sentence_case(&lower(cell(&record, column)?)), String::new()));
        }
        groups.insert(code.to_owned(), (cell(&record, "unit_title")?.to_owned(), String::new()));
    }
    write_groups("soc2010", groups)
}

fn isco08(sources: &Sources) -> Outcome<()> {
    let mut groups = Titles::new();
    for record in sources.official("isco/isco08_structure.csv")? {
        let (title, ons) = (cell(&record, "title_esco")?, cell(&record, "title_ons_framework")?);
        let same = title.to_lowercase() == ons.to_lowercase();
        let note = if same { String::new() } else { format!("wording of ESCO; the ONS framework has: {ons}") };
        groups.insert(cell(&record, "code")?.to_owned(), (title.to_owned(), note));
    }
    write_groups("isco08", groups)
}

fn extended(sources: &Sources) -> Outcome<()> {
    let mut groups = Titles::new();
    for record in sources.official("soc/soc2020_extended_groups.csv")? {
        groups.insert(cell(&record, "soc2020_ext")?.to_owned(), (cell(&record, "title")?.to_owned(), String::new()));
    }
    write_groups("soc2020_extended", groups)
}

/// Full-time annual medians. Where the figure of a unit group is suppressed, that of the smallest group around it
/// stands in, with a note.
fn pay(sources: &Sources) -> Outcome<()> {
    let mut medians: BTreeMap<String, u32> = BTreeMap::new();
    for record in sources.official("soc/ashe_table14_2023p_annual_ft.csv")? {
        if let Ok(median) = cell(&record, "Median")?.parse() {
            medians.insert(cell(&record, "Code")?.to_owned(), median);
        }
    }
    let mut rows = Vec::new();
    for record in sources.official("soc/soc2020_structure.csv")? {
        let code = cell(&record, "code")?;
        if code.len() < 4 {
            continue;
        }
        let found = (1..=4).rev().find_map(|digits| Some((digits, *medians.get(&code[..digits])?)));
        let (digits, median) = found.ok_or_else(|| format!("ASHE has no median for {code} or any group around it"))?;
        let note = if digits == 4 { String::new() } else { format!("suppressed: median of group {}", &code[..digits]) };
        rows.push([code.to_owned(), median.to_string(), note]);
    }
    write("soc2020_pay", ["soc2020", "median_pay", "note"], rows)
}

/// Abbreviations that stay in capitals where a title is put into sentence case.
const CAPITALS: [&str; 8] = ["it", "ict", "hr", "nhs", "eu", "tv", "uk", "mot"];

/// A title in lower case, but for the words that are always in capitals.
fn lower(title: &str) -> String {
    let word = |word: &str| {
        let lower = word.to_lowercase();
        if CAPITALS.contains(&lower.as_str()) { lower.to_uppercase() } else { lower }
    };
    title.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A title in sentence case; one that is not wholly in capitals keeps its words as they are.
pub(crate) fn sentence_case(title: &str) -> String {
    let shouted = !title.chars().any(char::is_lowercase);
    let title = if shouted { lower(title) } else { title.to_owned() };
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
