//! Pay, reference numbers, openings, contract, shift and sales talk: what stands in titles and names no occupation.

use super::CleanTitle;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A pattern that compiles, by the tests of this module.
fn pattern(text: &str) -> Regex {
    #[expect(clippy::unwrap_used, reason = "the patterns are constants of this file, all compiled by its tests")]
    Regex::new(text).unwrap()
}

static OPENINGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) (?: \(\s* )? (?: \bx\s?(\d{1,3})\b | \b(\d{1,3})\s?x(?:\s|$)
        | \b(\d{1,3})\s(?:posts?|positions?|vacanc(?:y|ies)|roles?|openings?)\b ) (?: \s*\) )?",
    )
});

static PAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        (?: \b(?:up\sto|upto|from|circa|c\.?|to|ote|salary|earn|earning|basic|pays?|paying|at|@)\s? )*
        (?: [£$€]\s?\d[\d,.]*\s?(?:k\b|m\b)? | \b\d{2,3}(?:\.\d)?k\b | \*{2,}\s?k\b | £\s?\*+\s?k? )
        (?: \s?(?:-|to|/|\|)\s?(?: [£$€]?\s?\d[\d,.]*\s?k?\b | \*+\s?k?\b ) )?
        (?: \s?(?:per|p/?|/|an?|pr)\s?(?:annum|year|hour|day|week|month|hr|wk|yr|[hdwa])\b )?
        (?: \s?(?:\+|plus|and|&|inc(?:luding|l)?\.?)?\s?
            \b(?:ote|pa|ph|pd|pw|p\.a\.?|basic|bonus(?:es)?|benefits?|bens|package|doe|neg(?:otiable)?|car|commission|comm|allowance|pension|equity|circa|salary|uncapped)\b )*",
    )
});

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) \b(?:job\s|vacancy\s|post\s)?(?:ref|reference|req|requisition|job\sid|vacancy\sid)\b
        (?:\s?(?:no|number|id))?\.?\s?[:\#.]?\s?[a-z/-]*\d[\w/-]*
        | \b[a-z]{1,6}[/-]?\d{3,}[\w/-]*
        | \b\d[\d/-]*[a-z]{1,4}\d+[\w/-]*
        | (?:^|\s)\#?\d{4,}\b[\w/-]*",
    )
});

/// Products whose names look like reference numbers.
const PRODUCTS: &[&str] = &["d365", "m365", "o365", "s400", "as400", "as/400", "dv360", "c360", "ga4", "rs6000"];

static TERMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) \b(?:
        (?:full|part)(?:\s|-)?time(?:rs?)?(?:\s(?:and|&|or|/)\s(?:full|part)(?:\s|-)?time)? | permanent | perm\b | temporary | temp\b | temp\sto\sperm
        | fixed(?:\s|-)term(?:\s(?:contract|appointment|post))? | f\.?t\.?c\b | (?:maternity|paternity|mat)(?:\sleave)?\scover | secondment
        | \d{1,2}(?:\s|-)?(?:months?|mths?|weeks?|years?)(?:\s(?:ftc|contract|fixed\sterm(?:\scontract)?|mat(?:ernity)?\scover|secondment|initial(?:ly)?))?
        | (?:up\sto\s)?\d{1,2}(?:\.\d{1,2})?(?:\s?-\s?\d{1,2}(?:\.\d{1,2})?)?\s?(?:hours?|hrs?|hpw)(?:\s?(?:per|a|/|p)\s?w(?:ee)?k)?
        | zero\shours? | 0\shours? | term(?:\s|-)time(?:\sonly)? | job\sshare | flexible(?:\s(?:hours|working|working\shours))? | flexi
        | (?:nhs\s)?(?:afc\s)?(?:band|pay\sband|grade|scale|tier)s?\s?\d{1,2}[a-d]?(?:\s?(?:-|/|to|or|&)\s?(?:band\s)?\d{1,2}[a-d]?)? | band\s[a-h]\b | b[5-8]\b
        | fully\sremote | remote(?:ly)?(?:\s(?:working|based|first|role|position))? | hybrid(?:\s(?:working|role|remote))? | work(?:ing)?\sfrom\shome | wfh | home(?:\s|-)based | homeworking | on(?:\s|-)site | office\sbased | field\sbased | uk\swide | nationwide | uk(?:\s|-)based
        | immediate(?:ly)?(?:\s(?:start|starts|available|required))? | asap(?:\sstart)? | start(?:ing)?\sasap | (?:january|february|march|april|may|june|july|august|september|october|november|december)\s(?:start|20\d\d) | 20[12]\d | urgent(?:ly)?(?:\s(?:required|requirement))?
        | (?:now\s)?hiring(?:\snow)? | apply\s(?:now|today) | new\s(?:role|position|vacancy|opportunity) | (?:no|without|some)\s(?:previous\s)?experience(?:\s(?:needed|required|necessary))? | full\straining(?:\s(?:provided|given))? | training\sprovided
        | (?:excellent|great|good|fantastic|amazing|competitive|top|attractive)\s(?:benefits?|package|bonus|commission|opportunity|pay|rates?|salary|prospects|team|company|location|hours) | competitive | exciting(?:\s(?:new\s)?(?:role|opportunity))?
        | (?:welcome|sign(?:ing)?(?:\s|-)on|golden\shello|joining|retention)(?:\s?bonus) | (?:plus|\+|&|and)\s(?:bonus|benefits|commission|car|package|ote|overtime) | uncapped(?:\scommission)? | bonus | ote
        | (?:inside|outside)\sir35 | ir35 | (?:sc|dv|bpss)(?:\s|-)(?:clear(?:ed|ance)|eligible) | security\sclear(?:ed|ance)
        | (?:visa\s)?sponsorship(?:\s(?:available|offered))? | relocation(?:\s(?:package|available|assistance))? | internal\s(?:applicants|candidates)\sonly | re(?:\s|-)?advert(?:isement|ised)?
        | required | wanted | needed | vacanc(?:y|ies) | all\slevels | various\slocations? | multiple\slocations? | job\s(?:in|at)\b | jobs | opportunit(?:y|ies) | immediate
        | (?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?(?:\s?(?:-|to|&|and|/)\s?(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?)?
        | \d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)(?:\s?(?:-|to)\s?\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm))?
        | 4\son\s4\soff | shifts | mornings | afternoons | evenings | weekends(?:\sonly)?
        )\b (?:\s?\+)?",
    )
});

/// What cannot be part of a title, each replaced by a bar that parts segments; what was found goes into `found`.
pub(super) fn strip(text: &str, found: &mut CleanTitle) -> String {
    let mut text = text.to_owned();
    if text.bytes().any(|byte| byte.is_ascii_digit())
        && let Some(count) = OPENINGS
            .captures(&text)
            .and_then(|found| (1..=3).find_map(|group| found.get(group)))
            .and_then(|digits| digits.as_str().parse().ok())
    {
        found.openings = Some(count);
        text = take(&text, &OPENINGS, found, |_| true);
    }
    if text.contains(['£', '$', '€', '*', 'k']) {
        text = take(&text, &PAY, found, |_| true);
    }
    text = take(&text, &TERMS, found, |_| true);
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        text = take(&text, &REFERENCE, found, |taken| !PRODUCTS.contains(&taken));
    }
    text
}

fn take(text: &str, pattern: &Regex, found: &mut CleanTitle, wanted: impl Fn(&str) -> bool) -> String {
    if !pattern.is_match(text) {
        return text.to_owned();
    }
    pattern
        .replace_all(text, |captures: &Captures<'_>| {
            let taken = captures.get(0).map_or("", |whole| whole.as_str());
            let word = taken.trim_matches(|c: char| !c.is_alphanumeric() && c != '£');
            if wanted(word) {
                if !word.is_empty() {
                    found.removed.push(word.to_owned());
                }
                " | ".to_owned()
            } else {
                taken.to_owned()
            }
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, left: &str, removed: &[&str]) {
        let mut found = CleanTitle::default();
        let stripped = strip(text, &mut found);
        let stripped = stripped.split_whitespace().filter(|part| *part != "|").collect::<Vec<_>>().join(" ");
        assert_eq!(stripped.trim(), left, "{text}");
        assert_eq!(found.removed, removed, "{text}");
    }

    #[test]
    fn takes_pay() {
        check("chef £12.50 per hour", "chef", &["£12.50 per hour"]);
        check("chef up to £45k + bonus", "chef", &["up to £45k + bonus"]);
        check("sales executive 30k", "sales executive", &["30k"]);
        check("engineer ****k", "engineer", &["k"]);
    }

    #[test]
    fn takes_references_and_keeps_products() {
        check("nurse ref: ab/1234", "nurse", &["ref: ab/1234"]);
        check("nurse soa04086", "nurse", &["soa04086"]);
        check("d365 developer", "d365 developer", &[]);
        check("hgv class 2 driver", "hgv class 2 driver", &[]);
    }
}
