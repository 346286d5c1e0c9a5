//! Puts a world together.

use super::World;
use super::config::WorldConfig;
use super::listings::Shower;
use super::openings::Maker;
use crate::portal::Portal;
use chrono::Datelike;
use std::cmp::Reverse;
use std::sync::atomic::AtomicI32;

pub(super) fn world(config: WorldConfig) -> World {
    let vacancies = Maker::new(&config).all();
    let room = vacancies.len() + vacancies.len() / 2;
    let mut shower = Shower { config: &config, listings: Vec::with_capacity(room), truth: Vec::with_capacity(room) };
    for (number, vacancy) in (0_u32..).zip(&vacancies) {
        shower.show(number, vacancy);
    }
    let Shower { listings, truth, .. } = shower;
    let order = Portal::ALL.map(|portal| {
        let mut numbers: Vec<u32> = (0_u32..)
            .zip(&listings)
            .filter(|(_, listing)| listing.portal == portal)
            .map(|(number, _)| number)
            .collect();
        numbers.sort_by_key(|number| Reverse((listings[*number as usize].live_from, *number)));
        numbers
    });
    let first = config.month.first_day().num_days_from_ce();
    World { config, vacancies, listings, truth, order, day: AtomicI32::new(first) }
}
