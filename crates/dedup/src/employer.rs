//! Employers and agencies as written.

use crate::text::{hash, words};
use strsim::jaro_winkler;

/// Words that do not name a firm.
const FORMS: &[&str] = &[
    "and",
    "co",
    "company",
    "corporation",
    "gb",
    "group",
    "holdings",
    "inc",
    "international",
    "limited",
    "llc",
    "llp",
    "ltd",
    "of",
    "plc",
    "pty",
    "reviews",
    "services",
    "solutions",
    "t/a",
    "the",
    "trading",
    "uk",
];

/// Words of health bodies' names that all of them bear.
const BODIES: &[&str] = &["foundation", "hospital", "hospitals", "nhs", "trust", "university"];

/// Beginnings of words that mark an agency or a board that shows others' advertisements.
const AGENCY_WORDS: &[&str] = &[
    "agency",
    "appointment",
    "career",
    "headhunt",
    "job",
    "personnel",
    "recruit",
    "resourc",
    "search",
    "selection",
    "staff",
    "talent",
    "workforce",
];

/// Agencies and boards whose names do not say it.
const AGENCIES: &[&str] = &[
    "adecco",
    "adzuna",
    "akkodis",
    "allegis",
    "badenoch clark",
    "blue arrow",
    "brook street",
    "computer futures",
    "computer people",
    "cv library",
    "efinancialcareers",
    "experis",
    "gi",
    "harnham",
    "harvey nash",
    "hays",
    "hudson",
    "huntress",
    "huxley",
    "impellam",
    "jobsite",
    "kelly",
    "la fosse",
    "linkedin",
    "lorien",
    "manpower",
    "marks sattin",
    "matchtech",
    "michael page",
    "modis",
    "monster",
    "morgan mckinley",
    "morson",
    "nes fircroft",
    "nigel frank",
    "office angels",
    "oliver bernard",
    "opus",
    "page",
    "pertemps",
    "progressive",
    "pulse",
    "randstad",
    "reed",
    "robert half",
    "robert walters",
    "sanderson",
    "search consultancy",
    "sthree",
    "teksystems",
    "tenth revolution",
    "totaljobs",
    "understanding",
    "venn",
];

/// An employer, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Employer {
    /// Words that name it, in order, joined by spaces.
    pub(crate) name: Box<str>,
    /// First letters of all words as written, for names that are abbreviated.
    initials: Box<str>,
    /// It places people with others, or shows others' advertisements.
    pub(crate) agency: bool,
}

/// What two employers are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmployerRelation {
    /// One or both are not stated.
    Unknown,
    /// The same, as far as the spelling goes.
    Same,
    /// Different, and at least one is an agency: its client may be the other.
    Agency,
    /// Two different employers.
    Different,
}

impl Employer {
    /// Reads a name; `None` where it names nobody.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        if ["", "n/a", "none", "unknown", "confidential", "nan", "-", "not specified", "anonymous"]
            .contains(&lower.trim())
        {
            return None;
        }
        let mut all = words(name);
        // Review counts are run together with the name on some boards: `Example's14 reviews`.
        if all.last().is_some_and(|word| word == "reviews" || word == "review") {
            all.pop();
            if let Some(last) = all.last_mut() {
                let bare = last.trim_end_matches(|ch: char| ch.is_ascii_digit()).to_owned();
                if bare.is_empty() {
                    all.pop();
                } else {
                    *last = bare;
                }
            }
        }
        if all.is_empty() {
            return None;
        }
        let initials: String = all
            .iter()
            .filter(|w| !["and", "for", "of", "the"].contains(&w.as_str()))
            .filter_map(|w| w.chars().next())
            .collect();
        let firm: Vec<&str> = all.iter().map(String::as_str).filter(|w| !FORMS.contains(w)).collect();
        let own: Vec<&str> = firm.iter().copied().filter(|w| !BODIES.contains(w)).collect();
        let marked = |w: &str| AGENCY_WORDS.iter().any(|mark| w.starts_with(mark));
        let bare: Vec<&str> = own.iter().copied().filter(|w| !marked(w) && *w != "specialist").collect();
        let chosen = [&bare, &own, &firm].into_iter().find(|set| !set.is_empty()).map(|set| set.join(" "));
        let name = chosen.unwrap_or_else(|| all.join(" "));
        let listed = AGENCIES
            .iter()
            .any(|agency| name.strip_prefix(agency).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
        Some(Self {
            agency: listed || firm.iter().any(|w| marked(w)),
            name: name.into_boxed_str(),
            initials: initials.into_boxed_str(),
        })
    }

    pub(crate) fn key(&self) -> u64 {
        hash(&self.name)
    }

    /// Whether a word is part of the name, or of what firms and health bodies add to theirs.
    pub(crate) fn named(&self, word: &str) -> bool {
        self.name.split(' ').any(|own| own == word) || FORMS.contains(&word) || BODIES.contains(&word)
    }

    pub(crate) fn relation(a: Option<&Self>, b: Option<&Self>) -> EmployerRelation {
        let (Some(a), Some(b)) = (a, b) else { return EmployerRelation::Unknown };
        if a.name == b.name
            || a.contains(b)
            || b.contains(a)
            || a.abbreviates(b)
            || b.abbreviates(a)
            || (a.name.as_bytes().first() == b.name.as_bytes().first() && jaro_winkler(&a.name, &b.name) >= 0.94)
        {
            EmployerRelation::Same
        } else if a.agency || b.agency {
            EmployerRelation::Agency
        } else {
            EmployerRelation::Different
        }
    }

    /// All of the other's words, and it has one of weight.
    fn contains(&self, other: &Self) -> bool {
        other.name.len() >= 3 && other.name.split(' ').all(|word| self.name.split(' ').any(|own| own == word))
    }

    fn abbreviates(&self, other: &Self) -> bool {
        let first = self.name.split(' ').next().unwrap_or_default();
        first.len() >= 3 && (*other.initials == *first || other.initials.starts_with(first) && first.len() >= 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(a: &str, b: &str) -> EmployerRelation {
        Employer::relation(Employer::of(a).as_ref(), Employer::of(b).as_ref())
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        for (a, b) in [
            ("Example Foods Ltd", "EXAMPLE FOODS"),
            ("Northtown Teaching Hospitals NHS Foundation Trust", "Northtown Teaching Hospitals"),
            ("Sampleshop's14 reviews", "Sampleshops"),
            ("Brightway Recruitment Limited", "Brightway"),
            ("High Moor (UK) Limited T/A HMF Search", "HMF"),
            ("Institute for Useful Things", "IUT"),
        ] {
            assert_eq!(relation(a, b), EmployerRelation::Same, "{a} / {b}");
        }
    }

    #[test]
    fn agencies_may_hide_an_employer() {
        assert_eq!(relation("Brightway Recruitment", "Example Foods"), EmployerRelation::Agency);
        assert_eq!(relation("Example Foods", "Moorland Bakery"), EmployerRelation::Different);
        assert_eq!(relation("Confidential", "Moorland Bakery"), EmployerRelation::Unknown);
    }
}
