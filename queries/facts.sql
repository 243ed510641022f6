-- question: Which values stand, for agencies, years and metrics?
-- parameters: collection text, metrics texts = null, years integers = null, agency_ids texts = null,
--   applicants texts = ["all"], scope text = null, levels texts = null, kinds texts = null, provinces texts = null,
--   peers text = null
-- columns: collection, agency_id, agency, province, city, level, kind, year, scope, metric, applicant, value, status,
--   approximate, basis, regime, report_id, figure_id
SELECT
    fact.collection, fact.agency_id, agency.name AS agency, agency.province, agency.city, agency.level, agency.kind,
    fact.year, fact.scope, fact.metric, fact.applicant, fact.value, fact.status, fact.approximate, fact.basis,
    fact.regime, fact.report_id, fact.figure_id
FROM fact
JOIN (
    SELECT * FROM agency WHERE $peers IS NULL OR agency_id IN (SELECT agency_id FROM peer_member($peers))
) AS agency USING (agency_id)
WHERE fact.collection = $collection
    -- A semi-join lets the scan skip what other metrics fill; list_contains on the column would read all of it.
    AND fact.metric IN (SELECT code FROM metric WHERE $metrics IS NULL OR list_contains($metrics, code))
    AND ($years IS NULL OR list_contains($years, fact.year))
    AND ($agency_ids IS NULL OR list_contains($agency_ids, fact.agency_id))
    AND ($applicants IS NULL OR list_contains($applicants, fact.applicant))
    AND ($scope IS NULL OR fact.scope = $scope)
    AND ($levels IS NULL OR list_contains($levels, agency.level))
    AND ($kinds IS NULL OR list_contains($kinds, agency.kind))
    AND ($provinces IS NULL OR list_contains($provinces, agency.province))
ORDER BY fact.metric, fact.applicant, fact.year, agency.name, fact.agency_id, fact.scope;
