//! Every sample page of every portal is read as its expected file says.
//!
//! `expected/<sample>.jsonl` holds the postings as `openvacancy portal parse` prints them, `expected/<sample>.outcome.json`
//! everything else. After a change that is meant, `OPENVACANCY_ACCEPT=1 cargo test -p openvacancy-portal` writes them anew;
//! then read the difference.

use openvacancy_portal::{builtin, check};
use std::path::{Path, PathBuf};

fn folder(portal: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../portals").join(portal)
}

#[test]
fn every_sample_is_read_as_expected() {
    let accept = std::env::var_os("OPENVACANCY_ACCEPT").is_some();
    let mut read = 0;
    for spec in builtin() {
        let folder = folder(spec.id.as_str());
        for (sample, bytes) in check::samples(&folder.join("samples")).unwrap() {
            let parsed = check::parse_sample(&spec, &sample, &bytes);
            let mut postings = String::new();
            for posting in &parsed.postings {
                postings.push_str(&serde_json::to_string(posting).unwrap());
                postings.push('\n');
            }
            let outcome = serde_json::to_string_pretty(&parsed).unwrap() + "\n";
            for (ending, found) in [("jsonl", postings), ("outcome.json", outcome)] {
                let path = folder.join("expected").join(format!("{}.{ending}", sample.file));
                if accept {
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(&path, &found).unwrap();
                }
                let expected = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                assert_eq!(found, expected, "{}", path.display());
            }
            read += 1;
        }
    }
    assert!(read >= 20, "only {read} samples");
}

/// What the samples are there to show, said once more in words that no accepted file can change.
#[test]
fn the_samples_show_what_they_are_for() {
    let outcome = |portal: &str, file: &str| {
        let spec = builtin().into_iter().find(|spec| spec.id.as_str() == portal).unwrap();
        let samples = check::samples(&folder(portal).join("samples")).unwrap();
        let (sample, bytes) = samples.into_iter().find(|(sample, _)| sample.file == file).unwrap();
        check::parse_sample(&spec, &sample, &bytes)
    };
    let whole = outcome("pretend-harbour", "posting.html").postings.remove(0);
    assert_eq!(whole.portal_posting_id.as_deref(), Some("1000001"));
    assert_eq!(whole.salary.as_deref(), Some("£12.60 - £13.10 per hour"));
    assert_eq!((whole.date_posted.as_deref(), whole.date_closing.as_deref()), (Some("2026-11-02"), Some("2026-11-30")));
    assert_eq!(
        whole.description.as_deref(),
        Some("Support nineteen residents through the night & hand over at seven.\nWaking nights\nNVQ 2 helpful")
    );
    // The same advertisement through comments, CDATA and @graph is the same content.
    let graph = outcome("pretend-harbour", "posting-cdata-graph.html").postings.remove(0);
    assert_eq!(graph.content_hash(), whole.content_hash());
    // Without readable JSON-LD the visible page says all but the structured address and pay.
    let fallback = outcome("pretend-harbour", "posting-broken-jsonld.html");
    assert_eq!(fallback.postings[0].description, whole.description);
    assert_eq!(fallback.postings[0].title, whole.title);
    assert!(fallback.problems.iter().any(|problem| problem.code == "jsonld_unreadable"));
    let gone = outcome("pretend-harbour", "gone.html").gone.unwrap();
    assert_eq!(gone.posting.unwrap().to_string(), "pretend-harbour|1000001");
    assert_eq!(outcome("pretend-harbour", "posting-quoting-the-notice.html").postings.len(), 1);
    let challenge = outcome("pretend-harbour", "challenge.html");
    assert!(challenge.blocked.is_some() && challenge.gone.is_none());
    let changed = outcome("pretend-civic", "search-changed.html");
    assert!(changed.problems.iter().any(|problem| problem.code == "listing_empty"));
    let hashes: Vec<_> =
        ["vacancy.html", "vacancy-1252-header.html", "vacancy-1252-page.html", "vacancy-wrong-charset.html"]
            .iter()
            .map(|file| outcome("pretend-civic", file).postings[0].content_hash())
            .collect();
    assert!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "the charset changes nothing");
    let answer = outcome("pretend-feed", "answer.json");
    assert_eq!((answer.items, answer.postings.len(), answer.rejected.len()), (6, 4, 2));
    assert_eq!(answer.postings[1].employer.as_deref(), Some("Tern Haulage"));
}

#[test]
fn checking_a_portal_gives_a_table_of_its_fields() {
    let spec = builtin().into_iter().find(|spec| spec.id.as_str() == "pretend-civic").unwrap();
    let report = check::check(&spec, &folder("pretend-civic").join("samples")).unwrap();
    let salary = report.fields.iter().find(|row| row.field == "salary").unwrap();
    assert_eq!((salary.found, salary.of, salary.document.as_str()), (4, 4, "vacancy"));
    assert!(report.to_string().contains("£34,500 – £37,200 a year"), "{report}");
}
