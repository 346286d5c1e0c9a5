//! Dates that count from the day of the fetch: `yesterday`, `3 days ago`, `30d+`, `closes in 5 days`.

use super::DateKind;
use chrono::{Days, Months, NaiveDate};

/// Reads a folded relative date. `30+ days` is read as the latest day it allows.
pub(super) fn read(text: &str, kind: DateKind, fetched: NaiveDate) -> Option<NaiveDate> {
    if text.contains("today")
        || text.contains("just now")
        || text.contains("just posted")
        || text == "now"
        || text.contains("few hours")
    {
        return Some(fetched);
    }
    if text.contains("yesterday") {
        return fetched.pred_opt();
    }
    if text.contains("tomorrow") {
        return fetched.succ_opt();
    }
    let (count, unit) = amount(text)?;
    let forwards = kind == DateKind::Closing && !text.contains("ago");
    let days = |count: u32| {
        let days = Days::new(u64::from(count));
        if forwards { fetched.checked_add_days(days) } else { fetched.checked_sub_days(days) }
    };
    match unit {
        Unit::Minutes => days(0),
        Unit::Hours => days(count / 24),
        Unit::Days => days(count),
        Unit::Weeks => days(count.checked_mul(7)?),
        Unit::Months if forwards => fetched.checked_add_months(Months::new(count)),
        Unit::Months => fetched.checked_sub_months(Months::new(count)),
    }
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
}

fn amount(text: &str) -> Option<(u32, Unit)> {
    let words = text.split(|ch: char| !ch.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut count: Option<u32> = None;
    for word in words {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            count = word[..digits].parse().ok().filter(|count| *count <= 1_000);
            if let Some(unit) = unit(&word[digits..]) {
                return Some((count?, unit));
            }
        } else if matches!(word, "a" | "an" | "one" | "last") {
            count = Some(1);
        } else if let (Some(count), Some(unit)) = (count, unit(word)) {
            return Some((count, unit));
        } else if let Some(number) = small_number(word) {
            count = Some(number);
        }
    }
    None
}

fn small_number(word: &str) -> Option<u32> {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    words.iter().position(|name| *name == word).and_then(|at| u32::try_from(at).ok())
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "m" | "min" | "mins" | "minute" | "minutes" => Some(Unit::Minutes),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(Unit::Hours),
        "d" | "day" | "days" => Some(Unit::Days),
        "w" | "wk" | "week" | "weeks" => Some(Unit::Weeks),
        "mo" | "month" | "months" => Some(Unit::Months),
        _ => None,
    }
}
