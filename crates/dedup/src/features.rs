//! The comparison of a pair, as numbers for the model.

use crate::employer::EmployerRelation;
use crate::pay::{PayRelation, Range};
use crate::place::PlaceRelation;
use crate::profile::Profile;
use crate::prose::Overlap;
use crate::relation::employers;
use crate::title::TitleLikeness;

/// A pair compared field by field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Comparison {
    pub(crate) title: TitleLikeness,
    pub(crate) employer: EmployerRelation,
    pub(crate) place: PlaceRelation,
    pub(crate) pay: PayRelation,
    /// Passages, boilerplate taken out; `None` where one has no prose.
    pub(crate) passages: Option<Overlap>,
    /// Passages, boilerplate included.
    pub(crate) all_passages: Option<Overlap>,
    /// Uncommon words.
    pub(crate) vocabulary: Option<Overlap>,
    /// Words of the shorter prose over those of the longer.
    pub(crate) length_ratio: f32,
    pub(crate) same_reference: Option<bool>,
    /// Their references come from one numbering.
    pub(crate) same_series: bool,
    pub(crate) same_url: bool,
}

impl Comparison {
    pub(crate) fn of(a: &Profile, b: &Profile) -> Self {
        let prose = a.prose.as_ref().zip(b.prose.as_ref());
        let passages = prose.map(|(a, b)| a.passages(b));
        Self {
            title: {
                let aside = |word: &str, other: &Profile| {
                    other.place.named(word) || other.employer.as_ref().is_some_and(|employer| employer.named(word))
                };
                a.title.likeness(&b.title, |word| aside(word, b), |word| aside(word, a))
            },
            employer: employers(a, b),
            place: a.place.relation(&b.place),
            pay: Range::relation(a.pay, b.pay),
            passages: passages.map(|(own, _)| own),
            all_passages: passages.map(|(_, all)| all),
            vocabulary: prose.map(|(a, b)| a.vocabulary(b)),
            length_ratio: prose.map_or(0.0, |(a, b)| a.words.min(b.words) as f32 / a.words.max(b.words) as f32),
            same_reference: a.reference.zip(b.reference).map(|(a, b)| a == b),
            same_series: a.series.is_some() && a.series == b.series,
            same_url: a.url.is_some() && a.url == b.url,
        }
    }
}

/// Names of the features, in order.
pub const FEATURES: [&str; 30] = [
    "title_core",
    "title_contained",
    "title_both_differ",
    "title_spelling",
    "title_grade",
    "employer_same",
    "employer_agency",
    "employer_different",
    "place_same",
    "place_compatible",
    "place_within",
    "pay_equal",
    "pay_overlap",
    "pay_apart",
    "prose_missing",
    "passages_jaccard",
    "passages_containment",
    "passages_all",
    "vocabulary",
    "prose_0_to_15",
    "prose_15_to_35",
    "prose_35_to_70",
    "prose_70_to_100",
    "prose_and_title",
    "same_text_and_title",
    "missing_and_title",
    "vocabulary_jaccard",
    "place_unknown_text",
    "employer_same_text",
    "same_reference",
];

/// The numbers of a pair, each about 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features(pub [f32; FEATURES.len()]);

impl Features {
    /// The numbers of two postings, as the model sees them.
    #[must_use]
    pub fn of_pair(a: &Profile, b: &Profile) -> Self {
        Self::of(&Comparison::of(a, b))
    }

    pub(crate) fn of(pair: &Comparison) -> Self {
        let flag = |truth: bool| f32::from(u8::from(truth));
        let title = pair.title;
        // Too few hashes outside boilerplate: what is left says little, so the whole prose speaks, with less weight.
        let passages = pair.passages.map_or(Overlap::default(), |own| {
            if own.sample >= 4 {
                own
            } else {
                let all = pair.all_passages.unwrap_or_default();
                Overlap { jaccard: 0.5 * all.jaccard, containment: 0.5 * all.containment, sample: all.sample }
            }
        });
        let vocabulary = pair.vocabulary.unwrap_or_default();
        let words = if vocabulary.sample >= 5 { vocabulary.containment } else { passages.containment };
        let prose = passages.containment.max(words);
        let missing = pair.all_passages.is_none();
        let title_likeness = title.core.max(title.spelling);
        Self([
            title.core,
            title.contained,
            title.both_differ,
            title.spelling,
            title.grade,
            flag(pair.employer == EmployerRelation::Same),
            flag(pair.employer == EmployerRelation::Agency),
            flag(pair.employer == EmployerRelation::Different),
            flag(pair.place == PlaceRelation::Same),
            flag(pair.place == PlaceRelation::Compatible),
            flag(pair.place == PlaceRelation::Within),
            flag(pair.pay == PayRelation::Equal),
            flag(pair.pay == PayRelation::Overlap),
            match pair.pay {
                PayRelation::Apart(gap) => (0.3 + 2.0 * gap).min(1.0),
                _ => 0.0,
            },
            flag(missing),
            passages.jaccard,
            passages.containment,
            pair.all_passages.map_or(0.0, |all| all.jaccard),
            words,
            ramp(prose, 0.0, 0.15),
            ramp(prose, 0.15, 0.35),
            ramp(prose, 0.35, 0.7),
            ramp(prose, 0.7, 1.0),
            prose * title_likeness,
            ramp(passages.containment, 0.8, 1.0) * ramp(title.contained, 0.5, 1.0) * (1.0 - title.grade),
            flag(missing) * ramp(title.core, 0.7, 1.0),
            vocabulary.jaccard,
            flag(pair.place == PlaceRelation::Unknown) * ramp(prose, 0.3, 0.6),
            flag(pair.employer == EmployerRelation::Same) * ramp(prose, 0.3, 0.6),
            match pair.same_reference {
                Some(true) => 1.0,
                _ => flag(pair.same_url),
            },
        ])
    }
}

/// 0 up to `from`, 1 from `to` on, straight between: a weight for each stretch of a number.
fn ramp(x: f32, from: f32, to: f32) -> f32 {
    ((x - from) / (to - from)).clamp(0.0, 1.0)
}
