//! Title cleaning: from what an advertisement shouts to what the job is called.
//!
//! `*URGENT* Snr Mech. Design Engineer (Auto) - £45k - Leeds x3 - Immediate start!` becomes
//! `senior mechanical design engineer`, with what was taken off kept beside it. Nothing here decides a code: segments and
//! their order are kept so that the look-up can try each side of `Chef / Sous Chef`.

mod characters;
mod noise;
mod places;
mod segments;

pub use segments::CleanTitle;

/// The longest title looked at, in characters after cleaning of white space. What real titles hold beyond it is prose.
pub const MAX_TITLE_CHARS: usize = 300;

/// Cleans `title`. `location` is the posting's own place, which titles often repeat.
#[must_use]
pub fn clean(title: &str, location: Option<&str>) -> CleanTitle {
    let plain = characters::plain(title);
    let mut found = CleanTitle::default();
    let quiet = noise::strip(&plain, &mut found);
    segments::split(&quiet, location, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(title: &str, location: &str, expected: &str) {
        let found = clean(title, (!location.is_empty()).then_some(location));
        assert_eq!(found.text, expected, "{title:?}: {found:?}");
    }

    #[test]
    fn takes_off_what_is_no_title() {
        check(
            "*URGENT* Snr Mech. Design Engineer (Auto) - £45k - Leeds x3 - Immediate start!",
            "Leeds",
            "senior mechanical design engineer",
        );
        check("Staff Nurse - Band 5", "", "staff nurse");
        check("CARE ASSISTANT - NIGHTS - £11.50 per hour", "", "care assistant");
        check("Warehouse Operative x 10 (Full time)", "", "warehouse operative");
        check("Part Time Cleaner, Milton Keynes", "Milton Keynes, Buckinghamshire", "cleaner");
        check("Project Manager - 12 month FTC", "", "project manager");
        check("Java Developer - London - up to £70,000 + bonus + benefits", "London", "java developer");
        check("Head of Finance REF: FIN/2231", "", "head of finance");
        check("Care Worker &amp; Driver", "", "care worker & driver");
        check("Chef de partie – live in", "", "chef de partie");
        check("🚚 Delivery Driver 🚚", "", "delivery driver");
        check("<b>Solicitor</b>", "", "solicitor");
        check("Solicitor in Leeds", "Leeds", "solicitor");
        check("Chef / Sous Chef", "", "chef");
        check("Business Analyst (12 months) Hybrid", "", "business analyst");
        check("C# / .NET Developer - remote", "", "c# / .net developer");
        check("Registered Nurse (RGN)", "", "registered nurse");
        check("Â£30k Sales Executive", "", "sales executive");
    }

    #[test]
    fn counts_openings() {
        assert_eq!(clean("Picker x12", None).openings, Some(12));
        assert_eq!(clean("2 x Fitters", None).openings, Some(2));
        assert_eq!(clean("Cleaner (3 posts)", None).openings, Some(3));
        assert_eq!(clean("Cleaner", None).openings, None);
    }

    #[test]
    fn says_when_nothing_is_left() {
        for title in ["", "   ", "12345", "£££", "🎉🎉", "<p></p>", "- / -", "\u{0}\u{1}", "x3"] {
            assert!(clean(title, None).text.is_empty(), "{title:?} gave {:?}", clean(title, None).text);
        }
    }

    #[test]
    fn long_input_is_cut() {
        let long = "nurse ".repeat(200_000);
        assert!(clean(&long, None).text.chars().count() <= MAX_TITLE_CHARS);
    }

    proptest! {
        #[test]
        fn no_input_panics(title in "\\PC{0,200}", location in "\\PC{0,40}") {
            let found = clean(&title, Some(&location));
            prop_assert!(found.text.chars().count() <= MAX_TITLE_CHARS * 4);
            prop_assert!(!found.text.contains("  "));
        }

        #[test]
        fn a_clean_title_stays_clean(words in prop::collection::vec("(nurse|engineer|sales|finance|care|design)", 1..5)) {
            let title = words.join(" ");
            prop_assert_eq!(clean(&title, None).text, title);
        }

        #[test]
        fn shouting_changes_nothing(title in "[A-Za-z ]{0,60}") {
            prop_assert_eq!(clean(&title.to_uppercase(), None).text, clean(&title.to_lowercase(), None).text);
        }
    }
}
