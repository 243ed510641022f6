-- All facts anew, in the order that the pages' queries want.
DELETE FROM store.fact;
INSERT INTO store.fact BY NAME
SELECT * EXCLUDE (corrected) FROM work_fact ORDER BY metric, applicant, year, collection, agency_id, scope;
