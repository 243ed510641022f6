-- question: Which reports were linked to their unit because a person had chosen it for one that told of its author so?
-- parameters: collection text, report_id text = null, count integer = 1000
-- columns: report_id, agency_id, agency, agency_as_printed, year, source, decision, confirmed_year, actor, at
-- confirmed_year: the statistical year of the report for which the unit was chosen, by `actor`.
SELECT
    report.report_id, report.agency_id, report.agency, report.agency_as_printed, report.year, report.source,
    remembered.decision, remembered.year AS confirmed_year, decision.actor, decision.at
FROM remembered
JOIN report USING (report_id)
JOIN decision USING (decision)
WHERE ($collection = '' OR report.collection = $collection)
    AND ($report_id IS NULL OR report.report_id = $report_id)
ORDER BY report.year DESC NULLS LAST, report.source, report.report_id
LIMIT $count;
