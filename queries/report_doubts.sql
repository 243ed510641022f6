-- question: What are we unsure of in our reading of one report?
-- parameters: report_id text
-- columns: reason, detail, metrics, evidence
SELECT reason, detail, metrics, evidence
FROM doubt
WHERE report_id = $report_id
ORDER BY reason, detail, evidence;
