-- Only the facts of touched agency-years; the rest stays as it is.
DELETE FROM store.fact AS fact
USING touched_key AS touched
WHERE fact.collection = touched.collection AND fact.agency_id = touched.agency_id AND fact.year = touched.year;
INSERT INTO store.fact BY NAME
SELECT * EXCLUDE (corrected) FROM work_fact ORDER BY metric, applicant, year, collection, agency_id, scope;
