//! Writes every built-in table from the official files: `cargo run -p openvacancy-reference --example compile_tables -- DIR`.
//!
//! DIR is a folder of the official and derived files (the one its `SOURCES.md` describes). The same files always give
//! the same tables, byte for byte. What people decide is read from `data/curated/`; `titles.csv` is not written here.

mod classifications;
mod crosswalks;
mod districts;
mod files;
mod industries;
mod neighbourhoods;
mod outwards;
mod places;
mod points;
mod skills;

use std::path::Path;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let dir =
        std::env::args().nth(1).ok_or("usage: compile_tables DIR (the folder with geo/, soc/, isco/, sic/, esco/)")?;
    let sources = files::Sources::new(Path::new(&dir));
    classifications::compile(&sources)?;
    crosswalks::compile(&sources)?;
    industries::compile(&sources)?;
    let geography = districts::compile(&sources)?;
    let places = places::compile(&sources, &geography)?;
    outwards::compile(&sources, &geography, &places)?;
    skills::compile(&sources)
}
