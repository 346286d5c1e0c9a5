//! What coding a title costs when it is no more than one full-text look-up: the entry most like it by BM25.

use rayon::prelude::*;
use std::path::Path;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TEXT, Value as _};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term, doc};

/// Memory of the one writer thread, in bytes.
const WRITER_MEMORY: usize = 60_000_000;
/// Rows worked on together, as the program does.
const CHUNK: usize = 4096;

struct Titles {
    searcher: Searcher,
    title: tantivy::schema::Field,
    code: tantivy::schema::Field,
}

pub(super) fn run(file: &Path) -> anyhow::Result<()> {
    let titles = Titles::new()?;
    let mut reader = csv::Reader::from_path(file)?;
    let header = reader.headers()?.clone();
    let column = header.iter().position(|name| name == "title").unwrap_or_default();
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    out.write_record(header.iter().chain(["soc2020"]))?;
    let mut rows = reader.into_records();
    loop {
        let chunk: Vec<csv::StringRecord> = rows.by_ref().take(CHUNK).collect::<Result<_, _>>()?;
        if chunk.is_empty() {
            break;
        }
        let codes: Vec<String> = chunk
            .par_iter()
            .map(|row| titles.best(row.get(column).unwrap_or_default()))
            .collect::<tantivy::Result<_>>()?;
        for (row, code) in chunk.iter().zip(&codes) {
            out.write_record(row.iter().chain([code.as_str()]))?;
        }
    }
    Ok(out.flush()?)
}

impl Titles {
    fn new() -> anyhow::Result<Self> {
        let mut schema = Schema::builder();
        let title = schema.add_text_field("title", TEXT);
        let code = schema.add_text_field("soc2020", STRING | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_MEMORY)?;
        for entry in openvacancy_reference::titles::titles() {
            writer.add_document(doc!(title => entry.title, code => entry.soc2020))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), title, code })
    }

    fn best(&self, words: &str) -> tantivy::Result<String> {
        let clauses: Vec<(Occur, Box<dyn Query>)> = words
            .to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| {
                let term = Term::from_field_text(self.title, word);
                let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                (Occur::Should, query)
            })
            .collect();
        let found = self.searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(1).order_by_score())?;
        let Some((_, at)) = found.first() else { return Ok(String::new()) };
        let document: TantivyDocument = self.searcher.doc(*at)?;
        Ok(document.get_first(self.code).and_then(|value| value.as_str()).unwrap_or_default().to_owned())
    }
}
