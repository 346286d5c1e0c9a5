//! The pretend world: vacancies, the postings that show them, and the present day.

mod config;
mod generate;
mod life;
mod listings;
mod openings;
mod posting;

pub use config::WorldConfig;
pub use posting::postings_jsonl;

use crate::catalogue::CATALOGUE;
use crate::employers::EmployerRef;
use crate::listing::Listing;
use crate::portal::Portal;
use crate::prose::{self, Telling};
use crate::prose_block::Block;
use crate::truth::TruthPosting;
use crate::vacancy::Vacancy;
use chrono::{Datelike, NaiveDate};
use openvacancy_domain::{Month, PostingId};
use std::sync::atomic::{AtomicI32, Ordering};

/// A pretend world. Two worlds of one configuration are alike to the last character, on every machine.
#[derive(Debug)]
pub struct World {
    config: WorldConfig,
    vacancies: Vec<Vacancy>,
    listings: Vec<Listing>,
    truth: Vec<TruthPosting>,
    /// Listings of each portal, the newest first.
    order: [Vec<u32>; 3],
    day: AtomicI32,
}

impl World {
    /// Makes the world that `config` describes. Its present day is the first of the month.
    #[must_use]
    pub fn generate(config: WorldConfig) -> Self {
        generate::world(config)
    }

    /// The configuration it was made from.
    #[must_use]
    pub fn config(&self) -> &WorldConfig {
        &self.config
    }

    /// The month it is about.
    #[must_use]
    pub fn month(&self) -> Month {
        self.config.month
    }

    /// The days on which collecting shows most of the month: its first and its last.
    #[must_use]
    pub fn collection_days(&self) -> [NaiveDate; 2] {
        [self.config.month.first_day(), self.config.month.last_day()]
    }

    /// The present day.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.day.load(Ordering::SeqCst)).unwrap_or(self.config.month.first_day())
    }

    /// Sets the present day. Servers show it from the next request on.
    pub fn set_day(&self, day: NaiveDate) {
        self.day.store(day.num_days_from_ce(), Ordering::SeqCst);
    }

    /// Number of vacancies.
    #[must_use]
    pub fn vacancy_count(&self) -> usize {
        self.vacancies.len()
    }

    /// Every posting that is ever shown, in the order of the truth.
    #[must_use]
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    /// The truth of every posting that is ever shown.
    #[must_use]
    pub fn truth(&self) -> &[TruthPosting] {
        &self.truth
    }

    /// The truth of one posting.
    #[must_use]
    pub fn truth_of(&self, posting: &PostingId) -> Option<&TruthPosting> {
        let (number, _) = self.find(Portal::from_id(&posting.portal)?, &posting.id)?;
        self.truth.get(number as usize)
    }

    /// The listing with this number.
    pub(crate) fn listing(&self, number: u32) -> &Listing {
        &self.listings[number as usize]
    }

    /// The listing of a portal with this id.
    #[must_use]
    pub fn find(&self, portal: Portal, id: &str) -> Option<(u32, &Listing)> {
        let number = listings::number_of(portal, id)?;
        let listing = self.listings.get(number as usize)?;
        (listing.portal == portal && listing.id == id).then_some((number, listing))
    }

    /// What a portal lists on `day`, the newest first: what is live, and here and there what was taken down since the
    /// list was made.
    pub(crate) fn listed(&self, portal: Portal, day: NaiveDate) -> Vec<u32> {
        let order = &self.order[portal.index()];
        let listed = |number: &&u32| life::is_listed(self.listing(**number), day);
        order.iter().filter(listed).copied().collect()
    }

    /// The prose of a listing, written anew each time it is asked for: a hundred thousand need no memory.
    #[must_use]
    pub fn prose(&self, number: u32) -> Vec<Block> {
        let listing = self.listing(number);
        let agency = listing.form.agency.map(|number| EmployerRef { kind: CATALOGUE.agency, number });
        prose::write(&Telling {
            seed: self.config.seed,
            vacancy: &self.vacancies[listing.vacancy as usize],
            form: listing.form,
            agency,
            pay: listing.form.says_pay.then_some(listing.spoken_pay.as_deref()).flatten(),
        })
    }
}
