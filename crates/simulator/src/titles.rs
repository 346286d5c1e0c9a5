//! Job titles as employers and portals write them.

use crate::catalogue::Occupation;
use crate::random::Dice;
use crate::vacancy::Vacancy;
use openvacancy_domain::terms::{ContractType, WorkingHours};

/// What a decorated title says beside the job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) text: String,
    pub(crate) says_contract: bool,
    pub(crate) says_hours: bool,
}

/// The title of a vacancy before any portal decorates it, and by how many per cent its rank raises the pay.
pub(crate) fn choose(occupation: &Occupation, dice: &mut Dice) -> (String, i64) {
    let title = dice.pick(&occupation.titles);
    let ranked = ["Senior", "Lead", "Junior", "Graduate", "Trainee", "Principal", "Assistant", "Head"];
    let plain = !ranked.iter().any(|rank| title.starts_with(rank));
    if occupation.seniority && plain && dice.chance(220) {
        let (rank, lift) =
            dice.pick(&[("Senior", 18), ("Senior", 18), ("Lead", 25), ("Junior", -20), ("Graduate", -18)]);
        return (format!("{rank} {title}"), lift);
    }
    (title.to_owned(), 0)
}

/// The title as one posting shows it.
pub(crate) fn decorate(vacancy: &Vacancy, place: &str, pay: Option<&str>, dice: &mut Dice) -> Title {
    let mut title = Title { text: vacancy.title.clone(), says_contract: false, says_hours: false };
    match dice.below(100) {
        0..=5 => {
            let hint = ["(Nights)", "- Days", "- Immediate Start", "(Weekends)", "- No Weekends", "- Rotating Shifts"];
            append(&mut title.text, dice.pick(&hint));
        }
        6..=11 => says_hours(&mut title, vacancy.hours, dice),
        12..=17 => says_contract(&mut title, vacancy.contract, dice),
        18..=24 => {
            let form = dice.pick(&[" - ", ", ", " ("]);
            title.text.push_str(form);
            title.text.push_str(place);
            if form == " (" {
                title.text.push(')');
            }
        }
        25..=27 => {
            if let Some(pay) = pay.filter(|pay| pay.len() < 30) {
                append(&mut title.text, &format!("- {pay}"));
            }
        }
        28..=29 => {
            if let Some(band) = vacancy.offer.band.filter(|band| *band < 8) {
                append(&mut title.text, &format!("Band {band}"));
            }
        }
        30..=31 => append(&mut title.text, &format!("- {}", vacancy.reference)),
        32 => title.text = format!("URGENT - {}", title.text),
        33 => title.text.push_str("!!"),
        34 => append(
            &mut title.text,
            dice.pick(&["- Sponsorship not available", "- Excellent Benefits", "- Car Required"]),
        ),
        _ => {}
    }
    if vacancy.openings > 1 && dice.chance(500) {
        append(&mut title.text, &format!("{}{}", dice.pick(&["x", "x ", "X"]), vacancy.openings));
    }
    match dice.below(100) {
        0..=3 => title.text = title.text.to_uppercase(),
        4 => title.text = title.text.to_lowercase(),
        5..=7 => abbreviate(&mut title.text),
        8 => mistype(&mut title.text, dice),
        9 => title.text = title.text.replace(" and ", " & "),
        _ => {}
    }
    title
}

fn append(title: &mut String, words: &str) {
    title.push(' ');
    title.push_str(words);
}

fn says_hours(title: &mut Title, hours: WorkingHours, dice: &mut Dice) {
    let hints: &[&str] = match hours {
        WorkingHours::PartTime => &["(Part Time)", "- Part-Time", "(PT)"],
        WorkingHours::FullTime => &["(Full Time)", "- Full Time"],
        WorkingHours::Either => &["- Full or Part Time"],
        WorkingHours::ZeroHours | WorkingHours::Unknown => return,
    };
    append(&mut title.text, dice.pick(hints));
    title.says_hours = true;
}

fn says_contract(title: &mut Title, contract: ContractType, dice: &mut Dice) {
    let hints: &[&str] = match contract {
        ContractType::Permanent => &["(Permanent)", "- Permanent"],
        ContractType::FixedTerm => &["(Maternity Cover)", "- 12 Month FTC", "(Fixed Term)"],
        ContractType::Temporary => &["(Temp)", "- Temporary"],
        ContractType::BankCasual => &["(Bank)", "- Casual"],
        _ => return,
    };
    append(&mut title.text, dice.pick(hints));
    title.says_contract = true;
}

fn abbreviate(title: &mut String) {
    for (word, short) in
        [("Senior", "Snr"), ("Manager", "Mgr"), ("Assistant", "Asst"), ("Engineer", "Eng"), ("Administrator", "Admin")]
    {
        if title.contains(word) {
            *title = title.replace(word, short);
            return;
        }
    }
}

/// Two neighbouring letters change places, as in a hasty advertisement.
fn mistype(title: &mut String, dice: &mut Dice) {
    let mut letters: Vec<char> = title.chars().collect();
    let inner: Vec<usize> = (1..letters.len().saturating_sub(2))
        .filter(|at| letters[*at].is_lowercase() && letters[at + 1].is_lowercase())
        .collect();
    if letters.len() > 8 && !inner.is_empty() {
        let at = dice.pick(&inner);
        letters.swap(at, at + 1);
        *title = letters.into_iter().collect();
    }
}
