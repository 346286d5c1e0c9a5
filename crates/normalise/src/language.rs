//! Language of an advertisement: English, Welsh or another, by its commonest short words.

use openvacancy_domain::Posting;
use openvacancy_domain::terms::Language;

/// Bytes of prose looked at: language shows in the first paragraphs.
const ENOUGH: usize = 700;

pub(crate) fn read(posting: &Posting) -> Language {
    let prose = posting.description.as_deref().unwrap_or("");
    let (mut english, mut welsh, mut other, mut words) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut lower = String::new();
    for text in [posting.title.as_str(), crate::text::after(prose, 0, ENOUGH)] {
        for word in text.split(|ch: char| !ch.is_alphabetic()).filter(|word| !word.is_empty() && word.len() <= 8) {
            words += 1;
            lower.clear();
            if word.is_ascii() {
                lower.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
            } else {
                lower.extend(word.chars().flat_map(char::to_lowercase));
            }
            match language_of(&lower) {
                Some(Language::English) => english += 1,
                Some(Language::Welsh) => welsh += 1,
                Some(Language::Other) => other += 1,
                None => {}
            }
        }
    }
    if words < 25 || english + welsh + other < 4 {
        // Too little text to tell: the portal's word, then English, the language of these portals.
        return match posting.language.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("cy" | "cym" | "welsh" | "cymraeg") => Language::Welsh,
            Some(said) if !said.starts_with("en") && said.len() <= 5 => Language::Other,
            _ if welsh >= 2 && welsh > english => Language::Welsh,
            _ => Language::English,
        };
    }
    if welsh > english && welsh >= other {
        Language::Welsh
    } else if other > english * 2 && english * 20 < words {
        Language::Other
    } else {
        Language::English
    }
}

/// The language a commonest word belongs to.
fn language_of(word: &str) -> Option<Language> {
    match word {
        "the" | "and" | "to" | "of" | "for" | "with" | "in" | "is" | "you" | "we" | "our" | "your" | "will"
        | "this" | "are" | "be" | "have" | "on" | "as" | "at" => Some(Language::English),
        "yn" | "yr" | "ac" | "ar" | "gyda" | "mae" | "bydd" | "swydd" | "ein" | "eich" | "chi" | "ni" | "wrth"
        | "neu" | "sydd" | "gan" | "fydd" | "hyn" | "y" | "am" => Some(Language::Welsh),
        "und" | "der" | "die" | "das" | "mit" | "für" | "sie" | "wir" | "le" | "la" | "les" | "des" | "une"
        | "vous" | "nous" | "pour" | "avec" | "el" | "los" | "las" | "para" | "con" | "que" | "una" | "het" | "een"
        | "van" | "wij" | "voor" | "je" | "di" | "che" | "per" | "il" | "oraz" | "jest" | "się" | "pentru" | "și" => {
            Some(Language::Other)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str) -> Language {
        read(&Posting { title: "x".to_owned(), description: Some(text.repeat(4)), ..Posting::default() })
    }

    #[test]
    fn tells_languages_apart() {
        assert_eq!(
            language("We are looking for a cook to join our team and you will be paid on time. "),
            Language::English
        );
        assert_eq!(
            language("Mae gennym swydd wych yn ein tîm ac mae croeso i chi wneud cais gyda ni ar y wefan. "),
            Language::Welsh
        );
        assert_eq!(
            language("Wir suchen für unser Team einen Koch und bieten das beste Umfeld mit der Familie. "),
            Language::Other
        );
    }
}
