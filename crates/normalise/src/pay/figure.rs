//! Money figures in folded text: `£30,000`, `30-35k`, `10.80`, `30 000`, `€40k`.

/// What currency stands at a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Currency {
    /// No sign.
    Unsaid,
    /// Pounds.
    Pound,
    /// Euro, dollar or another.
    Foreign,
}

/// One figure, before any reading of what it is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    /// The number, `k` not yet applied.
    pub number: f64,
    /// A `k` stands behind it.
    pub thousands: bool,
    /// Its currency.
    pub currency: Currency,
    /// Where it begins, currency sign included.
    pub start: usize,
    /// Where it ends, `k` included.
    pub end: usize,
}

impl Figure {
    /// The value, `k` applied where it makes sense (`£30k`, not `£30,000k`).
    pub(super) fn value(&self) -> f64 {
        if self.thousands && self.number < 1_000.0 { self.number * 1_000.0 } else { self.number }
    }
}

/// Words that make the number after them a grade, not money.
const GRADE_WORDS: &[&str] = &[
    "band",
    "bands",
    "grade",
    "level",
    "lvl",
    "point",
    "points",
    "scp",
    "scps",
    "scale",
    "spine",
    "spinal",
    "nvq",
    "step",
    "ir",
    "group",
    "range",
    "annex",
    "tier",
    "so",
    "po",
    "mps",
    "ups",
    "x",
    "ref",
    "reference",
    "column",
    "no",
    "tel",
    "phase",
    "stage",
    "key",
    "year",
    "zone",
    "section",
    "schedule",
    "category",
    "class",
    "m",
    "u",
    "l",
    "sfia",
    "fte",
    "age",
];

/// What behind a number says that it is no money.
const UNIT_WORDS: &[&str] = &[
    "hour",
    "hours",
    "hrs",
    "hr",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "year",
    "yr",
    "yrs",
    "x",
    "posts",
    "positions",
    "vacancies",
    "miles",
    "minutes",
    "mins",
    "pas",
    "shifts",
    "nights",
    "sessions",
    "st",
    "nd",
    "rd",
    "th",
    "am",
    "pm",
    "wte",
    "people",
    "points",
    "sleep",
    "sleeps",
];

/// All money-like figures of `text`, which must be folded. Percentages, hours, grades and millions are left out.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let (number, digits_end) = number_at(bytes, at);
        let end = digits_end.max(at + 1);
        if let Some(figure) = money(text, at, end, number) {
            at = figure.end.max(end);
            found.push(figure);
        } else {
            at = end;
        }
    }
    found
}

/// The number that begins at `at`: thousands marked by commas, dots or (behind a currency sign) spaces.
fn number_at(bytes: &[u8], start: usize) -> (f64, usize) {
    let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = start + run(start);
    let mut digits: Vec<u8> = bytes[start..at].to_vec();
    let mut fraction: &[u8] = &[];
    while at < bytes.len() && digits.len() < 15 {
        let gap = match bytes[at] {
            b',' if bytes.get(at + 1) == Some(&b' ') && run(at + 2) == 3 && at - start <= 3 && signed(bytes, start) => {
                2
            }
            b',' | b'.' => 1,
            b' ' if at - start <= 3 && run(at + 1) == 3 && signed(bytes, start) => 1,
            _ => break,
        };
        let next = run(at + gap);
        if next == 3 && (digits.len() <= 3 || bytes[at] == b',') {
            digits.extend_from_slice(&bytes[at + gap..at + gap + 3]);
            at += gap + 3;
        } else if gap == 1 && (bytes[at] == b'.' && next > 0 || bytes[at] == b',' && next == 2) {
            fraction = &bytes[at + 1..at + 1 + next];
            at += 1 + next;
            break;
        } else {
            break;
        }
    }
    let value = digits.iter().fold(0.0, |value, digit| value * 10.0 + f64::from(digit - b'0'));
    let mut part = 0.0;
    let mut scale = 0.1;
    for digit in fraction.iter().take(4) {
        part += f64::from(digit - b'0') * scale;
        scale /= 10.0;
    }
    // Pence are exact to a ten-thousandth; the sum of tenths is not, so it is rounded there.
    (((value + part) * 10_000.0).round() / 10_000.0, at)
}

/// True where a currency sign stands right before `start`.
fn signed(bytes: &[u8], start: usize) -> bool {
    let before = &bytes[..start];
    let before = before.strip_suffix(b" ").unwrap_or(before);
    before.ends_with("£".as_bytes()) || before.ends_with("€".as_bytes()) || before.ends_with(b"$")
}

fn money(text: &str, start: usize, digits_end: usize, number: f64) -> Option<Figure> {
    let head = text.get(..start)?;
    let tail = text.get(digits_end..)?;
    let (currency, sign_start) = currency_before(head);
    let mut end = digits_end;
    let mut thousands = false;
    let trimmed = tail.trim_start_matches(' ');
    if let Some(rest) = trimmed.strip_prefix('k')
        && !rest.starts_with(|ch: char| ch.is_alphabetic() && !rest.starts_with("pa"))
        && tail.len() - trimmed.len() <= 1
    {
        thousands = true;
        end = text.len() - rest.len();
    }
    let rest = &text[end..];
    let currency = if currency == Currency::Unsaid { currency_after(rest) } else { currency };
    let glued = head.chars().next_back().filter(|ch| ch.is_alphanumeric());
    if let Some(letter) = glued
        && currency == Currency::Unsaid
        && (letter != 'c' || head[..head.len() - 1].ends_with(char::is_alphanumeric))
    {
        return None;
    }
    if rest.starts_with('%') || rest.trim_start().starts_with('%') || is_large(rest) {
        return None;
    }
    if currency == Currency::Unsaid
        && (grade_before(head, number) || !thousands && number < 1_000.0 && unit_after(rest) || is_code(rest))
    {
        return None;
    }
    // A clock time or a date: 09:00, 31/10.
    if currency == Currency::Unsaid && (rest.starts_with(':') || head.ends_with(':') && rest.starts_with(':')) {
        return None;
    }
    Some(Figure { number, thousands, currency, start: sign_start, end })
}

/// Letters glued to a bare number make it a code ('9RH', '2B'), unless they begin a period or a currency.
fn is_code(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|ch| ch.is_alphabetic()).collect();
    !word.is_empty()
        && !matches!(
            word.as_str(),
            "p" | "pa"
                | "ph"
                | "pd"
                | "pw"
                | "pm"
                | "pcm"
                | "per"
                | "gbp"
                | "eur"
                | "euro"
                | "euros"
                | "k"
                | "kpa"
                | "to"
                | "an"
                | "a"
                | "ph."
                | "phr"
                | "annum"
        )
}

fn currency_before(head: &str) -> (Currency, usize) {
    let trimmed = head.trim_end_matches([' ', '(']);
    for (sign, currency) in [
        ("£", Currency::Pound),
        ("(£)", Currency::Pound),
        ("gbp", Currency::Pound),
        ("€", Currency::Foreign),
        ("eur", Currency::Foreign),
        ("euro", Currency::Foreign),
        ("euros", Currency::Foreign),
        ("$", Currency::Foreign),
        ("usd", Currency::Foreign),
        ("aud", Currency::Foreign),
        ("chf", Currency::Foreign),
        ("aed", Currency::Foreign),
        ("cfa", Currency::Foreign),
        ("xof", Currency::Foreign),
    ] {
        if let Some(rest) = trimmed.strip_suffix(sign)
            && !(sign.starts_with(char::is_alphabetic) && rest.ends_with(char::is_alphanumeric))
        {
            return (currency, rest.len());
        }
    }
    (Currency::Unsaid, head.len())
}

fn currency_after(rest: &str) -> Currency {
    let rest = rest.trim_start();
    let word: String = rest.chars().take_while(|ch| ch.is_alphabetic() || *ch == '€').collect();
    match word.as_str() {
        "gbp" | "pounds" | "sterling" => Currency::Pound,
        "€" | "eur" | "euro" | "euros" | "usd" | "dollars" | "aud" | "chf" | "aed" | "cfa" | "xof" | "fcfa" => {
            Currency::Foreign
        }
        _ => Currency::Unsaid,
    }
}

/// Millions and billions are turnover or budgets.
fn is_large(rest: &str) -> bool {
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
    let word: String = rest.chars().take_while(|ch| ch.is_alphabetic()).collect();
    matches!(word.as_str(), "m" | "mn" | "bn" | "b" | "million" | "millions" | "billion" | "mill" | "mil" | "trillion")
}

fn grade_before(head: &str, number: f64) -> bool {
    let mut head = head.trim_end_matches([' ', '-', ':', '.', '#']);
    if number < 60.0 && head.ends_with(['/', '&']) {
        // 'Band 5/6', 'MPS 1/2'.
        head = head.trim_end_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '/' | '&' | ' '));
    }
    let word = head.rsplit(|ch: char| !ch.is_alphabetic()).next().unwrap_or("");
    GRADE_WORDS.contains(&word)
}

fn unit_after(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '-', '+']);
    let word: String = rest.chars().take_while(|ch| ch.is_alphabetic()).collect();
    UNIT_WORDS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<f64> {
        figures(text).iter().map(Figure::value).collect()
    }

    #[test]
    fn reads_every_way_of_writing_a_number() {
        assert_eq!(values("£30,000 - £35,000"), [30_000.0, 35_000.0]);
        assert_eq!(values("£30k"), [30_000.0]);
        assert_eq!(values("30.000 per annum"), [30_000.0]);
        assert_eq!(values("£30 000"), [30_000.0]);
        assert_eq!(values("£10.80 to £11.00"), [10.8, 11.0]);
        assert_eq!(values("£30,000.00"), [30_000.0]);
        assert_eq!(values("c45000"), [45_000.0]);
        assert_eq!(values("£55,000pa"), [55_000.0]);
    }

    #[test]
    fn leaves_out_what_is_no_money() {
        assert_eq!(values("band 6, 37.5 hours, 5% bonus, £3 million turnover, ir35"), Vec::<f64>::new());
    }
}
