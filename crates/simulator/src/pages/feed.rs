//! `pretend-feed`: a JSON API with paging.
//!
//! * `/api/v1/vacancies?page=N&per_page=100`: `{"total", "page", "per_page", "results": […]}`.
//! * `/api/v1/vacancies/{id}`: one result; 404 when it is over.
//! * `/vacancies/{id}`: the page a reader is sent to.

use super::{Page, Paging, dates, faulty, paging, parameter};
use crate::fault::Fault;
use crate::listing::Listing;
use crate::portal::Portal;
use crate::prose_block::{self, escape};
use crate::world::World;
use chrono::NaiveDate;
use openvacancy_domain::pay::WagePeriod;
use serde_json::{Value, json};

pub(super) fn answer(world: &World, path: &str, query: &str, day: NaiveDate) -> Page {
    if path == "/" || path == "/api/v1/vacancies" {
        return results(world, query, day);
    }
    if let Some(id) = path.strip_prefix("/api/v1/vacancies/") {
        return match live(world, id, day) {
            Some((number, listing)) => Page::json(200, &result(world, number, listing)),
            None => Page::json(404, &json!({"error": "not_found", "message": "no such vacancy, or it has closed"})),
        };
    }
    match path.strip_prefix("/vacancies/").and_then(|id| live(world, id, day)) {
        Some((number, listing)) => page(world, number, listing),
        None => Page::not_found(),
    }
}

fn live<'a>(world: &'a World, id: &str, day: NaiveDate) -> Option<(u32, &'a Listing)> {
    world.find(Portal::Feed, id).filter(|(_, listing)| listing.is_live(day))
}

fn results(world: &World, query: &str, day: NaiveDate) -> Page {
    let largest = Portal::Feed.page_size();
    let per_page = parameter(query, "per_page").unwrap_or(largest).clamp(1, largest);
    let Paging { shown, total, page, .. } = paging(world, Portal::Feed, day, parameter(query, "page"), per_page);
    let results: Vec<Value> = shown.into_iter().map(|number| result(world, number, world.listing(number))).collect();
    Page::json(200, &json!({"total": total, "page": page, "per_page": per_page, "results": results}))
}

fn result(world: &World, number: u32, listing: &Listing) -> Value {
    let mut description = prose_block::html(&world.prose(number));
    let mut title = json!(listing.title);
    let mut employer = json!({"name": listing.employer});
    let mut location = json!({"text": listing.location, "postcode": listing.postcode});
    let mut pay = match (&listing.salary, listing.structured) {
        (None, None) => Value::Null,
        (text, None) => json!({"min": null, "max": null, "unit": null, "text": text}),
        (text, Some(pay)) => json!({"min": pay.min, "max": pay.max, "unit": unit(pay.unit), "text": text}),
    };
    let mut published = json!(dates::instant(listing.posted, listing.variant));
    match listing.fault {
        Some(Fault::MissingTitle) => title = if listing.variant.is_multiple_of(2) { Value::Null } else { json!("  ") },
        Some(Fault::AbsurdDate) => published = json!(dates::absurd(listing.posted)),
        Some(Fault::HostileText) => {
            title = json!(faulty::hostile_title(&listing.title));
            description.push_str(faulty::HOSTILE_HTML);
        }
        Some(Fault::WrongTypes) => {
            employer = json!(listing.employer);
            location = json!([listing.location]);
            pay = json!(listing.salary);
            published = json!(20_261_001);
        }
        _ => {}
    }
    let id = if listing.variant.is_multiple_of(2) { json!(listing.id.parse::<u64>().ok()) } else { json!(listing.id) };
    json!({
        "id": id,
        "reference": listing.reference,
        "title": title,
        "employer": employer,
        "location": location,
        "pay": pay,
        "published": published,
        "closes": listing.closing,
        "contract": listing.contract,
        "hours": listing.hours,
        "category": listing.category,
        "description": description,
        "url": listing.path(),
    })
}

fn unit(period: WagePeriod) -> &'static str {
    match period {
        WagePeriod::Year => "annum",
        other => other.as_str(),
    }
}

fn page(world: &World, number: u32, listing: &Listing) -> Page {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title></head>\n<body><h1>{0}</h1>\n<p>{1}</p>\n{2}</body></html>\n",
        escape(&listing.title),
        escape(&listing.employer),
        prose_block::html(&world.prose(number)),
    );
    Page::html(200, html)
}
