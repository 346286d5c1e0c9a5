//! The postings as a parser without fault would give them, for stages that are tried without HTTP.

use super::World;
use crate::fault::Fault;
use crate::listing::Listing;
use crate::portal::Portal;
use crate::prose_block;
use openvacancy_domain::Posting;
use openvacancy_domain::pay::WagePeriod;
use std::io::{self, Write};

impl World {
    /// The posting of a listing as a parser without fault gives it, without the additions of hostile
    /// pages. `None` where its page gives none.
    #[must_use]
    pub fn posting(&self, number: u32) -> Option<Posting> {
        let listing = self.listings.get(number as usize)?;
        if listing.fault.is_some_and(Fault::is_unusable) {
            return None;
        }
        Some(posting(listing, prose_block::text(&self.prose(number))))
    }

    /// All postings, in the order of the truth.
    pub fn postings(&self) -> impl Iterator<Item = Posting> {
        (0_u32..).zip(&self.listings).filter_map(|(number, _)| self.posting(number))
    }
}

fn posting(listing: &Listing, description: String) -> Posting {
    let portal = listing.portal.id();
    // What only structured data carries is lost where that is missing.
    let structured = listing.portal != Portal::Harbour || listing.has_json_ld();
    let pay = listing.structured.filter(|_| structured);
    Posting {
        url: Some(format!("https://{portal}.example.org{}", listing.path())),
        portal,
        portal_posting_id: Some(listing.id.clone()),
        reference: listing.reference.clone(),
        title: listing.title.clone(),
        description: Some(description),
        employer: Some(listing.employer.clone()),
        location: listing.location.clone(),
        salary: listing.salary.clone(),
        contract: listing.contract.map(str::to_owned),
        hours: listing.hours.clone(),
        category: Some(listing.category.to_owned()),
        date_posted: (listing.fault != Some(Fault::AbsurdDate)).then(|| listing.posted.to_string()),
        date_closing: listing.closing.map(|day| day.to_string()),
        postcode: listing.postcode.clone().filter(|_| structured),
        county: listing.county.clone().filter(|_| listing.has_json_ld()),
        salary_min: pay.map(|pay| pay.min),
        salary_max: pay.map(|pay| pay.max),
        salary_period: pay.map(|pay| if pay.unit == WagePeriod::Year { "YEAR" } else { pay.unit.as_str() }.to_owned()),
        salary_currency: pay.map(|_| "GBP".to_owned()),
        ..Posting::default()
    }
}

/// Writes all postings of a world as JSONL.
///
/// # Errors
/// Whatever `out` answers.
pub fn postings_jsonl(world: &World, mut out: impl Write) -> io::Result<()> {
    for posting in world.postings() {
        serde_json::to_writer(&mut out, &posting)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
