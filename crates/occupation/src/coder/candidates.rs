//! Candidates: every unit group that table, index or classifier names for a title, with what each says.

use super::Coder;
use crate::classifier::features;
use crate::clean::CleanTitle;
use crate::context::Context;
use crate::rank::{FEATURES, RankFeatures, at};
use crate::table::{Group, unit_groups};
use crate::words::key_words;
use openvacancy_domain::CodingContext;
use openvacancy_reference::occupation::median_pay;

/// Documents retrieved from the index.
const RETRIEVED: usize = 16;

/// Classes taken from the classifier.
const CLASSIFIED: usize = 8;

/// Groups of more entries than this count only where they are the whole title.
const GENERAL: usize = 40;

/// The most words of a title that are matched; real titles have fewer.
const MOST_WORDS: usize = 24;

/// Words before a title that change how much is asked, seldom what is done. Titles in which they do change the group
/// (`assistant`, `deputy`, `head`) are not among them.
const MODIFIERS: &[&str] = &[
    "senior",
    "junior",
    "lead",
    "principal",
    "trainee",
    "graduate",
    "experienced",
    "qualified",
    "apprentice",
    "interim",
    "locum",
    "bank",
    "relief",
    "casual",
    "freelance",
    "self",
    "employed",
    "contract",
    "highly",
    "specialist",
    "newly",
    "female",
    "male",
    "weekend",
    "night",
    "staff",
    "registered",
    "mid",
    "level",
    "entry",
    "ii",
    "iii",
    "1",
    "2",
    "3",
    "chartered",
    "skilled",
    "rotational",
    "static",
    "peripatetic",
    "mobile",
    "regional",
    "overseas",
    "bilingual",
    "temporary",
    "student",
    "internal",
    "professional",
    "dedicated",
    "dynamic",
    "talented",
    "motivated",
    "passionate",
    "friendly",
    "reliable",
    "local",
];

/// How the best entry of a candidate was found, best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// By the classifier alone.
    Classifier,
    /// By the index.
    Index,
    /// As a phrase of the title.
    Phrase,
    /// As a part of the title.
    Part,
    /// As the whole title.
    Whole,
}

/// One unit group and what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) class: u16,
    pub(crate) features: RankFeatures,
    /// The best matching entry and how well it matched, 0 to 1.
    pub(crate) entry: Option<(u32, f32)>,
    pub(crate) found: Found,
}

/// The candidates of one title.
#[derive(Debug)]
pub(crate) struct Candidates {
    pub(crate) clean: CleanTitle,
    /// In order of class number.
    pub(crate) list: Vec<Candidate>,
}

impl Candidates {
    /// `hidden` names a bag of key words whose group is treated as absent, so that training sees every title as unseen.
    pub(crate) fn gather(
        coder: &Coder,
        clean: CleanTitle,
        given: &CodingContext<'_>,
        hidden: Option<&[String]>,
    ) -> Self {
        let mut gathering = Gathering {
            coder,
            context: None,
            list: Vec::new(),
            hidden: hidden.and_then(|words| coder.table.by_bag(words)),
            weighed: Vec::new(),
        };
        let segments: Vec<Vec<String>> = clean.segments.iter().map(|segment| gathering.words_of(segment)).collect();
        let Some(main) = segments.first().filter(|words| !words.is_empty()) else {
            return Self { clean, list: Vec::new() };
        };
        let all: Vec<String> = segments.concat().into_iter().take(MOST_WORDS).collect();
        let context = Context::new(&all, given);
        gathering.context = Some(&context);

        gathering.exact(&segments, &all);
        gathering.phrases(main, 1.0);
        if segments.len() > 1 {
            gathering.phrases(&all, 0.8);
        }
        gathering.retrieve(main, if segments.len() > 1 { 0.9 } else { 1.0 });
        if segments.len() > 1 {
            gathering.retrieve(&all, 1.0);
        }
        gathering.classify(&all, given);
        gathering.finish();
        let mut list = gathering.list;
        list.sort_by_key(|candidate| candidate.class);
        Self { clean, list }
    }
}

struct Gathering<'c> {
    coder: &'c Coder,
    context: Option<&'c Context>,
    list: Vec<Candidate>,
    hidden: Option<u32>,
    /// What the entries of a group are worth here: one group is met as phrase, neighbour and vote.
    weighed: Vec<(u32, Vec<Fit>)>,
}

impl Gathering<'_> {
    /// Key words, typing errors mended.
    fn words_of(&self, segment: &str) -> Vec<String> {
        let mut words = key_words(segment);
        words.truncate(MOST_WORDS);
        for word in &mut words {
            if !self.coder.table.knows(word)
                && let Some(known) = self.coder.index.mend(word)
            {
                *word = known.to_owned();
            }
        }
        words
    }

    fn exact(&mut self, segments: &[Vec<String>], all: &[String]) {
        for (number, words) in segments.iter().enumerate().take(4) {
            let (feature, found, strength) = match number {
                0 => (at::EXACT, Found::Whole, 1.0),
                1 => (at::EXACT_PART, Found::Part, 0.8),
                _ => (at::EXACT_PART, Found::Part, 0.6),
            };
            let bare = unmodified(words);
            if let Some(group) = self.coder.table.by_key(&words.join(" ")) {
                self.credit(group, feature, strength, found);
            } else if let Some(group) = self.coder.table.by_bag(words) {
                self.credit(group, feature, strength * 0.9, found);
            } else if bare.len() < words.len() && !bare.is_empty() {
                if let Some(group) = self.coder.table.by_key(&bare.join(" ")) {
                    self.credit(group, feature, strength * 0.85, found);
                } else if let Some(group) = self.coder.table.by_bag(bare) {
                    self.credit(group, feature, strength * 0.75, found);
                }
            }
        }
        if segments.len() > 1
            && let Some(group) = self.coder.table.by_bag(all)
        {
            self.credit(group, at::EXACT, 0.95, Found::Whole);
        }
        // `theatre / recovery nurse`, `nurse, theatre`: two parts together
        if let [first, second, ..] = segments {
            let together: Vec<String> = second.iter().chain(first).cloned().collect();
            if let Some(group) = self.coder.table.by_bag(&together) {
                self.credit(group, at::EXACT, 0.95, Found::Whole);
            }
        }
    }

    fn phrases(&mut self, words: &[String], strength: f32) {
        let rarities: Vec<f32> = words.iter().map(|word| self.coder.table.rarity(word)).collect();
        let total: f32 = rarities.iter().sum();
        let mut found = Vec::new();
        self.coder.table.phrases(words, |group, start, length| found.push((group, start, length)));
        for (group, start, length) in found {
            if self.too_general(group, length == words.len()) {
                continue;
            }
            let covered: f32 = rarities.iter().skip(start).take(length).sum();
            let coverage = strength * covered / total.max(f32::MIN_POSITIVE);
            self.credit(group, at::PHRASE, coverage, Found::Phrase);
            if start + length == words.len() {
                self.credit(group, at::PHRASE_END, coverage, Found::Phrase);
            }
        }
    }

    fn retrieve(&mut self, words: &[String], strength: f32) {
        // in memory the search cannot fail; were it to, the other evidence stands
        let retrieved = self.coder.index.search(words, RETRIEVED).unwrap_or_default();
        let overlaps: Vec<(u32, f32)> = retrieved
            .into_iter()
            .filter_map(|(group, _)| {
                let key = &self.coder.table.group_at(group)?.key;
                if self.too_general(group, key.split(' ').count() == words.len()) {
                    return None;
                }
                Some((group, strength * self.overlap(words, key)))
            })
            .collect();
        let votes: f32 = overlaps.iter().map(|(_, overlap)| overlap * overlap).sum();
        for (group, overlap) in overlaps {
            self.credit(group, at::OVERLAP, overlap, Found::Index);
            self.add_vote(group, strength * overlap * overlap / votes.max(f32::MIN_POSITIVE));
        }
    }

    /// Whether a group holds so many entries (`manager`, `operator`) that being part of a longer title says nothing.
    fn too_general(&self, group: u32, whole: bool) -> bool {
        !whole && self.coder.table.group_at(group).is_some_and(|group| group.entries.len() > GENERAL)
    }

    /// Rarity of the words both have over rarity of the words either has.
    fn overlap(&self, words: &[String], key: &str) -> f32 {
        let mut both = 0.0;
        let mut either = 0.0;
        for word in words {
            let rarity = self.coder.table.rarity(word);
            either += rarity;
            if key.split(' ').any(|other| other == word) {
                both += rarity;
            }
        }
        for other in key.split(' ') {
            if !words.iter().any(|word| word == other) {
                either += self.coder.table.rarity(other);
            }
        }
        if either > 0.0 { both / either } else { 0.0 }
    }

    fn classify(&mut self, words: &[String], given: &CodingContext<'_>) {
        if self.coder.model.is_empty() {
            return;
        }
        let probabilities = self.coder.model.probabilities(&features(words, given));
        let mut order: Vec<u16> = (0..u16::try_from(probabilities.len()).unwrap_or(u16::MAX)).collect();
        let of = |class: u16| probabilities.get(class as usize).copied().unwrap_or(0.0);
        order.sort_by(|a, b| of(*b).total_cmp(&of(*a)).then(a.cmp(b)));
        for &class in order.iter().take(CLASSIFIED) {
            self.candidate(class);
        }
        for candidate in &mut self.list {
            let probability = of(candidate.class);
            if let Some(feature) = candidate.features.get_mut(at::CLASSIFIER) {
                *feature = probability;
            }
            if let Some(feature) = candidate.features.get_mut(at::CLASSIFIER_LOG) {
                *feature = (probability.max(1e-6).ln() / 7.0 + 1.0).max(-1.0);
            }
            if order.first() == Some(&candidate.class)
                && let Some(feature) = candidate.features.get_mut(at::CLASSIFIER_FIRST)
            {
                *feature = 1.0;
            }
        }
    }

    fn candidate(&mut self, class: u16) -> &mut Candidate {
        let at = match self.list.iter().position(|candidate| candidate.class == class) {
            Some(at) => at,
            None => {
                self.list.push(Candidate {
                    class,
                    features: [0.0; FEATURES.len()],
                    entry: None,
                    found: Found::Classifier,
                });
                self.list.len() - 1
            }
        };
        // the position was just found or made
        &mut self.list[at]
    }

    /// Credits the unit groups of a table group's entries with `strength`, shared out by how well each fits the context.
    fn credit(&mut self, group: u32, feature: usize, strength: f32, found: Found) {
        if self.hidden == Some(group) {
            return;
        }
        let weighed = self.fits(group);
        for fit in weighed {
            let class = self.coder.table.class_of(fit.entry);
            let curated = self.coder.table.entry(fit.entry).is_some_and(|entry| entry.curated);
            let value = strength * fit.share;
            let candidate = self.candidate(class);
            if let Some(known) = candidate.features.get_mut(feature) {
                *known = known.max(value);
            }
            if candidate.entry.is_none_or(|(_, best)| value > best) || (found > candidate.found && value > 0.3) {
                candidate.entry = Some((fit.entry, value));
                candidate.found = found;
                candidate.features[at::CONTEXT] = fit.context;
                candidate.features[at::CURATED] = f32::from(u8::from(curated));
            }
        }
    }

    fn add_vote(&mut self, group: u32, vote: f32) {
        if self.hidden == Some(group) {
            return;
        }
        let weighed = self.fits(group);
        for fit in weighed {
            let class = self.coder.table.class_of(fit.entry);
            self.candidate(class).features[at::VOTE] += vote * fit.share;
        }
    }

    fn fits(&mut self, group: u32) -> Vec<Fit> {
        if let Some((_, fits)) = self.weighed.iter().find(|(known, _)| *known == group) {
            return fits.clone();
        }
        let fits = self.coder.table.group_at(group).map(|group| self.weigh(group)).unwrap_or_default();
        self.weighed.push((group, fits.clone()));
        fits
    }

    /// One entry for each unit group the key may mean, with its share: the bare and curated entries lead unless the
    /// context speaks for a qualified one.
    fn weigh(&self, group: &Group) -> Vec<Fit> {
        let table = &self.coder.table;
        let mut fits: Vec<Fit> = Vec::new();
        for &number in &group.entries {
            let Some(entry) = table.entry(number) else { continue };
            let (mut weight, mut fit) = (1.0, 0.0);
            if group.entries.len() > 1 && !group.derived {
                let fit_of = |aside| self.context.map_or(0.0, |context| context.fit(aside));
                let qualifier = table.qualifier(number).map(fit_of);
                let industry = table.industry(number).map(fit_of);
                fit = match (qualifier, industry) {
                    (None, None) => 0.0,
                    (Some(one), None) | (None, Some(one)) => one,
                    (Some(one), Some(other)) => one.min(other),
                };
                weight = match (qualifier, industry) {
                    (None, None) if entry.curated => 1.6,
                    (None, None) => 1.0,
                    _ => 0.06 + 1.7 * fit * fit,
                };
            }
            let class = table.class_of(number);
            match fits.iter_mut().find(|known| table.class_of(known.entry) == class) {
                Some(known) => {
                    if weight > known.weight {
                        known.entry = number;
                        known.context = fit;
                    }
                    known.weight = known.weight.max(weight) + 0.02 * weight.min(known.weight);
                }
                None => fits.push(Fit { entry: number, weight, share: 0.0, context: fit }),
            }
        }
        let sum: f32 = fits.iter().map(|fit| fit.weight).sum();
        for fit in &mut fits {
            fit.share = fit.weight / sum.max(f32::MIN_POSITIVE);
        }
        fits.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.entry.cmp(&b.entry)));
        fits.truncate(12);
        fits
    }

    /// Features that compare a candidate with the others or with pay.
    fn finish(&mut self) {
        let value = |candidate: &Candidate, feature: usize| candidate.features.get(feature).copied().unwrap_or(0.0);
        let most_overlap = self.list.iter().map(|candidate| value(candidate, at::OVERLAP)).fold(0.0, f32::max);
        let exacts: Vec<f32> = self.list.iter().map(|candidate| value(candidate, at::EXACT)).collect();
        let wage = self.context.and_then(|context| context.wage);
        for (number, candidate) in self.list.iter_mut().enumerate() {
            let others = exacts.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, exact)| *exact);
            candidate.features[at::EXACT_OF_OTHER] = -others.fold(0.0, f32::max);
            if most_overlap > 0.0 && candidate.features[at::OVERLAP] >= most_overlap {
                candidate.features[at::OVERLAP_FIRST] = 1.0;
            }
            let median = unit_groups().get(candidate.class as usize).and_then(|code| median_pay(code));
            if let (Some(wage), Some(median)) = (wage, median) {
                #[expect(clippy::cast_possible_truncation, reason = "a ratio of two pay figures")]
                let gap = (wage / f64::from(median)).ln().abs() as f32;
                candidate.features[at::PAY_GAP] = -(gap.min(1.2));
            }
        }
    }
}

/// An entry and how well it fits.
#[derive(Clone, Copy)]
struct Fit {
    entry: u32,
    weight: f32,
    share: f32,
    context: f32,
}

/// `words` without modifiers at both ends.
fn unmodified(words: &[String]) -> &[String] {
    let mut words = words;
    while let Some((first, rest)) = words.split_first()
        && !rest.is_empty()
        && MODIFIERS.contains(&first.as_str())
    {
        words = rest;
    }
    while let Some((last, rest)) = words.split_last()
        && !rest.is_empty()
        && MODIFIERS.contains(&last.as_str())
    {
        words = rest;
    }
    words
}
