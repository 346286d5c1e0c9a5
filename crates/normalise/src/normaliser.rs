//! The readers in order, and what they leave empty with its reason.

use crate::contract;
use crate::cue::Cues;
use crate::dates::{DateKind, read_date, read_day};
use crate::education;
use crate::experience::ExperienceReader;
use crate::hours;
use crate::junk;
use crate::language;
use crate::location::LocationReader;
use crate::openings::OpeningsReader;
use crate::pay::PayReader;
use crate::phrase_index::Words;
use crate::sector::SectorReader;
use crate::skills::SkillFinder;
use crate::text::evidence;
use crate::workplace;
use chrono::NaiveDate;
use openvacancy_domain::ports::Normalise;
use openvacancy_domain::terms::MissingReason;
use openvacancy_domain::{Normalised, Posting};
use std::collections::BTreeMap;

/// Version of the rules of this crate. It rises with every change that can change an answer.
const RULES: &str = "1";

/// Reads postings. Building one prepares every automaton and pattern once (some tens of milliseconds); reading shares
/// it between threads.
#[derive(Debug)]
pub struct Normaliser {
    cues: Cues,
    locations: LocationReader,
    pay: PayReader,
    experience: ExperienceReader,
    openings: OpeningsReader,
    sectors: SectorReader,
    skills: SkillFinder,
    version: String,
}

impl Default for Normaliser {
    fn default() -> Self {
        Self::new()
    }
}

impl Normaliser {
    /// Prepares the readers from the built-in tables.
    #[must_use]
    pub fn new() -> Self {
        Self {
            cues: Cues::new(),
            locations: LocationReader::new(),
            pay: PayReader::new(),
            experience: ExperienceReader::new(),
            openings: OpeningsReader::new(),
            sectors: SectorReader::new(),
            skills: SkillFinder::new(),
            version: format!("rules-{RULES}+reference-{}", openvacancy_reference::version()),
        }
    }
}

impl Normalise for Normaliser {
    fn normalise(&self, posting: &Posting) -> Normalised {
        let prose = posting.description.as_deref().unwrap_or("");
        let (title_words, prose_words) = (Words::of(&posting.title), Words::of(prose));
        let title_hits = self.cues.find(&posting.title, &title_words);
        let prose_hits = self.cues.find(prose, &prose_words);
        let mut notes = Notes::default();

        let fetched = posting.fetched_at.as_deref().and_then(read_day);
        let date_posted = notes.date("date_posted", posting.date_posted.as_deref(), DateKind::Posted, fetched);
        let date_closing =
            notes.date("date_closing", posting.date_closing.as_deref(), DateKind::Closing, fetched.or(date_posted));

        let place = self.locations.read(posting, &prose_hits);
        for (field, reason) in &place.missing {
            notes.missing(field, Some(*reason));
        }
        notes.words("location", place.evidence);

        let in_england = place.location.country.as_deref() == Some("England");
        let pay = self.pay.read(posting, date_posted.or(fetched), in_england);
        for field in ["wage_min", "wage_max", "wage_annual_gbp"] {
            let empty = match field {
                "wage_min" => pay.pay.wage_min.is_none(),
                "wage_max" => pay.pay.wage_max.is_none(),
                _ => pay.pay.wage_annual_gbp.is_none(),
            };
            if empty {
                let flagged = |flag: &str| pay.pay.wage_flags.iter().any(|known| known == flag);
                let one_sided = pay.pay.wage_min.is_some() || pay.pay.wage_max.is_some();
                let reason = match pay.missing {
                    Some(reason) => reason,
                    None if flagged("foreign_currency") => MissingReason::NotApplicable,
                    None if field == "wage_annual_gbp" => MissingReason::Unreadable,
                    None if one_sided => MissingReason::NotStated,
                    None => MissingReason::Unreadable,
                };
                notes.missing(field, Some(reason));
            }
        }
        notes.words("wage", pay.evidence);

        let contract = contract::read(posting, &prose_hits);
        notes.missing("contract_type", contract.missing);
        notes.words("contract_type", contract.evidence);
        let hours = hours::read(posting, &prose_hits);
        notes.missing("working_hours", hours.missing);
        notes.words("working_hours", hours.evidence);
        let remote = workplace::read(posting, &prose_hits);
        notes.missing("remote", remote.missing);
        notes.words("remote", remote.evidence);

        let education = education::read(&posting.title, &title_hits, prose, &prose_hits);
        if education.education.education_degree.is_none() {
            notes.missing("education", Some(MissingReason::NotStated));
        } else if education.education.education_rqf_min.is_none() {
            notes.missing("education_rqf_min", Some(MissingReason::NotStated));
        }
        notes.words("education", education.evidence);
        let experience = self.experience.read(&posting.title, &title_hits, prose, &prose_hits);
        if experience.experience.experience == 2 {
            notes.missing("experience", Some(MissingReason::NotStated));
        }
        if experience.experience.experience == 1 && experience.experience.experience_years_min.is_none() {
            notes.missing("experience_years_min", Some(MissingReason::NotStated));
        }
        notes.words("experience", experience.evidence);

        let skills = self.skills.find(&[(&posting.title, &title_words), (prose, &prose_words)]);
        if skills.is_empty() {
            notes.missing("skills", Some(MissingReason::NotStated));
        }
        let sector = self.sectors.read(posting, &title_hits, &prose_hits);
        notes.missing("sic_section", sector.missing);
        if sector.sector.sic_division.is_none() {
            notes.missing("sic_division", Some(sector.missing.unwrap_or(MissingReason::Ambiguous)));
        }
        notes.words("sector", sector.evidence);
        let (openings, openings_words) = self.openings.read(posting, &prose_hits);
        notes.words("openings", openings_words);

        let excluded = junk::read(posting, &title_hits, &prose_hits).or(place.foreign.then_some("foreign"));
        Normalised {
            language: language::read(posting),
            location: place.location,
            remote: remote.value,
            skills,
            education: education.education,
            experience: experience.experience,
            pay: pay.pay,
            sector: sector.sector,
            openings,
            contract_type: contract.value,
            working_hours: hours.value,
            date_posted,
            date_closing,
            excluded_reason: excluded.map(str::to_owned),
            missing: notes.missing,
            evidence: notes.evidence,
            rules_version: self.version.clone(),
        }
    }

    fn version(&self) -> &str {
        &self.version
    }
}

/// Why fields are empty, and which words filled the others.
#[derive(Debug, Default)]
struct Notes {
    missing: BTreeMap<String, MissingReason>,
    evidence: BTreeMap<String, String>,
}

impl Notes {
    fn missing(&mut self, field: &str, reason: Option<MissingReason>) {
        if let Some(reason) = reason {
            self.missing.insert(field.to_owned(), reason);
        }
    }

    fn words(&mut self, field: &str, words: Option<String>) {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            self.evidence.insert(field.to_owned(), words);
        }
    }

    fn date(
        &mut self,
        field: &str,
        text: Option<&str>,
        kind: DateKind,
        fetched: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        match text.map_or(Err(MissingReason::NotStated), |text| read_date(text, kind, fetched)) {
            Ok(day) => {
                self.words(field, text.map(evidence));
                Some(day)
            }
            Err(reason) => {
                self.missing(field, Some(reason));
                None
            }
        }
    }
}
