-- What named queries see. The reader replaces report, fact and agency where decisions are laid over a generation.
CREATE OR REPLACE VIEW report AS SELECT * FROM store.report;
CREATE OR REPLACE VIEW fact AS
SELECT *, false AS corrected, report_id || '-' || position AS figure_id FROM store.fact;
CREATE OR REPLACE VIEW agency AS SELECT * FROM store.agency;
CREATE OR REPLACE VIEW registered_agency AS SELECT * FROM store.registered_agency;
CREATE OR REPLACE VIEW figure AS SELECT report_id || '-' || position AS figure_id, * FROM store.figure;
CREATE OR REPLACE VIEW evidence AS SELECT report_id || '-' || position AS figure_id, * FROM store.evidence;
CREATE OR REPLACE VIEW metadata_source AS SELECT * FROM store.metadata_source;
CREATE OR REPLACE VIEW finding AS SELECT * FROM store.finding;
CREATE OR REPLACE VIEW cross_finding AS SELECT * FROM store.cross_finding;
CREATE OR REPLACE VIEW check_state AS SELECT * FROM store.check_state;
CREATE OR REPLACE VIEW passage AS SELECT * FROM store.passage;
CREATE OR REPLACE VIEW doubt AS SELECT * FROM store.doubt;
-- Those that nobody has settled by vouching for the figures they are about.
CREATE OR REPLACE VIEW open_doubt AS SELECT * FROM store.doubt;
CREATE OR REPLACE VIEW unmapped AS SELECT * FROM store.unmapped;
CREATE OR REPLACE VIEW ingest_run AS SELECT * FROM store.ingest_run;
CREATE OR REPLACE VIEW ingest_failure AS SELECT * FROM store.ingest_failure;
CREATE OR REPLACE VIEW author_candidate AS SELECT * FROM store.author_candidate;
CREATE OR REPLACE VIEW author_name AS SELECT * FROM store.author_name;
CREATE OR REPLACE VIEW registered_name AS SELECT * FROM store.agency_name;
