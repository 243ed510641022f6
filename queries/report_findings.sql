-- question: What did the checks find in one report?
-- parameters: report_id text
-- columns: check_code, severity, metrics, expected, found, detail, evidence, doubtful
SELECT check_code, severity, metrics, expected, found, detail, evidence, doubtful
FROM finding
WHERE report_id = $report_id
ORDER BY check_code, evidence, expected, found;
