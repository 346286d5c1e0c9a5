//! Education asked for: which qualifications an advertisement requires, and the lowest level that satisfies it.
//!
//! A qualification counts as asked for (1) where its sentence requires it; not (0) where it is only desirable, offered
//! by the employer, or worked towards. Alternatives in one sentence ('degree or HND') lower the minimum to the lowest
//! of them; requirements in different sentences all hold, so the highest of their minima is the minimum.

mod stance;

use crate::cue::{Cue, Hit, Qualification};
use crate::pattern::any_of;
use crate::text::{after, before, evidence_at, sentence};
use openvacancy_domain::education::Education;
use stance::{Headings, Stance, stance};

/// How far a sentence is followed to either side of a cue, in bytes.
const REACH: usize = 150;

/// Education as read, with the words that gave it.
#[derive(Debug, Clone, Default)]
pub(crate) struct EducationReading {
    pub education: Education,
    pub evidence: Option<String>,
}

/// Reads the qualification cues of title and prose.
pub(crate) fn read(title: &str, title_hits: &[Hit], prose: &str, prose_hits: &[Hit]) -> EducationReading {
    let mut tally = Tally::default();
    for hit in title_hits {
        match hit.cue {
            Cue::Qualification(Qualification::Degree) => {
                tally.take(Qualification::Degree, 6, Stance::Required, 0, || title.to_owned())
            }
            Cue::Qualification(Qualification::Professional) => {
                tally.take(Qualification::Professional, 0, Stance::Required, 0, || title.to_owned())
            }
            _ => {}
        }
    }
    let heading = Headings::find(prose);
    for hit in prose_hits {
        match hit.cue {
            Cue::NoQualification => tally.none_needed = true,
            Cue::Qualification(qualification) => {
                let (from, to) = sentence(prose, hit.start, hit.end, REACH);
                let text = prose[from..to].to_ascii_lowercase();
                let at = hit.start - from;
                let Some((qualification, level)) = meant(qualification, prose, hit, &text, at) else { continue };
                let stance = stance(&text, at, at + (hit.end - hit.start), heading.desirable(hit.start));
                tally.take(qualification, level, stance, from + 1, || evidence_at(prose, from, to, hit.start));
            }
            _ => {}
        }
    }
    tally.finish()
}

#[derive(Debug, Default)]
struct Tally {
    required: [bool; 7],
    any: bool,
    none_needed: bool,
    /// Lowest level of the alternatives in the sentence under way, and where that sentence begins.
    sentence: Option<(usize, u8)>,
    minimum: Option<u8>,
    evidence: Option<String>,
    strong: bool,
}

impl Tally {
    fn take(
        &mut self,
        qualification: Qualification,
        level: u8,
        stance: Stance,
        sentence: usize,
        words: impl Fn() -> String,
    ) {
        if stance == Stance::NotMeant {
            return;
        }
        let slot = slot(qualification);
        if slot.is_none() && stance == Stance::Required && level == 0 {
            // 'Relevant qualification': said, but no dummy says which.
            return;
        }
        self.any = true;
        if self.evidence.is_none() || !self.strong && stance == Stance::Required {
            self.evidence = Some(words());
            self.strong = stance == Stance::Required;
        }
        if stance != Stance::Required {
            return;
        }
        if let Some(slot) = slot {
            self.required[slot] = true;
        }
        if level == 0 {
            return;
        }
        match self.sentence {
            Some((at, low)) if at == sentence => self.sentence = Some((at, low.min(level))),
            _ => {
                self.close();
                self.sentence = Some((sentence, level));
            }
        }
    }

    fn close(&mut self) {
        if let Some((_, level)) = self.sentence.take() {
            self.minimum = Some(self.minimum.map_or(level, |minimum| minimum.max(level)));
        }
    }

    fn finish(mut self) -> EducationReading {
        self.close();
        if !self.any && !self.none_needed {
            return EducationReading::default();
        }
        let [gcse, alevel, apprenticeship, hnc_hnd, degree, postgraduate, professional] = self.required.map(Some);
        let nothing = !self.required.contains(&true);
        EducationReading {
            education: Education {
                education_gcse: gcse,
                education_alevel: alevel,
                education_apprenticeship: apprenticeship,
                education_hnc_hnd: hnc_hnd,
                education_degree: degree,
                education_postgraduate: postgraduate,
                education_professional: professional,
                education_rqf_min: self.minimum.or((nothing && self.none_needed).then_some(0)),
            },
            evidence: self.evidence,
        }
    }
}

fn slot(qualification: Qualification) -> Option<usize> {
    Some(match qualification {
        Qualification::Gcse => 0,
        Qualification::Alevel => 1,
        Qualification::Apprenticeship => 2,
        Qualification::HncHnd => 3,
        Qualification::Degree => 4,
        Qualification::Postgraduate | Qualification::Doctorate => 5,
        Qualification::Professional => 6,
        Qualification::Levelled | Qualification::Unspecified => return None,
    })
}

/// What a cue really means in its sentence (`text`, lower case, the cue at `at`), with its RQF level; `None` where the
/// words are no qualification.
fn meant(qualification: Qualification, prose: &str, hit: &Hit, text: &str, at: usize) -> Option<(Qualification, u8)> {
    let words = &prose[hit.start..hit.end];
    let head = before(text, at, 40).trim_end();
    let tail = after(text, at + words.len(), 40).trim_start_matches([' ', '-', '/']);
    let fine = |level| Some((qualification, level));
    match qualification {
        Qualification::Gcse => fine(2),
        Qualification::Alevel if words.len() == 7 && words.contains(' ') && !words.starts_with('A') => None,
        Qualification::Alevel if tail.starts_with("of ") || tail.starts_with("up") => None,
        Qualification::Alevel => fine(3),
        Qualification::Levelled => levelled(text, at, words),
        Qualification::Apprenticeship => fine(3),
        Qualification::HncHnd => fine(if text.contains("hnc") { 4 } else { 5 }),
        Qualification::Degree => degree(words, head, tail, text),
        Qualification::Postgraduate => {
            let lower = words.to_ascii_lowercase();
            if lower.starts_with("master")
                && !lower.contains("degree")
                && !any_of!(
                    text,
                    [
                        "degree",
                        "msc",
                        "phd",
                        "bachelor",
                        "qualif",
                        "educat",
                        "masters in",
                        "master's in",
                        "master’s in",
                    ]
                )
            {
                return None;
            }
            fine(if lower.starts_with("pgc") { 6 } else { 7 })
        }
        Qualification::Doctorate => fine(8),
        Qualification::Professional => professional(words, tail).then_some((qualification, 0)),
        Qualification::Unspecified => {
            if any_of!(text, ["level 2", "level 3", "level 4", "level 5", "nvq"]) {
                None
            } else {
                fine(0)
            }
        }
    }
}

fn degree(words: &str, head: &str, tail: &str, text: &str) -> Option<(Qualification, u8)> {
    let lower = words.to_ascii_lowercase();
    match lower.as_str() {
        "degree" | "degrees" => {
            let figurative = tail.starts_with("of ") && !tail.starts_with("of bachelor")
                || [
                    "high", "some", "certain", "large", "360", "90", "180", "great", "varying", "any", "lesser",
                    "third",
                ]
                .iter()
                .any(|word| head.ends_with(word))
                || tail.starts_with("apprentice") && !text.contains("required");
            (!figurative).then_some((Qualification::Degree, 6))
        }
        "graduate" | "graduates" => {
            let asked = any_of!(
                head,
                [
                    "recent",
                    "be a",
                    "a strong",
                    "ideal for",
                    "suit a",
                    "seeking a",
                    "looking for a",
                    "for a",
                    "a university",
                    "university",
                ]
            ) && !tail.starts_with("scheme")
                && !tail.starts_with("programme")
                && !tail.starts_with("recruit")
                || tail.starts_with("in ")
                || tail.starts_with("calibre")
                || tail.starts_with("level")
                || tail.starts_with("qualif")
                || tail.starts_with("with a");
            (asked && !head.ends_with("under") && !head.ends_with("post")).then_some((Qualification::Degree, 6))
        }
        // 'Bed' is furniture unless written as the degree.
        "bed" => (words == "BEd").then_some((Qualification::Degree, 6)),
        "2.1" | "2:1" | "2:2" => any_of!(text, ["degree", "honours", "class", "graduate", "bachelor", "minimum"])
            .then_some((Qualification::Degree, 6)),
        _ => Some((Qualification::Degree, 6)),
    }
}

fn professional(words: &str, tail: &str) -> bool {
    match words.to_ascii_lowercase().as_str() {
        // Short names are meant only in capitals.
        "aca" | "aat" | "cfa" | "cips" | "rics" | "nmc" | "gmc" => words.bytes().all(|byte| byte.is_ascii_uppercase()),
        "chartered" => {
            !tail.starts_with("accountancy firm")
                && !tail.starts_with("surveyors")
                && !tail.starts_with("accountants")
                && !tail.starts_with("practice")
        }
        _ => true,
    }
}

/// The level that an NVQ, SVQ or 'level n' names: 2 counts with GCSEs, 3 with A levels, 4 and 5 with HNC and HND, 6
/// with degrees, 7 as postgraduate.
fn levelled(text: &str, at: usize, words: &str) -> Option<(Qualification, u8)> {
    let around =
        &text[crate::text::floor(text, at.saturating_sub(45))..crate::text::floor(text, at + words.len() + 45)];
    let is_level = words.to_ascii_lowercase().starts_with("level");
    if is_level
        && !any_of!(
            around,
            [
                "nvq",
                "svq",
                "qualif",
                "diploma",
                "certificate",
                "qcf",
                "rqf",
                "award",
                "btec",
                "cache",
                "childcare",
                "teaching assistant",
                "in health",
                "or equivalent",
                "early years",
                "aat",
                "city & guilds",
                "city and guilds",
                "cipd",
                "apprenticeship",
            ]
        )
    {
        return None;
    }
    let level_of = |text: &str| {
        text.bytes()
            .zip(text.bytes().skip(1).chain([b' ']))
            .find_map(|(byte, next)| (matches!(byte, b'2'..=b'7') && !next.is_ascii_digit()).then(|| byte - b'0'))
    };
    let level = if is_level {
        match words.to_ascii_lowercase().as_str() {
            "level two" => Some(2),
            "level three" => Some(3),
            other => level_of(other),
        }
    } else {
        level_of(after(text, at + words.len(), 16)).or_else(|| level_of(before(text, at, 10)))
    };
    let level = level?;
    let qualification = match level {
        2 => Qualification::Gcse,
        3 => Qualification::Alevel,
        4 | 5 => Qualification::HncHnd,
        6 => Qualification::Degree,
        _ => Qualification::Postgraduate,
    };
    Some((qualification, level))
}
