//! Segments of a title: what stands between dashes, bars, slashes, commas and brackets.

use super::places;

/// A cleaned title and what was taken off it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanTitle {
    /// The title to match, lower case; empty where nothing of a title was left.
    pub text: String,
    /// The segments that may name the occupation, in order: the main one first, then what stood in brackets or behind a
    /// dash. `text` is made of the first.
    pub segments: Vec<String>,
    /// Number of openings, where the title says one.
    pub openings: Option<u32>,
    /// What was taken off: pay, places, contract and shift words, reference numbers.
    pub removed: Vec<String>,
}

/// Segments that say when, where or how and never what.
const NO_TITLE: &[&str] = &[
    "adults",
    "afternoon",
    "bank",
    "b2b",
    "contract",
    "contractor",
    "day",
    "days",
    "driver required",
    "drivers",
    "evening",
    "experienced",
    "female",
    "female only",
    "immediate",
    "inside",
    "internal",
    "job",
    "junior",
    "lead",
    "locum",
    "male",
    "mid",
    "mid level",
    "morning",
    "new",
    "night",
    "nights",
    "night shift",
    "day shift",
    "shift",
    "late shift",
    "early shift",
    "night and day",
    "days and nights",
    "days or nights",
    "nhs",
    "or",
    "outside",
    "per annum",
    "pa",
    "permanent",
    "position",
    "relief",
    "role",
    "rota",
    "rotation",
    "senior",
    "start",
    "term",
    "the",
    "trainee",
    "weekday",
    "weekend",
    "week",
    "x",
    "post",
    "posts",
    "ftc",
    "great",
    "fantastic",
    "and",
    "with",
    "in",
    "for",
    "at",
    "on",
    "auto",
    "new role",
    "you",
    "plus",
    "bens",
    "car",
    "benefits",
    "package",
    "ft",
    "pt",
    "mf",
    "m",
    "f",
    "d",
];

/// Abbreviations written with a point, and a few that are read out only here because keys must not know them.
const WRITTEN_OUT: &[(&str, &str)] = &[
    ("snr", "senior"),
    ("sr", "senior"),
    ("jnr", "junior"),
    ("jr", "junior"),
    ("mech", "mechanical"),
    ("elec", "electrical"),
    ("eng", "engineer"),
    ("engr", "engineer"),
    ("mgr", "manager"),
    ("asst", "assistant"),
    ("exec", "executive"),
    ("mgmt", "management"),
    ("maint", "maintenance"),
    ("co-ordinator", "coordinator"),
    ("co-ordinators", "coordinators"),
];

/// Splits `text` into segments, drops those that are places or conditions, and fills `found`.
pub(super) fn split(text: &str, location: Option<&str>, found: &mut CleanTitle) {
    let location: String = location.unwrap_or("").chars().take(200).flat_map(char::to_lowercase).collect();
    let mut main: Vec<String> = Vec::new();
    let mut aside: Vec<String> = Vec::new();
    for (segment, bracketed) in parts(text) {
        let mut segment = written_out(&segment);
        if segment.is_empty() || !segment.chars().any(char::is_alphabetic) {
            continue;
        }
        if NO_TITLE.contains(&segment.as_str()) || (places::is_place(&segment, &location) && !segment.is_empty()) {
            found.removed.push(segment);
            continue;
        }
        if let Some(end) = places::without_place_at_end(&segment, &location) {
            found.removed.push(segment.get(end..).unwrap_or("").trim().to_owned());
            segment.truncate(end);
        }
        if segment.is_empty() {
            continue;
        }
        if bracketed { aside.push(segment) } else { main.push(segment) }
    }
    if main.is_empty() {
        std::mem::swap(&mut main, &mut aside);
    }
    // A first segment of one adjective-like word belongs to the next: `mechanical / electrical engineer`, `c# / .net developer`.
    if main.len() > 1
        && let Some(first) = main.first()
        && !first.contains(' ')
        && joins_next(text, first)
    {
        let joined = main.drain(..2).collect::<Vec<_>>().join(" / ");
        main.insert(0, joined);
    }
    found.text = main.first().cloned().unwrap_or_default();
    found.segments = main;
    found.segments.extend(aside);
    found.segments.truncate(6);
}

/// Whether a slash or ampersand follows `word` in `text` and the word names no occupation by itself.
fn joins_next(text: &str, word: &str) -> bool {
    const HEADS: &[&str] = &[
        "er",
        "or",
        "ist",
        "ant",
        "ian",
        "man",
        "nurse",
        "chef",
        "cook",
        "cleaner",
        "ent",
        "ary",
        "host",
        "clerk",
        "worker",
        "mechanic",
        "lead",
        "head",
        "rgn",
        "rmn",
        "hca",
        "odp",
        "pa",
        "gp",
        "staff",
        "architect",
        "pharmacist",
        "midwife",
        "therapist",
        "barista",
        "receptionist",
        "operative",
        "executive",
        "analyst",
        "associate",
        "sales",
        "tutor",
        "guard",
    ];
    let follows = text
        .find(word)
        .and_then(|at| text.get(at + word.len()..))
        .is_some_and(|rest| rest.trim_start().starts_with(['/', '\\', '&']));
    follows && !HEADS.iter().any(|ending| word.ends_with(ending))
}

/// The parts between separators and whether they stood in brackets.
fn parts(text: &str) -> Vec<(String, bool)> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut depth = 0_u32;
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        let cut = match c {
            '(' | '[' | '{' => true,
            ')' | ']' | '}' => true,
            '|' | '*' | '!' | '?' | ';' | '@' | '"' | '\\' | '£' | '%' | ',' => true,
            // 1:1 teaching assistant
            ':' => !(before.is_ascii_digit() && after.is_ascii_digit()),
            // co-ordinator stays, `nurse - leeds` and `nurse- leeds` part
            '-' => before == ' ' || after == ' ',
            // rgn/rmn and chef/cook part; 24/7 and ui/ux stay
            '/' => !(short_pair(&chars, at) || before.is_ascii_digit() && after.is_ascii_digit()),
            '.' => after == ' ' && !abbreviated(&part),
            _ => false,
        };
        if cut {
            parts.push((std::mem::take(&mut part), depth > 0));
        } else if c != '.' || after.is_alphanumeric() {
            part.push(c);
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    parts.push((part, depth > 0));
    parts
}

/// Whether the words on both sides of the slash at `at` have at most two letters: `ui/ux`, `m/e`.
fn short_pair(chars: &[char], at: usize) -> bool {
    let before = chars.iter().take(at).rev().take_while(|c| c.is_alphanumeric()).count();
    let after = chars.iter().skip(at + 1).take_while(|c| c.is_alphanumeric()).count();
    (1..=2).contains(&before) && (1..=2).contains(&after)
}

fn abbreviated(part: &str) -> bool {
    let last = part.rsplit(' ').next().unwrap_or("");
    last.len() <= 2 || WRITTEN_OUT.iter().any(|(short, _)| *short == last)
}

/// Single spaces, abbreviations written out, loose signs at both ends off.
fn written_out(segment: &str) -> String {
    let words: Vec<&str> = segment
        .split_whitespace()
        .map(|word| WRITTEN_OUT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| *long))
        .collect();
    let text = words.join(" ");
    let mut text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '#' && c != '+' && c != '.');
    for word in ["and", "or", "in", "at", "for", "of", "with", "to", "the", "a", "an", "from"] {
        text = text.strip_suffix(word).filter(|rest| rest.ends_with(' ')).map_or(text, str::trim_end);
    }
    for word in ["and ", "or ", "in ", "at ", "for ", "of ", "with ", "a ", "an ", "the ", "our "] {
        text = text.strip_prefix(word).unwrap_or(text);
    }
    text.trim_matches(|c: char| !c.is_alphanumeric() && c != '#' && c != '+' && c != '.').to_owned()
}
