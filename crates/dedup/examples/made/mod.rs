//! A made set with known truth: real advertisements from beside the workspace, changed in the ways that portals,
//! agencies and feeders change them. Seeded; the same set on every machine that has the same data.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each example uses its part; a choice from a list that is not empty succeeds"
)]

use chrono::{Days, NaiveDate};
use openvacancy_domain::{DedupRecord, PortalId, PostingId};
use openvacancy_reference::{beside, gazetteer};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};

pub(crate) mod judged;

/// One record of the set.
pub(crate) struct Made {
    pub(crate) record: DedupRecord,
    /// Records of one vacancy bear one number.
    pub(crate) vacancy: usize,
    /// How it was made: `base`, or the kind of change.
    pub(crate) kind: &'static str,
}

/// Which half of the real advertisements the set is made from.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Half {
    Train,
    Test,
}

/// Kinds of records that are copies of their base, and kinds that are not although they look it.
pub(crate) const COPIES: [&str; 6] =
    ["exact", "truncated", "reworded", "agency_rewritten", "reposted", "feeder_renamed"];
pub(crate) const HARD: [&str; 5] = ["other_place", "side_by_side", "other_grade", "template", "rival"];

const AGENCIES: [&str; 6] = [
    "Brightwater Recruitment Ltd",
    "Oakfield Personnel",
    "Larch Talent Solutions",
    "Harrow & Finch",
    "Meridian Staffing Group",
    "Calder Resourcing Limited",
];
const FOOTERS: [&str; 3] = [
    "We act as an employment agency for permanent staff and as an employment business for temporary workers. By applying \
     you accept that we keep your details on file as our privacy notice sets out. Due to the number of replies we can \
     only answer those who are taken further.",
    "Everyone is welcome to apply, whatever their age, sex, belief, origin or disability. If this one is not quite what \
     you had in mind, look at our website where several hundred others are shown and new ones come every day.",
    "To be considered please send your CV today, quoting the number above. We will ring you within two working days. \
     Know somebody suited? Refer a friend and receive a voucher once they have started.",
];
const OPENERS: [&str; 3] = [
    "Our client is a well known name in its field and now needs another pair of hands.",
    "A fantastic chance has come up with one of our longest standing clients.",
    "We are working with a respected organisation that wishes to strengthen its team.",
];

/// Real advertisements with full prose; `None` where the data are not beside the workspace.
pub(crate) fn bases(half: Half) -> Option<Vec<DedupRecord>> {
    let lads = Lads::new();
    let mut bases: Vec<DedupRecord> = Vec::new();
    // Real duplicates among the bases would be wrong answers in the key: one base per opening, and per title of an employer.
    let mut met = std::collections::HashSet::new();
    for file in ["ads_nhs_jobs_2020", "ads_adzuna_2013_full", "ads_adzuna_2013_full776", "ads_reed_2026_tech"] {
        let path = beside::shared(&format!("realdata/{file}.csv.gz"))?;
        for (at, row) in rows(&path).into_iter().enumerate() {
            let get = |name: &str| row.get(name).filter(|text| !text.trim().is_empty() && *text != "nan").cloned();
            let Some(description) = get("description").filter(|text| text.len() > 600) else { continue };
            if (at % 2 == 0) != (half == Half::Train) {
                continue;
            }
            let title = get("title").unwrap_or_default().to_lowercase();
            let opening: String = description.chars().filter(|ch| ch.is_alphanumeric()).take(120).collect();
            let place = get("postcode").or(get("location")).unwrap_or_default();
            let owner = get("employer").unwrap_or_else(|| place.clone());
            let fresh = [opening, format!("{title}|{owner}|{place}"), format!("{title}|{owner}")];
            if fresh.into_iter().any(|key| !met.insert(key)) {
                continue;
            }
            let number = |name: &str| get(name).and_then(|text| text.parse::<f64>().ok()).filter(|pay| *pay > 5_000.0);
            let day = 20 + (at % 40) as u64;
            bases.push(DedupRecord {
                id: PostingId { portal: PortalId(file.replace('_', "-")), id: format!("{at}") },
                url: None,
                reference: (at % 5 == 0).then(|| format!("{:03}-{:06}", at % 1000, at * 7919 % 1_000_003)),
                title: get("title").unwrap_or_default(),
                employer: get("employer"),
                description: Some(description),
                lad_codes: lads.of(get("location").as_deref(), get("postcode").as_deref()),
                location: get("location"),
                postcode: get("postcode"),
                wage_annual_min: number("salary_min"),
                wage_annual_max: number("salary_max"),
                soc2020: None,
                date_posted: NaiveDate::from_ymd_opt(2026, 8, 1)
                    .and_then(|start| start.checked_add_days(Days::new(day))),
                first_seen: None,
                last_seen: None,
            });
        }
    }
    Some(bases)
}

/// The set: every base, and for most of them one to three changed companions.
pub(crate) fn make(half: Half) -> Option<Vec<Made>> {
    let bases = bases(half)?;
    let mut rng = ChaCha8Rng::seed_from_u64(if half == Half::Train { 11 } else { 29 });
    let vocabulary: Vec<String> = bases
        .iter()
        .flat_map(|base| base.description.as_deref().unwrap_or_default().split_whitespace().step_by(7))
        .filter(|word| word.len() > 3)
        .map(str::to_owned)
        .collect();
    let mut set = Vec::new();
    let mut next = bases.len();
    for (vacancy, base) in bases.iter().enumerate() {
        // Some portals show no prose at all; their postings are known by their fields alone.
        let mut base = base.clone();
        if rng.random_bool(0.08) {
            base.description = None;
        }
        let base = &base;
        set.push(Made { record: base.clone(), vacancy, kind: "base" });
        // A copy of one of nine identical advertisements could belong to any of them; so those have no copies.
        let hard = rng.random_bool(0.45).then(|| *HARD.choose(&mut rng).unwrap());
        let copies: usize = if hard == Some("side_by_side") { 0 } else { rng.random_range(0..3) };
        let mut boards = [1, 2, 4, 5];
        boards.shuffle(&mut rng);
        for board in boards.into_iter().take(copies) {
            let kind = *COPIES.choose(&mut rng).unwrap();
            let kind = if base.description.is_none() { "without_prose" } else { kind };
            let record = copy(base, kind, &vocabulary, &mut rng, (board, set.len()));
            set.push(Made { record, vacancy, kind });
        }
        if let Some(kind) =
            hard.filter(|kind| base.description.is_some() && (*kind != "other_place" || !base.lad_codes.is_empty()))
        {
            let other = bases.choose(&mut rng).unwrap();
            let many = if kind == "side_by_side" { rng.random_range(1..9) } else { 1 };
            for _ in 0..many {
                let record = stranger(base, other, kind, &vocabulary, &mut rng, set.len());
                set.push(Made { record, vacancy: next, kind });
                next += 1;
            }
        }
    }
    set.shuffle(&mut rng);
    Some(set)
}

fn copy(
    base: &DedupRecord,
    kind: &str,
    vocabulary: &[String],
    rng: &mut ChaCha8Rng,
    (board, number): (u32, usize),
) -> DedupRecord {
    let text = base.description.clone().unwrap_or_default();
    let mut made = base.clone();
    made.id = PostingId { portal: PortalId(format!("board-{board}")), id: format!("c{number}") };
    move_days(&mut made, rng.random_range(0..8));
    if rng.random_bool(0.5) {
        made.reference = None;
    }
    let kind = if base.description.is_none() { "without_prose" } else { kind };
    match kind {
        "exact" => {}
        "without_prose" => {
            made.description = None;
            vary(&mut made, rng);
        }
        "truncated" => {
            let cut = *[450, 500, 300].choose(rng).unwrap();
            made.description = Some(format!("{}…", text.chars().take(cut).collect::<String>()));
            vary(&mut made, rng);
        }
        "reworded" => {
            made.description = Some(reword(&text, rng.random_range(0.1..0.4), vocabulary, rng));
            vary(&mut made, rng);
        }
        "agency_rewritten" => {
            let mut sentences: Vec<&str> = text.split_inclusive(['.', '\n']).filter(|s| s.len() > 20).collect();
            let kept = (sentences.len() * rng.random_range(50..80) / 100).max(2).min(sentences.len());
            sentences.truncate(kept);
            if rng.random_bool(0.5) {
                sentences.shuffle(rng);
            }
            let mut own = sentences.concat();
            if let Some(employer) = &base.employer {
                own = own.replace(employer.as_str(), "our client");
            }
            let own = reword(&own, rng.random_range(0.05..0.25), vocabulary, rng);
            made.description = Some(format!("{} {own} {}", OPENERS.choose(rng).unwrap(), FOOTERS.choose(rng).unwrap()));
            made.employer = Some((*AGENCIES.choose(rng).unwrap()).to_owned());
            vary(&mut made, rng);
        }
        "reposted" => {
            made.id.portal = base.id.portal.clone();
            move_days(&mut made, rng.random_range(9..80));
            made.description = Some(reword(&text, 0.02, vocabulary, rng));
        }
        _ => {
            let employer = made.employer.take().unwrap_or_default();
            made.title = if employer.is_empty() { made.title } else { format!("{} - {employer}", made.title) };
            made.employer = Some(
                (*["JobsFeed", "Careers Network", "eFinancialCareers", "Jobboard Direct"].choose(rng).unwrap())
                    .to_owned(),
            );
            vary(&mut made, rng);
        }
    }
    made
}

fn stranger(
    base: &DedupRecord,
    other: &DedupRecord,
    kind: &str,
    vocabulary: &[String],
    rng: &mut ChaCha8Rng,
    number: usize,
) -> DedupRecord {
    let text = base.description.clone().unwrap_or_default();
    let mut made = base.clone();
    made.id.id = format!("s{number}");
    made.reference = None;
    match kind {
        "rival" => {
            // The same job at another employer of the town, some phrases alike.
            made.id.portal = PortalId::from("board-3");
            made.employer = other
                .employer
                .clone()
                .filter(|name| Some(name) != base.employer.as_ref())
                .or(Some("Rowan & Daughters".to_owned()));
            let theirs = other.description.as_deref().unwrap_or_default();
            made.description =
                Some(format!("{} {}", take_share(theirs, 0.8), take_share(&text, rng.random_range(0.1..0.25))));
            made.wage_annual_min = made.wage_annual_min.map(|pay| pay * rng.random_range(0.92..1.08));
            made.wage_annual_max = made.wage_annual_max.map(|pay| pay * rng.random_range(0.92..1.08));
            move_days(&mut made, rng.random_range(0..20));
        }
        "other_place" => {
            if rng.random_bool(0.5) {
                made.id.portal = PortalId::from("board-1");
            }
            let (lad, town) = *[
                ("E06000002", "Middlesbrough"),
                ("E07000148", "Norwich"),
                ("W06000011", "Swansea"),
                ("S12000033", "Aberdeen"),
            ]
            .choose(rng)
            .unwrap();
            (made.lad_codes, made.location, made.postcode) = (vec![lad.to_owned()], Some(town.to_owned()), None);
        }
        "side_by_side" => {
            if rng.random_bool(0.5) {
                made.reference = Some(format!("VAC-{number:05}"));
            }
        }
        "other_grade" => {
            if rng.random_bool(0.5) {
                made.id.portal = PortalId::from("board-2");
            }
            move_days(&mut made, rng.random_range(0..5));
            let grade = *["Senior", "Trainee", "Lead", "Deputy", "Apprentice"].choose(rng).unwrap();
            made.title = format!("{grade} {}", made.title);
            let step = if ["Trainee", "Apprentice"].contains(&grade) { 0.7 } else { 1.3 };
            made.wage_annual_min = made.wage_annual_min.map(|pay| pay * step);
            made.wage_annual_max = made.wage_annual_max.map(|pay| pay * step);
            made.description = Some(reword(&text, rng.random_range(0.05..0.25), vocabulary, rng));
        }
        _ => {
            // An agency's or employer's mould: the frame is kept, the job is another.
            made.title.clone_from(&other.title);
            made.wage_annual_min = other.wage_annual_min;
            made.wage_annual_max = other.wage_annual_max;
            let theirs = other.description.as_deref().unwrap_or_default();
            let share = rng.random_range(0.4..0.8);
            let frame = take_share(&text, share);
            let job = take_share(theirs, 1.0 - share);
            made.description = Some(format!("{frame} {job}"));
            move_days(&mut made, rng.random_range(0..20));
        }
    }
    made
}

fn take_share(text: &str, share: f64) -> String {
    text.chars().take((text.chars().count() as f64 * share) as usize).collect()
}

fn move_days(record: &mut DedupRecord, days: u64) {
    record.date_posted = record.date_posted.and_then(|day| day.checked_add_days(Days::new(days)));
}

/// Small differences between boards: decoration of the title, pay left out, place said more or less closely.
fn vary(record: &mut DedupRecord, rng: &mut ChaCha8Rng) {
    let place = record.location.clone().unwrap_or_default();
    record.title = match rng.random_range(0..6) {
        0 => format!("{} - {place}", record.title),
        1 => record.title.to_uppercase(),
        2 => format!("{} (Full Time)", record.title),
        3 => format!("{} - Immediate Start", record.title),
        _ => record.title.clone(),
    };
    // Boards state one end only, or guess: what an agency or board says of pay is seldom the same twice.
    match rng.random_range(0..20) {
        0..7 => (record.wage_annual_min, record.wage_annual_max) = (None, None),
        7..9 => record.wage_annual_min = record.wage_annual_max,
        9..11 => record.wage_annual_max = record.wage_annual_min,
        11 => {
            let guess = rng.random_range(0.75..1.3);
            record.wage_annual_min = record.wage_annual_min.map(|pay| pay * guess);
            record.wage_annual_max = record.wage_annual_min;
        }
        _ => {}
    }
    match rng.random_range(0..12) {
        0 | 1 => record.lad_codes.clear(),
        2 | 3 => record.location = Some(format!("{place}, United Kingdom")),
        4 | 5 => record.postcode = None,
        6 => {
            record.location =
                Some((*["Northgate", "Millfield", "Old Town", "Riverside"].choose(rng).unwrap()).to_owned())
        }
        _ => {}
    }
    match rng.random_range(0..60) {
        0 => record.title = format!("Senior {}", record.title),
        1 | 2 => record.title = record.title.split_whitespace().skip(1).collect::<Vec<_>>().join(" "),
        3 => record.title = format!("{} Specialist", record.title),
        _ => {}
    }
    if record.title.trim().is_empty() {
        record.title = "Assistant".to_owned();
    }
    if rng.random_bool(0.1) {
        record.employer = None;
    }
}

/// Changes each word with probability `share`: another word, none, or one more.
fn reword(text: &str, share: f64, vocabulary: &[String], rng: &mut ChaCha8Rng) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !rng.random_bool(share) {
            out.push_str(word);
        } else {
            match rng.random_range(0..4) {
                0 => {}
                1 => {
                    out.push_str(word);
                    out.push(' ');
                    out.push_str(vocabulary.choose(rng).unwrap());
                }
                _ => out.push_str(vocabulary.choose(rng).unwrap()),
            }
        }
        out.push(' ');
    }
    out
}

/// Districts by outward postcode or by the names between commas.
pub(crate) struct Lads(HashMap<String, (u32, &'static str)>);

impl Lads {
    pub(crate) fn new() -> Self {
        let mut names: HashMap<String, (u32, &'static str)> = HashMap::new();
        for place in gazetteer::places() {
            let entry = names.entry(place.name.to_lowercase()).or_insert((place.weight, place.lad_code));
            if place.weight > entry.0 {
                *entry = (place.weight, place.lad_code);
            }
        }
        Self(names)
    }

    pub(crate) fn of(&self, location: Option<&str>, postcode: Option<&str>) -> Vec<String> {
        let words = postcode.into_iter().chain(location.into_iter().flat_map(|text| text.split([',', ' '])));
        for word in words {
            let word = word.trim().to_uppercase();
            let first = word.split(' ').next().unwrap_or_default();
            let joined = (first.len() >= 5 && first.is_ascii()).then(|| &first[..first.len() - 3]);
            let found = gazetteer::outward(first).or_else(|| joined.and_then(gazetteer::outward));
            if let Some(district) = found.and_then(|outward| outward.districts.first()) {
                return vec![district.0.to_owned()];
            }
        }
        let Some(location) = location else { return Vec::new() };
        location
            .split([',', '-', '/'])
            .map(|part| part.trim().to_lowercase())
            .filter(|part| !["london", "uk", "england", "united kingdom", "scotland", "wales"].contains(&part.as_str()))
            .find_map(|part| self.0.get(&part))
            .map(|(_, lad)| vec![(*lad).to_owned()])
            .unwrap_or_default()
    }
}

/// Rows of a gzip-compressed CSV file by column name.
pub(crate) fn rows(path: &std::path::Path) -> Vec<BTreeMap<String, String>> {
    let file = std::fs::File::open(path).unwrap();
    let mut reader = csv::Reader::from_reader(flate2::read::MultiGzDecoder::new(file));
    let headers = reader.headers().unwrap().clone();
    reader
        .records()
        .filter_map(Result::ok)
        .map(|record| headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect())
        .collect()
}
