-- question: Which rows of one report's tables does no label of the form name?
-- parameters: report_id text
-- columns: label, cell_values, evidence
SELECT label, cell_values, evidence
FROM unmapped
WHERE report_id = $report_id
ORDER BY evidence, label;
