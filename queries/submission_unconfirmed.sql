-- question: Which annual reports may be of a year, but do not count yet, because whose they are or of which year is not sure?
-- parameters: collection text, year integer
-- columns: report_id, agency_id, agency, year, source, reason
SELECT
    report_id, agency_id, coalesce(agency, agency_as_printed) AS agency, year, source, standing_reason AS reason
FROM report
WHERE collection = $collection AND standing = 'quarantined' AND kind = 'annual_report'
    AND standing_reason <> 'not_a_year' AND (year = $year OR year IS NULL)
ORDER BY source, report_id;
