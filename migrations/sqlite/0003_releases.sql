-- Monthly datasets. A published one never changes: the triggers below see to it, whoever asks.

CREATE TABLE release (
    key           INTEGER PRIMARY KEY AUTOINCREMENT,
    month         TEXT NOT NULL,
    version       INTEGER NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('building', 'draft', 'checked', 'published')),
    as_of         TEXT,                         -- what was known then counts; NULL only while building, like all below
    built_at      TEXT,
    published_at  TEXT,
    vacancies     INTEGER,
    observations  INTEGER,
    digest        TEXT,                         -- SHA-256 over vacancies and observations in their stored order
    versions      TEXT,                         -- JSON map
    gate          TEXT,                         -- JSON list: how the quality gate came out
    quality       TEXT                          -- JSON: the quality report
) STRICT;
-- While a month's next version is being built, its former draft stays in view.
CREATE UNIQUE INDEX release_name ON release (month, version) WHERE state <> 'building';
CREATE UNIQUE INDEX release_under_way ON release (month) WHERE state = 'building';

-- The vacancies of a release, as they were when it was built.
CREATE TABLE release_vacancy (
    release_key INTEGER NOT NULL REFERENCES release (key),
    vacancy_id TEXT NOT NULL,
    flow_month TEXT,
    posted_month TEXT,
    job_title TEXT NOT NULL,
    job_link TEXT,
    description_hash TEXT,
    employer TEXT,
    language TEXT NOT NULL,
    soc2020 TEXT,
    soc2020_title TEXT,
    soc2020_confidence REAL NOT NULL,
    soc2020_level INTEGER NOT NULL,
    soc2020_ext TEXT,
    soc2010 TEXT,
    soc2010_confidence REAL NOT NULL,
    isco08 TEXT,
    isco08_confidence REAL NOT NULL,
    occupation_method TEXT NOT NULL,
    country TEXT,
    region_code TEXT,
    county_code TEXT,
    county_name TEXT,
    ceremonial_county TEXT,
    lad_code TEXT,
    lep_code TEXT,
    lep_name TEXT,
    location_precision TEXT NOT NULL,
    location_method TEXT NOT NULL,
    places TEXT NOT NULL,
    remote TEXT NOT NULL,
    skills TEXT NOT NULL,
    education_gcse INTEGER,
    education_alevel INTEGER,
    education_apprenticeship INTEGER,
    education_hnc_hnd INTEGER,
    education_degree INTEGER,
    education_postgraduate INTEGER,
    education_professional INTEGER,
    education_rqf_min INTEGER,
    experience INTEGER NOT NULL,
    experience_years_min REAL,
    wage_min REAL,
    wage_max REAL,
    wage_period TEXT,
    wage_pro_rata INTEGER,
    wage_text TEXT,
    wage_annual_min REAL,
    wage_annual_max REAL,
    wage_annual_gbp REAL,
    wage_flags TEXT NOT NULL,
    sic_section TEXT,
    sic_division TEXT,
    openings INTEGER NOT NULL,
    contract_type TEXT NOT NULL,
    working_hours TEXT NOT NULL,
    date_posted TEXT,
    date_closing TEXT,
    first_seen TEXT,
    last_seen TEXT,
    closed_on TEXT,
    closed_why TEXT,
    portals TEXT NOT NULL,
    postings_count INTEGER NOT NULL,
    excluded_reason TEXT,
    missing TEXT NOT NULL,
    coder_version TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    run_id INTEGER NOT NULL,
    in_flow INTEGER NOT NULL,                   -- counts in the month's flow
    in_stock INTEGER NOT NULL,                  -- counts in the stock at the month's end
    PRIMARY KEY (release_key, vacancy_id)
) STRICT;
CREATE INDEX release_vacancy_soc2020 ON release_vacancy (release_key, soc2020, vacancy_id);
CREATE INDEX release_vacancy_lad ON release_vacancy (release_key, lad_code, vacancy_id);

-- The published numbers: indicator x area x occupation x period.
CREATE TABLE observation (
    release_key  INTEGER NOT NULL REFERENCES release (key),
    indicator    TEXT NOT NULL,                 -- vacancies_flow, vacancies_stock, wage_annual_median, ...
    area_type    TEXT NOT NULL,                 -- uk, country, region, county, lad, lep
    area         TEXT NOT NULL,                 -- ONS code, or unknown
    occupation   TEXT NOT NULL,                 -- SOC 2020 code of 1-4 digits, total, or unknown
    period       TEXT NOT NULL,
    value        REAL,                          -- NULL = withheld or missing
    unit         TEXT NOT NULL,                 -- count, gbp_per_year
    status       TEXT NOT NULL,                 -- SDMX CL_OBS_STATUS: A, B, P, C, M
    PRIMARY KEY (release_key, indicator, area_type, area, occupation, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER release_published_update BEFORE UPDATE ON release WHEN OLD.state = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;
CREATE TRIGGER release_published_delete BEFORE DELETE ON release WHEN OLD.state = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;
CREATE TRIGGER release_vacancy_published_insert BEFORE INSERT ON release_vacancy
WHEN (SELECT state FROM release WHERE key = NEW.release_key) = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;
CREATE TRIGGER release_vacancy_published_update BEFORE UPDATE ON release_vacancy
WHEN (SELECT state FROM release WHERE key = OLD.release_key) = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;
CREATE TRIGGER release_vacancy_published_delete BEFORE DELETE ON release_vacancy
WHEN (SELECT state FROM release WHERE key = OLD.release_key) = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;
CREATE TRIGGER observation_published_insert BEFORE INSERT ON observation
WHEN (SELECT state FROM release WHERE key = NEW.release_key) = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;
CREATE TRIGGER observation_published_update BEFORE UPDATE ON observation
WHEN (SELECT state FROM release WHERE key = OLD.release_key) = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;
CREATE TRIGGER observation_published_delete BEFORE DELETE ON observation
WHEN (SELECT state FROM release WHERE key = OLD.release_key) = 'published'
BEGIN SELECT RAISE (ABORT, 'a published release never changes'); END;

-- ---------------------------------------------------------------- views

-- The vacancies of every finished release, with the release's name.
CREATE VIEW released_vacancies AS
SELECT r.month || '.' || r.version AS release, r.state AS release_state, v.in_flow, v.in_stock,
       v.vacancy_id, v.flow_month, v.posted_month, v.job_title, v.job_link, v.description_hash, v.employer,
       v.language, v.soc2020, v.soc2020_title, v.soc2020_confidence, v.soc2020_level, v.soc2020_ext, v.soc2010,
       v.soc2010_confidence, v.isco08, v.isco08_confidence, v.occupation_method, v.country, v.region_code,
       v.county_code, v.county_name, v.ceremonial_county, v.lad_code, v.lep_code, v.lep_name, v.location_precision,
       v.location_method, v.places, v.remote, v.skills, v.education_gcse, v.education_alevel,
       v.education_apprenticeship, v.education_hnc_hnd, v.education_degree, v.education_postgraduate,
       v.education_professional, v.education_rqf_min, v.experience, v.experience_years_min, v.wage_min, v.wage_max,
       v.wage_period, v.wage_pro_rata, v.wage_text, v.wage_annual_min, v.wage_annual_max, v.wage_annual_gbp,
       v.wage_flags, v.sic_section, v.sic_division, v.openings, v.contract_type, v.working_hours, v.date_posted,
       v.date_closing, v.first_seen, v.last_seen, v.closed_on, v.closed_why, v.portals, v.postings_count,
       v.excluded_reason, v.missing, v.coder_version, v.rules_version, v.run_id
FROM release_vacancy AS v JOIN release AS r ON r.key = v.release_key WHERE r.state <> 'building';

-- The numbers of every published release, with the release's name.
CREATE VIEW published_observations AS
SELECT r.month || '.' || r.version AS release, o.indicator, o.area_type, o.area, o.occupation, o.period, o.value,
       o.unit, o.status
FROM observation AS o JOIN release AS r ON r.key = o.release_key WHERE r.state = 'published';
