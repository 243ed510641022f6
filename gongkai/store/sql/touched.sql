-- Which agency-years a draft's new reports (standing 'new') touch, with those where their earlier reading stood.
CREATE TABLE IF NOT EXISTS replaced_key (collection VARCHAR, agency_id VARCHAR, year INTEGER);
CREATE OR REPLACE TABLE touched_key AS
SELECT DISTINCT collection, agency_id, year
FROM store.report
WHERE standing = 'new'
UNION
SELECT DISTINCT collection, agency_id, year FROM replaced_key;

CREATE OR REPLACE TABLE work_report AS
SELECT report.*
FROM store.report AS report
SEMI JOIN touched_key AS touched
    ON report.collection = touched.collection
    AND report.agency_id IS NOT DISTINCT FROM touched.agency_id
    AND report.year IS NOT DISTINCT FROM touched.year;
