//! Writes the truth of a pretend world, one JSON object per posting: what the demo's score is held against.
//!
//! `cargo run -p openvacancy-simulator --example truth [VACANCIES]`

use openvacancy_simulator::{World, WorldConfig};
use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let usual = WorldConfig::default();
    let vacancies = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(usual.vacancies);
    let world = World::generate(WorldConfig { vacancies, ..usual });
    let mut out = std::io::stdout().lock();
    for truth in world.truth() {
        serde_json::to_writer(&mut out, truth)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
