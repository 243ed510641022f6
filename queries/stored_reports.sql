-- question: Which reports did the last run store that read any of these files?
-- parameters: sources texts, count integer = 50
-- columns: report_id, source, agency, year, standing, standing_reason
SELECT report_id, source, coalesce(agency, agency_as_printed) AS agency, year, standing, standing_reason
FROM report
WHERE list_contains($sources, source)
    AND run = (SELECT max(run) FROM report WHERE list_contains($sources, source))
ORDER BY (standing = 'quarantined') DESC, source, ordinal
LIMIT $count;
