//! What SQLite says in its own way. In each look-up the list comes first and the table is searched by its index, which
//! CROSS JOIN makes sure of.

use crate::rows::correction::correction_columns;
use crate::session::{SearchSyntax, Statements};

pub(super) const SQLITE: Statements = Statements {
    known_postings: "SELECT j.key, p.key, v.content_hash, v.key, p.first_seen, p.last_seen, p.closed_on, p.closed_why \
        FROM json_each($1) AS j CROSS JOIN posting AS p ON p.portal = j.value ->> 0 AND p.posting_id = j.value ->> 1 \
        JOIN posting_version AS v ON v.key = p.version_key",
    known_versions: "SELECT v.posting_key, v.content_hash, v.key FROM json_each($1) AS j \
        CROSS JOIN posting_version AS v ON v.posting_key = j.value ->> 0 AND v.content_hash = unhex(j.value ->> 1)",
    known_prose: "SELECT p.hash, p.key FROM json_each($1) AS j CROSS JOIN prose AS p ON p.hash = unhex(j.value)",
    prose: "SELECT p.hash, p.bytes, p.text FROM json_each($1) AS j CROSS JOIN prose AS p ON p.hash = unhex(j.value)",
    last_keys: "SELECT coalesce(max(seq) FILTER (WHERE name = 'posting'), 0), \
        coalesce(max(seq) FILTER (WHERE name = 'posting_version'), 0), \
        coalesce(max(seq) FILTER (WHERE name = 'prose'), 0) FROM sqlite_sequence",
    note_last_keys: None,
    log_closings: "INSERT INTO closing (posting_key, closed_on, closed_why, run_id) \
        SELECT p.key, j.value ->> 2, j.value ->> 3, $2 FROM json_each($1) AS j \
        CROSS JOIN posting AS p ON p.portal = j.value ->> 0 AND p.posting_id = j.value ->> 1 \
        WHERE p.closed_on IS NULL ON CONFLICT DO NOTHING",
    close: "UPDATE posting SET closed_on = j.value ->> 2, closed_why = j.value ->> 3 FROM json_each($1) AS j \
        WHERE posting.portal = j.value ->> 0 AND posting.posting_id = j.value ->> 1 AND posting.closed_on IS NULL",
    all_versions: "SELECT v.posting_key, v.content_hash, v.key FROM json_each($1) AS j \
        CROSS JOIN posting_version AS v ON v.posting_key = j.value",
    retry: "UPDATE frontier SET attempts = attempts + 1, position = (SELECT max(position) + 1 FROM frontier) \
        WHERE portal = $1 AND url = $2 AND done = 0",
    done: "UPDATE frontier SET done = 1 WHERE portal = $1 AND url IN (SELECT value FROM json_each($2))",
    standing: concat!(
        "SELECT ",
        correction_columns!(),
        " FROM json_each($1) AS j CROSS JOIN correction AS c ON c.target = j.value ->> 0 AND c.field = j.value ->> 1 \
         WHERE c.withdrawn = 0 ORDER BY c.id"
    ),
    texts: ["(SELECT value FROM json_each(", "))"],
    matching: ["release_terms MATCH ", ""],
    search: SearchSyntax { stored_quote: "", quote: "\"", and: " AND ", or: " OR ", prefix: "*" },
    prepare_index: &[],
    settle_index: &[],
};
