//! Compiles the built-in titles table from the official coding index and the curated titles.
//!
//! `cargo run -p openvacancy-occupation --example compile_titles -- INDEX.csv CURATED.csv OUT.csv`
//!
//! `INDEX.csv` is the SOC 2020 coding index with its columns as published; `CURATED.csv` is
//! `crates/reference/data/curated/titles_curated.csv`. A curated title replaces the index entry of the same title,
//! qualifier and industry. The result depends on the two files alone: same files, same bytes.

use std::collections::BTreeMap;
use std::error::Error;

const COLUMNS: [&str; 10] =
    ["title", "qualifier", "industry", "soc2020", "soc2020_ext", "soc2010", "isco08", "source", "default", "note"];

/// Title, qualifier and industry name an entry; a qualifier-free entry sorts before the qualified ones.
type Key = (String, String, String);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, curated, out] = arguments.as_slice() else {
        return Err("usage: compile_titles INDEX.csv CURATED.csv OUT.csv".into());
    };
    let mut entries: BTreeMap<Key, [String; 7]> = BTreeMap::new();
    read_index(index, &mut entries)?;
    read_curated(curated, &mut entries)?;

    let mut writer = csv::Writer::from_path(out)?;
    writer.write_record(COLUMNS)?;
    for ((title, qualifier, industry), rest) in &entries {
        let key = [title, qualifier, industry].into_iter();
        writer.write_record(key.chain(rest.iter()))?;
    }
    writer.flush()?;
    Ok(())
}

fn read_index(path: &str, entries: &mut BTreeMap<Key, [String; 7]>) -> Result<(), Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        headers.iter().position(|header| header == name).ok_or_else(|| format!("{path}: no column {name}"))
    };
    let wanted: Vec<usize> =
        ["title_natural", "add", "ind", "soc2020", "soc2020_ext", "soc2010", "isco08", "default_code"]
            .into_iter()
            .map(column)
            .collect::<Result<_, _>>()?;
    for record in reader.records() {
        let record = record?;
        let cell = |at: usize| wanted.get(at).and_then(|&at| record.get(at)).unwrap_or("").trim();
        // An entry without a code (`}}}}`) only points at another title.
        if !cell(3).bytes().all(|byte| byte.is_ascii_digit()) || cell(3).len() != 4 {
            continue;
        }
        let key = (plain(cell(0)), plain(cell(1)), plain(cell(2)));
        let default = if cell(7).is_empty() { "0" } else { "1" };
        let [soc2020, ext, soc2010, isco08] = [3, 4, 5, 6].map(|at| cell(at).to_owned());
        entries
            .entry(key)
            .or_insert_with(|| [soc2020, ext, soc2010, isco08, "index".to_owned(), default.to_owned(), String::new()]);
    }
    Ok(())
}

fn read_curated(path: &str, entries: &mut BTreeMap<Key, [String; 7]>) -> Result<(), Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    if reader.headers()?.iter().ne(COLUMNS) {
        return Err(format!("{path}: expected the columns {}", COLUMNS.join(",")).into());
    }
    for record in reader.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or("").to_owned();
        let key = (plain(&cell(0)), plain(&cell(1)), plain(&cell(2)));
        entries.insert(key, [3, 4, 5, 6, 7, 8, 9].map(cell));
    }
    Ok(())
}

/// Lower case, typewriter apostrophes, single spaces.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace(['’', '‘'], "'");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
