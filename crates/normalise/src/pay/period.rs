//! What a pay figure is for: hour, day, week, month, year; from the words, else from its size.

use openvacancy_domain::pay::WagePeriod;
use regex::Regex;

/// Hours of a full-time year: 37.5 a week, 52.14 weeks.
pub const HOURS_PER_YEAR: f64 = 1_955.0;
/// Paid days of a full-time year: five a week, 52 weeks.
pub const DAYS_PER_YEAR: f64 = 260.0;
/// Weeks of a year.
pub const WEEKS_PER_YEAR: f64 = 52.0;
/// Months of a year.
pub const MONTHS_PER_YEAR: f64 = 12.0;

/// How often the period's pay is paid in a full-time year.
pub(super) fn per_year(period: WagePeriod) -> f64 {
    match period {
        WagePeriod::Hour => HOURS_PER_YEAR,
        WagePeriod::Day => DAYS_PER_YEAR,
        WagePeriod::Week => WEEKS_PER_YEAR,
        WagePeriod::Month => MONTHS_PER_YEAR,
        WagePeriod::Year => 1.0,
    }
}

/// The range in which a figure for the period can be basic pay of an employee or contractor, in pounds.
/// Outside it a figure is flagged `implausible` and never made annual.
pub(super) fn plausible(period: WagePeriod, value: f64) -> bool {
    let (low, high) = match period {
        WagePeriod::Hour => (3.0, 250.0),
        WagePeriod::Day => (25.0, 3_000.0),
        WagePeriod::Week => (50.0, 10_000.0),
        WagePeriod::Month => (300.0, 40_000.0),
        WagePeriod::Year => (4_000.0, 400_000.0),
    };
    (low..=high).contains(&value)
}

/// The period a bare figure is most likely for. `None` where no period fits.
pub(super) fn by_size(value: f64) -> Option<WagePeriod> {
    match value {
        v if (4.0..100.0).contains(&v) => Some(WagePeriod::Hour),
        v if (100.0..1_000.0).contains(&v) => Some(WagePeriod::Day),
        v if (1_000.0..5_000.0).contains(&v) => Some(WagePeriod::Month),
        v if (5_000.0..1_000_000.0).contains(&v) => Some(WagePeriod::Year),
        _ => None,
    }
}

/// Finds period words.
#[derive(Debug)]
pub(super) struct PeriodWords {
    words: Regex,
}

impl PeriodWords {
    pub(super) fn new() -> Self {
        // The order matters: 'per hour' must win over a later 'per annum', and 'hours per week' is no pay period.
        let words = crate::pattern::compile(concat!(
            r"(?P<none>(?:hours?|hrs?|days?|shifts?|h)\s?(?:per|a|/|each|p)\s?\.?/?(?:week|wk|w\b|month|year|annum|day)",
            r"|\bannual(?:ised|ized)?\s+(?:leave|bonus|holiday|hours|review|pay\s+(?:review|rise|award)|increment)",
            r"|\b(?:days|weeks)['’]?\s+(?:annual|holiday|leave)|\b(?:paid|payable|pay)\s+(?:weekly|monthly)|\bweekly\s+pay\b|\bmonthly\s+(?:bonus|pay\b|incentive))",
            r"|(?P<hour>\bper[\s-]*(?:hour|hr|h\b)|\bp\s?[./]?\s?/?h(?:ou)?r?s?\b\.?|\ban?\s+hour\b|/\s?h(?:ou)?r?s?\b|\bhourly\b|\bph\b|\bhour\b|\bhr\b)",
            r"|(?P<day>\bper[\s-]*(?:day|diem)\b|\bp\s?[./]\s?d\b\.?|\ba\s+day\b|/\s?(?:day|d\b|daily)|\bdaily\b|\bday\s+rate|\bpd\b|\bper\s+(?:shift|session|night)\b)",
            r"|(?P<week>\bper[\s-]*(?:week|wk)\b|\bp\s?[./]?\s?w\b\.?|\ba\s+week\b|/\s?(?:week|wk|w\b)|\bweekly\b)",
            r"|(?P<month>\bper[\s-]*(?:calendar\s+)?month\b|\bpcm\b|\bp\s?[./]\s?m\b\.?|\ba\s+month\b|/\s?(?:month|mth)\b|\bmonthly\b)",
            r"|(?P<year>\bper[\s-]*(?:annum|anum|an+um|year|yr|ann)\b|\bp\s?[./]?\s?/?a\b\.?|\ba\s+year\b|/\s?(?:annum|year|yr|a\b|annual)|\bannum\b|\bannually\b|\bannual\b|\byearly\b|\byr\b|\bp\.?\s?annum\b)",
        ));
        Self { words }
    }

    /// The first period named in `text`, and where its words stand.
    pub(super) fn find(&self, text: &str) -> Option<(WagePeriod, std::ops::Range<usize>)> {
        if !self.words.is_match(text) {
            return None;
        }
        for found in self.words.captures_iter(text) {
            for (name, period) in [
                ("hour", WagePeriod::Hour),
                ("day", WagePeriod::Day),
                ("week", WagePeriod::Week),
                ("month", WagePeriod::Month),
                ("year", WagePeriod::Year),
            ] {
                if let Some(matched) = found.name(name) {
                    return Some((period, matched.range()));
                }
            }
        }
        None
    }
}

/// The period a portal's own word stands for (`YEAR`, `per hour`, `ANNUM`, `daily`).
pub(super) fn portal_period(text: &str) -> Option<WagePeriod> {
    let word = crate::text::fold(text);
    let has = |words: &[&str]| crate::text::has_any(&word, words);
    if has(&["hour", "hr"]) {
        Some(WagePeriod::Hour)
    } else if has(&["month", "pcm"]) {
        Some(WagePeriod::Month)
    } else if has(&["week"]) {
        Some(WagePeriod::Week)
    } else if has(&["year", "annum", "annual", "p.a", "yr"]) {
        Some(WagePeriod::Year)
    } else if has(&["day", "dai", "diem"]) {
        Some(WagePeriod::Day)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_periods() {
        let words = PeriodWords::new();
        let check = |text: &str, expected: Option<WagePeriod>| {
            assert_eq!(words.find(text).map(|(period, _)| period), expected, "{text}");
        };
        for text in ["per hour", "p/h", "ph", "p.h.", "/hour", "an hour", "hourly", "/hr", "p/hr", "p/hour", " per hr"]
        {
            check(text, Some(WagePeriod::Hour));
        }
        for text in
            ["per annum", "pa", "p.a.", "p.a", "a year", "/annum", "annually", "yearly", "/yr", "p/a", "per year"]
        {
            check(text, Some(WagePeriod::Year));
        }
        for text in ["per day", "p/d", "pd", "/day", "daily", "a day", "/daily"] {
            check(text, Some(WagePeriod::Day));
        }
        for text in ["per week", "p/w", "pw", "a week", "weekly"] {
            check(text, Some(WagePeriod::Week));
        }
        for text in ["per month", "pcm", "a month", "monthly", "/month"] {
            check(text, Some(WagePeriod::Month));
        }
        for text in ["35 hours per week", "25 days annual leave", "annual bonus", "negotiable"] {
            check(text, None);
        }
    }
}
