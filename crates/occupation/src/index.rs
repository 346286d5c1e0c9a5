//! Full-text index over the titles: BM25 by tantivy, built in memory at start, with typing errors mended first.
//!
//! One document is one key of the table. Queries are `TermQuery` clauses made by the same [`crate::words`] rules as the
//! keys, never parsed: an advertisement title is not a query language.

use crate::OccupationError;
use crate::table::Table;
use ahash::AHashMap;
use tantivy::collector::TopDocs;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

/// Memory of the one writer thread, in bytes: enough that all titles make one segment.
const WRITER_MEMORY: usize = 60_000_000;

/// Words shorter than this are not mended: too many words are one letter away.
const SHORTEST_MENDED: usize = 6;

/// The index.
pub struct TitleIndex {
    searcher: Searcher,
    /// The group number of each document, by segment.
    groups: Vec<Column<u64>>,
    words: Field,
    /// Known words by first character and length, for mending; each list in alphabetical order.
    vocabulary: AHashMap<(char, usize), Vec<String>>,
}

impl std::fmt::Debug for TitleIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TitleIndex").finish_non_exhaustive()
    }
}

impl TitleIndex {
    /// Indexes all keys of `table`.
    ///
    /// # Errors
    /// Where tantivy cannot build the index in memory.
    pub fn new(table: &Table) -> Result<Self, OccupationError> {
        let mut schema = Schema::builder();
        let indexing =
            TextFieldIndexing::default().set_tokenizer("key_words").set_index_option(IndexRecordOption::WithFreqs);
        let words = schema.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
        let group = schema.add_u64_field("group", FAST);
        let index = Index::builder().schema(schema.build()).create_in_ram()?;
        index.tokenizers().register("key_words", TextAnalyzer::builder(WhitespaceTokenizer::default()).build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_MEMORY)?;
        for (number, entry) in (0_u64..).zip(table.groups()) {
            let mut document = TantivyDocument::default();
            document.add_text(words, &entry.key);
            document.add_u64(group, number);
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let groups = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.fast_fields().u64("group"))
            .collect::<Result<_, _>>()?;
        let mut vocabulary: AHashMap<(char, usize), Vec<String>> = AHashMap::default();
        for word in table.vocabulary() {
            if let Some(first) = word.chars().next()
                && word.len() + 1 >= SHORTEST_MENDED
            {
                vocabulary.entry((first, word.len())).or_default().push(word.to_owned());
            }
        }
        Ok(Self { searcher, groups, words, vocabulary })
    }

    /// The groups most like `words`, best first: group number and BM25 score.
    ///
    /// # Errors
    /// Where tantivy fails, which in memory it does not.
    pub fn search(&self, words: &[String], limit: usize) -> Result<Vec<(u32, f32)>, OccupationError> {
        if words.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut distinct: Vec<&String> = words.iter().take(24).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let clauses: Vec<(Occur, Box<dyn Query>)> = distinct
            .into_iter()
            .map(|word| {
                let term = Term::from_field_text(self.words, word);
                let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                (Occur::Should, query)
            })
            .collect();
        let top = TopDocs::with_limit(limit).order_by_score();
        let found = self.searcher.search(&BooleanQuery::new(clauses), &top)?;
        let group = |segment: u32, document| self.groups.get(segment as usize)?.first(document);
        let groups = found
            .into_iter()
            .filter_map(|(score, at)| Some((u32::try_from(group(at.segment_ord, at.doc_id)?).ok()?, score)))
            .collect();
        Ok(groups)
    }

    /// The known word one typing error away from `word`: a letter missing, doubled, wrong, or two swapped. The first
    /// letter is trusted. `None` where there is none or `word` is short.
    #[must_use]
    pub fn mend(&self, word: &str) -> Option<&str> {
        if word.len() < SHORTEST_MENDED || !word.is_ascii() || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let first = word.chars().next()?;
        [word.len(), word.len() + 1, word.len() - 1]
            .into_iter()
            .filter_map(|length| self.vocabulary.get(&(first, length)))
            .flatten()
            .find(|known| one_error_apart(known.as_bytes(), word.as_bytes()))
            .map(String::as_str)
    }
}

/// Whether one letter missing, added or wrong, or two neighbours swapped, makes `a` into `b`: optimal string alignment
/// distance 1, in one pass without a table, because it is asked hundreds of times for each unknown word.
fn one_error_apart(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let (Some(short), Some(long)) = (short.get(same..), long.get(same..)) else { return false };
    match (short, long) {
        ([x, y, short @ ..], [p, q, long @ ..]) if x == q && y == p && x != y && short == long => true,
        ([_, short @ ..], [_, long @ ..]) if short.len() == long.len() => short == long,
        (short, [_, long @ ..]) => short == long,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::key_words;

    #[test]
    fn retrieves_and_mends() {
        let table = Table::new(Vec::new()).unwrap();
        let index = TitleIndex::new(&table).unwrap();
        let found = index.search(&key_words("senior mechanical design engineer pumps"), 5).unwrap();
        let best = &table.group_at(found[0].0).unwrap().key;
        assert!(best.contains("mechanical") && best.contains("engineer"), "{best}");
        assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        assert_eq!(index.mend("enginneer"), Some("engineer"));
        assert_eq!(index.mend("recieptionist"), Some("receptionist"));
        assert_eq!(index.mend("reciptionst"), None, "two errors");
        assert_eq!(index.mend("chef"), None, "short");
        assert!(index.search(&[], 5).unwrap().is_empty());
    }

    proptest::proptest! {
        #[test]
        fn one_error_is_distance_one(a in "[abc]{0,6}", b in "[abc]{0,6}") {
            proptest::prop_assert_eq!(one_error_apart(a.as_bytes(), b.as_bytes()), strsim::osa_distance(&a, &b) == 1);
        }
    }
}
