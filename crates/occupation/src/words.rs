//! Words as the titles table and the coder compare them: one spelling, one number, one gender.
//!
//! The same function makes keys of table titles and of advertisement titles, so a rule here need not be linguistically
//! right everywhere; it must only never merge titles of different groups.

use ahash::AHashMap;
use std::sync::LazyLock;

/// Written one way in advertisements, another in the table; portals in Wales show some titles in Welsh only. Applied to
/// whole words, before plurals are taken off. Sorted, for binary search.
const SPELLINGS: &[(&str, &str)] = &[
    ("acct", "account"),
    ("acctg", "accounting"),
    ("accts", "accounts"),
    ("addysgu", "teaching"),
    ("advisor", "adviser"),
    ("advisors", "adviser"),
    ("aeroplane", "aircraft"),
    ("apprenticeship", "apprentice"),
    ("arweinydd", "leader"),
    ("assoc", "associate"),
    ("asst", "assistant"),
    ("asstnt", "assistant"),
    ("athrawes", "teacher"),
    ("athro", "teacher"),
    ("bldg", "building"),
    ("bydwraig", "midwife"),
    ("cogydd", "cook"),
    ("coord", "coordinator"),
    ("cust", "customer"),
    ("cydlynydd", "coordinator"),
    ("cyfreithiwr", "solicitor"),
    ("cyfrifydd", "accountant"),
    ("cyllid", "finance"),
    ("cymdeithasol", "social"),
    ("cymorth", "support"),
    ("cynorthwywr", "assistant"),
    ("cynorthwyydd", "assistant"),
    ("darlithydd", "lecturer"),
    ("derbynnydd", "receptionist"),
    ("dev", "developer"),
    ("dietician", "dietitian"),
    ("dirprwy", "deputy"),
    ("dysgu", "learning"),
    ("elec", "electrical"),
    ("eng", "engineer"),
    ("engnr", "engineer"),
    ("engr", "engineer"),
    ("exec", "executive"),
    ("fferyllydd", "pharmacist"),
    ("ffisiotherapydd", "physiotherapist"),
    ("glanhawr", "cleaner"),
    ("gofal", "care"),
    ("gofalwr", "carer"),
    ("gov", "government"),
    ("gweinyddol", "administrative"),
    ("gweinyddwr", "administrator"),
    ("gweithiwr", "worker"),
    ("gynae", "gynaecology"),
    ("gyrrwr", "driver"),
    ("hca", "healthcare assistant"),
    ("jnr", "junior"),
    ("jr", "junior"),
    ("lgv", "hgv"),
    ("maint", "maintenance"),
    ("manageress", "manager"),
    ("math", "maths"),
    ("mathematics", "maths"),
    ("mech", "mechanical"),
    ("meddyg", "doctor"),
    ("mfg", "manufacturing"),
    ("mgmt", "management"),
    ("mgr", "manager"),
    ("mktg", "marketing"),
    ("nyrs", "nurse"),
    ("ops", "operations"),
    ("paed", "paediatric"),
    ("paediatrics", "paediatric"),
    ("paeds", "paediatric"),
    ("pediatric", "paediatric"),
    ("peiriannydd", "engineer"),
    ("pennaeth", "head"),
    ("practicioner", "practitioner"),
    ("practioner", "practitioner"),
    ("prog", "programmer"),
    ("proj", "project"),
    ("prop", "property"),
    ("prosiect", "project"),
    ("qual", "quality"),
    ("recep", "receptionist"),
    ("rep", "representative"),
    ("reps", "representative"),
    ("rheolwr", "manager"),
    ("sec", "secretary"),
    ("snr", "senior"),
    ("sr", "senior"),
    ("stewardess", "steward"),
    ("supv", "supervisor"),
    ("svc", "service"),
    ("swyddog", "officer"),
    ("tchr", "teacher"),
    ("techn", "technician"),
    ("technegydd", "technician"),
    ("telecom", "telecoms"),
    ("telecommunication", "telecoms"),
    ("telecommunications", "telecoms"),
    ("theatres", "theatre"),
    ("tim", "team"),
    ("uwch", "senior"),
    ("waitress", "waiter"),
    ("ymgynghorydd", "consultant"),
    ("yr", "year"),
];

/// Two words that are also written as one.
const COMPOUNDS: &[(&str, &str, &str)] = &[
    ("after", "sales", "aftersales"),
    ("back", "end", "backend"),
    ("book", "keeper", "bookkeeper"),
    ("call", "centre", "callcentre"),
    ("contact", "centre", "callcentre"),
    ("care", "giver", "caregiver"),
    ("care", "taker", "caretaker"),
    ("child", "care", "childcare"),
    ("child", "minder", "childminder"),
    ("co", "ordinator", "coordinator"),
    ("cyber", "security", "cybersecurity"),
    ("day", "care", "daycare"),
    ("dev", "ops", "devops"),
    ("door", "man", "doorman"),
    ("drain", "age", "drainage"),
    ("dry", "liner", "dryliner"),
    ("dry", "lining", "drylining"),
    ("e", "commerce", "ecommerce"),
    ("e", "learning", "elearning"),
    ("electro", "mechanical", "electromechanical"),
    ("fork", "lift", "forklift"),
    ("front", "end", "frontend"),
    ("full", "stack", "fullstack"),
    ("ground", "worker", "groundworker"),
    ("handy", "man", "handyman"),
    ("handy", "person", "handyman"),
    ("head", "teacher", "headteacher"),
    ("health", "care", "healthcare"),
    ("help", "desk", "helpdesk"),
    ("home", "care", "homecare"),
    ("house", "keeper", "housekeeper"),
    ("house", "keeping", "housekeeping"),
    ("human", "resources", "hr"),
    ("human", "resource", "hr"),
    ("inter", "national", "international"),
    ("life", "guard", "lifeguard"),
    ("mid", "wife", "midwife"),
    ("multi", "drop", "multidrop"),
    ("multi", "media", "multimedia"),
    ("multi", "skilled", "multiskilled"),
    ("multi", "trade", "multitrade"),
    ("new", "build", "newbuild"),
    ("play", "worker", "playworker"),
    ("post", "man", "postman"),
    ("pre", "school", "preschool"),
    ("pre", "sales", "presales"),
    ("sales", "person", "salesman"),
    ("semi", "skilled", "semiskilled"),
    ("shop", "fitter", "shopfitter"),
    ("stock", "room", "stockroom"),
    ("store", "man", "storeman"),
    ("sub", "contract", "subcontract"),
    ("tele", "sales", "telesales"),
    ("tele", "marketing", "telemarketing"),
    ("tool", "maker", "toolmaker"),
    ("ware", "house", "warehouse"),
    ("web", "site", "website"),
    ("work", "shop", "workshop"),
];

/// Words that carry nothing a title is told apart by.
const EMPTY: &[&str] = &["a", "an", "and", "at", "for", "in", "of", "on", "our", "the", "to", "with", "y", "i"];

/// The words of `text` (already lower case) as keys compare them.
pub(crate) fn key_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for raw in raw_words(text) {
        let spelt = match SPELLINGS.binary_search_by(|(from, _)| (*from).cmp(raw.as_str())) {
            Ok(at) => SPELLINGS.get(at).map_or("", |(_, to)| *to).to_owned(),
            Err(_) => raw,
        };
        for word in spelt.split(' ') {
            push(&mut words, word);
        }
    }
    words.retain(|word| !EMPTY.contains(&word.as_str()));
    for word in &mut words {
        *word = stem(word);
    }
    words
}

/// The second words of [`COMPOUNDS`], each with its first words and the joined ones.
static JOINED: LazyLock<AHashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut joined: AHashMap<_, Vec<_>> = AHashMap::default();
    for (first, second, whole) in COMPOUNDS {
        joined.entry(*second).or_default().push((*first, *whole));
    }
    joined
});

fn push(words: &mut Vec<String>, word: &str) {
    if let Some(last) = words.last_mut()
        && let Some(pairs) = JOINED.get(word)
        && let Some((_, joined)) = pairs.iter().find(|(first, _)| last == first)
    {
        *last = (*joined).to_owned();
        return;
    }
    words.push(word.to_owned());
}

/// The words of prose, stemmed as keys are, without spellings and compounds: enough to find cues, and several times faster.
pub(crate) fn prose_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| stem(&word.to_lowercase()))
}

/// Runs of letters and digits, and what belongs to them: `c++`, `c#`, `.net`, `h&s`, `children's`.
fn raw_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|next| next.is_alphanumeric());
        let of_language = matches!(c, '+' | '#') && (1..=2).contains(&word.len());
        if c.is_alphanumeric() || of_language {
            word.push(c);
        } else if c == '.' && next_is_letter && (word.is_empty() || word == "node" || word == "asp" || word == "vb") {
            // `.net`, `asp.net`, `node.js`: the point is dropped and the word stands alone
            flush(&mut word, &mut words);
        } else if matches!(c, '\'' | '’') {
            // nurse's, children's, nurses': the mark goes, the word stays whole
        } else if c == '&' && word.len() == 1 && next_is_letter {
            word.push('n');
        } else {
            flush(&mut word, &mut words);
        }
    }
    flush(&mut word, &mut words);
    words
}

fn flush(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Singular, one gender, one ending.
fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() > 5 && (word.ends_with("women") || word.ends_with("woman")) {
        stem.replace_range(word.len() - 5.., "man");
    } else if word.len() > 6 && word.ends_with("person") {
        stem.replace_range(word.len() - 6.., "man");
    } else if word.len() > 5 && word.ends_with("men") && !word.ends_with("smen") {
        stem.replace_range(word.len() - 3.., "man");
    } else if word.len() > 4 && word.ends_with("ies") {
        stem.replace_range(word.len() - 3.., "y");
    } else if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        stem.truncate(word.len() - 1);
    }
    // organization, specializing, organizer
    if let Some(at) = stem.find("iz")
        && at > 3
        && ["iza", "ize", "izi"].iter().any(|ending| stem[at..].starts_with(ending))
    {
        stem.replace_range(at..at + 2, "is");
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(key_words(text).join(" "), expected, "{text}");
    }

    #[test]
    fn spellings_are_sorted_for_binary_search() {
        assert!(SPELLINGS.is_sorted_by_key(|(from, _)| *from), "sort SPELLINGS by the first word");
    }

    #[test]
    fn one_key_for_variants() {
        check("care advisors", "care adviser");
        check("children's nurses", "children nurse");
        check("co-ordinator", "coordinator");
        check("c# / .net developer", "c# net developer");
        check("c++ engineer", "c++ engineer");
        check("r&d manager", "rnd manager");
        check("saleswoman", "salesman");
        check("salesperson", "salesman");
        check("organization specialist", "organisation specialist");
        check("multi-skilled maintenance eng.", "multiskilled maintenance engineer");
        check("human resources mgr", "hr manager");
        check("gweithiwr cymdeithasol", "worker social");
    }
}
