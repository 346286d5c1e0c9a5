-- What was collected: runs, postings with their versions and sightings, captures, and the frontier of the crawl.
--
-- Conventions of every table: instants are ISO 8601 text in UTC with milliseconds (`2026-10-01T12:00:00.000Z`), so
-- that text order is time order; days are `YYYY-MM-DD`, months `YYYY-MM`; booleans are 0 and 1; lists and maps are
-- JSON text. Nothing here is deleted but what this file says is scratch.

-- Marks the file as ours, so that another program's database is never taken for one ('OVac').
PRAGMA application_id = 0x4F566163;

-- One execution of a stage, for one portal or for all.
CREATE TABLE run (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    stage       TEXT NOT NULL,              -- collect, import, process, release
    portal      TEXT,                       -- the portal it was for; NULL = all
    started_at  TEXT NOT NULL,
    ended_at    TEXT,                       -- NULL = under way, or killed
    state       TEXT NOT NULL,              -- running, done, failed, interrupted
    fetched     INTEGER NOT NULL DEFAULT 0, -- requests made
    bytes       INTEGER NOT NULL DEFAULT 0, -- bytes received or read
    read        INTEGER NOT NULL DEFAULT 0, -- postings or rows read = stored + unchanged + rejected
    stored      INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    rejected    INTEGER NOT NULL DEFAULT 0,
    closed      INTEGER NOT NULL DEFAULT 0, -- postings closed
    versions    TEXT NOT NULL,              -- JSON map: versions and settings it ran with
    error       TEXT                        -- what it failed with
) STRICT;

-- Everything a run could not use, with the place it was met.
CREATE TABLE problem (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id   INTEGER NOT NULL REFERENCES run (id),
    code     TEXT NOT NULL,                 -- stable short code: title_missing, not_utf8
    place    TEXT NOT NULL,                 -- file and line, or URL
    field    TEXT,                          -- the field concerned, where one is
    message  TEXT NOT NULL
) STRICT;
CREATE INDEX problem_of_run ON problem (run_id);

-- Every portal of which a posting was recorded, and from when to when it was observed.
CREATE TABLE portal (
    portal      TEXT PRIMARY KEY,
    first_seen  TEXT,                       -- first sighting of any posting; NULL = only imported without a date
    last_seen   TEXT,
    postings    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One advertisement on one portal: its newest version and its life.
CREATE TABLE posting (
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    portal       TEXT NOT NULL,
    posting_id   TEXT NOT NULL,             -- the portal's own id, or what stands in for it
    version_key  INTEGER NOT NULL,          -- the newest content: posting_version.key (no constraint: each needs the other)
    first_seen   TEXT,                      -- NULL = imported without a date, never sighted
    last_seen    TEXT,
    closed_on    TEXT,                      -- when it was found closed; NULL = open
    closed_why   TEXT,                      -- expired, gone, unlisted
    UNIQUE (portal, posting_id)
) STRICT;

-- The prose of advertisements, once for one content however many postings and versions show it.
CREATE TABLE prose (
    key    INTEGER PRIMARY KEY AUTOINCREMENT,
    hash   BLOB NOT NULL UNIQUE,            -- SHA-256 of the text, 32 bytes
    bytes  INTEGER NOT NULL,                -- length of the text
    text   BLOB NOT NULL                    -- the text, zstd
) STRICT;

-- Each content a posting has shown.
CREATE TABLE posting_version (
    key           INTEGER PRIMARY KEY AUTOINCREMENT,
    posting_key   INTEGER NOT NULL REFERENCES posting (key),
    content_hash  BLOB NOT NULL,            -- SHA-256 of all that is shown, 32 bytes
    run_id        INTEGER NOT NULL,         -- the run that met it first
    prose_key     INTEGER REFERENCES prose (key),
    fields        TEXT NOT NULL,            -- JSON: the posting as shown, without its prose
    UNIQUE (posting_key, content_hash)
) STRICT;

-- Each time a posting was seen. The table that grows fastest, so it is kept narrow: the instant is a number.
CREATE TABLE sighting (
    run_id       INTEGER NOT NULL,
    posting_key  INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,          -- milliseconds since 1970 UTC; the view `sightings` shows text
    PRIMARY KEY (run_id, posting_key, seen_at)
) STRICT, WITHOUT ROWID;

-- Each time a posting was found closed; the posting itself holds only the last one, and none once it is open again.
CREATE TABLE closing (
    posting_key  INTEGER NOT NULL REFERENCES posting (key),
    closed_on    TEXT NOT NULL,
    closed_why   TEXT NOT NULL,
    run_id       INTEGER NOT NULL,
    PRIMARY KEY (posting_key, closed_on)
) STRICT, WITHOUT ROWID;

-- The record of one fetched response; its bytes lie in the archive.
CREATE TABLE capture (
    key             INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id          INTEGER NOT NULL,
    portal          TEXT NOT NULL,
    url             TEXT NOT NULL,
    fetched_at      TEXT NOT NULL,
    status          INTEGER NOT NULL,       -- HTTP status; 304 = the earlier capture holds
    etag            TEXT,
    last_modified   TEXT,
    archive_file    TEXT NOT NULL,          -- relative to the archive's folder
    archive_offset  INTEGER NOT NULL,
    digest          TEXT NOT NULL,          -- SHA-256 of the body, hexadecimal
    bytes           INTEGER NOT NULL
) STRICT;
CREATE INDEX capture_of_portal ON capture (portal);
CREATE INDEX capture_with_body ON capture (portal, url) WHERE status = 200;

-- The round of a portal that is under way. Scratch: it goes when the round ends.
CREATE TABLE round (
    portal    TEXT PRIMARY KEY,
    began_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The pages met in the round under way. Scratch: they go when the round ends.
CREATE TABLE frontier (
    position  INTEGER PRIMARY KEY AUTOINCREMENT, -- place in the queue; a failed try moves to the end
    portal    TEXT NOT NULL,
    url       TEXT NOT NULL,
    kind      TEXT NOT NULL,                -- listing, posting; text order is queue order
    attempts  INTEGER NOT NULL,             -- tries that failed in this round
    done      INTEGER NOT NULL DEFAULT 0,   -- fetched and kept; stays so that it is not queued again
    UNIQUE (portal, url)
) STRICT;
CREATE INDEX frontier_queue ON frontier (portal, kind, position) WHERE done = 0;

-- ---------------------------------------------------------------- views

-- Sightings with names and text instants.
CREATE VIEW sightings AS
SELECT p.portal, p.posting_id, strftime('%Y-%m-%dT%H:%M:%fZ', s.seen_at / 1000.0, 'unixepoch') AS seen_at, s.run_id
FROM sighting AS s JOIN posting AS p ON p.key = s.posting_key;

-- Postings as they are now, with the fields most asked for.
CREATE VIEW current_postings AS
SELECT p.portal, p.posting_id, v.fields ->> 'title' AS title, v.fields ->> 'employer' AS employer,
       v.fields ->> 'location' AS location, v.fields ->> 'salary' AS salary, v.fields ->> 'url' AS url,
       p.first_seen, p.last_seen, p.closed_on, p.closed_why
FROM posting AS p JOIN posting_version AS v ON v.key = p.version_key;
