//! Kind of contract: the contract field, then the title, then set phrases of the prose.

use crate::cue::{Cue, Hit};
use crate::pattern::any_of;
use crate::text::{evidence, fold, has_any, sentence};
use openvacancy_domain::Posting;
use openvacancy_domain::terms::{ContractType, MissingReason};

/// A value of a field with why it is unknown, where it is, and the words that gave it.
#[derive(Debug, Clone)]
pub(crate) struct TermReading<T> {
    pub value: T,
    pub missing: Option<MissingReason>,
    pub evidence: Option<String>,
}

impl<T> TermReading<T> {
    pub(crate) fn found(value: T, words: &str) -> Self {
        Self { value, missing: None, evidence: Some(evidence(words)) }
    }

    pub(crate) fn missing(value: T, reason: MissingReason) -> Self {
        Self { value, missing: Some(reason), evidence: None }
    }
}

pub(crate) fn read(posting: &Posting, prose_hits: &[Hit]) -> TermReading<ContractType> {
    let mut ambiguous = false;
    for text in [posting.contract.as_deref(), posting.hours.as_deref()].into_iter().flatten() {
        match from_words(&fold(text)) {
            Found::One(value) => return TermReading::found(value, text),
            Found::Several => ambiguous = true,
            Found::Nothing => {}
        }
    }
    if !ambiguous && let Some(value) = from_title(&fold(&posting.title)) {
        return TermReading::found(value, &posting.title);
    }
    let prose = posting.description.as_deref().unwrap_or("");
    let mut found: Option<(ContractType, &Hit)> = None;
    for hit in prose_hits {
        let Cue::Contract(value) = hit.cue else { continue };
        let (from, to) = sentence(prose, hit.start, hit.end, 60);
        let around = prose[from..to].to_ascii_lowercase();
        if any_of!(
            &around,
            ["no self", "not self", "may lead to", "could become", "possibility of", "going permanent", "view to"]
        ) && value != ContractType::Temporary
        {
            continue;
        }
        if value == ContractType::SelfEmployed
            && any_of!(&around, ["employed or self", "customers", "clients who", "landlords"])
        {
            continue;
        }
        match found {
            None => found = Some((value, hit)),
            // 'Permanent or fixed term' in prose: the first is as good as the second, so neither is said.
            Some((first, _)) if first != value => {
                ambiguous = true;
                found = Some(stronger((first, hit), (value, hit)));
            }
            Some(_) => {}
        }
    }
    match found {
        Some((value, hit))
            if !ambiguous
                || matches!(value, ContractType::FixedTerm | ContractType::Temporary | ContractType::BankCasual) =>
        {
            TermReading::found(value, &prose[hit.start..hit.end])
        }
        Some(_) => TermReading::missing(ContractType::Unknown, MissingReason::Ambiguous),
        None if ambiguous => TermReading::missing(ContractType::Unknown, MissingReason::Ambiguous),
        None => TermReading::missing(ContractType::Unknown, MissingReason::NotStated),
    }
}

/// Of two kinds the one that limits the contract: 'permanent' is often said of the employer's other staff.
fn stronger<'a>(first: (ContractType, &'a Hit), second: (ContractType, &'a Hit)) -> (ContractType, &'a Hit) {
    if first.0 == ContractType::Permanent { second } else { first }
}

enum Found {
    One(ContractType),
    Several,
    Nothing,
}

/// The kinds a contract field names. A qualified kind ('fixed term, bank') gives the narrower; permanent beside
/// anything else is two offers.
fn from_words(text: &str) -> Found {
    let has = |words: &[&str]| has_any(text, words);
    let permanent = has(&["permanent", "open ended", "open-ended", "parhaol", "perm"])
        && !has(&["temp to perm", "temp-to-perm", "non-permanent", "temporary to permanent"]);
    let limited = if has(&["apprentice", "prentis"]) {
        Some(ContractType::Apprenticeship)
    } else if has(&["intern", "work experience", "placement"]) && !has(&["internal", "international"]) {
        Some(ContractType::Internship)
    } else if has(&["bank", "casual", "relief", "locum bank", "per_diem", "as and when"]) {
        Some(ContractType::BankCasual)
    } else if has(&["self-employed", "self employed", "freelance", "self_employed"]) {
        Some(ContractType::SelfEmployed)
    } else if has(&[
        "fixed term",
        "fixed-term",
        "fixed_term",
        "fixed period",
        "maternity",
        "secondment",
        "ftc",
        "cyfnod penodol",
    ]) {
        Some(ContractType::FixedTerm)
    } else if has(&["temp", "contract", "seasonal", "locum", "agency", "supply", "interim", "dros dro"])
        && !is_only_label(text)
    {
        Some(ContractType::Temporary)
    } else {
        None
    };
    match (permanent, limited) {
        (true, None) => Found::One(ContractType::Permanent),
        (true, Some(ContractType::Apprenticeship)) => Found::One(ContractType::Apprenticeship),
        // 'Permanent contract', 'contract type: permanent': the word contract alone is no second offer.
        (true, Some(ContractType::Temporary)) if !has(&["temp", "seasonal", "locum", "interim", "contractor"]) => {
            if has(&["permanent contract", "contract type", "contract: perm", "permanent, contract type"]) {
                Found::One(ContractType::Permanent)
            } else {
                Found::Several
            }
        }
        (true, Some(_)) => Found::Several,
        (false, Some(kind)) => Found::One(kind),
        (false, None) => Found::Nothing,
    }
}

/// 'Contract type: full time' says nothing of the kind.
fn is_only_label(text: &str) -> bool {
    let rest = text.replace("contract type", "").replace("type of contract", "");
    !any_of!(&rest, ["temp", "contract", "seasonal", "locum", "agency", "supply", "interim"])
}

fn from_title(text: &str) -> Option<ContractType> {
    let word =
        |word: &str| text.match_indices(word).any(|(at, _)| crate::text::is_whole_word(text, at, at + word.len()));
    if word("apprentice") || word("apprenticeship") || word("apprenticeships") {
        Some(ContractType::Apprenticeship)
    } else if word("intern") || word("internship") || word("placement student") || word("industrial placement") {
        Some(ContractType::Internship)
    } else if word("bank")
        && any_of!(
            text,
            [
                "bank staff",
                "bank nurse",
                "bank support",
                "bank health",
                "bank care",
                "bank worker",
                "(bank)",
                "- bank",
                "bank -",
                "bank hca",
                "bank only",
            ]
        )
        || text.starts_with("bank ") && !text.starts_with("bank manager")
        || word("casual")
    {
        Some(ContractType::BankCasual)
    } else if word("self employed") || word("self-employed") || word("freelance") {
        Some(ContractType::SelfEmployed)
    } else if word("fixed term")
        || word("fixed-term")
        || word("ftc")
        || word("maternity cover")
        || word("secondment")
        || word("mat cover")
    {
        Some(ContractType::FixedTerm)
    } else if word("temporary") || word("temp") || word("locum") || word("interim") || word("seasonal") {
        Some(ContractType::Temporary)
    } else if word("permanent") || word("perm") {
        Some(ContractType::Permanent)
    } else {
        None
    }
}
