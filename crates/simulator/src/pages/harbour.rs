//! `pretend-harbour`: a job board with schema.org JSON-LD on its posting pages.
//!
//! * `/jobs?page=N`: cards, 25 a page, newest first; `<a rel="next">` leads on.
//! * `/job/{slug}-{id}`: one posting; the slug does not matter.
//! * A posting that is over answers 410, or 200 with a notice.

use super::{Page, Paging, dates, faulty, paging, parameter};
use crate::fault::Fault;
use crate::listing::Listing;
use crate::portal::Portal;
use crate::prose_block::{self, escape};
use crate::world::World;
use chrono::NaiveDate;
use openvacancy_domain::pay::WagePeriod;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(super) fn answer(world: &World, path: &str, query: &str, day: NaiveDate) -> Page {
    match path {
        "/" | "/jobs" => listing(world, day, parameter(query, "page")),
        _ => match path.strip_prefix("/job/").and_then(|rest| rest.rsplit('-').next()) {
            Some(id) => posting(world, id, day),
            None => Page::not_found(),
        },
    }
}

fn frame(title: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>{} | Harbour Jobs</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>.job-card{{border:1px solid #ccd}}</style>\n{head}</head>\n<body>\n\
         <header class=\"site\"><a href=\"/\">Harbour Jobs</a> <nav><a href=\"/jobs\">All jobs</a> \
         <a href=\"/private/saved\">Saved jobs</a></nav></header>\n<main>\n{body}</main>\n\
         <footer><p>Harbour Jobs is a pretend job board. Every employer on it is invented.</p></footer>\n</body>\n</html>\n",
        escape(title)
    )
}

fn listing(world: &World, day: NaiveDate, page: Option<usize>) -> Page {
    let Paging { shown, total, page, pages } = paging(world, Portal::Harbour, day, page, Portal::Harbour.page_size());
    let mut body = format!("<h1>{total} jobs</h1>\n");
    if page == 1 {
        // A promoted card behind the log-in: robots.txt forbids it, so nobody may follow it.
        body.push_str(
            "<article class=\"job-card job-card--promoted\"><h2><a class=\"job-card__title\" \
             href=\"/private/job/featured-0000001\">Featured: sign in to see this job</a></h2></article>\n",
        );
    }
    for number in shown {
        let listing = world.listing(number);
        let _ = write!(
            body,
            "<article class=\"job-card\" data-id=\"{}\">\n<h2><a class=\"job-card__title\" href=\"{}\">{}</a></h2>\n\
             <p class=\"job-card__employer\">{}</p>\n<p class=\"job-card__location\">{}</p>\n\
             <p class=\"job-card__salary\">{}</p>\n<a class=\"job-card__save\" href=\"/private/save/{}\">Save</a>\n</article>\n",
            listing.id,
            escape(&listing.path()),
            escape(&title(listing)),
            escape(&listing.employer),
            escape(listing.location.as_deref().unwrap_or_default()),
            escape(listing.salary.as_deref().unwrap_or_default()),
            listing.id,
        );
    }
    body.push_str("<nav class=\"pager\">");
    if page > 1 {
        let _ = write!(body, "<a rel=\"prev\" href=\"/jobs?page={}\">Previous</a> ", page - 1);
    }
    let _ = write!(body, "<span>Page {page} of {pages}</span>");
    if page < pages {
        let _ = write!(body, " <a rel=\"next\" href=\"/jobs?page={}\">Next</a>", page + 1);
    }
    body.push_str("</nav>\n");
    Page::html(200, frame("Jobs", "", &body))
}

fn posting(world: &World, id: &str, day: NaiveDate) -> Page {
    let Some((number, listing)) = world.find(Portal::Harbour, id) else { return Page::not_found() };
    if day < listing.live_from {
        return Page::not_found();
    }
    if day > listing.live_to {
        return gone(listing);
    }
    let prose = world.prose(number);
    let description = match listing.fault {
        Some(Fault::HostileText) => prose_block::html(&prose) + faulty::HOSTILE_HTML,
        _ => prose_block::html(&prose),
    };
    let html = frame(&title(listing), &json_ld(listing, &description), &visible(listing, &description));
    faulty::page(html, listing.fault)
}

fn gone(listing: &Listing) -> Page {
    let body = "<div class=\"notice notice--expired\"><p>This job is no longer available</p>\
                <p><a href=\"/jobs\">See all jobs</a></p></div>\n";
    let status = if listing.variant.is_multiple_of(2) { 410 } else { 200 };
    Page::html(status, frame("Job no longer available", "", body))
}

fn title(listing: &Listing) -> String {
    match listing.fault {
        Some(Fault::MissingTitle) => String::new(),
        Some(Fault::HostileText) => faulty::hostile_title(&listing.title),
        _ => listing.title.clone(),
    }
}

fn visible(listing: &Listing, description: &str) -> String {
    let mut body = format!("<article class=\"job\">\n<h1 class=\"job__title\">{}</h1>\n", escape(&title(listing)));
    let mut line = |class: &str, value: &str| {
        let _ = writeln!(body, "<p class=\"job__{class}\">{}</p>", escape(value));
    };
    line("employer", &listing.employer);
    for (class, value) in [
        ("location", listing.location.as_deref()),
        ("salary", listing.salary.as_deref()),
        ("contract", listing.contract),
        ("hours", listing.hours.as_deref()),
        ("category", Some(listing.category)),
        ("reference", listing.reference.as_deref()),
    ] {
        if let Some(value) = value {
            line(class, value);
        }
    }
    let posted = if listing.fault == Some(Fault::AbsurdDate) {
        dates::absurd(listing.posted)
    } else {
        dates::long(listing.posted)
    };
    let _ = writeln!(body, "<p class=\"job__posted\">Posted <time>{posted}</time></p>");
    if let Some(closing) = listing.closing {
        let _ = writeln!(body, "<p class=\"job__closing\">Closes <time>{}</time></p>", dates::long(closing));
    }
    let _ = write!(body, "<div class=\"job__description\">\n{description}</div>\n</article>\n");
    body.push_str(
        "<aside class=\"related\"><h2>More like this</h2><ul><li><a href=\"/jobs\">Browse similar jobs</a></li></ul></aside>\n",
    );
    body
}

fn json_ld(listing: &Listing, description: &str) -> String {
    if !listing.has_json_ld() && listing.fault != Some(Fault::BrokenJsonLd) {
        return String::new();
    }
    let mut object = json!({
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title(listing),
        "description": description,
        "identifier": {"@type": "PropertyValue", "name": "Harbour Jobs", "value": listing.id},
        "datePosted": match listing.fault {
            Some(Fault::AbsurdDate) => dates::absurd(listing.posted),
            _ if listing.variant.is_multiple_of(3) => dates::instant(listing.posted, listing.variant),
            _ => listing.posted.to_string(),
        },
        "hiringOrganization": {"@type": "Organization", "name": listing.employer},
    });
    if let Some(closing) = listing.closing {
        object["validThrough"] = json!(format!("{closing}T23:59"));
    }
    if let Some(types) = employment_types(listing) {
        object["employmentType"] = types;
    }
    if listing.town.is_some() || listing.county.is_some() || listing.postcode.is_some() {
        let mut address = json!({"@type": "PostalAddress", "addressCountry": "GB"});
        for (name, value) in
            [("addressLocality", &listing.town), ("addressRegion", &listing.county), ("postalCode", &listing.postcode)]
        {
            if let Some(value) = value {
                address[name] = json!(value);
            }
        }
        object["jobLocation"] = json!({"@type": "Place", "address": address});
    }
    if let Some(pay) = listing.structured {
        let unit = match pay.unit {
            WagePeriod::Hour => "HOUR",
            WagePeriod::Day => "DAY",
            WagePeriod::Week => "WEEK",
            WagePeriod::Month => "MONTH",
            WagePeriod::Year => "YEAR",
        };
        object["baseSalary"] = json!({
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {"@type": "QuantitativeValue", "minValue": pay.min, "maxValue": pay.max, "unitText": unit},
        });
    }
    script(listing, object)
}

/// The script element, in one of the shapes that real pages have; all but the broken one can be read.
fn script(listing: &Listing, object: Value) -> String {
    let mut json = match listing.variant % 11 {
        1 => {
            json!({"@context": "https://schema.org/", "@graph": [{"@type": "WebSite", "name": "Harbour Jobs"}, object]})
                .to_string()
        }
        2 => Value::Array(vec![object]).to_string(),
        // Raw line breaks inside strings: forbidden by JSON, common on the web.
        3 => object.to_string().replace("\\n", "\n"),
        4 => format!("\n{object:#}\n"),
        5 => format!("/*<![CDATA[*/\n{object}\n/*]]>*/"),
        _ => object.to_string(),
    };
    // As careful sites do, so that the prose cannot end the script.
    json = json.replace("</", "<\\/");
    if listing.fault == Some(Fault::BrokenJsonLd) {
        let mut cut = json.len() * 2 / 3;
        while !json.is_char_boundary(cut) {
            cut -= 1;
        }
        json.truncate(cut);
    }
    format!("<script type=\"application/ld+json\">{json}</script>\n")
}

fn employment_types(listing: &Listing) -> Option<Value> {
    let hours = match listing.hours.as_deref()?.to_ascii_lowercase() {
        hours if hours.contains("part") && hours.contains("full") => return Some(json!(["FULL_TIME", "PART_TIME"])),
        hours if hours.contains("part") => "PART_TIME",
        hours if hours.contains("full") => "FULL_TIME",
        _ => return None,
    };
    match listing.contract {
        Some(contract) if contract.contains("Temp") => Some(json!([hours, "TEMPORARY"])),
        _ => Some(json!(hours)),
    }
}
