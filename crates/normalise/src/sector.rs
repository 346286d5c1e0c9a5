//! Sector: SIC 2007 section and division of the employer, from its name, the portal, the category and the prose.
//!
//! A recruitment agency's name says nothing of the sector: the client's is read from category and prose, or unknown,
//! never 78.1 by accident. Each word votes for a division (or a section alone); the employer's name outvotes all else.

mod words;

pub(crate) use words::PROSE;

use crate::cue::{Cue, Hit};
use crate::text::{evidence, fold, is_whole_word};
use aho_corasick::{AhoCorasick, MatchKind};
use openvacancy_domain::Posting;
use openvacancy_domain::normalised::Sector;
use openvacancy_domain::terms::MissingReason;
use openvacancy_reference::sic::division;

/// Votes a division needs from category and prose to be given.
const ENOUGH: u32 = 3;

/// Sector as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct SectorReading {
    pub sector: Sector,
    pub missing: Option<MissingReason>,
    pub evidence: Option<String>,
}

/// Reads sectors.
#[derive(Debug)]
pub(crate) struct SectorReader {
    names: AhoCorasick,
    agencies: AhoCorasick,
}

impl SectorReader {
    #[expect(clippy::expect_used, reason = "the patterns are literals of this crate, built by its tests")]
    pub(crate) fn new() -> Self {
        let build = |words: Vec<&str>| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(words)
                .expect("sector words build an automaton")
        };
        Self {
            names: build(words::EMPLOYERS.iter().map(|(words, _)| *words).collect()),
            agencies: build(words::AGENCIES.to_vec()),
        }
    }

    pub(crate) fn read(&self, posting: &Posting, title_hits: &[Hit], prose_hits: &[Hit]) -> SectorReading {
        let employer = posting.employer.as_deref().map(fold).unwrap_or_default();
        let agency = self.is_agency(&employer);
        if !agency && let Some((code, words)) = self.by_name(&employer) {
            return found(code, words);
        }
        if let Some(code) = by_portal(posting.portal.as_str()) {
            return found(code, posting.portal.as_str());
        }
        let mut votes = Votes::default();
        if let Some(category) = posting.category.as_deref() {
            let folded = fold(category);
            for (words, code, weight) in words::CATEGORIES {
                if folded.contains(words) {
                    votes.add(code, *weight, category);
                    break;
                }
            }
        }
        for (text, hits, factor) in
            [(posting.title.as_str(), title_hits, 2), (posting.description.as_deref().unwrap_or(""), prose_hits, 1)]
        {
            for hit in hits {
                if let Cue::Sector(code, weight) = hit.cue {
                    votes.add(code, u32::from(weight) * factor, &text[hit.start..hit.end]);
                }
            }
        }
        votes.decide()
    }

    fn is_agency(&self, employer: &str) -> bool {
        self.agencies.find_iter(employer).any(|hit| is_whole_word(employer, hit.start(), hit.end()))
    }

    fn by_name<'a>(&self, employer: &'a str) -> Option<(&'static str, &'a str)> {
        let hits = self.names.find_iter(employer).filter(|hit| is_whole_word(employer, hit.start(), hit.end()));
        // The last word of a name is its head: 'university hospital', 'school of nursing' apart, the table holds those.
        let best = hits.min_by_key(|hit| hit.pattern().as_usize())?;
        Some((words::EMPLOYERS[best.pattern().as_usize()].1, &employer[best.start()..best.end()]))
    }
}

fn by_portal(portal: &str) -> Option<&'static str> {
    match portal {
        "nhs-jobs" | "nhs-scotland" | "health-jobs-uk" => Some("86"),
        "teaching-vacancies" | "jobs-ac-uk" => Some("85"),
        "civil-service-jobs" => Some("84"),
        _ => None,
    }
}

/// Votes by section, each with the divisions that share them. Small: a text names few sectors.
#[derive(Debug, Default)]
struct Votes {
    tally: Vec<(&'static str, u32, String)>,
}

impl Votes {
    fn add(&mut self, code: &'static str, weight: u32, words: &str) {
        match self.tally.iter_mut().find(|(known, ..)| *known == code) {
            // The same word ten times is not ten times the evidence.
            Some((_, votes, _)) => *votes = (*votes + weight).min(8),
            None => self.tally.push((code, weight, evidence(words))),
        }
    }

    fn decide(mut self) -> SectorReading {
        // A section alone lends its votes to its strongest division, where one was named.
        let sections: Vec<(&'static str, u32)> =
            self.tally.iter().filter(|(code, ..)| code.len() == 1).map(|(code, votes, _)| (*code, *votes)).collect();
        for (section, votes) in sections {
            let of_section =
                self.tally.iter_mut().filter(|(code, ..)| code.len() == 2 && section_of(code) == Some(section));
            if let Some(strongest) = of_section.max_by_key(|(_, votes, _)| *votes) {
                strongest.1 += votes;
            }
        }
        self.tally.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(b.0)));
        let Some((code, votes, words)) = self.tally.first() else {
            return SectorReading { missing: Some(MissingReason::NotStated), ..SectorReading::default() };
        };
        let rival = self.tally.iter().find(|(other, ..)| sectors_differ(code, other)).map_or(0, |(_, votes, _)| *votes);
        if *votes >= ENOUGH && *votes > rival {
            found(code, words)
        } else {
            SectorReading { missing: Some(MissingReason::Ambiguous), ..SectorReading::default() }
        }
    }
}

fn sectors_differ(code: &str, other: &str) -> bool {
    section_of(code) != section_of(other)
}

fn section_of(code: &str) -> Option<&str> {
    if code.len() == 1 { Some(code) } else { division(code).map(|division| division.section) }
}

fn found(code: &str, words: &str) -> SectorReading {
    let sector = Sector {
        sic_section: section_of(code).map(str::to_owned),
        sic_division: (code.len() == 2).then(|| code.to_owned()),
    };
    SectorReading { sector, missing: None, evidence: Some(evidence(words)) }
}
