//! What corresponds to what: SOC 2020, SOC 2010 and ISCO-08 unit groups.
//!
//! Between the two SOCs there are two official sources: titles of the coding index that bear both codes, and people
//! whom the ONS coded to both (Labour Force Survey and Census samples). A share here is the mean of the share of titles
//! and the share of people; where fewer than 30 people were coded it is the share of titles. Every official pair is
//! kept, so that "agrees with an official correspondence" can be asked of these tables.

use crate::Outcome;
use crate::files::{Record, Sources, cell, write};
use std::collections::BTreeMap;

/// Fewer people than this say nothing of shares.
const ENOUGH_PEOPLE: f64 = 30.0;

type Counts = BTreeMap<String, BTreeMap<String, f64>>;

pub(crate) fn compile(sources: &Sources) -> Outcome<()> {
    let mut titles = Counts::new();
    for record in sources.official("soc/soc2010_soc2020_index_pairs.csv")? {
        add(&mut titles, cell(&record, "soc2010")?, cell(&record, "soc2020")?, number(&record, "index_rows"));
    }
    let mut people = Counts::new();
    for record in sources.official("soc/soc2010_soc2020_relationship.csv")? {
        let flow = ["men_lfs", "women_lfs", "men_census", "women_census"]
            .map(|who| number(&record, &format!("{who}_share")) * number(&record, &format!("{who}_base")));
        add(&mut people, cell(&record, "soc2010")?, cell(&record, "soc2020")?, flow.iter().sum());
    }
    write_crosswalk("soc2010_soc2020", ["soc2010", "soc2020", "note"], &titles, &people)?;
    write_crosswalk("soc2020_soc2010", ["soc2020", "soc2010", "note"], &turned(&titles), &turned(&people))?;

    let mut isco = Counts::new();
    for record in sources.official("soc/soc2020_isco08_index_pairs.csv")? {
        add(&mut isco, cell(&record, "soc2020")?, cell(&record, "isco08")?, number(&record, "index_rows"));
    }
    write_crosswalk("soc2020_isco08", ["soc2020", "isco08", "note"], &isco, &Counts::new())
}

/// A figure; empty and suppressed ones count nothing.
fn number(record: &Record, column: &str) -> f64 {
    record.get(column).and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

fn add(counts: &mut Counts, from: &str, to: &str, count: f64) {
    *counts.entry(from.to_owned()).or_default().entry(to.to_owned()).or_default() += count;
}

fn turned(counts: &Counts) -> Counts {
    let mut turned = Counts::new();
    for (from, targets) in counts {
        targets.iter().for_each(|(to, count)| add(&mut turned, to, from, *count));
    }
    turned
}

fn blend(titles: &Counts, people: &Counts) -> Counts {
    let mut shares = Counts::new();
    let none = BTreeMap::new();
    for from in titles.keys().chain(people.keys()) {
        let (titles, people) = (titles.get(from).unwrap_or(&none), people.get(from).unwrap_or(&none));
        let (all_titles, all_people): (f64, f64) = (titles.values().sum(), people.values().sum());
        let weight = match (all_titles > 0.0, all_people >= ENOUGH_PEOPLE) {
            (true, true) => 0.5,
            (true, false) => 0.0,
            (false, _) => 1.0,
        };
        let mut blended = BTreeMap::new();
        for to in titles.keys().chain(people.keys()) {
            let share = |counts: &BTreeMap<String, f64>, all: f64| counts.get(to).map_or(0.0, |n| n / all.max(1e-9));
            blended.insert(to.clone(), share(titles, all_titles) * (1.0 - weight) + share(people, all_people) * weight);
        }
        shares.insert(from.clone(), blended);
    }
    shares
}

/// Writes each group with its targets, best first. A share below one in ten thousand is written as that, so that no
/// official pair is lost. Where titles and people disagree about the best, the note says so.
fn write_crosswalk(name: &str, headings: [&str; 3], titles: &Counts, people: &Counts) -> Outcome<()> {
    let row = |(from, targets): (&String, &BTreeMap<String, f64>)| {
        let mut targets: Vec<(&String, f64)> = targets.iter().map(|(to, share)| (to, share.max(0.0001))).collect();
        targets.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let list: Vec<String> = targets.iter().map(|(to, share)| format!("{to}:{share:.4}")).collect();
        let note = match (best(titles.get(from)), best(people.get(from))) {
            (Some(by_title), Some(by_person)) if by_title != by_person => {
                format!("most titles go to {by_title}, most people to {by_person}")
            }
            _ => String::new(),
        };
        [from.clone(), list.join("|"), note]
    };
    write(name, headings, blend(titles, people).iter().map(row))
}

fn best(targets: Option<&BTreeMap<String, f64>>) -> Option<&String> {
    Some(targets?.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?.0)
}
