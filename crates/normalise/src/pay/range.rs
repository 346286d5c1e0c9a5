//! Joins figures to ranges: `£30,000 - £35,000`, `30-35k`, `£10 per hour to £12 per hour`.

use super::figure::{Currency, Figure};
use openvacancy_domain::pay::WagePeriod;

/// A figure or range with what stands around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub low: f64,
    pub high: f64,
    /// Two figures.
    pub range: bool,
    pub currency: Currency,
    pub thousands: bool,
    pub start: usize,
    pub end: usize,
    /// Words between the two figures.
    pub gap: (usize, usize),
}

/// '£30-35' for a year means thousands.
pub(super) fn scaled(period: Option<WagePeriod>, low: f64, high: f64) -> (f64, f64) {
    if period == Some(WagePeriod::Year) && low >= 12.0 && high <= 250.0 && low.fract() == 0.0 && high.fract() == 0.0 {
        (low * 1_000.0, high * 1_000.0)
    } else {
        (low, high)
    }
}

/// Joins figures to ranges and drops those without a currency sign where one is asked for.
pub(super) fn join(text: &str, figures: &[Figure], signed_only: bool) -> Vec<Candidate> {
    let mut candidates = Vec::with_capacity(figures.len());
    let mut at = 0;
    while at < figures.len() {
        let first = figures[at];
        let pair = figures.get(at + 1).and_then(|second| ranged(text, &first, second));
        let (candidate, used) = pair.map_or_else(
            || {
                let value = first.value();
                let single = Candidate {
                    low: value,
                    high: value,
                    range: false,
                    currency: first.currency,
                    thousands: first.thousands,
                    start: first.start,
                    end: first.end,
                    gap: (first.end, first.end),
                };
                (single, 1)
            },
            |candidate| (candidate, 2),
        );
        if !signed_only || candidate.currency != Currency::Unsaid {
            candidates.push(candidate);
        }
        at += used;
    }
    // A bare small number beside a signed figure ('1 x £20,000', '£30,000 25 days') is no pay.
    if candidates.iter().any(|candidate| candidate.currency != Currency::Unsaid) {
        candidates.retain(|candidate| {
            candidate.currency != Currency::Unsaid || candidate.thousands || candidate.high >= 1_000.0
        });
    }
    candidates
}

/// Two figures as one range, where the words between them say so and the sizes fit.
fn ranged(text: &str, first: &Figure, second: &Figure) -> Option<Candidate> {
    if second.start <= first.end || second.start - first.end > 40 {
        return None;
    }
    let gap = &text[first.end..second.start];
    let head = text[..first.start].trim_end();
    let between = head.ends_with("between");
    if !joins(gap, between) {
        return None;
    }
    let (mut low, mut high) = (first.value(), second.value());
    // '30-35k', '55-60,000': the first takes the thousands of the second.
    if low < 1_000.0 && !first.thousands && high >= 1_000.0 && low * 1_000.0 <= high && low.fract() == 0.0 && low >= 6.0
    {
        low *= 1_000.0;
    }
    // '£30k - 35'.
    if first.thousands && !second.thousands && high < 1_000.0 && high * 1_000.0 >= low {
        high *= 1_000.0;
    }
    if high < low {
        // '£40,000 - £35,000' is a range written backwards; '£40,000 - £500' is none.
        if low / high.max(0.01) > 3.0 {
            return None;
        }
        std::mem::swap(&mut low, &mut high);
    }
    if low <= 0.0 && high <= 0.0 {
        return None;
    }
    let currency = if first.currency == Currency::Unsaid { second.currency } else { first.currency };
    Some(Candidate {
        low: if low <= 0.0 { high } else { low },
        high,
        range: true,
        currency,
        thousands: first.thousands || second.thousands,
        start: first.start,
        end: second.end,
        gap: (first.end, second.start),
    })
}

/// True where `gap` is what stands between the ends of a range: a dash or 'to', with period words about it.
fn joins(gap: &str, between: bool) -> bool {
    let mut dash = false;
    let mut and = false;
    for word in gap.split(|ch: char| ch.is_whitespace() || matches!(ch, '(' | ')' | ',' | ':')) {
        let word = word.trim_matches('.');
        match word {
            "" | "per" | "annum" | "hour" | "day" | "week" | "month" | "year" | "pa" | "ph" | "pd" | "pw" | "p.a"
            | "p.h" | "p/h" | "p/d" | "p/a" | "/hour" | "/day" | "/annum" | "/hr" | "/yr" | "/daily" | "/year"
            | "/week" | "/month" | "p/hr" | "a" | "an" | "circa" | "around" | "gbp" | "k" | "£" | "max" | "maximum"
            | "basic" | "approx" | "potentially" | "hr" | "ltd" | "paye" | "umbrella" => {}
            "-" | "to" | "~" | "upto" | "until" | "--" | "through" | "-£" | "->" | "rising" | "up" => dash = true,
            "and" | "&" | "or" | "/" => and = true,
            _ if word.trim_matches(['-', '/']).is_empty() => dash = true,
            _ if word.starts_with('-') || word.ends_with('-') => {
                if !matches!(word.trim_matches('-'), "k" | "pa" | "ph" | "pd" | "p.a" | "p/h" | "£") {
                    return false;
                }
                dash = true;
            }
            _ => return false,
        }
    }
    dash || and && between || gap.trim() == "/"
}
