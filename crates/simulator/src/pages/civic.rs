//! `pretend-civic`: a public-sector board with tables and definition lists, and an old content system.
//!
//! * `/search?p=N`: table rows, 50 a page; `<a class="next">` leads on.
//! * `/vacancy/{id}`: one posting. Some pages are windows-1252, said by the header or only by the page.
//! * A posting that is over answers 404.

use super::charset::windows_1252;
use super::{HTML, Page, Paging, dates, faulty, paging, parameter};
use crate::fault::Fault;
use crate::listing::Listing;
use crate::portal::Portal;
use crate::prose_block::{self, escape};
use crate::world::World;
use chrono::NaiveDate;
use std::fmt::Write as _;

pub(super) fn answer(world: &World, path: &str, query: &str, day: NaiveDate) -> Page {
    match path {
        "/" | "/search" => search(world, day, parameter(query, "p")),
        _ => match path.strip_prefix("/vacancy/") {
            Some(id) => posting(world, id, day),
            None => Page::not_found(),
        },
    }
}

fn frame(charset: &str, title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n\
         <html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\" />\n<title>{} - Civic Vacancies</title>\n\
         </head>\n<body>\n<div id=\"banner\"><a href=\"/search\">Search vacancies</a> | <a href=\"/private/login\">Log in</a></div>\n\
         <div id=\"content\">\n{body}</div>\n<div id=\"footer\">Civic Vacancies is a pretend portal. Every employer on it is invented.</div>\n\
         </body>\n</html>\n",
        escape(title)
    )
}

fn search(world: &World, day: NaiveDate, page: Option<usize>) -> Page {
    let Paging { shown, total, page, pages } = paging(world, Portal::Civic, day, page, Portal::Civic.page_size());
    let mut body = format!(
        "<h1>Search results</h1>\n<p class=\"count\">{total} vacancies</p>\n<table class=\"results\">\n\
         <tr><th>Vacancy</th><th>Employer</th><th>Location</th><th>Salary</th><th>Closing date</th></tr>\n"
    );
    if page == 1 {
        // Internal vacancies are behind the log-in, and robots.txt forbids them.
        body.push_str(
            "<tr class=\"result internal\"><td><a href=\"/private/vacancy/C0000001\">Internal vacancies: log in</a></td>\
             <td></td><td></td><td></td><td></td></tr>\n",
        );
    }
    for number in shown {
        let listing = world.listing(number);
        let _ = writeln!(
            body,
            "<tr class=\"result\"><td><a href=\"{}\">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            listing.path(),
            escape(&title(listing)),
            escape(&listing.employer),
            escape(listing.location.as_deref().unwrap_or_default()),
            escape(listing.salary.as_deref().unwrap_or_default()),
            listing.closing.map(dates::long).unwrap_or_default(),
        );
    }
    body.push_str("</table>\n<p class=\"pager\">");
    if page > 1 {
        let _ = write!(body, "<a class=\"previous\" href=\"/search?p={}\">Previous</a> ", page - 1);
    }
    let _ = write!(body, "Page {page} of {pages}");
    if page < pages {
        let _ = write!(body, " <a class=\"next\" href=\"/search?p={}\">Next</a>", page + 1);
    }
    body.push_str("</p>\n");
    Page::html(200, frame("utf-8", "Search results", &body))
}

fn title(listing: &Listing) -> String {
    match listing.fault {
        Some(Fault::MissingTitle) => String::new(),
        Some(Fault::HostileText) => faulty::hostile_title(&listing.title),
        _ => listing.title.clone(),
    }
}

fn posting(world: &World, id: &str, day: NaiveDate) -> Page {
    let Some((number, listing)) = world.find(Portal::Civic, id) else { return Page::not_found() };
    if !listing.is_live(day) {
        let body = "<h1>Vacancy not found</h1>\n<p>The vacancy you are looking for has closed or does not exist.</p>\n";
        return Page::html(404, frame("utf-8", "Vacancy not found", body));
    }
    let mut body = format!("<h1 class=\"vacancy-title\">{}</h1>\n<dl class=\"facts\">\n", escape(&title(listing)));
    for (label, value) in facts(listing) {
        let _ = writeln!(body, "<dt>{label}</dt><dd>{}</dd>", escape(&value));
    }
    body.push_str("</dl>\n<section class=\"description\">\n");
    body.push_str(&prose_block::html(&world.prose(number)));
    if listing.fault == Some(Fault::HostileText) {
        body.push_str(faulty::HOSTILE_HTML);
    }
    body.push_str("</section>\n<p class=\"apply\"><a href=\"/private/apply\">Apply now</a></p>\n");
    if listing.fault.is_some() {
        return faulty::page(frame("utf-8", &title(listing), &body), listing.fault);
    }
    match listing.variant % 10 {
        // The header says it.
        1 => Page {
            status: 200,
            content_type: "text/html; charset=windows-1252",
            body: windows_1252(&frame("windows-1252", &title(listing), &body)),
        },
        // Only the page itself says it.
        2 => Page {
            status: 200,
            content_type: "text/html",
            body: windows_1252(&frame("windows-1252", &title(listing), &body)),
        },
        _ => Page { status: 200, content_type: HTML, body: frame("utf-8", &title(listing), &body).into_bytes() },
    }
}

fn facts(listing: &Listing) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Employer", listing.employer.clone())];
    let mut fact = |label, value: Option<String>| {
        if let Some(value) = value {
            facts.push((label, value));
        }
    };
    fact("Location", listing.location.clone());
    fact("Postcode", listing.postcode.clone());
    fact("Salary", listing.salary.clone());
    fact("Contract", listing.contract.map(str::to_owned));
    fact("Hours", listing.hours.clone());
    fact(
        "Posted",
        Some(match listing.fault {
            Some(Fault::AbsurdDate) => dates::absurd(listing.posted),
            _ => dates::long(listing.posted),
        }),
    );
    fact("Closing date", listing.closing.map(dates::long));
    fact("Reference", listing.reference.clone());
    fact("Category", Some(listing.category.to_owned()));
    facts
}
