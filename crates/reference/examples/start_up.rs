//! Prints how long each built-in table takes to load:
//! `cargo run --release -p openvacancy-reference --example start_up`.
#![expect(clippy::print_stdout, reason = "a measurement for a terminal")]

use openvacancy_domain::Scheme;
use openvacancy_reference::{area, gazetteer, occupation, sic, skills, titles};
use std::time::Instant;

/// Loads a table and gives its number of rows.
type Load = fn() -> usize;

fn main() {
    let tables: [(&str, Load); 8] = [
        ("areas and districts", || area::areas().len() + area::districts().len()),
        ("other names of districts", || area::aliases().len()),
        ("places", || gazetteer::places().len()),
        ("outward postcodes", || gazetteer::outwards().len()),
        ("SOC 2020, SOC 2010, ISCO-08", || Scheme::ALL.iter().map(|scheme| occupation::groups(*scheme).len()).sum()),
        ("industries", || sic::sections().len() + sic::divisions().len() + sic::groups().len()),
        ("skills", || skills::concepts().len()),
        ("titles", || titles::titles().len()),
    ];
    for (name, load) in tables {
        let started = Instant::now();
        let rows = load();
        println!("{name}: {rows} rows, {:.2} ms", started.elapsed().as_secs_f64() * 1_000.0);
    }
}
