//! Dates that name a day: ISO 8601, RFC 2822, day first, month names, epochs.

use super::DateKind;
use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use openvacancy_domain::clock::london_date;

/// Reads a folded text that names a day. A date without a year needs `fetched`.
pub(super) fn read(text: &str, kind: DateKind, fetched: Option<NaiveDate>) -> Option<NaiveDate> {
    let tokens = tokens(text);
    iso(text).or_else(|| epoch(text)).or_else(|| numeric(&tokens)).or_else(|| named_month(&tokens, text, kind, fetched))
}

/// A word or number of the text, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Number(u32, usize),
    Word(&'a str),
    Sign(u8),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() && found.len() < 24 {
        let start = at;
        if bytes[at].is_ascii_digit() {
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
            if let Ok(number) = text[start..at].parse() {
                found.push(Token::Number(number, at - start));
            }
        } else if bytes[at].is_ascii_alphabetic() {
            while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
                at += 1;
            }
            found.push(Token::Word(&text[start..at]));
        } else {
            if matches!(bytes[at], b'/' | b'-' | b'.' | b':') {
                found.push(Token::Sign(bytes[at]));
            }
            at += 1;
        }
    }
    found
}

/// `2026-07-31`, `2026-07-31T16:54:42Z`, `…T16:54:42.123456789+01:00`, `… 16:19:05`, `20260422`.
fn iso(text: &str) -> Option<NaiveDate> {
    let text = text.trim_start_matches(|ch: char| !ch.is_ascii_digit());
    let bytes = text.as_bytes();
    let part = |from: usize, to: usize| -> Option<u32> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let year = i32::try_from(part(0, 4)?).ok()?;
    let (day, rest) = match bytes.get(4)? {
        sign @ (b'-' | b'/' | b'.') if bytes.get(7) == Some(sign) => {
            (NaiveDate::from_ymd_opt(year, part(5, 7)?, part(8, 10)?)?, text.get(10..)?)
        }
        byte if byte.is_ascii_digit()
            && text.get(8..9).is_none_or(|next| !next.starts_with(|ch: char| ch.is_ascii_digit())) =>
        {
            (NaiveDate::from_ymd_opt(year, part(4, 6)?, part(6, 8)?)?, text.get(8..)?)
        }
        _ => return None,
    };
    if rest.starts_with(|ch: char| ch.is_ascii_digit()) {
        return None;
    }
    Some(clock_and_offset(rest).map_or(day, |(time, offset)| london(day, time, offset)))
}

/// The clock time and offset behind a date, where both are there.
fn clock_and_offset(rest: &str) -> Option<(NaiveTime, FixedOffset)> {
    let rest = rest.trim_start_matches(['t', ' ']);
    let hour: u32 = rest.get(..2)?.parse().ok()?;
    let minute: u32 = rest.get(2..)?.strip_prefix(':')?.get(..2)?.parse().ok()?;
    let time = NaiveTime::from_hms_opt(hour.min(23), minute, 0)?;
    // Seconds and however many digits of their fraction.
    let rest =
        rest.get(5..)?.trim_start_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, ':' | '.' | ',')).trim_start();
    Some((time, offset(rest)?))
}

fn offset(text: &str) -> Option<FixedOffset> {
    if text.starts_with('z') || text.starts_with("gmt") || text.starts_with("utc") {
        return FixedOffset::east_opt(0);
    }
    if text.starts_with("bst") {
        return FixedOffset::east_opt(3_600);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, text.get(1..)?),
        b'-' => (-1, text.get(1..)?),
        _ => return None,
    };
    let hours: i32 = rest.get(..2)?.parse().ok()?;
    let minutes: i32 = rest
        .get(2..)
        .map(|rest| rest.trim_start_matches(':'))
        .and_then(|rest| rest.get(..2))
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    FixedOffset::east_opt(sign * (hours * 3_600 + minutes * 60))
}

fn london(day: NaiveDate, time: NaiveTime, offset: FixedOffset) -> NaiveDate {
    offset
        .from_local_datetime(&day.and_time(time))
        .single()
        .map_or(day, |instant| london_date(instant.with_timezone(&Utc)))
}

/// Seconds or milliseconds since 1970, as some feeds give them.
fn epoch(text: &str) -> Option<NaiveDate> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        10 => number,
        13 => number / 1_000,
        _ => return None,
    };
    DateTime::from_timestamp(seconds, 0).map(london_date)
}

/// `07/11/2023`, `7.11.23`, `07-11-2023`: the day first; the month first only where nothing else is possible.
fn numeric(tokens: &[Token<'_>]) -> Option<NaiveDate> {
    tokens.windows(5).find_map(|window| {
        let [
            Token::Number(first, _),
            Token::Sign(sign),
            Token::Number(second, _),
            Token::Sign(again),
            Token::Number(year, width),
        ] = *window
        else {
            return None;
        };
        if sign != again || sign == b':' {
            return None;
        }
        let year = full_year(year, width)?;
        NaiveDate::from_ymd_opt(year, second, first).or_else(|| NaiveDate::from_ymd_opt(year, first, second))
    })
}

fn full_year(year: u32, width: usize) -> Option<i32> {
    match width {
        4 => i32::try_from(year).ok(),
        2 => i32::try_from(2_000 + year).ok(),
        _ => None,
    }
}

/// `07 November 2023`, `7th Nov`, `November 7, 2023`, `Tue, 07 Nov 2023 10:00:00 GMT`.
fn named_month(tokens: &[Token<'_>], text: &str, kind: DateKind, fetched: Option<NaiveDate>) -> Option<NaiveDate> {
    let (at, month) = tokens.iter().enumerate().find_map(|(at, token)| match token {
        Token::Word(word) => month(word).map(|month| (at, month)),
        _ => None,
    })?;
    let number = |index: Option<usize>| match index.and_then(|index| tokens.get(index)) {
        Some(Token::Number(number, width)) => Some((*number, *width)),
        _ => None,
    };
    let mut previous = at.checked_sub(1);
    // '7th November', '7th of November', '7-Nov-2023'.
    while let Some(Token::Word("st" | "nd" | "rd" | "th" | "of") | Token::Sign(_)) =
        previous.and_then(|index| tokens.get(index))
    {
        previous = previous.and_then(|index| index.checked_sub(1));
    }
    let skip = |mut index: usize| {
        while let Some(Token::Word("st" | "nd" | "rd" | "th") | Token::Sign(b'-' | b'/' | b'.')) = tokens.get(index) {
            index += 1;
        }
        index
    };
    let (day, year_at) = match number(previous).filter(|(day, _)| (1..=31).contains(day)) {
        Some((day, _)) => (day, skip(at + 1)),
        None => {
            let day_at = skip(at + 1);
            let (day, width) = number(Some(day_at))?;
            if width > 2 {
                return None;
            }
            (day, skip(day_at + 1))
        }
    };
    let is_clock = matches!(tokens.get(year_at + 1), Some(Token::Sign(b':')));
    let year = number(Some(year_at)).filter(|_| !is_clock).and_then(|(year, width)| full_year(year, width));
    match year {
        Some(year) => {
            let day = NaiveDate::from_ymd_opt(year, month, day)?;
            let rest = text.find(':').and_then(|colon| text.get(colon.checked_sub(2)?..));
            Some(rest.and_then(clock_and_offset).map_or(day, |(time, offset)| london(day, time, offset)))
        }
        None => without_year(month, day, kind, fetched?),
    }
}

/// Posted: the latest such day not after the fetch (a day is allowed). Closing: the first not long before it.
fn without_year(month: u32, day: u32, kind: DateKind, fetched: NaiveDate) -> Option<NaiveDate> {
    let years = fetched.year() - 1..=fetched.year() + 1;
    let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    match kind {
        DateKind::Posted => {
            let latest = fetched.succ_opt()?;
            days.rfind(|day| *day <= latest)
        }
        DateKind::Closing => {
            let earliest = fetched.checked_sub_months(Months::new(3))?;
            days.find(|day| *day >= earliest)
        }
    }
}

fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const WELSH: [&str; 12] = [
        "ionawr",
        "chwefror",
        "mawrth",
        "ebrill",
        "mai",
        "mehefin",
        "gorffennaf",
        "awst",
        "medi",
        "hydref",
        "tachwedd",
        "rhagfyr",
    ];
    let is_short = |name: &str| word.len() >= 3 && name.starts_with(word) || word == "sept" && name == "september";
    let at = NAMES.iter().position(|name| is_short(name)).or_else(|| WELSH.iter().position(|name| *name == word))?;
    u32::try_from(at + 1).ok()
}
