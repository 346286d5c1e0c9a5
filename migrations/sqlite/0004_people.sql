-- People and their decisions.

-- Reviewers' decisions. The newest for one target and field that is not withdrawn holds; older ones are kept.
CREATE TABLE correction (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    kind              TEXT NOT NULL CHECK (kind IN ('posting', 'title', 'pair')),
    portal            TEXT,                 -- of a posting, and the first of a pair
    posting_id        TEXT,
    other_portal      TEXT,                 -- the second of a pair
    other_posting_id  TEXT,
    cleaned_title     TEXT,                 -- of a title
    context           TEXT,                 -- `name=value` it holds for; empty = everywhere
    target            TEXT NOT NULL,        -- the target in one text, equal for equal targets whatever a pair's order
    field             TEXT NOT NULL,        -- a vacancy column, or `link`
    value             TEXT NOT NULL,        -- the right value; empty = to be empty; of a link: must, cannot
    author            TEXT NOT NULL,
    reason            TEXT NOT NULL,
    note              TEXT NOT NULL,
    at                TEXT NOT NULL,
    withdrawn         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX correction_of_target ON correction (target, field);

-- Who may sign in. Only the argon2 hash of a password is kept.
CREATE TABLE user_account (
    name           TEXT PRIMARY KEY,
    role           TEXT NOT NULL,           -- researcher, reviewer, data_manager, administrator
    disabled       INTEGER NOT NULL DEFAULT 0,
    created_at     TEXT NOT NULL,
    password_hash  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
