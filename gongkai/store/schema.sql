-- The tables of one published generation. Everything here comes from documents and imported sheets; what people decide
-- is kept apart (decisions.sqlite) and laid over these tables by the reader (gongkai/store/reader.py).

CREATE TABLE ingest_run (
    run INTEGER PRIMARY KEY,
    started TIMESTAMP NOT NULL,                 -- UTC; the only clock times of the store
    finished TIMESTAMP,
    actor VARCHAR NOT NULL,
    command VARCHAR NOT NULL,
    stored INTEGER, skipped INTEGER, failed INTEGER, unconfirmed INTEGER    -- unconfirmed: stored, but quarantined
);

CREATE TABLE ingest_failure (
    run INTEGER NOT NULL,
    source VARCHAR NOT NULL,                    -- the file as named to ingest
    sha256 VARCHAR,
    reason VARCHAR NOT NULL,                    -- code of errors.UnreadableDocument
    message VARCHAR NOT NULL
);

CREATE TABLE agency (
    agency_id VARCHAR PRIMARY KEY,              -- from name and province; a registered unit keeps it through renames
    name VARCHAR NOT NULL,
    province VARCHAR, city VARCHAR, county VARCHAR,
    level VARCHAR,                              -- national, province, prefecture, county, township
    kind VARCHAR,                               -- government, office, department, institution, zone, vertical
    parent_id VARCHAR,
    registered BOOLEAN NOT NULL                 -- false: known from reports only; true: perhaps without any report
);

CREATE TABLE registered_agency (                -- the register of each collection, as people keep it in decisions.sqlite
    collection VARCHAR NOT NULL, agency_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL, province VARCHAR, city VARCHAR, county VARCHAR,
    level VARCHAR NOT NULL, kind VARCHAR NOT NULL, parent_id VARCHAR,
    scope VARCHAR,                              -- organ, whole: what the agency reports on
    reports_to_id VARCHAR,                      -- who collects its report
    counts_in_id VARCHAR,                       -- in whose total its figures are added up; null: in none
    successor_id VARCHAR, since INTEGER, until INTEGER,     -- its first and last statistical year; who takes over then
    territory VARCHAR, population BIGINT, population_year INTEGER
);

CREATE TABLE register_state (                   -- which revision of each register (decisions.sqlite) is copied here
    collection VARCHAR NOT NULL, revision INTEGER NOT NULL
);

CREATE TABLE agency_name (                      -- the names by which reports may call a registered agency, its own included
    collection VARCHAR NOT NULL, agency_id VARCHAR NOT NULL, name VARCHAR NOT NULL,
    first_year INTEGER, last_year INTEGER,      -- the statistical years in which it was the name; null is open
    sort VARCHAR                                -- full, short, former
);

CREATE TABLE report (                           -- one row per version of a report
    report_id VARCHAR NOT NULL,                 -- first 16 hex digits of sha256 of (collection, sha256, ordinal)
    collection VARCHAR NOT NULL,                -- reports of different collections are never mixed
    sha256 VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    source VARCHAR NOT NULL, format VARCHAR NOT NULL,   -- format "sheet": imported figures without a document
    agency_id VARCHAR, agency VARCHAR, agency_as_printed VARCHAR, publisher VARCHAR,
    agency_read VARCHAR, province_read VARCHAR, city_read VARCHAR,  -- as the document (or its manifest) tells; the register links
    year INTEGER, period VARCHAR NOT NULL, kind VARCHAR NOT NULL, stage VARCHAR, scope VARCHAR, regime VARCHAR,
    province VARCHAR, city VARCHAR, county VARCHAR,
    agency_level VARCHAR, agency_kind VARCHAR,  -- what the name (or the sheet) says of the agency; see table agency
    published_on DATE, signed_on DATE, url VARCHAR, title VARCHAR,
    received_on DATE, reviewer VARCHAR, contact VARCHAR,    -- from the manifest
    sender VARCHAR,                             -- who handed this version in; from the manifest
    secondary_source BOOLEAN NOT NULL,
    listed BOOLEAN,                             -- a line of a list on several units, not the unit's own report
    year_uncertain BOOLEAN NOT NULL, agency_uncertain BOOLEAN NOT NULL,     -- until a person confirms them
    withdrawn BOOLEAN NOT NULL,                 -- only ever true in the reader's view: a decision
    standing VARCHAR NOT NULL,                  -- current, superseded, quarantined; the reader adds withdrawn
    standing_reason VARCHAR,                    -- why not current: year_uncertain, agency_uncertain, secondary_source, not_a_year, superseded_by:<report_id>
    parser_version VARCHAR NOT NULL,
    manifest_digest VARCHAR,                    -- of the manifest's row that was laid over what the document says
    run INTEGER NOT NULL
);                                              -- report_id is unique: ids come from content, a version read again replaces itself

CREATE TABLE metadata_source (                  -- the words a field of a report was read from
    report_id VARCHAR NOT NULL, field VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,                    -- document, manifest (which goes before the document)
    quote VARCHAR, block INTEGER, page INTEGER, start_at INTEGER, end_at INTEGER
);

CREATE TABLE author_name (                      -- of a report whose author is in doubt: every name that may be the author's
    report_id VARCHAR NOT NULL, position INTEGER NOT NULL,  -- the most trusted first
    role VARCHAR NOT NULL,                      -- where it stands: gongkai/parsing/metadata_model.py, AUTHOR_ROLES
    name VARCHAR NOT NULL, quote VARCHAR
);

CREATE TABLE author_candidate (                 -- of a report that waits: the registered units it may be of, made anew with the register
    report_id VARCHAR NOT NULL, position INTEGER NOT NULL,
    agency_id VARCHAR NOT NULL, agency VARCHAR NOT NULL,
    score DOUBLE NOT NULL,                      -- by rule (gongkai/agencies/matching.py)
    likely BOOLEAN NOT NULL,                    -- strong, and well before the next: a click accepts it
    reasons VARCHAR NOT NULL                    -- JSON: [{code, role, words}], codes of data/author_reasons.csv
);

CREATE TABLE figure (                           -- every statement found; a report's figures stand together
    report_id VARCHAR NOT NULL, position INTEGER NOT NULL,  -- the reader adds figure_id: "<report_id>-<position>"
    metric VARCHAR NOT NULL, applicant VARCHAR NOT NULL,
    value DOUBLE, status VARCHAR NOT NULL,
    unit VARCHAR, approximate BOOLEAN NOT NULL, method VARCHAR NOT NULL, scope VARCHAR, confidence DOUBLE NOT NULL
);

CREATE TABLE evidence (                         -- one row per figure, same order; kept out of the hot table
    report_id VARCHAR NOT NULL, position INTEGER NOT NULL,  -- the reader adds figure_id
    quote VARCHAR, block INTEGER, page INTEGER, start_at INTEGER, end_at INTEGER,
    table_no INTEGER, row_no INTEGER, column_no INTEGER, box DOUBLE[], url VARCHAR
);

CREATE TABLE finding (
    report_id VARCHAR NOT NULL, check_code VARCHAR NOT NULL, severity VARCHAR NOT NULL,
    metrics VARCHAR[], expected VARCHAR, found VARCHAR, detail VARCHAR, evidence VARCHAR, doubtful BOOLEAN NOT NULL
);                                              -- detail and evidence: JSON

CREATE TABLE cross_finding (                    -- what needs years, peers, versions or the register; written by `check`
    collection VARCHAR NOT NULL, agency_id VARCHAR NOT NULL, year INTEGER NOT NULL,
    check_code VARCHAR NOT NULL, severity VARCHAR NOT NULL,
    metrics VARCHAR[], applicant VARCHAR, expected VARCHAR, found VARCHAR, detail VARCHAR, evidence VARCHAR,
    doubtful BOOLEAN NOT NULL,
    report_id VARCHAR, other_report_id VARCHAR, -- this side and the other; null where there is none
    other_agency_id VARCHAR, other_year INTEGER
);                                              -- detail and evidence: JSON

CREATE TABLE check_state (                      -- what the findings across reports of each collection rest on
    collection VARCHAR NOT NULL,
    run INTEGER NOT NULL,                       -- the last run whose reports they know
    decision INTEGER NOT NULL,                  -- the last decision about reports that they know
    correction INTEGER NOT NULL,                -- the last correction of a figure that they know
    submissions BIGINT,                         -- a digest of who was due by when and what had happened (coverage.sql)
    ledgers BIGINT                              -- a digest of other offices' ledgers (ledger.sql)
);

CREATE TABLE passage (                          -- the sentences of reports, as they are compared; never shown themselves
    report_id VARCHAR NOT NULL, position INTEGER NOT NULL,
    section INTEGER,                            -- place in the form (0 first), null without one; -1 before the first, -2 headings
    block INTEGER NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
    masked VARCHAR NOT NULL,                    -- without names and figures
    digest BIGINT NOT NULL                      -- of the words as printed
);

CREATE TABLE doubt (
    report_id VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR, metrics VARCHAR[], evidence VARCHAR
);

CREATE TABLE unmapped (
    report_id VARCHAR NOT NULL, label VARCHAR NOT NULL, cell_values VARCHAR[], evidence VARCHAR
);

CREATE TABLE fact (                             -- the one value that stands; sorted by metric, applicant, year
    collection VARCHAR NOT NULL, agency_id VARCHAR NOT NULL, year INTEGER NOT NULL, scope VARCHAR,
    metric VARCHAR NOT NULL, applicant VARCHAR NOT NULL,
    value DOUBLE, status VARCHAR NOT NULL, approximate BOOLEAN NOT NULL,
    basis VARCHAR NOT NULL,                     -- correction, table, derived, narrative, imported: why this value stands
    regime VARCHAR, report_id VARCHAR NOT NULL, position INTEGER       -- of the figure; null when derived from several. The reader adds figure_id
);
