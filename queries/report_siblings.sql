-- question: Which other reports were read from the same document?
-- parameters: report_id text
-- columns: report_id, ordinal, agency, year
SELECT other.report_id, other.ordinal, coalesce(other.agency, other.agency_as_printed) AS agency, other.year
FROM report AS this
JOIN report AS other ON other.sha256 = this.sha256 AND other.collection = this.collection
WHERE this.report_id = $report_id AND other.report_id <> this.report_id
ORDER BY other.ordinal;
