-- question: From which words were the year, the author and the other fields of one report read?
-- parameters: report_id text
-- columns: field, origin, quote, block, page, start_at, end_at
SELECT field, origin, quote, block, page, start_at, end_at
FROM metadata_source
WHERE report_id = $report_id
ORDER BY field, origin, block, start_at;
