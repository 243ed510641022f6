-- question: What is one unit, and in which collections and scopes are there reports of it?
-- parameters: agency_id text
-- columns: agency_id, agency, province, city, county, level, kind, collection, scope, reports, current_reports,
--   first_year, last_year
-- A row per collection and scope, the one with most current reports first; collection and scope are null for a unit
-- without any report.
SELECT
    agency.agency_id, agency.name AS agency, agency.province, agency.city, agency.county, agency.level, agency.kind,
    report.collection, CASE WHEN report.report_id IS NULL THEN NULL ELSE coalesce(report.scope, 'unstated') END AS scope,
    count(report.report_id) AS reports,
    count(report.report_id) FILTER (report.standing = 'current') AS current_reports,
    min(report.year) AS first_year, max(report.year) AS last_year
FROM agency LEFT JOIN report USING (agency_id)
WHERE agency.agency_id = $agency_id
GROUP BY ALL
ORDER BY current_reports DESC, reports DESC, collection, scope;
