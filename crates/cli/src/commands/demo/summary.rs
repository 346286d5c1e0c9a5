//! What the demo tells: in words for a person, or as JSON.

use super::Told;
use serde_json::json;
use std::fmt::Write as _;

pub(super) fn text(told: &Told) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_text(told, &mut text);
    text
}

fn write_text(told: &Told, out: &mut String) -> std::fmt::Result {
    let [collecting, processing, releasing, all] = told.seconds.map(|span| span.as_secs_f64());
    writeln!(out, "\nCollected over HTTP, politely, in {collecting:.1} s")?;
    for (day, collections) in &told.collections {
        for collection in collections {
            let counts = &collection.counts;
            writeln!(
                out,
                "  {day}  {:16} {:>5} requests  {:>5} postings: {:>5} new or changed, {:>4} unchanged, {:>3} rejected; {:>4} closed",
                collection.portal,
                counts.fetched,
                counts.read,
                counts.stored,
                counts.unchanged,
                counts.rejected,
                counts.closed
            )?;
        }
    }
    let processed = &told.processed;
    writeln!(out, "\nProcessed in {processing:.1} s")?;
    writeln!(
        out,
        "  {} postings normalised, coded and compared: they are {} vacancies",
        processed.postings, processed.vacancies
    )?;
    writeln!(out, "\nHow often each stage was right, held against what the pretend world knows")?;
    for line in told.score.to_string().lines() {
        writeln!(out, "  {line}")?;
    }
    let release = &told.release;
    writeln!(out, "\nReleased in {releasing:.1} s: {}", release.id)?;
    writeln!(
        out,
        "  {} vacancies, {} published numbers, {} of {} rules of the quality gate passed",
        release.vacancies,
        release.observations,
        release.gate.iter().filter(|result| result.passed).count(),
        release.gate.len()
    )?;
    writeln!(out, "  digest {}", release.digest)?;
    write!(out, "\nAll of it took {all:.1} s. The data lies in {}", told.data_dir)
}

pub(super) fn json(told: &Told) -> serde_json::Value {
    let [collecting, processing, releasing, all] = told.seconds.map(|span| span.as_secs_f64());
    let rounds: Vec<_> = told
        .collections
        .iter()
        .flat_map(|(day, collections)| {
            collections
                .iter()
                .map(move |collection| json!({ "day": day, "portal": collection.portal, "counts": collection.counts }))
        })
        .collect();
    let score: Vec<_> = told
        .score
        .measures
        .iter()
        .map(|measure| {
            json!({
                "stage": measure.stage, "name": measure.name, "of": measure.of, "given": measure.given,
                "right": measure.right, "recall": measure.recall(), "precision": measure.precision(), "f1": measure.f1(),
            })
        })
        .collect();
    json!({
        "rounds": rounds,
        "postings": told.processed.postings,
        "vacancies": told.processed.vacancies,
        "score": score,
        "release": told.release,
        "seconds": { "collect": collecting, "process": processing, "release": releasing, "all": all },
        "data_dir": told.data_dir,
    })
}
