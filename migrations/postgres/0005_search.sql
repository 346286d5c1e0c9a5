-- How vacancies of a release are found: by words of title and employer, occupation, area, and when they were open.
-- All of it can be made anew from `release_vacancy`; the program does so where a release is not in `release_index`.

-- The rows of the index, numbered in the order of vacancy ids, a release's without a gap; with what decides whether a
-- vacancy was open, so that the wide table is read for hits alone.
CREATE TABLE release_search (
    key           BIGINT PRIMARY KEY,
    release_key   BIGINT NOT NULL,
    vacancy_id    TEXT COLLATE "C" NOT NULL,
    first_seen    TEXT COLLATE "C",
    closed_on     TEXT COLLATE "C",
    date_closing  TEXT COLLATE "C",
    UNIQUE (release_key, vacancy_id)
);

-- The terms of each row; `rowid` is the key above, called so because SQLite must. Terms come split and folded: beginnings
-- of words of letters and digits, and marks such as `#o21` (occupations that begin with 21), `#a...` (an area), `#r...`
-- (the release), `#m...` (open in that month), `#f...` and `#y...` (new in that month or year), `#c` (counts). No text
-- search configuration has a part in it.
CREATE TABLE release_terms (
    rowid  BIGINT PRIMARY KEY,
    terms  TSVECTOR NOT NULL
);
-- The planner must know rare terms from common ones: those it has no figure of it takes for commoner than they are.
ALTER TABLE release_terms ALTER COLUMN terms SET STATISTICS 2000;
CREATE INDEX release_terms_of ON release_terms USING gin (terms);

-- The releases that are indexed, by which version of the rules, and as which rows.
CREATE TABLE release_index (
    release_key  BIGINT PRIMARY KEY REFERENCES release (key),
    version      BIGINT NOT NULL,
    first_key    BIGINT NOT NULL,
    last_key     BIGINT NOT NULL
);

-- What they served, the index does for every filter and any mixture of them.
DROP INDEX release_vacancy_soc2020;
DROP INDEX release_vacancy_lad;

-- All that is published of one place.
CREATE INDEX observation_of_area ON observation (release_key, area);
