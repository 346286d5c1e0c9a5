//! Finds the first pay phrase of the prose: a passage about a pound sign that says it is pay.

use super::period::plausible;
use super::phrase::{PhraseReader, Reading};
use crate::text::{floor, fold, has_any};
use memchr::memmem;

/// At most this many pound signs are looked at.
const PASSAGES: usize = 8;

/// Words before a figure that make it pay even where no period is said.
const PAY_WORDS: &[&str] = &[
    "salary",
    "pay",
    "rate",
    "wage",
    "remuneration",
    "package",
    "earn",
    "basic",
    "paying",
    "grade",
    "offering",
    "hourly",
];

/// Words that make a figure something else: company size, what the job manages, what benefits are worth.
const OTHER_MONEY: &[&str] = &[
    "turnover",
    "revenue",
    "budget",
    "funding",
    "portfolio",
    "raised",
    "investment",
    "worth of",
    "charity",
    "donat",
    "course fee",
    "contract value",
    "valued at",
    "projects",
    "discount",
    "voucher",
    "per month towards",
    "allowance of",
    "referral",
    "refer a",
    "bonus of",
    "cost of the",
    "fee of",
    "programme costs",
    "finance options",
    "grant",
];

/// The first pay phrase and the passage it stands in.
pub(super) fn find(phrases: &PhraseReader, prose: &str) -> Option<(Reading, String)> {
    let mut read_to = 0;
    let mut inferred: Option<(Reading, String)> = None;
    for at in memmem::find_iter(prose.as_bytes(), "£".as_bytes()).take(PASSAGES) {
        if at < read_to {
            continue;
        }
        let (start, end) = passage(prose, at);
        read_to = end;
        let passage = &prose[start..end];
        let folded = fold(passage);
        let reading = phrases.prose(&folded);
        let Some(value) = reading.max.or(reading.min) else { continue };
        let Some(period) = reading.period else { continue };
        let ahead = folded.get(..reading.span.0).unwrap_or("");
        let named = has_any(ahead, PAY_WORDS);
        if reading.foreign || !plausible(period, value) || has_any(&folded, OTHER_MONEY) && !named {
            continue;
        }
        if !reading.inferred && (named || is_pay_size(value, period)) {
            return Some((reading, passage.trim().to_owned()));
        }
        if reading.inferred && (named || value >= 12_000.0 && reading.min != reading.max) && inferred.is_none() {
            inferred = Some((reading, passage.trim().to_owned()));
        }
    }
    inferred
}

/// A stated period with a figure below these is an allowance or a fee.
fn is_pay_size(value: f64, period: openvacancy_domain::pay::WagePeriod) -> bool {
    use openvacancy_domain::pay::WagePeriod::{Day, Hour, Month, Week, Year};
    value
        >= match period {
            Hour => 4.0,
            Day => 50.0,
            Week => 150.0,
            Month => 1_000.0,
            Year => 9_000.0,
        }
}

/// The line about `at`, at most 50 bytes before it and 110 behind.
fn passage(prose: &str, at: usize) -> (usize, usize) {
    let low = floor(prose, at.saturating_sub(50));
    let high = floor(prose, at + 110);
    let start = prose[low..at].rfind('\n').map_or(low, |newline| low + newline + 1);
    let end = prose[at..high].find('\n').map_or(high, |newline| at + newline);
    // Not inside a word: a passage cut there could make a number of a longer one.
    let start =
        if start == low && low > 0 { prose[start..at].find(' ').map_or(start, |space| start + space) } else { start };
    let end =
        if end == high && high < prose.len() { prose[at..end].rfind(' ').map_or(end, |space| at + space) } else { end };
    (start, end.max(at))
}
