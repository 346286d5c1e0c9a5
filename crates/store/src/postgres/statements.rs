//! What PostgreSQL says in its own way.

use crate::rows::correction::correction_columns;
use crate::session::{SearchSyntax, Statements};

pub(super) const POSTGRES: Statements = Statements {
    known_postings: "SELECT j.key - 1, p.key, v.content_hash, v.key, p.first_seen, p.last_seen, p.closed_on, \
        p.closed_why FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS j (value, key) \
        JOIN posting AS p ON p.portal = j.value ->> 0 AND p.posting_id = j.value ->> 1 \
        JOIN posting_version AS v ON v.key = p.version_key",
    known_versions: "SELECT v.posting_key, v.content_hash, v.key FROM jsonb_array_elements($1::jsonb) AS j (value) \
        JOIN posting_version AS v \
        ON v.posting_key = (j.value ->> 0)::bigint AND v.content_hash = decode(j.value ->> 1, 'hex')",
    known_prose: "SELECT p.hash, p.key FROM jsonb_array_elements_text($1::jsonb) AS j (value) \
        JOIN prose AS p ON p.hash = decode(j.value, 'hex')",
    prose: "SELECT p.hash, p.bytes, p.text FROM jsonb_array_elements_text($1::jsonb) AS j (value) \
        JOIN prose AS p ON p.hash = decode(j.value, 'hex')",
    last_keys: "SELECT (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM posting_key_seq), \
        (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM posting_version_key_seq), \
        (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM prose_key_seq)",
    // The sequences keep what was given, though the keys come from us; a transaction that is undone leaves a gap.
    note_last_keys: Some(
        "SELECT setval('posting_key_seq', greatest($1, 1), $1 > 0), \
         setval('posting_version_key_seq', greatest($2, 1), $2 > 0), \
         setval('prose_key_seq', greatest($3, 1), $3 > 0)",
    ),
    log_closings: "INSERT INTO closing (posting_key, closed_on, closed_why, run_id) \
        SELECT p.key, j.value ->> 2, j.value ->> 3, $2 FROM jsonb_array_elements($1::jsonb) AS j (value) \
        JOIN posting AS p ON p.portal = j.value ->> 0 AND p.posting_id = j.value ->> 1 \
        WHERE p.closed_on IS NULL ON CONFLICT DO NOTHING",
    close: "UPDATE posting SET closed_on = j.value ->> 2, closed_why = j.value ->> 3 \
        FROM jsonb_array_elements($1::jsonb) AS j (value) \
        WHERE posting.portal = j.value ->> 0 AND posting.posting_id = j.value ->> 1 AND posting.closed_on IS NULL",
    all_versions: "SELECT v.posting_key, v.content_hash, v.key FROM jsonb_array_elements_text($1::jsonb) AS j (value) \
        JOIN posting_version AS v ON v.posting_key = j.value::bigint",
    retry: "UPDATE frontier SET attempts = attempts + 1, position = nextval('frontier_position_seq') \
        WHERE portal = $1 AND url = $2 AND done = 0",
    done: "UPDATE frontier SET done = 1 WHERE portal = $1 AND url IN (SELECT jsonb_array_elements_text($2::jsonb))",
    standing: concat!(
        "SELECT ",
        correction_columns!(),
        " FROM jsonb_array_elements($1::jsonb) AS j (value) \
         JOIN correction AS c ON c.target = j.value ->> 0 AND c.field = j.value ->> 1 \
         WHERE c.withdrawn = 0 ORDER BY c.id"
    ),
    texts: ["(SELECT jsonb_array_elements_text(", "::jsonb))"],
    matching: ["t.terms @@ ", "::tsquery"],
    search: SearchSyntax { stored_quote: "'", quote: "'", and: " & ", or: " | ", prefix: ":*" },
    // The index is merged with what was added a few times, and not for every 4 MB of it.
    prepare_index: &["SET LOCAL gin_pending_list_limit = '128MB'", "SET LOCAL maintenance_work_mem = '256MB'"],
    // What was added waits in a list that every search would go through; and a plan is as good as what is known of the
    // tables.
    settle_index: &[
        "SELECT gin_clean_pending_list('release_terms_of')",
        "ANALYZE release_terms",
        "ANALYZE release_search",
        "ANALYZE release_vacancy",
        "ANALYZE observation",
    ],
};
