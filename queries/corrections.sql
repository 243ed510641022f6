-- question: Which corrections and confirmations of figures were made, and which of them apply?
-- parameters: collection text, agency_id text = null, year integer = null
-- columns: correction, made_at, actor, reason, source, agency_id, agency, year, scope, metric, applicant, method,
--   expected_value, value, status, misread, printed, state, report_id, figure_id, undone_by, undone_at, undone_reason
-- state: applied; changed (the report now gives `printed`), absent (it gives no such figure), replaced by a later one,
-- undone. A confirmation has value = expected_value and no status; status says what else than a number the figure is;
-- misread: the report prints what was entered, our reading was wrong. report_id and figure_id: the figure that it is about now.
SELECT
    correction, made_at, actor, reason, source, correction.agency_id, agency.name AS agency, year, scope, metric, applicant,
    method, expected_value, value, status, misread, printed, state, report_id, report_id || '-' || position AS figure_id,
    undone_by, undone_at, undone_reason
FROM correction LEFT JOIN agency USING (agency_id)
WHERE collection = $collection
    AND ($agency_id IS NULL OR correction.agency_id = $agency_id)
    AND ($year IS NULL OR year = $year)
ORDER BY correction;
