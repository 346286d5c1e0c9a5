//! Job titles: what they name, at which grade, and how alike two of them are.

use crate::text::{hash, words};
use strsim::normalized_damerau_levenshtein;

/// Words that name no job: glue, terms of the contract, urgency.
const NOISE: &[&str] = &[
    "a",
    "an",
    "and",
    "annum",
    "apply",
    "at",
    "basis",
    "benefits",
    "bonus",
    "bonuses",
    "by",
    "competitive",
    "contract",
    "day",
    "days",
    "excellent",
    "exciting",
    "fixed",
    "flexible",
    "for",
    "from",
    "ftc",
    "full",
    "fulltime",
    "great",
    "home",
    "hour",
    "hourly",
    "hours",
    "hrs",
    "hybrid",
    "immediate",
    "immediately",
    "in",
    "inside",
    "interim",
    "ir35",
    "job",
    "jobs",
    "k",
    "london",
    "month",
    "monthly",
    "months",
    "needed",
    "new",
    "night",
    "nights",
    "now",
    "of",
    "office",
    "on",
    "ongoing",
    "onsite",
    "opportunity",
    "or",
    "outside",
    "p",
    "pa",
    "paid",
    "part",
    "parttime",
    "pay",
    "per",
    "perm",
    "permanent",
    "ph",
    "position",
    "positions",
    "post",
    "pounds",
    "pw",
    "rate",
    "ref",
    "reference",
    "remote",
    "required",
    "role",
    "roles",
    "rota",
    "salary",
    "shift",
    "shifts",
    "site",
    "start",
    "temp",
    "temporary",
    "term",
    "the",
    "time",
    "to",
    "uk",
    "up",
    "urgent",
    "urgently",
    "vacancies",
    "vacancy",
    "wanted",
    "week",
    "weekend",
    "weekends",
    "weekly",
    "weeks",
    "wfh",
    "with",
    "work",
    "working",
    "x",
    "year",
    "yr",
];

/// Words that say a grade. Two titles with different ones are rarely one vacancy.
const GRADES: &[&str] = &[
    "apprentice",
    "apprenticeship",
    "assistant",
    "associate",
    "band",
    "chief",
    "deputy",
    "director",
    "executive",
    "graduate",
    "grade",
    "head",
    "higher",
    "i",
    "ii",
    "iii",
    "intern",
    "internship",
    "iv",
    "junior",
    "lead",
    "level",
    "manager",
    "mid",
    "partner",
    "placement",
    "president",
    "principal",
    "senior",
    "specialist",
    "staff",
    "student",
    "supervisor",
    "trainee",
    "vice",
    "vp",
];

/// Short forms, after the plural `s` is off.
const SHORT: &[(&str, &str)] = &[
    ("accountancy", "accounting"),
    ("admin", "administrator"),
    ("asst", "assistant"),
    ("dev", "developer"),
    ("eng", "engineer"),
    ("exec", "executive"),
    ("hca", "healthcare"),
    ("jnr", "junior"),
    ("jr", "junior"),
    ("mgr", "manager"),
    ("snr", "senior"),
    ("sr", "senior"),
    ("svp", "vp"),
    ("apprenticeship", "apprentice"),
    ("internship", "intern"),
    ("programme", "program"),
    ("advisor", "adviser"),
    ("optimization", "optimisation"),
];

/// A title, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// Words that name the job, sorted, each once, joined by spaces.
    core: Box<str>,
    /// Words and small numbers that say its grade, likewise.
    grade: Box<str>,
    /// The whole title folded, joined by spaces.
    pub(crate) whole: Box<str>,
    /// Its pairs of neighbouring bytes, sorted.
    bigrams: Box<[u16]>,
}

/// How alike two titles are.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct TitleLikeness {
    /// Likeness of the words that name the job, 0 to 1.
    pub(crate) core: f32,
    /// Words of the shorter one that the longer one has, 0 to 1.
    pub(crate) contained: f32,
    /// Each says something the other does not: 0 (no) to 1 (nothing in common).
    pub(crate) both_differ: f32,
    /// Likeness of the spellings, 0 to 1.
    pub(crate) spelling: f32,
    /// 0 same grade, 0.5 one says more than the other, 1 different grades.
    pub(crate) grade: f32,
}

impl Title {
    /// Reads a title. Words of `places` (location) and of `employer` behind a dash say nothing of the job.
    pub(crate) fn of(title: &str, location: Option<&str>, employer: Option<&str>) -> Self {
        let all = words(title);
        let place = location.map(words).unwrap_or_default();
        let firm = employer.map(words).unwrap_or_default();
        let mut core: Vec<String> = Vec::new();
        let mut grade: Vec<String> = Vec::new();
        for (at, word) in all.iter().enumerate() {
            let stem = stem(word);
            let number = word.bytes().all(|byte| byte.is_ascii_digit());
            if NOISE.binary_search(&word.as_str()).is_ok() || money(word) || (at > 0 && place.contains(word)) {
                continue;
            }
            if GRADES.contains(&stem.as_str()) || (number && word.len() <= 2) || band(word) {
                grade.push(stem);
            } else if !(at > 1 && firm.contains(word)) {
                core.push(stem);
            }
        }
        if core.is_empty() {
            core =
                if all.is_empty() { vec![title.trim().to_lowercase()] } else { all.iter().map(|w| stem(w)).collect() };
        }
        let joined = |mut parts: Vec<String>| {
            parts.sort_unstable();
            parts.dedup();
            parts.join(" ").into_boxed_str()
        };
        let whole = all.join(" ").into_boxed_str();
        let mut bigrams: Vec<u16> =
            whole.as_bytes().windows(2).take(200).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
        bigrams.sort_unstable();
        Self { core: joined(core), grade: joined(grade), whole, bigrams: bigrams.into() }
    }

    /// The same for titles that name the same job, whatever the order of words and the grade.
    pub(crate) fn key(&self) -> u64 {
        hash(&self.core)
    }

    /// Whether the whole title holds all these words (an employer's name behind a dash).
    pub(crate) fn holds(&self, words: &str) -> bool {
        !words.is_empty() && words.split(' ').all(|word| self.whole.split(' ').any(|own| own == word))
    }

    /// Compares two titles. A word of one title that `aside` knows from elsewhere in the other posting (its employer, its
    /// place) is decoration.
    pub(crate) fn likeness(
        &self,
        other: &Self,
        aside_own: impl Fn(&str) -> bool,
        aside_other: impl Fn(&str) -> bool,
    ) -> TitleLikeness {
        if self.whole == other.whole {
            return TitleLikeness { core: 1.0, contained: 1.0, both_differ: 0.0, spelling: 1.0, grade: 0.0 };
        }
        let grade = grade_conflict(&self.grade, &other.grade);
        if self.core == other.core {
            return TitleLikeness { core: 1.0, contained: 1.0, both_differ: 0.0, spelling: 1.0, grade };
        }
        let (mut a, mut b, mut shared) = (0_usize, 0_usize, 0_usize);
        for word in self.core.split(' ') {
            if other.core.split(' ').any(|other| alike(word, other)) {
                shared += 1;
                a += 1;
            } else if !aside_own(word) {
                a += 1;
            }
        }
        for word in other.core.split(' ') {
            b += usize::from(self.core.split(' ').any(|own| alike(word, own)) || !aside_other(word));
        }
        let shared = shared.min(b);
        let least = a.min(b).max(1);
        let core = 2.0 * shared as f32 / (a + b).max(1) as f32;
        TitleLikeness {
            core,
            contained: shared as f32 / least as f32,
            both_differ: (a - shared).min(b - shared) as f32 / least as f32,
            spelling: core.max(dice(&self.bigrams, &other.bigrams)),
            grade,
        }
    }
}

fn grade_conflict(a: &str, b: &str) -> f32 {
    if a == b {
        return 0.0;
    }
    let within = |a: &str, b: &str| a.split(' ').filter(|w| !w.is_empty()).all(|w| b.split(' ').any(|o| o == w));
    if within(a, b) || within(b, a) { 0.5 } else { 1.0 }
}

/// One word, or a slip of the pen in a long one; the first letter is seldom the wrong one.
fn alike(a: &str, b: &str) -> bool {
    a == b
        || (a.len().min(b.len()) >= 5
            && a.len().abs_diff(b.len()) <= 2
            && a.as_bytes()[0] == b.as_bytes()[0]
            && normalized_damerau_levenshtein(a, b) >= 0.8)
}

/// Twice the common pairs over all (Dice 1945); both sorted.
fn dice(a: &[u16], b: &[u16]) -> f32 {
    let (mut i, mut j, mut both) = (0, 0, 0_u32);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += u32::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    if a.is_empty() && b.is_empty() { 0.0 } else { 2.0 * both as f32 / (a.len() + b.len()) as f32 }
}

fn stem(word: &str) -> String {
    let base = match word.strip_suffix('s') {
        Some(base) if base.len() >= 3 && !base.ends_with(['s', 'u', 'i']) => base,
        _ => word,
    };
    SHORT.iter().find(|(short, _)| *short == base).map_or(base, |(_, long)| long).to_owned()
}

/// `30k`, `45000`, `2026`: figures of pay, dates and references.
fn money(word: &str) -> bool {
    let digits = word.trim_end_matches('k');
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits.len() >= 3 || (digits.len() < word.len()))
}

/// `8a`, `b6`, `l3`, `ks2`, `2nd`: a grade with its digit. The digit must be there, so `hr` and `it` stay names.
fn band(word: &str) -> bool {
    word.len() <= 3
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> TitleLikeness {
        let none = |_: &str| false;
        Title::of(a, Some("Leeds, West Yorkshire"), None).likeness(&Title::of(b, Some("Leeds"), None), none, none)
    }

    #[test]
    fn noise_words_are_sorted_for_the_search() {
        assert!(NOISE.is_sorted());
    }

    #[test]
    fn decoration_does_not_count() {
        for other in ["Registered Nurse - Leeds", "REGISTERED NURSES (Full Time) £35k", "Nurse, Registered | Urgent"] {
            let like = likeness("Registered Nurse", other);
            assert!(like.core == 1.0 && like.grade == 0.0, "{other}: {like:?}");
        }
    }

    #[test]
    fn grades_and_specialities_tell_apart() {
        assert_eq!(likeness("Senior Data Analyst", "Junior Data Analyst").grade, 1.0);
        assert_eq!(likeness("Senior Data Analyst", "Data Analyst").grade, 0.5);
        assert_eq!(likeness("Nurse Band 5", "Nurse Band 6").grade, 1.0);
        assert!(likeness("Nurse Cardiology", "Nurse Oncology").both_differ > 0.4);
        assert_eq!(likeness("Nurse", "Nurse Oncology").both_differ, 0.0);
    }
}
