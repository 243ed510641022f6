-- question: Which figures were read from one report, and where does each stand?
-- parameters: report_id text
-- columns: figure_id, metric, applicant, value, status, unit, approximate, method, scope, confidence, quote, block, page,
--   start_at, end_at, table_no, row_no, column_no, box, url
SELECT
    figure.figure_id, metric, applicant, value, status, unit, approximate, method, scope, confidence, quote, block,
    page, start_at, end_at, table_no, row_no, column_no, box, url
FROM figure JOIN evidence USING (report_id, position)
WHERE figure.report_id = $report_id
ORDER BY figure.position;
