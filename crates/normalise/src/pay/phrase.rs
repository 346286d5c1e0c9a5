//! Reads one pay phrase: which figures are basic pay, which of them form a range, and for what period.

use super::figure::{Currency, figures};
use super::period::{PeriodWords, by_size, plausible};
use super::range::{Candidate, join, scaled};
use super::words::{ADDITION_AFTER, NOT_PAY_AFTER, NOT_PAY_BEFORE};
use crate::pattern::any_of;
use crate::text::{after, before, has_any};
use openvacancy_domain::pay::WagePeriod;

/// What one phrase says of pay.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Reading {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub period: Option<WagePeriod>,
    /// The period is from the size of the figures, no word says it.
    pub inferred: bool,
    pub pro_rata: bool,
    pub foreign: bool,
    /// A figure for on-target earnings is in the phrase.
    pub ote: bool,
    /// The portal or a review site guessed the figures.
    pub predicted: bool,
    /// 'Competitive', 'negotiable': pay is spoken of without a figure.
    pub competitive: bool,
    /// A grade of a pay scale is named.
    pub band: bool,
    /// Unpaid, expenses only, commission only.
    pub unpaid: bool,
    pub commission_only: bool,
    /// Words and figures contradict each other.
    pub conflict: bool,
    /// Where the chosen figures stand in the folded text.
    pub span: (usize, usize),
}

impl Reading {
    pub(super) fn has_figures(&self) -> bool {
        self.min.is_some() || self.max.is_some()
    }
}

/// Below this a figure is no full year's pay.
const SMALL: f64 = 10_000.0;

/// Reads pay phrases with prebuilt patterns.
#[derive(Debug)]
pub(super) struct PhraseReader {
    periods: PeriodWords,
}

impl PhraseReader {
    pub(super) fn new() -> Self {
        Self { periods: PeriodWords::new() }
    }

    /// Reads a pay field, folded. Numbers without a currency sign count.
    pub(super) fn field(&self, text: &str) -> Reading {
        self.read(text, false)
    }

    /// Reads a passage of prose or a title, folded: only figures with a currency sign count.
    pub(super) fn prose(&self, text: &str) -> Reading {
        self.read(text, true)
    }

    fn read(&self, text: &str, signed_only: bool) -> Reading {
        let mut reading = Reading {
            pro_rata: any_of!(
                text,
                [
                    "pro rata",
                    "pro-rata",
                    "prorata",
                    "pro- rata",
                    "fte",
                    "full time equivalent",
                    "full-time equivalent",
                    "wte",
                ]
            ),
            competitive: any_of!(
                text,
                [
                    "competitive",
                    "negotiable",
                    "market rate",
                    "market related",
                    "attractive salary",
                    "excellent salary",
                    "doe",
                    "dependent on experience",
                    "depending on experience",
                    "dependant on experience",
                    "tbc",
                    "tba",
                    "to be confirmed",
                ]
            ),
            predicted: any_of!(
                text,
                ["glassdoor est", "adzuna est", "jobsworth", "estimated salary", "(estimate", "estimated)"]
            ),
            unpaid: any_of!(text, ["unpaid", "voluntary", "expenses only", "no salary"]),
            commission_only: has_any(text, &["commission only", "commission-only"]),
            band: band_named(text),
            ote: has_word(text, "ote") || has_any(text, &["on target earnings", "on-target earnings"]),
            ..Reading::default()
        };
        let candidates = join(text, &figures(text), signed_only);
        let Some((at, chosen)) = self.choose(text, &candidates) else {
            return reading;
        };
        let previous_end = at.checked_sub(1).map_or(0, |index| candidates[index].end);
        let next_start = candidates.get(at + 1).map_or(text.len(), |next| next.start);
        reading.foreign = chosen.currency == Currency::Foreign;
        reading.span = (chosen.start, chosen.end);
        let (said, conflict) = self.period(text, &chosen, previous_end, next_start);
        reading.period = said;
        reading.conflict = conflict;
        let (low, high) = (chosen.low, chosen.high);
        if reading.period.is_none() {
            reading.period = by_size(if chosen.range { low.max(high / 3.0) } else { low });
            reading.inferred = reading.period.is_some();
        }
        (reading.min, reading.max) = self.ends(text, &chosen, previous_end);
        let (low, high) = scaled(reading.period, low, high);
        reading.min = reading.min.map(|_| low);
        reading.max = reading.max.map(|_| high);
        reading
    }

    /// The first candidate that is basic pay; one called basic pay before any other.
    fn choose(&self, text: &str, candidates: &[Candidate]) -> Option<(usize, Candidate)> {
        let usable = |index: usize, candidate: &Candidate| {
            let previous_end = index.checked_sub(1).map_or(0, |at| candidates[at].end);
            let next_start = candidates.get(index + 1).map_or(text.len(), |next| next.start);
            self.is_pay(text, candidate, previous_end, next_start)
        };
        let named_basic = |candidate: &Candidate| {
            has_any(before(text, candidate.start, 14), &["basic", "base "])
                || has_any(after(text, candidate.end, 14), &["basic", "base"])
        };
        let all = || candidates.iter().enumerate().filter(|(index, candidate)| usable(*index, candidate));
        let chosen = if candidates.len() > 1 && has_any(text, &["ote", "basic", "base "]) {
            all().find(|(_, candidate)| named_basic(candidate)).or_else(|| all().next())
        } else {
            // A figure that no period can hold (a grade that escaped, '1 x 22.5') gives way to one that can be pay.
            all().find(|(_, candidate)| candidate.high >= 4.0).or_else(|| all().next())
        };
        chosen.map(|(index, candidate)| (index, *candidate))
    }

    fn is_pay(&self, text: &str, candidate: &Candidate, previous_end: usize, next_start: usize) -> bool {
        let head =
            &text[previous_end.max(crate::text::floor(text, candidate.start.saturating_sub(30)))..candidate.start];
        let head = head.rsplit(['|', ';', '.', '(', ',']).next().unwrap_or(head);
        let plus = head.trim_end().ends_with(['+', '&'])
            || head.trim_end().ends_with("plus")
            || head.trim_end().ends_with("plus a");
        if previous_end > 0 && plus {
            return false;
        }
        if has_any(head, NOT_PAY_BEFORE) || head.ends_with("car ") {
            return false;
        }
        if has_word(head, "ote") || head.contains("on target") || head.contains("on-target") {
            return false;
        }
        let tail = &text[candidate.end..next_start];
        let tail = self.skip_period(tail);
        let trimmed = tail.trim_start_matches([' ', '.', ')']);
        // 'plus bonus', ', OTE' and '+ commission' add to the figure; 'OTE' and 'bonus' right behind it name it.
        if !trimmed.starts_with(['+', ',', '&', '/', '|', '-', '(']) {
            if trimmed.starts_with("ote") || trimmed.starts_with("on target") || trimmed.starts_with("on-target") {
                return false;
            }
            let small = candidate.high < SMALL;
            if NOT_PAY_AFTER.iter().any(|word| trimmed.starts_with(word))
                || small && ADDITION_AFTER.iter().any(|word| trimmed.starts_with(word))
            {
                return false;
            }
            let second = trimmed.split_once(' ').map_or("", |(_, rest)| rest);
            let adds = ["plus", "and", "with", "inc", "shift"].iter().any(|word| trimmed.starts_with(word));
            if !candidate.range && !adds && (second.starts_with("allowance") || second.starts_with("bonus")) {
                return false;
            }
        }
        true
    }

    fn skip_period<'a>(&self, tail: &'a str) -> &'a str {
        match self.periods.find(tail) {
            Some((_, range)) if tail[..range.start].trim_matches([' ', '.', ',', '(', '-']).is_empty() => {
                &tail[range.end..]
            }
            _ => tail,
        }
    }

    /// The period the words around a candidate say, and whether they contradict its size.
    fn period(
        &self,
        text: &str,
        candidate: &Candidate,
        previous_end: usize,
        next_start: usize,
    ) -> (Option<WagePeriod>, bool) {
        let gap = &text[candidate.gap.0..candidate.gap.1];
        let behind = &text[candidate.end..next_start];
        let ahead = &text[previous_end..candidate.start];
        let said = [gap, behind, ahead, text].iter().find_map(|part| self.periods.find(part).map(|(period, _)| period));
        let Some(period) = said else { return (None, false) };
        let (low, high) = scaled(Some(period), candidate.low, candidate.high);
        if plausible(period, low) || plausible(period, high) {
            return (Some(period), false);
        }
        // The words contradict the size ('£11.50 per annum'): the size decides where the figure can only be hourly
        // (pence) or only be yearly (five digits), else the words stand and the reading is implausible.
        let value = candidate.high;
        let pence = value.fract() > 0.0 && value < 100.0;
        if period == WagePeriod::Year && pence {
            return (Some(WagePeriod::Hour), true);
        }
        if period != WagePeriod::Year && (10_000.0..=400_000.0).contains(&value) {
            return (Some(WagePeriod::Year), true);
        }
        (Some(period), true)
    }

    /// Which ends a candidate gives: both, or one for 'up to' and 'from'.
    fn ends(&self, text: &str, candidate: &Candidate, previous_end: usize) -> (Option<f64>, Option<f64>) {
        let both = (Some(candidate.low), Some(candidate.high));
        if candidate.range {
            return both;
        }
        let head = text[previous_end..candidate.start].trim_end_matches([' ', ':', '(', '£', '.', '-']);
        let head = head.trim_end_matches("circa").trim_end_matches("around").trim_end();
        let ends_with = |words: &[&str]| {
            words.iter().any(|word| head.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
        };
        let tail = self.skip_period(&text[candidate.end..]);
        let tail_words = tail.trim_start_matches([' ', '(', ',', '.', ')']);
        if ends_with(&[
            "up to",
            "upto",
            "to",
            "max",
            "maximum",
            "maximum of",
            "max of",
            "less than",
            "up to a maximum of",
            "upto a max of",
            "as much as",
            "up to circa",
            "upwards to",
        ]) || tail_words.starts_with("max")
        {
            return (None, Some(candidate.high));
        }
        if ends_with(&[
            "from",
            "starting at",
            "starts at",
            "starting on",
            "minimum",
            "minimum of",
            "min",
            "min of",
            "at least",
            "in excess of",
            "upwards of",
            "start at",
            "more than",
            "over",
            "not less than",
            "start from",
            "starting salary of",
        ]) || tail_words.starts_with("min")
            || tail_words.starts_with("upwards")
            || text[candidate.end..].starts_with('+') && !text[candidate.end + 1..].starts_with(char::is_alphabetic)
        {
            return (Some(candidate.low), None);
        }
        both
    }
}

fn band_named(text: &str) -> bool {
    for (at, word) in text.match_indices("band") {
        let rest = text[at + word.len()..].trim_start_matches(['s', ' ', ':', '-']);
        if rest.starts_with(|ch: char| ch.is_ascii_digit())
            && crate::text::is_whole_word(text, at, at) | !text[..at].ends_with(char::is_alphanumeric)
        {
            return true;
        }
    }
    any_of!(
        text,
        [
            "afc ",
            "agenda for change",
            "scp ",
            "spine point",
            "spinal",
            "nhs scale",
            "pay scale",
            "mps",
            "ups",
            "main scale",
            "main pay",
            "grade ",
            "teachers pay",
            "teachers' pay",
            "burgundy",
            "njc",
        ]
    )
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| crate::text::is_whole_word(text, at, at + word.len()))
}
