-- question: Which versions of its annual report are there of one unit, those included that do not count (yet)?
-- parameters: collection text, agency_id text, year integer = null
-- columns: report_id, year, sha256, ordinal, source, stage, received_on, published_on, url, reviewer, contact, standing,
--   standing_reason, run
SELECT
    report_id, year, sha256, ordinal, source, stage, received_on, published_on, url, reviewer, contact, standing,
    standing_reason, run
FROM report
WHERE collection = $collection AND agency_id = $agency_id AND kind = 'annual_report'
    AND NOT coalesce(listed, format = 'sheet') AND ($year IS NULL OR year = $year)
ORDER BY year DESC, received_on NULLS LAST, published_on NULLS LAST, run, sha256, ordinal;
