-- question: What can be chosen: in which combinations are there current reports?
-- parameters: none
-- columns: collection, scope, year, province, city, level, kind, reports
SELECT
    report.collection, coalesce(report.scope, 'unstated') AS scope, report.year,
    coalesce(agency.province, '') AS province, coalesce(agency.city, '') AS city,
    coalesce(agency.level, '') AS level, coalesce(agency.kind, '') AS kind,
    count(*) AS reports
FROM report JOIN agency USING (agency_id)
WHERE report.standing = 'current'
GROUP BY ALL
ORDER BY ALL;
