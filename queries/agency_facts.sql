-- question: Which values stand for one unit, in one collection and scope, and where does each come from?
-- parameters: collection text, scope text, agency_id text
-- columns: metric, year, value, status, approximate, corrected, basis, regime, report_id, figure_id, source, url
SELECT
    fact.metric, fact.year, fact.value, fact.status, fact.approximate, fact.corrected, fact.basis, fact.regime, fact.report_id,
    fact.figure_id, report.source, report.url
FROM fact LEFT JOIN report USING (report_id)
WHERE fact.agency_id = $agency_id
    AND fact.collection = $collection
    AND coalesce(fact.scope, 'unstated') = $scope
    AND fact.applicant = 'all'
ORDER BY fact.metric, fact.year;
