-- How vacancies of a release are found: by words of title and employer, occupation, area, and when they were open.
-- All of it can be made anew from `release_vacancy`; the program does so where a release is not in `release_index`.

-- The rows of the index, numbered in the order of vacancy ids, a release's without a gap; with what decides whether a
-- vacancy was open, so that the wide table is read for hits alone.
CREATE TABLE release_search (
    key           INTEGER PRIMARY KEY,
    release_key   INTEGER NOT NULL,
    vacancy_id    TEXT NOT NULL,
    first_seen    TEXT,
    closed_on     TEXT,
    date_closing  TEXT,
    UNIQUE (release_key, vacancy_id)
) STRICT;

-- The terms of each row; `rowid` is the key above. Terms come split and folded, so the tokenizer only splits at spaces:
-- beginnings of words of letters and digits, and marks such as `#o21` (occupations that begin with 21), `#a...` (an
-- area), `#r...` (the release), `#m...` (open in that month), `#f...` and `#y...` (new in that month or year), `#c`
-- (counts).
CREATE VIRTUAL TABLE release_terms USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '#_+'"
);

-- The releases that are indexed, by which version of the rules, and as which rows.
CREATE TABLE release_index (
    release_key  INTEGER PRIMARY KEY REFERENCES release (key),
    version      INTEGER NOT NULL,
    first_key    INTEGER NOT NULL,
    last_key     INTEGER NOT NULL
) STRICT;

-- What they served, the index does for every filter and any mixture of them.
DROP INDEX release_vacancy_soc2020;
DROP INDEX release_vacancy_lad;

-- All that is published of one place.
CREATE INDEX observation_of_area ON observation (release_key, area);
