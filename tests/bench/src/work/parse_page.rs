//! Reading posting pages as a portal's description says, against making a document tree of them and asking it nothing.

use anyhow::Context as _;
use openvacancy_domain::PortalId;
use openvacancy_portal::{Document, parse};
use openvacancy_simulator::{Portal, World, WorldConfig, pages};
use std::hint::black_box;

/// A page and its address.
type Address = String;

pub(super) fn ours(portal: &str, vacancies: u32, rounds: u32) -> anyhow::Result<()> {
    let (pages, specs) = (posting_pages(portal, vacancies)?, openvacancy_portal::builtin());
    let spec = specs.iter().find(|spec| spec.id.as_str() == portal).context("no such portal")?;
    crate::sample::report("pages", || {
        let mut read = 0;
        for _ in 0..rounds {
            for (address, page) in &pages {
                let document =
                    Document { url: Some(address), content_type: Some(page.content_type), ..Document::new(&page.body) };
                read += u64::from(!black_box(parse(spec, &document)).postings.is_empty());
            }
        }
        anyhow::ensure!(read > 0, "no page gave a posting");
        Ok(u64::from(rounds) * pages.len() as u64)
    })
}

pub(super) fn tree(portal: &str, vacancies: u32, rounds: u32) -> anyhow::Result<()> {
    let pages = posting_pages(portal, vacancies)?;
    crate::sample::report("pages", || {
        for _ in 0..rounds {
            for (_, page) in &pages {
                black_box(scraper::Html::parse_document(&String::from_utf8_lossy(&page.body)));
            }
        }
        Ok(u64::from(rounds) * pages.len() as u64)
    })
}

/// The pages of postings that the portal shows on the first day.
fn posting_pages(portal: &str, vacancies: u32) -> anyhow::Result<Vec<(Address, pages::Page)>> {
    let world = World::generate(WorldConfig { vacancies, ..WorldConfig::default() });
    let portal = Portal::from_id(&PortalId::from(portal)).context("no such portal")?;
    let spec =
        openvacancy_portal::builtin().into_iter().find(|spec| spec.id == portal.id()).context("not described")?;
    let root = spec.base_url().as_str().trim_end_matches('/').to_owned();
    let listings = world.listings().iter().filter(|listing| listing.portal == portal);
    let pages = listings.map(|listing| {
        let path = listing.path();
        (format!("{root}{path}"), pages::answer(&world, portal, &path, "", world.day()))
    });
    Ok(pages.filter(|(_, page)| page.status == 200).collect())
}
