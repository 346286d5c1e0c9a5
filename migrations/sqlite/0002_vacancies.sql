-- What the stages made of the postings: codings, and the present set of vacancies.

-- Versions of the stages that read a posting; a posting is pending until it was coded with the present ones.
CREATE TABLE stage_version (
    id     INTEGER PRIMARY KEY,
    rules  TEXT NOT NULL,                       -- of normalise
    coder  TEXT NOT NULL,                       -- of the occupation coder
    UNIQUE (rules, coder)
) STRICT;

-- What the stages made of one posting: the newest coding of it. The columns before the JSON are copies out of it.
CREATE TABLE coding (
    posting_key         INTEGER PRIMARY KEY REFERENCES posting (key),
    version_key         INTEGER NOT NULL REFERENCES posting_version (key), -- the content that was read
    stage_version       INTEGER NOT NULL REFERENCES stage_version (id),
    run_id              INTEGER NOT NULL,
    cleaned_title       TEXT NOT NULL,          -- what a correction by title attaches to
    soc2020             TEXT,
    soc2020_confidence  REAL NOT NULL,
    occupation_method   TEXT NOT NULL,
    lad_code            TEXT,
    normalised          TEXT NOT NULL,          -- JSON: all that was read, with its evidence
    coding              TEXT NOT NULL           -- JSON: all codes, alternatives and evidence
) STRICT;

-- A set of vacancies: one is present, one may be under way; a former one is being cleared.
CREATE TABLE vacancy_set (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id  INTEGER NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('building', 'present', 'former'))
) STRICT;
CREATE UNIQUE INDEX vacancy_set_present ON vacancy_set (state) WHERE state = 'present';
CREATE UNIQUE INDEX vacancy_set_building ON vacancy_set (state) WHERE state = 'building';

-- The table researchers query; see the view `current_vacancies` for the present set alone.
CREATE TABLE vacancy (
    vacancy_set INTEGER NOT NULL REFERENCES vacancy_set (id),
    vacancy_id TEXT NOT NULL,                   -- stable id, from the earliest posting
    flow_month TEXT,                            -- month of the first sighting; of an import without one, of the day posted
    posted_month TEXT,                          -- month of the day posted
    job_title TEXT NOT NULL,                    -- as the best source shows it
    job_link TEXT,                              -- address of the best source
    description_hash TEXT,                      -- SHA-256 of the prose, hexadecimal; the text lies in `prose`
    employer TEXT,                              -- as the best source writes it
    language TEXT NOT NULL,                     -- en, cy, other
    soc2020 TEXT,                               -- best four-digit SOC 2020 code
    soc2020_title TEXT,
    soc2020_confidence REAL NOT NULL,           -- probability that all four digits are right
    soc2020_level INTEGER NOT NULL,             -- deepest level vouched for, 0-4
    soc2020_ext TEXT,                           -- extended code NNNN/NN
    soc2010 TEXT,
    soc2010_confidence REAL NOT NULL,
    isco08 TEXT,
    isco08_confidence REAL NOT NULL,
    occupation_method TEXT NOT NULL,            -- correction, exact_title, index, classifier, ensemble, uncodable
    country TEXT,
    region_code TEXT,                           -- ONS code of the English region, else of the country
    county_code TEXT,                           -- county or unitary authority
    county_name TEXT,
    ceremonial_county TEXT,
    lad_code TEXT,                              -- local authority district, current code
    lep_code TEXT,                              -- primary LEP of 2021; not_applicable outside England
    lep_name TEXT,
    location_precision TEXT NOT NULL,           -- postcode, place, district, county, region, country, remote, foreign, none
    location_method TEXT NOT NULL,              -- how the place was read
    places TEXT NOT NULL,                       -- JSON list, the primary first
    remote TEXT NOT NULL,                       -- on_site, hybrid, remote, unknown
    skills TEXT NOT NULL,                       -- JSON list of ESCO concepts
    education_gcse INTEGER,                     -- 1 asked for, 0 not, NULL = the advertisement says nothing
    education_alevel INTEGER,
    education_apprenticeship INTEGER,
    education_hnc_hnd INTEGER,
    education_degree INTEGER,
    education_postgraduate INTEGER,
    education_professional INTEGER,
    education_rqf_min INTEGER,                  -- lowest level that satisfies, 0-8
    experience INTEGER NOT NULL,                -- 0 explicitly none, 1 required, 2 not mentioned
    experience_years_min REAL,
    wage_min REAL,                              -- as advertised, pounds per wage_period
    wage_max REAL,
    wage_period TEXT,                           -- hour, day, week, month, year
    wage_pro_rata INTEGER,
    wage_text TEXT,                             -- the words it was read from
    wage_annual_min REAL,                       -- per year, full-time equivalent, pounds
    wage_annual_max REAL,
    wage_annual_gbp REAL,                       -- their middle, or the one there is
    wage_flags TEXT NOT NULL,                   -- JSON list
    sic_section TEXT,                           -- SIC 2007 section
    sic_division TEXT,
    openings INTEGER NOT NULL,
    contract_type TEXT NOT NULL,                -- permanent, fixed_term, temporary, bank_casual, apprenticeship, self_employed, internship, unknown
    working_hours TEXT NOT NULL,                -- full_time, part_time, either, zero_hours, unknown
    date_posted TEXT,                           -- earliest day posted
    date_closing TEXT,                          -- latest closing date
    first_seen TEXT,                            -- on any portal
    last_seen TEXT,
    closed_on TEXT,                             -- when the last of its postings was found closed
    closed_why TEXT,
    portals TEXT NOT NULL,                      -- JSON list, in alphabetical order
    postings_count INTEGER NOT NULL,
    excluded_reason TEXT,                       -- why it does not count in statistics
    missing TEXT NOT NULL,                      -- JSON map: why a field is empty
    coder_version TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    run_id INTEGER NOT NULL,                    -- the run that made this row
    PRIMARY KEY (vacancy_set, vacancy_id)
) STRICT;

-- Which postings stand behind a vacancy, the earliest at position 0.
CREATE TABLE vacancy_posting (
    vacancy_set  INTEGER NOT NULL,
    portal       TEXT NOT NULL,
    posting_id   TEXT NOT NULL,
    vacancy_id   TEXT NOT NULL,
    position     INTEGER NOT NULL,
    PRIMARY KEY (vacancy_set, portal, posting_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX vacancy_posting_of ON vacancy_posting (vacancy_set, vacancy_id, position);

-- The decisions that joined them.
CREATE TABLE vacancy_link (
    vacancy_set   INTEGER NOT NULL,
    vacancy_id    TEXT NOT NULL,
    position      INTEGER NOT NULL,
    a_portal      TEXT NOT NULL,
    a_posting_id  TEXT NOT NULL,
    b_portal      TEXT NOT NULL,
    b_posting_id  TEXT NOT NULL,
    score         REAL NOT NULL,                -- probability that they are one vacancy
    same          INTEGER NOT NULL,
    reasons       TEXT NOT NULL,                -- JSON list, in words
    PRIMARY KEY (vacancy_set, vacancy_id, position)
) STRICT, WITHOUT ROWID;

-- Vacancy ids that are no more. An id comes from its first posting, so an alias follows that posting: it leads to
-- whichever vacancy the posting belongs to now, and ends when the id comes back to life.
CREATE TABLE vacancy_alias (
    alias       TEXT PRIMARY KEY,
    portal      TEXT NOT NULL,                  -- the posting the id came from
    posting_id  TEXT NOT NULL,
    vacancy_id  TEXT NOT NULL,                  -- the vacancy that posting belongs to
    run_id      INTEGER NOT NULL                -- the run after which the id was no more
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- views

-- The present vacancies.
CREATE VIEW current_vacancies AS
SELECT vacancy_id, flow_month, posted_month, job_title, job_link, description_hash, employer, language, soc2020,
       soc2020_title, soc2020_confidence, soc2020_level, soc2020_ext, soc2010, soc2010_confidence, isco08,
       isco08_confidence, occupation_method, country, region_code, county_code, county_name, ceremonial_county,
       lad_code, lep_code, lep_name, location_precision, location_method, places, remote, skills, education_gcse,
       education_alevel, education_apprenticeship, education_hnc_hnd, education_degree, education_postgraduate,
       education_professional, education_rqf_min, experience, experience_years_min, wage_min, wage_max, wage_period,
       wage_pro_rata, wage_text, wage_annual_min, wage_annual_max, wage_annual_gbp, wage_flags, sic_section,
       sic_division, openings, contract_type, working_hours, date_posted, date_closing, first_seen, last_seen,
       closed_on, closed_why, portals, postings_count, excluded_reason, missing, coder_version, rules_version,
       run_id
FROM vacancy WHERE vacancy_set = (SELECT id FROM vacancy_set WHERE state = 'present');
