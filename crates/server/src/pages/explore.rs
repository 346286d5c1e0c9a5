//! The first page: how many vacancies, for what, where, since when.

use super::charts::{self, Series};
use super::choice::{Choice, Group, Item};
use super::cube::{Cube, Number};
use super::map::{self, Tile};
use super::quality::{CompletenessLine, PortalLine, completeness, portals};
use super::sentence::{self, begin_small, in_sentence, since};
use super::table::{Data, Source, Table};
use super::view::{Line, Shown, bar, share};
use super::{failed, format, html, style_version};
use crate::api::{Pairs, pairs};
use crate::params::Params;
use crate::{ApiError, AppState, cache, names};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use openvacancy_domain::{Release, ReleaseState};
use openvacancy_reference::area;
use openvacancy_release::indicator::{
    AreaType, OPENINGS_FLOW, TOTAL, UNKNOWN, VACANCIES_FLOW, VACANCIES_STOCK, WAGE_MEDIAN, WAGE_P25, WAGE_P75,
};
use openvacancy_release::quality::Quality;

/// Unit groups and areas listed at most.
const TOP: usize = 15;

#[derive(Template)]
#[template(path = "explore.html")]
struct Page {
    style: String,
    here: &'static str,
    title: String,
    release: String,
    release_link: String,
    month: String,
    revision: bool,
    superseded: bool,
    published: String,
    as_of: String,
    since: String,
    complete: bool,
    has_stock: bool,
    filtered: bool,
    area_name: String,
    occupation_name: String,
    occupation_is_all: bool,
    outside: Option<String>,
    area: String,
    flow: Shown,
    stock: Shown,
    openings: Shown,
    pay: Shown,
    pay_range: String,
    measure: &'static str,
    portals_count: usize,
    area_groups: Vec<Group>,
    occupation_items: Vec<Item>,
    crumbs: Vec<(String, String)>,
    occupations: Option<Table>,
    top: Option<Table>,
    places: Option<Table>,
    tiles: Vec<Tile>,
    scale: Vec<(u8, String)>,
    series: Option<Series>,
    series_data: Option<Data>,
    change: Option<String>,
    portals: Vec<PortalLine>,
    completeness: Vec<CompletenessLine>,
    coded_right: Option<String>,
    notes: Vec<String>,
    data: Data,
}

/// Before the first release.
#[derive(Template)]
#[template(path = "empty.html")]
struct Empty {
    style: String,
    here: &'static str,
}

/// `GET /`.
pub(crate) async fn explore(State(state): State<AppState>, headers: HeaderMap, query: Pairs) -> Response {
    answer(&state, &headers, query).await.unwrap_or_else(|error| failed(&error))
}

async fn answer(state: &AppState, headers: &HeaderMap, query: Pairs) -> Result<Response, ApiError> {
    let params = Params::read(pairs(query)?, &["area", "occupation", "release"])?;
    let choice = Choice::read(&params)?;
    let releases = state.published().await?;
    if releases.is_empty() && params.get("release").is_none() {
        return Ok((StatusCode::OK, html(&Empty { style: style_version(), here: "explore" })).into_response());
    }
    let release = state.release(params.get("release")).await?;
    let others: Vec<&str> = releases.iter().map(|other| other.digest.as_str()).collect();
    let etag = cache::etag(&[
        "explore",
        &release.id.to_string(),
        &params.address("/", &[]),
        &style_version(),
        &others.concat(),
    ]);
    if let Some(answer) = cache::unchanged(headers, &etag, false) {
        return Ok(answer);
    }
    let cube = Cube::load(state, &releases, release.id, &choice).await?;
    let page = page(&release, &releases, &choice, &cube);
    Ok(cache::with_headers(html(&page), &etag, false))
}

fn page(release: &Release, releases: &[Release], choice: &Choice, cube: &Cube) -> Page {
    // A release of another program bears no report; then the page goes without.
    let quality = Quality::of(release).unwrap_or_default();
    let get = |indicator: &str| cube.get(indicator, &choice.area, &choice.occupation);
    // A month that has only a stock (it never happens with imports alone) is told by its stock.
    let measure =
        if quality.flow > 0 || quality.stock.is_none_or(|stock| stock == 0) { VACANCIES_FLOW } else { VACANCIES_STOCK };
    let measure_title = if measure == VACANCIES_FLOW { "New vacancies" } else { "Open vacancies" };
    let places_title = match choice.parts().0 {
        AreaType::Region => "Nations and regions",
        AreaType::County => "Counties and unitary authorities",
        _ => "Districts",
    };
    let places = places(cube, choice, measure);
    let tiles = if choice.is_uk() { map::tiles(&places, |code| rate(cube, choice, measure, code)) } else { Vec::new() };
    let table =
        |id, caption: &str, head, codes, lines, data| Table::new(id, caption, head, measure_title, codes, lines, data);
    let data = Source { release: release.id, measure };
    let quartiles = [WAGE_P25, WAGE_P75].map(|name| get(name).and_then(|number| number.value));
    let pinned =
        release.state == ReleaseState::Published && releases.first().is_some_and(|newest| newest.id != release.id);
    Page {
        style: style_version(),
        here: "explore",
        title: sentence::title(choice, release.id.month),
        release: release.id.to_string(),
        release_link: format!("/releases/{}", release.id),
        month: format::month(release.id.month),
        revision: release.id.version > 1,
        superseded: pinned,
        published: release.published_at.map(format::day).unwrap_or_default(),
        as_of: format::day(release.as_of - chrono::Duration::milliseconds(1)),
        since: since(&quality, releases),
        complete: quality.complete_month,
        has_stock: quality.stock.is_some(),
        filtered: !choice.is_uk() || choice.occupation != TOTAL,
        area_name: in_sentence(&choice.area_name()),
        occupation_name: begin_small(&choice.occupation_name()),
        occupation_is_all: choice.occupation == TOTAL,
        outside: choice.area_outside_lists().then(|| choice.area_name()),
        area: choice.area.clone(),
        flow: Shown::count(get(VACANCIES_FLOW)),
        stock: Shown::count(get(VACANCIES_STOCK)),
        openings: Shown::count(get(OPENINGS_FLOW)),
        pay: Shown::pay(get(WAGE_MEDIAN)),
        pay_range: match quartiles {
            [Some(low), Some(high)] => format!("{} to {}", format::pay(low), format::pay(high)),
            _ => String::new(),
        },
        measure: measure_title,
        portals_count: quality.portals.len(),
        area_groups: choice.area_groups(),
        occupation_items: choice.occupation_items(),
        crumbs: crumbs(choice),
        occupations: table(
            "t-occ",
            occupations_title(choice),
            "Occupation",
            true,
            occupations(cube, choice, measure),
            data.occupations(choice, None),
        ),
        top: table(
            "t-top",
            "Unit groups most asked for",
            "Occupation",
            true,
            top(cube, choice, measure),
            data.occupations(choice, Some(4)),
        ),
        places: table("t-area", places_title, "Area", false, places, data.places(choice)),
        scale: map::scale(&tiles),
        tiles,
        series: charts::series(cube, release.id.month),
        series_data: Some(Data::series(&cube.versions, choice)),
        change: sentence::change(cube, release.id.month),
        portals: portals(&quality),
        completeness: completeness(&quality),
        coded_right: quality.soc2020_confidence_mean.map(format::percent),
        notes: quality.notes.clone(),
        data: Data::here(release.id, choice),
    }
}

/// The way back up: areas and occupations that hold the ones chosen.
fn crumbs(choice: &Choice) -> Vec<(String, String)> {
    let mut crumbs = Vec::new();
    let mut above = area::area(&choice.area).and_then(|area| area.parent);
    while let Some(code) = above {
        let Some(area) = area::area(code) else { break };
        crumbs.push((area.name.to_owned(), choice.address(code, &choice.occupation)));
        above = area.parent;
    }
    crumbs.reverse();
    if choice.occupation != TOTAL {
        crumbs.push((names::occupation(TOTAL), choice.address(&choice.area, TOTAL)));
        for digits in 1..choice.occupation.len() {
            let code = &choice.occupation[..digits];
            crumbs.push((format!("{code} {}", names::occupation(code)), choice.address(&choice.area, code)));
        }
    }
    crumbs
}

fn occupations_title(choice: &Choice) -> &'static str {
    match (choice.occupation.as_str(), choice.occupation.len()) {
        (TOTAL, _) => "Major groups",
        (_, 1) => "Sub-major groups",
        (_, 2) => "Minor groups",
        _ => "Unit groups",
    }
}

/// One line of an occupation or area.
fn line(cube: &Cube, measure: &str, area: &str, occupation: &str, most: f64, whole: Option<f64>) -> Line {
    let number: Option<Number> = cube.get(measure, area, occupation);
    let value = number.and_then(|number| number.value);
    Line {
        value: Shown::count(number),
        bar: bar(value.unwrap_or(0.0), most),
        share: share(value, whole),
        pay: Shown::pay(cube.get(WAGE_MEDIAN, area, occupation)),
        ..Line::default()
    }
}

fn most(cube: &Cube, measure: &str, keys: &[(&str, &str)]) -> f64 {
    let values = keys.iter().filter_map(|(area, occupation)| cube.get(measure, area, occupation)?.value);
    values.fold(0.0, f64::max)
}

/// The groups the chosen occupation is divided into, in the order of their codes.
fn occupations(cube: &Cube, choice: &Choice, measure: &str) -> Vec<Line> {
    let length = if choice.occupation == TOTAL { 1 } else { choice.occupation.len() + 1 };
    let prefix = if choice.occupation == TOTAL { "" } else { &choice.occupation };
    let codes: Vec<&str> = cube
        .occupations(measure, &choice.area)
        .into_iter()
        .filter(|code| {
            code.starts_with(prefix) && code.len() == length && code.bytes().all(|byte| byte.is_ascii_digit())
        })
        .collect();
    let keys: Vec<(&str, &str)> = codes.iter().map(|code| (choice.area.as_str(), *code)).collect();
    let most = most(cube, measure, &keys);
    let whole = cube.get(measure, &choice.area, &choice.occupation).and_then(|number| number.value);
    let mut lines: Vec<Line> = codes
        .iter()
        .map(|code| Line {
            code: (*code).to_owned(),
            name: names::occupation(code),
            link: choice.address(&choice.area, code),
            ..line(cube, measure, &choice.area, code, most, whole)
        })
        .collect();
    if choice.occupation == TOTAL && cube.get(measure, &choice.area, UNKNOWN).is_some() {
        lines.push(Line {
            name: names::occupation(UNKNOWN),
            muted: true,
            ..line(cube, measure, &choice.area, UNKNOWN, most, whole)
        });
    }
    lines
}

/// The unit groups with most vacancies.
fn top(cube: &Cube, choice: &Choice, measure: &str) -> Vec<Line> {
    if choice.occupation.len() == 3 {
        return Vec::new();
    }
    let prefix = if choice.occupation == TOTAL { "" } else { &choice.occupation };
    let mut codes: Vec<(f64, &str)> = cube
        .occupations(measure, &choice.area)
        .into_iter()
        .filter(|code| code.len() == 4 && code.starts_with(prefix) && *code != choice.occupation)
        .filter_map(|code| Some((cube.get(measure, &choice.area, code)?.value?, code)))
        .collect();
    codes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    codes.truncate(TOP);
    let most = codes.first().map_or(0.0, |(value, _)| *value);
    let whole = cube.get(measure, &choice.area, &choice.occupation).and_then(|number| number.value);
    codes
        .into_iter()
        .map(|(_, code)| Line {
            code: code.to_owned(),
            name: names::occupation(code),
            link: choice.address(&choice.area, code),
            ..line(cube, measure, &choice.area, code, most, whole)
        })
        .collect()
}

/// The areas the chosen one is divided into, most vacancies first.
fn places(cube: &Cube, choice: &Choice, measure: &str) -> Vec<Line> {
    let (kind, mut codes) = choice.parts();
    if codes.len() < 2 {
        return Vec::new();
    }
    let value =
        |code: &str| cube.get(measure, code, &choice.occupation).and_then(|number| number.value).unwrap_or(-1.0);
    codes.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.cmp(b)));
    let keys: Vec<(&str, &str)> = codes.iter().map(|code| (code.as_str(), choice.occupation.as_str())).collect();
    let most = most(cube, measure, &keys);
    let whole = cube.get(measure, &choice.area, &choice.occupation).and_then(|number| number.value);
    codes
        .iter()
        .map(|code| Line {
            code: code.clone(),
            name: names::area(kind.as_str(), code),
            link: choice.address(code, &choice.occupation),
            ..line(cube, measure, code, &choice.occupation, most, whole)
        })
        .collect()
}

/// Vacancies per 10,000 residents of a region.
fn rate(cube: &Cube, choice: &Choice, measure: &str, region: &str) -> Option<f64> {
    let residents: u64 = area::districts()
        .iter()
        .filter(|district| district.region_code == region || district.country_code == region)
        .map(|district| u64::from(district.population))
        .sum();
    let value = cube.get(measure, region, &choice.occupation).map_or(Some(0.0), |number| number.value)?;
    #[expect(clippy::cast_precision_loss, reason = "populations stay far below 2^53")]
    (residents > 0).then(|| value / residents as f64 * 10_000.0)
}
