//! What fetching costs when nothing is kept: the pages of the pretend portals, one GET after the other.
//!
//! The pretend portals run in this process, as they do in the measure of collecting, so that both pay for making the
//! pages.

use anyhow::Context as _;
use openvacancy_collect::{Archive, Cancel, NoProgress, Settings, collect};
use openvacancy_domain::ports::Store;
use openvacancy_domain::{Clock, FixedClock};
use openvacancy_simulator::{Simulator, World, WorldConfig};
use openvacancy_store::SqliteStore;
use std::sync::Arc;

pub(super) fn get(vacancies: u32) -> anyhow::Result<()> {
    // A second provider was never asked for, so this cannot find one installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let world = Arc::new(World::generate(WorldConfig { vacancies, ..WorldConfig::default() }));
    let simulator = Simulator::start(Arc::clone(&world))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let addresses = runtime.block_on(addresses(&world, &simulator))?;
    let (begun, busy) = crate::sample::now()?;
    let count = runtime.block_on(async {
        let client = reqwest::Client::new();
        let mut count = 0_u64;
        for address in &addresses {
            let body = client.get(address).send().await?.bytes().await?;
            count += u64::from(!body.is_empty());
        }
        anyhow::Ok(count)
    })?;
    crate::sample::say("get", count, begun, busy)
}

/// The addresses a round of collecting asks for.
async fn addresses(world: &Arc<World>, simulator: &Simulator) -> anyhow::Result<Vec<String>> {
    let folder = tempfile::tempdir()?;
    let store = Arc::new(SqliteStore::open(&folder.path().join("store.sqlite"))?);
    let archive = Archive::new(folder.path().join("archive"));
    let clock = Arc::new(FixedClock::new(chrono::DateTime::UNIX_EPOCH));
    world.set_day(world.month().first_day());
    let mut addresses = Vec::new();
    for spec in openvacancy_portal::builtin() {
        let base = simulator.base_url(&spec.id).context("no such portal")?;
        let (store, clock) = (Arc::clone(&store) as Arc<dyn Store>, Arc::clone(&clock) as Arc<dyn Clock>);
        let described = spec.clone().with_base_url(&base)?;
        collect(&described, store, &archive, clock, &Settings::default(), &NoProgress, &Cancel::new()).await?;
        addresses.extend(simulator.requests(&spec.id).into_iter().map(|request| format!("{base}{}", request.path)));
    }
    Ok(addresses)
}
