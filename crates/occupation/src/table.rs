//! The titles table in memory: groups of entries that share a key, found by key, by bag of words or by phrase.

use crate::OccupationError;
use crate::context::Aside;
use crate::words::key_words;
use ahash::AHashMap;
use openvacancy_domain::Scheme;
use openvacancy_reference::occupation;
use openvacancy_reference::titles::{TitleEntry, TitleSource, titles};

/// The most words a phrase of a title may have to be looked up.
const LONGEST_PHRASE: usize = 7;

/// A title with its codes, owned: built in, or from an imported index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Natural word order, lower case.
    pub title: String,
    /// Speciality or circumstance the codes hold for; empty where they hold without one.
    pub qualifier: String,
    /// Industry the codes hold for, in plain words; empty where they hold in any.
    pub industry: String,
    /// SOC 2020 unit group.
    pub soc2020: String,
    /// Extended SOC 2020 group, or empty.
    pub soc2020_ext: String,
    /// SOC 2010 unit group.
    pub soc2010: String,
    /// ISCO-08 unit group.
    pub isco08: String,
    /// Whether advertisement experts decided the entry, which then outranks the index.
    pub curated: bool,
    /// The entry to take where nothing but the title is known.
    pub default: bool,
}

impl From<&TitleEntry> for Title {
    fn from(entry: &TitleEntry) -> Self {
        Self {
            title: entry.title.to_owned(),
            qualifier: entry.qualifier.to_owned(),
            industry: entry.industry.to_owned(),
            soc2020: entry.soc2020.to_owned(),
            soc2020_ext: entry.soc2020_ext.to_owned(),
            soc2010: entry.soc2010.to_owned(),
            isco08: entry.isco08.to_owned(),
            curated: entry.source == TitleSource::Curated,
            default: entry.default,
        }
    }
}

/// Entries that share a key.
#[derive(Debug)]
pub(crate) struct Group {
    /// The key: words as [`key_words`] gives them, joined by spaces.
    pub(crate) key: String,
    /// Entries by number, in table order.
    pub(crate) entries: Vec<u32>,
    /// Whether the key was made of a qualifier or industry and the title (`mechanical` + `design engineer`).
    pub(crate) derived: bool,
}

/// The table.
#[derive(Debug)]
pub struct Table {
    entries: Vec<Title>,
    /// Entry number to class number of its SOC 2020 group.
    classes: Vec<u16>,
    /// Distinct qualifiers and industries, and which of them each entry has.
    asides: Vec<Aside>,
    aside_of: Vec<(Option<u32>, Option<u32>)>,
    groups: Vec<Group>,
    by_key: AHashMap<String, u32>,
    by_bag: AHashMap<String, u32>,
    /// Natural logarithm of groups / groups with the word.
    rarity: AHashMap<String, f32>,
}

impl Table {
    /// The built-in titles and `extra` ones. An extra title replaces built-in index entries of the same title,
    /// qualifier and industry, never a curated one.
    ///
    /// # Errors
    /// Where an extra title bears a code that does not exist.
    pub fn new(extra: Vec<Title>) -> Result<Self, OccupationError> {
        let mut entries: Vec<Title> = titles().iter().map(Title::from).collect();
        if !extra.is_empty() {
            merge(&mut entries, extra)?;
        }
        let codes = unit_groups();
        let mut table = Self {
            classes: Vec::with_capacity(entries.len()),
            entries,
            asides: Vec::new(),
            aside_of: Vec::new(),
            groups: Vec::new(),
            by_key: AHashMap::default(),
            by_bag: AHashMap::default(),
            rarity: AHashMap::default(),
        };
        for number in 0..table.entries.len() {
            let code = table.entries.get(number).map_or("", |entry| entry.soc2020.as_str());
            let class = codes.binary_search(&code).unwrap_or_default();
            table.classes.push(u16::try_from(class).unwrap_or_default());
        }
        table.read_asides();
        table.group();
        Ok(table)
    }

    fn read_asides(&mut self) {
        let mut known: AHashMap<(&str, bool), u32> = AHashMap::default();
        for entry in &self.entries {
            let [qualifier, industry] =
                [(entry.qualifier.as_str(), true), (entry.industry.as_str(), false)].map(|aside| {
                    (!aside.0.is_empty()).then(|| {
                        *known.entry(aside).or_insert_with(|| {
                            self.asides.push(Aside::new(aside.0, aside.1));
                            u32::try_from(self.asides.len() - 1).unwrap_or(u32::MAX)
                        })
                    })
                });
            self.aside_of.push((qualifier, industry));
        }
    }

    fn group(&mut self) {
        let mut derived: Vec<(String, u32)> = Vec::new();
        for (number, entry) in (0_u32..).zip(&self.entries) {
            let words = key_words(&entry.title);
            if words.is_empty() {
                continue;
            }
            for aside in [&entry.qualifier, &entry.industry] {
                let simple =
                    !aside.is_empty() && !aside.contains(|c: char| ",:/()".contains(c)) && !aside.starts_with("nos");
                let aside = key_words(if simple { aside } else { "" });
                if !aside.is_empty() && aside.len() <= 2 && (entry.qualifier.is_empty() || entry.industry.is_empty()) {
                    derived.push((format!("{} {}", aside.join(" "), words.join(" ")), number));
                }
            }
            insert(&mut self.groups, &mut self.by_key, words.join(" "), number, false);
        }
        for (key, number) in derived {
            if self.by_key.get(&key).is_none_or(|&at| self.groups.get(at as usize).is_some_and(|group| group.derived)) {
                insert(&mut self.groups, &mut self.by_key, key, number, true);
            }
        }
        let mut counts: AHashMap<&str, u32> = AHashMap::default();
        for (number, group) in (0_u32..).zip(&self.groups) {
            // the plain title outranks a derived one of the same words
            self.by_bag.entry(bag(group.key.split(' '))).or_insert(number);
            let mut words: Vec<&str> = group.key.split(' ').collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "tens of thousands of titles")]
        let total = self.groups.len() as f32;
        #[expect(clippy::cast_precision_loss, reason = "tens of thousands of titles")]
        let rarity = counts.into_iter().map(|(word, count)| (word.to_owned(), (total / count as f32).ln())).collect();
        self.rarity = rarity;
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(crate) fn group_at(&self, number: u32) -> Option<&Group> {
        self.groups.get(number as usize)
    }

    pub(crate) fn entry(&self, number: u32) -> Option<&Title> {
        self.entries.get(number as usize)
    }

    pub(crate) fn class_of(&self, entry: u32) -> u16 {
        self.classes.get(entry as usize).copied().unwrap_or_default()
    }

    pub(crate) fn qualifier(&self, entry: u32) -> Option<&Aside> {
        let (qualifier, _) = self.aside_of.get(entry as usize)?;
        self.asides.get((*qualifier)? as usize)
    }

    pub(crate) fn industry(&self, entry: u32) -> Option<&Aside> {
        let (_, industry) = self.aside_of.get(entry as usize)?;
        self.asides.get((*industry)? as usize)
    }

    pub(crate) fn by_key(&self, key: &str) -> Option<u32> {
        self.by_key.get(key).copied()
    }

    pub(crate) fn by_bag(&self, words: &[String]) -> Option<u32> {
        self.by_bag.get(&bag(words.iter().map(String::as_str))).copied()
    }

    /// How rare a word is; a word the table does not have is as rare as one that occurs once.
    pub(crate) fn rarity(&self, word: &str) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "tens of thousands of titles")]
        self.rarity.get(word).copied().unwrap_or_else(|| (self.groups.len().max(1) as f32).ln())
    }

    pub(crate) fn knows(&self, word: &str) -> bool {
        self.rarity.contains_key(word)
    }

    /// All words of all keys, sorted.
    pub(crate) fn vocabulary(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.rarity.keys().map(String::as_str).collect();
        words.sort_unstable();
        words
    }

    /// Every phrase of `words` that is a title: group, first word, number of words.
    pub(crate) fn phrases(&self, words: &[String], mut each: impl FnMut(u32, usize, usize)) {
        let mut key = String::new();
        for start in 0..words.len() {
            key.clear();
            for (length, word) in (1..=LONGEST_PHRASE).zip(words.iter().skip(start)) {
                if length > 1 {
                    key.push(' ');
                }
                key.push_str(word);
                if let Some(&group) = self.by_key.get(&key) {
                    each(group, start, length);
                }
            }
        }
    }
}

fn insert(groups: &mut Vec<Group>, by_key: &mut AHashMap<String, u32>, key: String, number: u32, derived: bool) {
    let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
    let at = *by_key.entry(key.clone()).or_insert(next);
    match groups.get_mut(at as usize) {
        Some(group) => group.entries.push(number),
        None => groups.push(Group { key, entries: vec![number], derived }),
    }
}

fn bag<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words.join(" ")
}

/// The SOC 2020 unit group codes in order: the classes of the classifier.
pub(crate) fn unit_groups() -> &'static [&'static str] {
    static CODES: std::sync::LazyLock<Vec<&'static str>> = std::sync::LazyLock::new(|| {
        occupation::groups(Scheme::Soc2020).iter().filter(|group| group.level == 4).map(|group| group.code).collect()
    });
    &CODES
}

fn merge(entries: &mut Vec<Title>, extra: Vec<Title>) -> Result<(), OccupationError> {
    for title in &extra {
        for (scheme, name, code) in [
            (Scheme::Soc2020, "SOC 2020", &title.soc2020),
            (Scheme::Soc2010, "SOC 2010", &title.soc2010),
            (Scheme::Isco08, "ISCO-08", &title.isco08),
        ] {
            if code.len() != 4 || occupation::group(scheme, code).is_none() {
                return Err(OccupationError::UnknownCode {
                    title: title.title.clone(),
                    scheme: name,
                    code: code.clone(),
                });
            }
        }
    }
    let key = |title: &Title| (title.title.clone(), title.qualifier.clone(), title.industry.clone());
    let curated: ahash::AHashSet<_> = entries.iter().filter(|title| title.curated).map(key).collect();
    let replaced: ahash::AHashSet<_> = extra.iter().map(key).collect();
    entries.retain(|title| title.curated || !replaced.contains(&key(title)));
    entries.extend(extra.into_iter().filter(|title| title.curated || !curated.contains(&key(title))));
    entries.sort_by_cached_key(key);
    Ok(())
}

/// Which source an entry names in evidence.
pub(crate) const fn source_name(source: bool) -> &'static str {
    if source { "advertisement title" } else { "index title" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_class_and_a_group() {
        let table = Table::new(Vec::new()).unwrap();
        assert!(table.len() >= 4_000, "{}", table.len());
        let codes = unit_groups();
        assert_eq!(codes.len(), 412);
        for number in 0..u32::try_from(table.len()).unwrap() {
            let entry = table.entry(number).unwrap();
            assert_eq!(codes[table.class_of(number) as usize], entry.soc2020, "{}", entry.title);
        }
    }

    #[test]
    fn finds_by_key_bag_and_phrase() {
        let table = Table::new(Vec::new()).unwrap();
        let words = key_words("Design Engineers mechanical".to_lowercase().as_str());
        assert!(table.by_bag(&words).is_some());
        let words = key_words("commercial property solicitor leeds");
        let mut found = Vec::new();
        table.phrases(&words, |group, _, _| found.push(table.group_at(group).unwrap().key.clone()));
        assert!(found.iter().any(|key| key == "property solicitor"), "{found:?}");
    }

    #[test]
    fn refuses_codes_that_do_not_exist() {
        let title = Title { title: "x".into(), soc2020: "9999".into(), ..Title::from(&titles()[0]) };
        assert!(matches!(Table::new(vec![title]), Err(OccupationError::UnknownCode { .. })));
    }
}
