-- question: Of some reports: which file, and which others of the same unit and year lay beside it?
-- parameters: collection text, report_ids texts
-- columns: report_id, sha256, ordinal, seen
WITH chosen AS (
    SELECT report_id, sha256, ordinal, agency_id, year
    FROM report
    WHERE collection = $collection AND report_id IN (SELECT unnest($report_ids))
)
SELECT chosen.report_id, chosen.sha256, chosen.ordinal, list(other.report_id ORDER BY other.report_id) AS seen
FROM chosen
JOIN report AS other
    ON other.collection = $collection AND other.agency_id = chosen.agency_id AND other.year = chosen.year
    AND other.kind = 'annual_report' AND NOT coalesce(other.listed, other.format = 'sheet')
    AND other.standing IN ('current', 'superseded')
GROUP BY chosen.report_id, chosen.sha256, chosen.ordinal
ORDER BY chosen.report_id;
