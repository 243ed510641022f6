-- question: What can be chosen: in which combinations are there current reports, or figures of another scope in them?
-- parameters: none
-- columns: collection, scope, year, province, city, level, kind, reports
-- A sentence may give a figure of the whole in a report of the organ: its combination counts no report, but exists.
WITH held AS (
    SELECT agency_id, collection, coalesce(scope, 'unstated') AS scope, year, 1 AS reports
    FROM report
    WHERE standing = 'current'
    UNION ALL
    SELECT DISTINCT agency_id, collection, coalesce(scope, 'unstated') AS scope, year, 0 AS reports
    FROM fact
    WHERE basis = 'narrative' AND status = 'reported'
)
SELECT
    collection, scope, year,
    coalesce(agency.province, '') AS province, coalesce(agency.city, '') AS city,
    coalesce(agency.level, '') AS level, coalesce(agency.kind, '') AS kind,
    sum(reports)::BIGINT AS reports
FROM held JOIN agency USING (agency_id)
GROUP BY ALL
ORDER BY ALL;
