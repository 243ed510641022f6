-- question: What does each unit put into each cell of a total, and why not where it puts nothing?
-- parameters: collection text, agency_id text, year integer, members texts = [], part text = whole, use text = published,
--   metric text = null, applicant text = null
-- columns: member_id, form_table, metric, applicant, value, status, approximate, basis, report_id, figure_id
SELECT member_id, form_table, metric, applicant, value, status, approximate, basis, report_id, figure_id
FROM roll_up_value($collection, $agency_id, $members, $year, $year, $part, $use)
WHERE ($metric IS NULL OR metric = $metric) AND ($applicant IS NULL OR applicant = $applicant)
ORDER BY member_id, position;
