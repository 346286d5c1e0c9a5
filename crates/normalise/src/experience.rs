//! Experience, coded as the LMI for All pilot did: 1 required, 0 explicitly none needed, 2 not mentioned; and the fewest
//! years asked for.

use crate::cue::{Cue, Hit};
use crate::pattern::any_of;
use crate::text::{after, before, evidence_at, has_any, sentence};
use openvacancy_domain::education::Experience;
use regex::Regex;

const REACH: usize = 140;

/// Years above these are the employer's own history.
const MOST_YEARS: f32 = 15.0;

/// Reads experience.
#[derive(Debug)]
pub(crate) struct ExperienceReader {
    years: Regex,
}

/// Experience as read, with the words that gave it.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExperienceReading {
    pub experience: Experience,
    pub evidence: Option<String>,
}

impl ExperienceReader {
    pub(crate) fn new() -> Self {
        Self {
            years: crate::pattern::compile(
                r"(?P<low>\d{1,2}(?:\.5)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)\s*(?:\(\d+\))?\s*(?:\+|plus|or more)?\s*(?:(?:-|–|to|or)\s*\d{1,2}\s*\+?)?\s*(?P<unit>years?|yrs?|months?)",
            ),
        }
    }

    pub(crate) fn read(&self, title: &str, title_hits: &[Hit], prose: &str, prose_hits: &[Hit]) -> ExperienceReading {
        let mut none: Option<String> = None;
        let mut required: Option<String> = None;
        let mut years: Option<f32> = None;
        for (text, hits, is_title) in [(title, title_hits, true), (prose, prose_hits, false)] {
            for hit in hits {
                match hit.cue {
                    Cue::NoExperience => {
                        let (from, to) = sentence(text, hit.start, hit.end, REACH);
                        let tail = after(text, hit.end, 60).to_ascii_lowercase();
                        if none_needed(&tail, is_title) && none.is_none() {
                            none = Some(evidence_at(text, from, to, hit.start));
                        }
                    }
                    Cue::Experience => {
                        let (from, to) = sentence(text, hit.start, hit.end, REACH);
                        let lower = text[from..to].to_ascii_lowercase();
                        match judge(&lower, hit.start - from, hit.end - from, is_title) {
                            Verdict::Required => {
                                if let Some(found) = self.years_near(&lower, hit.start - from) {
                                    years = Some(years.map_or(found, |other: f32| other.min(found)));
                                    required = None;
                                }
                                required.get_or_insert_with(|| evidence_at(text, from, to, hit.start));
                            }
                            Verdict::None => {
                                none.get_or_insert_with(|| evidence_at(text, from, to, hit.start));
                            }
                            Verdict::Unsaid => {}
                        }
                    }
                    _ => {}
                }
            }
        }
        match (none, required) {
            // 'No experience necessary' outweighs a general word of experience, not a number of years.
            (Some(words), _) if years.is_none() => ExperienceReading {
                experience: Experience { experience: 0, experience_years_min: None },
                evidence: Some(words),
            },
            (_, Some(words)) => ExperienceReading {
                experience: Experience { experience: 1, experience_years_min: years },
                evidence: Some(words),
            },
            _ => ExperienceReading::default(),
        }
    }

    /// The years asked for in the sentence of a cue at `at`.
    fn years_near(&self, sentence: &str, at: usize) -> Option<f32> {
        if !sentence.bytes().any(|byte| byte.is_ascii_digit()) && !has_any(sentence, &["year", "month"]) {
            return None;
        }
        for found in self.years.captures_iter(sentence) {
            let whole = found.get(0)?;
            if whole.start().abs_diff(at) > 70 {
                continue;
            }
            let head = before(sentence, whole.start(), 24);
            if any_of!(head, ["over the last", "past ", "within the last", "for over", "established", "aged", "last "])
            {
                continue;
            }
            let number = match &found["low"] {
                "one" => 1.0,
                "two" => 2.0,
                "three" => 3.0,
                "four" => 4.0,
                "five" => 5.0,
                "six" => 6.0,
                "seven" => 7.0,
                "eight" => 8.0,
                "nine" => 9.0,
                "ten" => 10.0,
                "twelve" => 12.0,
                "eighteen" => 18.0,
                digits => digits.parse::<f32>().ok()?,
            };
            let value = if found["unit"].starts_with('m') { (number / 12.0 * 100.0).round() / 100.0 } else { number };
            if value > 0.0 && value <= MOST_YEARS {
                return Some(value);
            }
        }
        None
    }
}

enum Verdict {
    Required,
    None,
    Unsaid,
}

/// What stands behind 'no experience'.
fn none_needed(tail: &str, is_title: bool) -> bool {
    let near = tail.split(['.', '\n']).next().unwrap_or(tail);
    is_title
        || near.trim().is_empty()
        || any_of!(near, ["necessary", "required", "needed", "essential", "? ", "no problem", "!", "is fine"])
        || near.trim_start().starts_with(['?', ',', '-', '–', ')', '/'])
}

fn judge(text: &str, start: usize, end: usize, is_title: bool) -> Verdict {
    let head = &text[..start];
    let near = before(text, start, 45);
    let word = &text[start..end];
    let tail = after(text, end, 90);
    let behind = tail.trim_start();
    if word == "experience" || word == "experiences" {
        // 'Experience is not essential' and its kin.
        if any_of!(
            after(text, end, 50),
            [
                "not essential",
                "not required",
                "not necessary",
                "not needed",
                "isn't essential",
                "isn't necessary",
                "isn't required",
                "unnecessary",
                "not a requirement",
            ]
        ) {
            return if near.ends_with("no ") { Verdict::Unsaid } else { Verdict::None };
        }
        // Experience as something had by customers, given by the job, or weighed in the pay.
        const NOT_ASKED_HEAD: &[&str] = &[
            "customer ",
            "user ",
            "patient ",
            "guest ",
            "visitor ",
            "client ",
            "student ",
            "candidate ",
            "employee ",
            "digital ",
            "dining ",
            "service user",
            "shopping ",
            "brand ",
            "an ",
            "learning ",
            "depending on ",
            "dependent on ",
            "dependant on ",
            "dependent upon ",
            "depending upon ",
            "depending on skills and ",
            "skills and experience we",
            "to gain ",
            "gain ",
            "gaining ",
            "gain valuable ",
            "hands on ",
            "work ",
            "wealth of ",
            "years of combined ",
            "lived ",
            "commensurate with ",
            "based on ",
            "reflective of ",
            "and experience",
            "your ",
            "on qualifications and ",
            "in line with ",
            "according to ",
            "qualifications and ",
            "our ",
            "their ",
            "better ",
            "seamless ",
            "unforgettable ",
            "memorable ",
            "exceptional ",
            "the ",
            "day-to-day ",
        ];
        let pay_weighed = [
            "depending",
            "dependent",
            "dependant",
            "commensurate",
            "according to",
            "based on",
            "in line with",
            "reflect",
        ];
        if pay_weighed.iter().any(|word| near.contains(word)) {
            return Verdict::Unsaid;
        }
        let other =
            ["team", "centre", "manager", "design", "platform", "officer", "app", "day", "week", "and brand", "lead"];
        if text.as_bytes().get(end) == Some(&b' ') && other.iter().any(|word| behind.starts_with(word)) {
            return Verdict::Unsaid;
        }
        let of = behind.starts_with("of ")
            || behind.starts_with("in ")
            || behind.starts_with("within ")
            || behind.starts_with("with ")
            || behind.starts_with("working")
            || behind.starts_with("using");
        if NOT_ASKED_HEAD.iter().any(|word| head.ends_with(word)) {
            let asked = head.ends_with("work ") && has_any(text, &["essential", "required", "previous"])
                || (head.ends_with("your ") || head.ends_with("the ") || head.ends_with("hands on ")) && of
                || head.ends_with("wealth of ") && has_any(text, &["you ", "bring", "candidate"])
                || any_of!(
                    near,
                    ["previous customer", "customer service experience", "proven", "demonstrable", "must have"]
                );
            if !asked {
                return Verdict::Unsaid;
            }
        }
    }
    if any_of!(
        text,
        [
            "equal opportunit",
            "regardless of",
            "we have over",
            "our team has",
            "combined experience",
            "who have over",
            "most experienced",
            "with over",
            "we are an experienced",
            "we bring",
            "whether you",
            "we've been",
            "established in",
            "experience the",
            "who experience",
            "people experiencing",
            "no matter",
        ]
    ) && !any_of!(text, ["you will have", "you must have", "must have", "candidate", "essential"])
    {
        return Verdict::Unsaid;
    }
    if word == "experienced" {
        let team = any_of!(
            behind,
            [
                "team of",
                "by our",
                "by the",
                "management team",
                "staff and",
                "trainers",
                "and friendly team",
                "team who",
                "colleagues",
                "multi",
            ]
        ) && !any_of!(text, ["looking for", "seeking", "require", "recruit"]);
        let own = near.ends_with("by ")
            || any_of!(near, ["by an ", "our ", "from ", "alongside ", "highly experienced team", "with an "]);
        if (team || own) && !is_title {
            return Verdict::Unsaid;
        }
        let asked = is_title
            || any_of!(
                near,
                ["an ", "you will be", "you are", "be ", "for ", "seeking", "recruit", "require", "ideally"]
            )
            || any_of!(text, ["looking for", "seeking", "recruit", "require", "needed", "must be", "wanted"]);
        return if asked { Verdict::Required } else { Verdict::Unsaid };
    }
    if word == "similar role" && !any_of!(near, ["experience", "worked", "in a ", "within a ", "years"]) {
        return Verdict::Unsaid;
    }
    if desirable(head, tail) && !any_of!(text, ["essential", "must have", "required", "minimum of", "at least"]) {
        return Verdict::Unsaid;
    }
    Verdict::Required
}

fn desirable(head: &str, tail: &str) -> bool {
    any_of!(
        tail,
        [
            "desirable",
            "preferred",
            "an advantage",
            "advantageous",
            "beneficial",
            "preferable",
            "would be a plus",
            "is a plus",
            "a bonus",
            "would be useful",
            "nice to have",
            "an asset",
            "would be great",
            "helpful",
        ]
    ) || any_of!(
        before(head, head.len(), 60),
        ["desirable", "desired", "ideally", "preferably", "nice to have", "would be an advantage"]
    )
}
