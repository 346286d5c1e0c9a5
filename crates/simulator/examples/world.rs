//! Writes a pretend world to stdout: `world postings [VACANCIES] [SEED]`, `world truth …` or `world pages …`.
//!
//! `postings` and `truth` are JSONL; `pages` says what a portal answers to each path on stdin
//! (`pretend-civic /search?p=1`), on the first day of the month.

use openvacancy_domain::PortalId;
use openvacancy_simulator::{Portal, World, WorldConfig, pages, postings_jsonl};
use std::io::{self, BufRead as _, BufWriter, Write as _};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let mut config = WorldConfig::default();
    let number = |text: Option<String>| text.and_then(|text| text.parse::<u64>().ok());
    if let Some(vacancies) = number(arguments.next()) {
        config.vacancies = u32::try_from(vacancies).unwrap_or(u32::MAX);
    }
    config.seed = number(arguments.next()).unwrap_or(config.seed);
    let world = World::generate(config);
    let mut out = BufWriter::new(io::stdout().lock());
    match what.as_str() {
        "postings" => postings_jsonl(&world, &mut out)?,
        "truth" => {
            for truth in world.truth() {
                serde_json::to_writer(&mut out, truth)?;
                out.write_all(b"\n")?;
            }
        }
        "pages" => {
            for line in io::stdin().lock().lines() {
                let line = line?;
                let Some((portal, address)) = line.split_once(' ') else { continue };
                let Some(portal) = Portal::from_id(&PortalId::from(portal)) else { continue };
                let (path, query) = address.split_once('?').unwrap_or((address, ""));
                let page = pages::answer(&world, portal, path, query, world.day());
                writeln!(out, "{} {}", page.status, page.content_type)?;
                out.write_all(&page.body)?;
                out.write_all(b"\n")?;
            }
        }
        _ => writeln!(io::stderr(), "say postings, truth or pages")?,
    }
    out.flush()
}
